"""意见台账 filled from a draft that came back: its comments, its corrections, and what has been answered since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..form.model import Form
from ..model.content import Content
from ..model.differences import Changes, TextChange
from ..model.opinions import DRAFT, LONGEST, TITLE, Kind, Opinion, State, is_carried
from ..reading.word_file import Comment, WordFile
from ..writing.revisions import AUTHOR
from .folder import Edited

DONE = "在 Word 里已标为解决"
TITLE_PLACE = "标题"


def filled(
    known: Sequence[Opinion], draft: str, file: WordFile, corrections: Changes, now: Content, form: Form
) -> tuple[Opinion, ...]:
    """The opinions with those of a draft; ``now`` is what the input says, with what was taken in.

    The same draft a second time adds nothing. What a later draft carried of them is known by its heading.
    """
    ledger = _Ledger(list(known), draft)
    for comment in file.comments:
        ledger.hear(comment)
    for opinion in _corrections(corrections, file, draft, form):
        ledger.note(opinion)
    return settled(ledger.opinions, now)


def unheard(
    known: Sequence[Opinion], drafts: Iterable[Edited], now: Content, form: Form
) -> tuple[Opinion, ...]:
    """The comments in drafts that came back which the ledger does not know: nobody has pulled them yet."""
    opinions = tuple(known)
    for draft in drafts:
        if draft.word is not None:
            opinions = filled(opinions, draft.draft, draft.word, Changes(), now, form)
    return opinions[len(known) :]


def answered(
    known: Sequence[Opinion], taken: Collection[int], refused: Collection[int], reason: str
) -> tuple[Opinion, ...]:
    """The opinions with the clerk's answer to some, by their numbers."""
    states = dict.fromkeys(taken, State.TAKEN) | dict.fromkeys(refused, State.REFUSED)
    return tuple(
        replace(opinion, state=states[opinion.number], reason=reason) if opinion.number in states else opinion
        for opinion in known
    )


def settled(opinions: Sequence[Opinion], now: Content) -> tuple[Opinion, ...]:
    """The opinions; a correction that the input has taken in is answered by that."""
    return tuple(
        replace(opinion, state=State.TAKEN)
        if opinion.state is State.OPEN and opinion.is_met_by(now)
        else opinion
        for opinion in opinions
    )


@dataclass
class _Ledger:
    """The opinions while a draft is read."""

    opinions: list[Opinion]
    draft: str
    seen: set[int] = field(default_factory=set)
    """The places in the list of those the draft has been found to hold."""

    def hear(self, comment: Comment) -> None:
        """Take in a comment: a new one, or one that is known, with what was answered to it since."""
        carried = is_carried(comment.text)
        if carried is None:
            text, draft = comment.text, self.draft
            at = self.index(self.of(comment, text, draft))
        else:
            draft = carried[1]
            _, _, text = comment.text.partition("\n")
            at = next(
                (i for i, o in enumerate(self.opinions) if (o.number, o.draft or DRAFT) == carried), None
            )
        if at is None:
            self.add(self.of(comment, text, draft))
            at = len(self.opinions) - 1
        self.seen.add(at)
        opinion = self.opinions[at]
        lines = {line for reply in opinion.replies for line in reply.split("\n")} | {*opinion.carried}
        added = "\n".join(line for line in text.split("\n") if line not in lines) if carried else ""
        said = (*((f"{comment.author}：{added}",) if added else ()), *comment.replies)
        new = tuple(_short(reply) for reply in dict.fromkeys(said) if _short(reply) not in opinion.replies)
        self.opinions[at] = _answered(
            replace(opinion, replies=(*opinion.replies, *new)), comment, bool(added and new)
        )

    def of(self, comment: Comment, text: str, draft: str) -> Opinion:
        """A comment as an opinion, still without a number."""
        return Opinion(
            0,
            draft,
            comment.author,
            Kind.COMMENT,
            comment.place,
            _short(comment.passage),
            _short(text),
            at=comment.at,
        )

    def note(self, correction: Opinion) -> None:
        """Take in a correction that is not known."""
        if (at := self.index(correction)) is None:
            self.add(correction)
            at = len(self.opinions) - 1
        self.seen.add(at)

    def add(self, opinion: Opinion) -> None:
        number = max((other.number for other in self.opinions), default=0) + 1
        self.opinions.append(replace(opinion, number=number))

    def index(self, new: Opinion) -> int | None:
        """The place of an opinion that is known and has not been met yet in this draft."""

        def key(opinion: Opinion) -> tuple[str, ...]:
            who = opinion.author if opinion.is_comment else opinion.words
            return opinion.draft, opinion.kind, opinion.at, opinion.said, who

        places = (
            i for i, opinion in enumerate(self.opinions) if i not in self.seen and key(opinion) == key(new)
        )
        return next(places, None)


def _answered(opinion: Opinion, comment: Comment, has_more: bool) -> Opinion:
    """Done where it was marked as done; open again where more was said in it."""
    if comment.is_done and opinion.state is State.OPEN:
        return replace(opinion, state=State.TAKEN, reason=opinion.reason or DONE)
    if has_more and opinion.state is not State.OPEN:
        return replace(opinion, state=State.OPEN)
    return opinion


def _corrections(changes: Changes, file: WordFile, draft: str, form: Form) -> Iterator[Opinion]:
    """The corrections in a draft, each with who made it, where that was tracked."""
    if changes.title:
        old, new = changes.title
        yield Opinion(0, draft, _author(file, "", new, old), Kind.CORRECTION, TITLE_PLACE, old, new, at=TITLE)
    for figure in changes.figures:
        old, new = figure.old or "", figure.new or ""
        author = _author(file, figure.cell, new, old)
        place = form.cells[figure.cell].label
        yield Opinion(0, draft, author, Kind.CORRECTION, place, old, new, at=figure.cell)
    come = {text.new.strip() for text in changes.texts}
    for text in changes.texts:
        if not text.new.strip() and text.old.strip() in come:
            continue  # it stands elsewhere now: one correction, not two
        old, new = _short(text.old.strip()), _short(text.new.strip())
        author = _author(file, text.part, text.new.strip(), text.old.strip())
        place = form.text_names.get(text.part, text.part) + _paragraph(text)
        yield Opinion(0, draft, author, Kind.CORRECTION, place, old, new, at=text.part)


def _paragraph(change: TextChange) -> str:
    index = change.old_paragraph if change.new_paragraph is None else change.new_paragraph
    return f"·第 {(index or 0) + 1} 段"


def _author(file: WordFile, at: str, new: str, old: str) -> str:
    """Who made a correction; several in one sentence are all named. "" where it was not tracked."""
    edits = [edit for edit in file.edits if edit.at == at and edit.author != AUTHOR]
    found = [edit for edit in edits if new and edit.sentence == new]
    if not new:
        found = [edit for edit in edits if (gone := edit.deleted.strip()) and (gone in old or old in gone)]
    return "、".join(dict.fromkeys(edit.author for edit in found if edit.author))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
