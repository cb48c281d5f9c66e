"""Drafts that came back: what was changed in them, one by one, what of it is undecided, and how it is taken in.

They are kept as long as the program runs, so that a page that is loaded again has them. What was decided of a change
stands in the ledger; a change that the ledger does not know is decided when the input has it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..form.model import Form
from ..model.content import Content
from ..model.findings import UNFILLED
from ..model.opinions import LONGEST, NAMELESS, TITLE, Kind, Opinion, is_carried
from ..reading.rewriting import rewrite as rewritten
from ..review.choosing import Choice, choices
from ..review.merge import Reviewed, merge
from ..review.open_corrections import Key, keys, not_taken_in
from ..review.pull import pull
from ..writing.own_files import Rewritten, in_hand, rewrite
from .checked import Checked
from .edits import UNREADABLE, EditError
from .files_in import Incoming, IncomingError
from .line_edits import Lines
from .session import OpenFile

OPEN, TAKEN, ANSWERED = "未收进", "已收进", "已答复"
"""What became of a change; the page offers those that are open."""
MOST_KEPT = 8
"""Drafts that came back and are still spoken of."""


@dataclass(frozen=True)
class Came:
    """A draft that came back, as it was read."""

    incoming: Incoming
    draft: str
    """What it is, such as 送审稿1."""
    form: Form
    made: Content
    """What it said when it was made."""
    theirs: Content
    """What it says now."""
    choices: tuple[Choice, ...]
    conflicts: tuple[dict[str, str], ...]
    """Where the input had changed, too, or what stands there cannot be taken in; shown until it is decided."""
    more: dict[str, Any]
    """What else the page shows of it."""

    def shown(self, content: Content | None, opinions: Sequence[Opinion]) -> dict[str, Any]:
        """The draft for the page, with what became of each change by now."""
        mine = {each.key: each for each in opinions if each.draft == self.draft and not each.is_comment}
        left: set[Key] | None = None
        changes = []
        for each in self.choices:
            told = [mine[key] for key in keys(each.changes) if key in mine]
            state = ANSWERED
            if not told or any(opinion.is_open for opinion in told):
                if left is None:
                    left = {*keys(not_taken_in(self.made, self.theirs, [content] if content else []))}
                state = OPEN if left.intersection(keys(each.changes)) else TAKEN
            elif content and all(opinion.is_met_by(content) for opinion in told):
                state = TAKEN
            changes.append(self._change(each, told, state))
        decided = {each["place"] for each in changes} - {
            each["place"] for each in changes if each["state"] == OPEN
        }
        conflicts = [each for each in self.conflicts if each["place"] not in decided]
        return {"token": self.incoming.token, "name": self.incoming.name, "draft": self.draft,
                "changes": changes, "conflicts": conflicts, **self.more}  # fmt: skip

    def _change(self, choice: Choice, told: Sequence[Opinion], state: str) -> dict[str, Any]:
        changes, form = choice.changes, self.form
        if changes.figures:
            (figure,) = changes.figures
            place, old, new = (
                form.cells[figure.cell].label,
                figure.old or UNFILLED,
                figure.new or UNFILLED,
            )
            kind, cell, part = "figure", figure.cell, None
        else:
            part = (changes.rearranged or changes.texts)[0].part
            moved = "；".join(each.text for each in changes.rearranged)
            place = form.text_names.get(part, part) + (f"（{moved}）" if moved else "")
            old, new = (
                "\n".join(getattr(each, side).strip() for each in changes.texts) for side in ("old", "new")
            )
            kind, cell = "move" if moved else "text", None
        return {
            "id": choice.id,
            "place": place,
            "old": old,
            "new": new,
            "kind": kind,
            "cell": cell,
            "part": part,
            "by": "、".join(dict.fromkeys(each.author for each in told if each.author)),
            "numbers": [each.number for each in told],
            "state": state,
        }


def came_back(file: OpenFile, incoming: Incoming) -> Came:
    """Read a draft that came back; what it holds is written into the ledger at once, and kept.

    Raises:
        ReportgenError: it cannot be read.
    """
    with incoming.on_disk() as path, in_hand(file.path):
        found = pull(path, file.path, file.previous, file.templates)
        noted = found.opinions(written=False)
        if noted != found.ledger.opinions:
            ledger = found.ledger
            rewrite(Rewritten(ledger.path, ledger.data, ledger.with_opinions(noted)))
    comments = [each for each in found.file.comments if not is_carried(each.text)]
    more = {
        "comments": [
            {
                "author": each.author or NAMELESS,
                "place": each.place,
                "words": each.passage,
                "text": each.text,
                "replies": list(each.replies),
            }
            for each in comments
        ],
        "unknown": [*found.file.unknown, *found.file.remarks],
        "title": list(found.merge.corrections.title) if found.merge.corrections.title else None,
    }
    made, theirs = found.merge.made, found.merge.theirs
    conflicts = tuple(vars(each) for each in found.merge.conflicts)
    came = Came(incoming, found.name, found.form, made, theirs, tuple(choices(made, theirs)), conflicts, more)
    file.came.pop(incoming.token, None)
    file.came[incoming.token] = came
    while len(file.came) > MOST_KEPT:
        del file.came[next(iter(file.came))]
    return came


def all_shown(file: OpenFile, state: Checked, opinions: Sequence[Opinion]) -> list[dict[str, Any]]:
    """All drafts that came back, the last one last."""
    content = state.document.content if state.document else None
    return [came.shown(content, opinions) for came in file.came.values()]


def take(file: OpenFile, came: Came, chosen: Collection[str]) -> int:
    """Take the chosen corrections of a draft into the input, and note them in the ledger; how many came in.

    All of them are one change, which can be undone.

    Raises:
        ReportgenError: the draft or the file cannot be used.
    """
    counts: list[int] = []
    file.rewritten(lambda: counts.append(_taken(file, came, chosen)))
    return counts[0]


def _taken(file: OpenFile, came: Came, chosen: Collection[str]) -> int:
    """The same, as the file is rewritten; how many came in.

    Raises:
        ReportgenError: the draft or the file cannot be used.
    """
    with came.incoming.on_disk() as path, in_hand(file.path):
        found = pull(path, file.path, file.previous, file.templates, chosen)
        noted = found.opinions(written=found.is_new)
        files = []
        if found.is_new:
            files.append(Rewritten(file.path, found.source.data, found.source.encode(found.text)))
        if noted != found.ledger.opinions:
            ledger = found.ledger
            files.append(Rewritten(ledger.path, ledger.data, ledger.with_opinions(noted)))
        if files:
            rewrite(*files, backup_of=file.path if found.is_new else None)
    if found.merge.conflicts and not found.is_new:
        raise IncomingError("；".join(f"{each.place}：{each.why}" for each in found.merge.conflicts))
    left = {*keys(found.open(found.after.document.content))}
    return sum(
        each.id in chosen and not left.intersection(keys(each.changes))
        for each in choices(found.merge.made, found.merge.theirs)
    )


# ── an opinion of the ledger ────────────────────────────────────────────────────────────────────────


def carry_out(file: OpenFile, opinion: Opinion) -> None:
    """Bring what a correction of the ledger wants into the input: by its draft where that came back here, else by itself.

    Of a comment, and of what was not understood, nothing can be brought in; nothing is done.

    Raises:
        EditError: it cannot be brought in; the message says why and what to do instead.
        ReportgenError: the file cannot be used or written.
    """
    if opinion.kind in (Kind.COMMENT, Kind.UNREAD):
        return
    if not file.write_unsaved():
        raise EditError(f"有改动还没有写进文件，先不采纳。{file.trouble}")
    state = file.current
    if state.document is None or state.syntax:
        raise EditError(UNREADABLE)
    if opinion.is_met_by(state.document.content):
        return
    if found := _place(file, opinion):
        if not take(file, found[0], [found[1].id]):
            raise EditError(f"{opinion.place}：这一处没有收进来。请自己在报告里改，或者不采纳。")
        return
    file.change(state.hash, _correction(state, opinion))
    if file.unsaved:
        raise EditError(f"没有写进文件，这条还没有答复。{file.trouble}")


def _place(file: OpenFile, opinion: Opinion) -> tuple[Came, Choice] | None:
    """Where a correction stands in a draft that came back here."""
    for came in reversed(file.came.values()):
        for choice in came.choices if came.draft == opinion.draft else ():
            if opinion.key in keys(choice.changes):
                return came, choice
    return None


def _correction(state: Checked, opinion: Opinion) -> Lines:
    """The change of the input that makes it say what an opinion wants, found as for a draft that came back.

    Raises:
        EditError: it cannot be made.
    """
    report, document = state.report, state.document
    assert report
    assert document
    merged = merge(
        report, document, report, Reviewed(_wanted(document.content, opinion, report.form)), state.last
    )
    if merged.conflicts:
        why = "；".join(f"{each.place}：{each.why}" for each in merged.conflicts)
        raise EditError(f"没有写进去，这条还没有答复。{why}")
    text = rewritten(state.source.text, report, merged.figures, merged.sources)

    def holds(now: Checked) -> bool:
        return now.document is not None and opinion.is_met_by(now.document.content)

    return Lines(state.source.text, text, holds)


def _wanted(content: Content, opinion: Opinion, form: Form) -> Content:
    """What the input would say with a correction in it.

    Raises:
        EditError: that is not certain.
    """
    at, words, said = opinion.key
    end = "没有写进去，这条还没有答复。"
    if at == TITLE:
        raise EditError(
            f"标题由机关名称和年份来，{end}名称请在“机关名称、地址、电话”里改；不改的，按“不采纳”。"
        )
    if "." in at and at not in form.cells:
        raise EditError(f"意见台账里写的格“{at}”不在这份报告里，{end}")
    if "." in at:
        now = content.figures.get(at, "")
        if now != words:
            raise EditError(
                f"{opinion.place}现在是 {now or UNFILLED}，不是审核的人看到的 {words or UNFILLED}，{end}"
                f"要改成 {said or UNFILLED} 的，请在表里改；不改的，请写明理由，按“不采纳”。"
            )
        figures = {**content.figures, at: said}
        return Content(content.title, {key: text for key, text in figures.items() if text}, content.texts)
    paragraphs = content.texts.get(at, ())
    is_whole = max(len(words), len(said)) <= LONGEST
    if opinion.kind is Kind.MOVE or not words or not is_whole or "\n".join(paragraphs).count(words) != 1:
        raise EditError(
            f"{opinion.place}：改在哪里，光看台账定不下来，{end}"
            "请把退回的稿再收一次（“收退回的稿”），在那里采纳；或者自己在报告里改。"
        )
    changed = tuple(text for each in paragraphs if (text := each.replace(words, said)).strip())
    texts = {**content.texts, at: changed}
    return Content(content.title, content.figures, {part: text for part, text in texts.items() if text})


def undecided(file: OpenFile, content: Content, opinions: Sequence[Opinion]) -> Iterator[str]:
    """Every correction that nobody has decided, by the ledger and by the drafts that came back, in the clerk's words."""
    told = set()
    for each in opinions:
        if each.is_open and not each.is_comment:
            told.add((each.draft, each.key))
            where = f"{each.place}：" if each.place else ""
            yield f"{where}{each.text}（意见{each.number}，{each.origin}）"
    for came in file.came.values():
        shown = came.shown(content, opinions)["changes"]
        for choice, change in zip(came.choices, shown, strict=True):
            if change["state"] == OPEN and not any((came.draft, k) in told for k in keys(choice.changes)):
                yield f"{change['place']}：{change['old']} 改为 {change['new']}（{came.draft}）"
