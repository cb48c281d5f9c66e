"""What a new input file holds, and what is left to the clerk, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .terminal import say

if TYPE_CHECKING:
    from ..importing.new import New
    from ..importing.taking_in import TakenIn
    from ..reading.published import Published

MOST_SHOWN = 12
"""Of what was left behind, or left as it was."""


def say_new(made: New, path: Path, last: Path | None, *, previous: Path | None) -> None:
    """Print what was written of an input file, and what to do next.

    ``previous`` is last year's file where later commands do not find it by themselves.
    """
    form = made.form
    say(f"已新建 {path}：{made.name} {made.year} 年，格式 {form.format}（{form.source}）。")
    for text in _of_last(made) if last else ["数和文字都还没有填。"]:
        say(text, "  · ", "    ")
    also = f' --previous "{previous}"' if previous else ""
    say(
        "\n下一步：用记事本打开，照着表填数，填的时候删去行首的“#”；再写文字。"
        f'填好以后运行 reportgen check "{path}"{also}，会列出还没有填的地方。'
    )
    say(
        f'数要由科室填的：用 reportgen sheet "{path}"{also} 做填报表，交回以后用 reportgen import 填报表 --into "{path}" 收进来。'
    )
    if previous:
        say("上年的文件不会自动找到：check、build、sheet 都要写明 --previous，才和上年比较、带上上年的数。")


def _of_last(made: New) -> Iterator[str]:
    form = made.form
    lacking = f"（其中 {made.unknown} 个上年没有填，或者没有读出）" if made.unknown else ""
    yield f"{len(form.cells)} 个数都未填，上年的数写在旁边{lacking}，只供对照。"
    if made.proposed:
        yield f"{form.describe(made.proposed)}：照上年结转下来的数写好了，核对后删去行首的“#”。"
    if made.without_place:
        yield (
            f"上年有 {len(made.without_place)} 个不是 0 的数在格式 {form.format} 里没有对应的格，没有写在旁边："
            f"{_some(made.without_place)}。"
        )
    if made.lost_texts:
        yield f"上年的{'、'.join(made.lost_texts)}在格式 {form.format} 里没有，没有带过来。"
    if made.reworded:
        yield from _of_text(made)
    else:
        yield f"文字只留上年的标题，有 {made.headings} 处待填写；要带上上年的文字，加 --with-text。"
    if made.waivers:
        yield f"上年的 {made.waivers} 条豁免没有带过来，检查的设置照旧。"


def _of_text(made: New) -> Iterator[str]:
    texts = made.reworded.values()
    gaps, moved = sum(each.gaps for each in texts), sum(each.moved for each in texts)
    yield (
        f"文字照上年：{made.bound} 个数改成引用数据，{moved} 处年份改为按报告年份印，"
        f"{gaps} 处别的数空着（___），填好以前检查会报错。说的事要按今年的情况改写。"
    )
    left = [said for each in texts for said in each.left]
    if left:
        yield f"这些年份没有改，请看一看：{_some(left)}。"


def _some(said: Sequence[str]) -> str:
    """The first of them, and how many they are."""
    more = f"等 {len(said)} 处" if len(said) > MOST_SHOWN else ""
    return "、".join(said[:MOST_SHOWN]) + more


_PROOFS = {
    "grid": "按行名和表头",
    "count": "按行名和格数",
    "order": "按次序",
    "sums": "按勾稽关系",
    "name": "按填报表的格子",
}


def say_taken_in(made: TakenIn, path: Path, *, explain: bool) -> None:
    """Print what was read of a published report, and what was not."""
    read = made.published
    form = read.form
    for doubt in made.doubts:
        say(f"注意：{doubt}")
    if made.doubts:
        say("这也写在新文件的开头，核对以后可以删去。")
    say(
        f"已写入 {path}：{read.agency.get('name', '（没有找到机关名称）')} {made.year} 年，格式 {form.format}，读自{read.kind}。"
    )
    how = "、".join(
        f"{name} {made.proofs[proof]} 个" for proof, name in _PROOFS.items() if made.proofs[proof]
    )
    say(
        f"{len(form.cells)} 个数：读出 {len(read.figures)} 个{f'（{how}）' if how else ''}，没有读 {len(read.unread)} 个。",
        "  · ",
        "    ",
    )
    for text in _not_read(made):
        say(text, "  · ", "    ")
    parts = "、".join(f"{form.text_names[key]} {len(text)} 段" for key, text in _texts(read).items())
    say(
        f"文字：{parts or '没有'}。" + ("" if made.bound is None else f"{made.bound} 个数改成了引用数据。"),
        "  · ",
        "    ",
    )
    if read.left_out:
        say(
            f"没有认出的 {len(read.left_out)} 行，没有收进来，请看看有没有报告的内容："
            f"{_some([short(line) for line in _sentences_first(read.left_out)])}。",
            "  · ",
            "    ",
        )
    for remark in read.remarks:
        say(remark, "  · ", "    ")
    if explain:
        for key, figure in read.figures.items():
            say(f"{form.cells[key].label}：{figure}（{_PROOFS[read.proofs[key]]}）", "    ")
    named = "" if read.agency.get("name") else '先在 [agency] 下面写上机关名称 name = "…"，没有它不能检查；再'
    say(f'\n下一步：{named}对照原文看一遍，补上没有读的，再运行 reportgen check "{path}"。')


def _sentences_first(lines: Sequence[str]) -> list[str]:
    """Lines that were left out, those first that are written as text is."""
    return sorted(lines, key=lambda line: not ("，" in line or line.endswith("。")))


def _texts(read: Published) -> dict[str, Sequence[str]]:
    return {key: text for key, text in read.texts.items() if text} | {
        key: source.split("\n") for key, source in read.sources.items()
    }


def _not_read(made: TakenIn) -> Iterator[str]:
    """What the clerk has to look up in the original."""
    read = made.published
    said: dict[tuple[str, str], list[str]] = {}
    for key, words in read.unread.items():
        why = read.reasons.get(key, "") if words else "原文是空的" if key in read.blank else "原文里没有找到"
        said.setdefault((words, why), []).append(key)
    for (words, why), keys in said.items():
        place = (
            read.form.describe(keys)
            if len(keys) <= MOST_SHOWN
            else f"{read.form.describe(keys[:MOST_SHOWN])}等 {len(keys)} 个"
        )
        shown = f"原文是“{short(words)}”" if words else ""
        yield f"没有读：{place}，{'：'.join(filter(None, (shown, why)))}。"
    for line in read.as_written:
        yield f"原文如此，加起来不对：{line}"
    for name in made.lacking:
        yield f"没有找到“{name}”的文字。"


def short(text: str) -> str:
    """The beginning of words that stand in a file, to be shown."""
    return text if len(text) <= 40 else text[:40] + "…"
