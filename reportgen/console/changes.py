"""Changes, corrections and conflicts on the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from ..form.model import Form
from ..model.alignment import pieces
from ..model.differences import Change, Changes, FigureChange
from ..model.findings import UNFILLED
from ..model.opinions import NAMELESS, is_carried
from ..reading.word_comments import Comment
from ..review.finals import Standing
from ..review.folder import Edited
from ..review.merge import Conflict
from ..review.new_findings import Effect
from ..review.open_corrections import key, keys
from ..review.pull import Pulled
from ..review.verify import Compared, Verified
from .outcome import say_findings, summary
from .terminal import say, show

UNSEEN = "（在哪一稿里都没有出现过）"
AROUND = 12
"""Characters shown on each side of a change in a sentence."""


Note = Callable[[Change | tuple[str, str]], str]
"""What is added to a change, in Chinese."""


def _nothing(_: Change | tuple[str, str]) -> str:
    return ""


def say_changes(
    changes: Changes, form: Form, from_text: Iterable[FigureChange] = (), note: Note = _nothing
) -> None:
    """Print what changed: the title, figures by cell, text by sentence; each with its ``note``."""
    if changes.title:
        old, new = changes.title
        say(f"\n标题：{old} → {new}{note(changes.title)}")
    by_text = list(from_text)
    if changes.figures or by_text:
        say("\n数据：")
        for change in (*changes.figures, *by_text):
            said = "（改在文字里）" if change in by_text else note(change)
            _item(
                f"{form.cells[change.cell].label}  {change.old or UNFILLED} → {change.new or UNFILLED}{said}"
            )
    if changes.texts or changes.rearranged:
        say("\n文字：")
        for moved in changes.rearranged:
            _item(f"{form.text_names.get(moved.part, moved.part)}：{moved.text}{note(moved)}")
        for text in changes.texts:
            place = f"{form.text_names.get(text.part, text.part)}{text.place}"
            _item(f"{place}：{marked(text.old, text.new)}{note(text)}")


def say_standing(stands: Standing, form: Form, input: Path) -> None:
    """Print how a final stands to the drafts: the one it equals, what differs, what no draft had, what is open."""
    if not stands.draft:
        say("\n没有送审稿可以对照：定稿的数据和文字没有经过送审。")
    elif same := stands.equal or (stands.returned and f"退回的{stands.returned}"):
        say(f"\n定稿与{same}一致。")
    if stands.changes:
        unseen = set(keys(stands.unseen))
        number = stands.unseen.number
        said = (
            ""
            if not unseen
            else "，都没有经过送审"
            if number == stands.changes.number
            else f"，其中 {number} 处没有经过送审"
        )
        say(f"\n注意：定稿与最后的{stands.draft}有 {stands.changes.number} 处不同{said}：")
        say_changes(stands.changes, form, note=lambda change: UNSEEN if key(change) in unseen else "")
    _say_open(stands.open, form, input)


def say_refused(*, has_errors: bool, is_open: bool) -> None:
    """Print why there is no final."""
    first = "请先改正上面的错误" if has_errors else ""
    then = "请先把上面的改动收进来，或者核对以后加 --despite-open 照样生成（会写进核对单）" if is_open else ""
    say(
        f"\n没有生成定稿：{'；'.join(filter(None, (first, then)))}。不加 --final 可以先生成送审稿。", err=True
    )


def say_unseen(stands: Standing) -> None:
    """Print once more, after all else, that a final says what nobody has reviewed."""
    if stands.unseen:
        say(
            f"\n注意：这份定稿有 {stands.unseen.number} 处没有经过送审（上面列出，定稿的核对单里也写着）。"
            "请负责人在核对单上确认签字，再用印、发布；要再送审的，先运行 reportgen build。"
        )


def _say_open(left: Iterable[Edited], form: Form, input: Path) -> None:
    """Print what is open in each draft that came back; the same in two copies of one draft once."""
    found: dict[object, list[Edited]] = {}
    for each in left:
        alike = each.path if each.open is None else (each.draft, each.left, each.unread)
        found.setdefault(alike, []).append(each)
    for same in found.values():
        first, paths = same[0], "、".join(str(each.path) for each in same)
        if first.open is None:
            say(f"\n注意：{paths} 生成以后被改过，或不是本程序生成的，里面的改动收进来没有，看不出来。")
            say("请打开它核对；不要的，把它移到别处。")
            continue
        say(f"\n注意：{paths} 里有 {first.open} 处改动还没有收进输入文件：")
        say_changes(first.left, form)
        say_list("没有看懂的", first.unread)
        if not first.can_be_pulled:
            say("网页里的改动不能自动带回：要的，照着改输入文件；不要的，把这个网页移到别处。")
            continue
        if first.open > len(first.noted):
            say("要收进来，请运行：")
            show(f'  reportgen pull "{first.path}" "{input}" --write')
        if first.noted:
            numbers = "、".join(map(str, first.noted))
            say(f"已记在意见台账第 {numbers} 条，还没有答复。不收的写明理由，已经另行改好的写采纳：")
            show(f'  reportgen opinions "{input}" --refuse {first.noted[0]} --reason 理由')
            show(f'  reportgen opinions "{input}" --accept {first.noted[0]}')
        else:
            say("收不进来的、不收的，pull 会记进意见台账，用 reportgen opinions 答复以后不再提示。")


def marked(old: str, new: str) -> str:
    """A sentence with what changed in it: 收到〔19→18〕件."""
    if not old or not new:
        return f"〔加上：{new.strip()}〕" if new else f"〔删去：{old.strip()}〕"
    return "".join(_marks(old, new)).strip()


def _marks(old: str, new: str) -> Iterator[str]:
    deleted = ""
    found = pieces(old, new)
    for i, (kind, text) in enumerate([*found, ("same", "")]):
        if kind == "same":
            text = _cut(text, begins=i == 0, ends=i == len(found) - 1)
        if kind == "delete":
            deleted = text
        elif kind == "insert":
            yield f"〔{deleted}→{text}〕" if deleted else f"〔加上：{text}〕"
            deleted = ""
        else:
            yield f"〔删去：{deleted}〕{text}" if deleted else text
            deleted = ""


def _cut(text: str, *, begins: bool, ends: bool) -> str:
    """What stayed, without what is far from any change."""
    head = "" if begins else text[:AROUND]
    tail = "" if ends else text[-AROUND:]
    return text if len(text) <= len(head + tail) + 1 else f"{head}…{tail}"


def say_pulled(found: Pulled) -> None:
    """Print all that came back: corrections, comments, what was not understood, conflicts, new findings."""
    merge, form = found.merge, found.form
    draft = found.name
    corrections = merge.corrections
    figures, texts = len(corrections.figures) + len(merge.from_text), len(corrections.texts)
    comments = [comment for comment in found.file.comments if not is_carried(comment.text)]
    moved = _moved(corrections)
    _say_lacking(form)
    say(f"{draft}：改了 {figures} 个数、{texts} 句话{moved}，批注 {len(comments)} 条。")
    left = {*keys(found.open_now)}
    has_taken = len(left) < corrections.number
    say_changes(
        corrections,
        form,
        merge.from_text,
        lambda change: "" if key(change) in left or not has_taken else "（已收进）",
    )
    if corrections.title:
        say("标题由机关名称和年份组成，不能带回；要改请改输入文件的 year 和 [agency] 里的 name。")
    _say_comments(comments)
    say_list("没有看懂、没有带回的，请对照送审稿处理", [*found.file.unknown, *found.file.remarks])
    if merge.conflicts:
        say(f"\n需要您决定的 {len(merge.conflicts)} 处，都没有写入：")
        for conflict in merge.conflicts:
            _item("".join(_conflict(conflict)))
    _say_findings(found.findings, is_new=found.is_new)
    if found.is_open:
        say("\n注意：这个文件还在 Word 或 WPS 里打开着，没有保存的改动读不到，上面的可能不全。")
        say(
            "请保存并关闭，再运行一次。已经关闭的，是上次没有正常退出留下的临时文件（“~$”开头），删去它就可以。"
        )


def _say_findings(findings: Effect, *, is_new: bool) -> None:
    """Print what the corrections bring and remove, and that there is what stood before."""
    if findings.new:
        say("\n带回以后，检查会多出这些问题：")
        say_findings(findings.new, every=True)
    if findings.gone:
        say(f"\n带回以后，原来的 {len(findings.gone)} 个问题没有了。")
    if stayed := findings.stayed:
        still = "带回以后还在" if is_new else "还在"
        say(f"\n输入文件里原来就有的 {len(stayed)} 个问题{still}，不是这次改出来的：{summary(stayed)}")
        say("用 reportgen check 可以查看。")


def _say_lacking(form: Form) -> None:
    """Tell that a clerk's own form has less to be compared than the project's."""
    if form.project and form.lacking:
        say(f"注意：这次用的模板比原来的 {form.project.format} 年格式少了{form.lacking}，少了的没有核对。")


def say_compared(found: Compared) -> None:
    """Print how two files differ."""
    _say_lacking(found.form)
    say_changes(found.changes, found.form)
    say_list("没有看懂的", found.unknown)
    figures, texts = len(found.changes.figures), len(found.changes.texts)
    different = f"\n不同的数 {figures} 个，不同的句子 {texts} 句{_moved(found.changes)}。"
    say(different if found.changes else "数据和文字都相同。")


def say_verified(found: Verified) -> None:
    """Print how a file differs from the input."""
    _say_lacking(found.form)
    say_changes(found.changes, found.form)
    say_list("文件里没有找到", found.missing)
    say_list("文件里多出来、认不出来的", found.unknown)
    say_list("写法和规定不同的（不影响核对）", found.remarks)
    say_list("报告各部分以外的文字，请看一眼是不是网页自己的", found.beside)
    say(f"\n核对了 {found.figures} 个数、{found.paragraphs} 段文字。")


def _conflict(conflict: Conflict) -> Iterator[str]:
    yield f"{conflict.place}："
    if conflict.base or conflict.theirs:
        yield f"送审时“{conflict.base or '无'}”，改成“{conflict.theirs or '删去'}”"
        yield f"，输入文件现在是“{conflict.mine}”。" if conflict.mine else "。"
    yield conflict.why


def _say_comments(comments: Iterable[Comment]) -> None:
    listed = list(comments)
    if listed:
        say("\n批注：")
    for comment in listed:
        place = comment.place or "没有指明位置"
        passage = f"“{comment.passage}”" if comment.passage else ""
        replies = "".join(f"　回复：{reply}" for reply in comment.replies)
        _item(f"{comment.author or NAMELESS} · {place}{passage}：{comment.text}{replies}")


def say_list(heading: str, items: Iterable[str]) -> None:
    """Print items under their heading; nothing where there are none."""
    listed = list(items)
    if listed:
        say(f"\n{heading}：")
    for item in listed:
        _item(item)


def _moved(changes: Changes) -> str:
    number = len(changes.rearranged)
    return f"，段落移动、拆开、合并 {number} 处" if number else ""


def _item(text: str) -> None:
    say(text, "  ", "    ")
