"""意见台账 filled from a draft that came back: its comments, its corrections, and what has been answered since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..form.model import Form
from ..model.content import Content
from ..model.differences import Changes
from ..model.opinions import DRAFT, TITLE, Kind, Opinion, State, is_carried, shortened
from ..reading.word_comments import Comment
from ..reading.word_file import WordFile
from ..writing.revisions import AUTHOR
from .folder import Edited
from .open_corrections import TAKEN_IN, Key, key, keys, moved_sentences, sentence

DONE = "在 Word 里已标为解决"
TITLE_PLACE = "标题"


@dataclass(frozen=True)
class Returned:
    """A draft that came back, as the ledger takes it in."""

    draft: str
    file: WordFile
    corrections: Changes = field(default_factory=Changes)
    open: Changes = field(default_factory=Changes)
    """Those of the corrections that the input does not have."""


def filled(
    known: Sequence[Opinion], last: int, returned: Returned, now: Content, form: Form
) -> tuple[Opinion, ...]:
    """The opinions with those of a draft; ``now`` is what the input says, with what was taken in.

    The same draft a second time adds nothing. What a later draft carried of them is known by its heading. Numbers
    go on from ``last``, the highest that was ever given.
    """
    ledger = _Ledger(list(known), returned.draft, last)
    for comment in returned.file.comments:
        ledger.hear(comment)
    waiting = set(keys(returned.open))
    for opinion in _corrections(returned, form):
        is_open = opinion.key in waiting or opinion.kind is Kind.UNREAD
        ledger.note(opinion, is_taken=not is_open)
    return settled(ledger.opinions, now)


def unheard(
    known: Sequence[Opinion], drafts: Iterable[Edited], now: Content, form: Form
) -> tuple[Opinion, ...]:
    """The comments in drafts that came back which the ledger does not know: nobody has pulled them yet."""
    opinions = tuple(known)
    for draft in drafts:
        if draft.word is not None:
            heard = replace(draft.word, unknown=())
            opinions = filled(opinions, 0, Returned(draft.draft, heard), now, form)
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
        replace(opinion, state=State.TAKEN, reason=opinion.reason or TAKEN_IN)
        if opinion.state is State.OPEN and opinion.is_met_by(now)
        else opinion
        for opinion in opinions
    )


def undone(opinions: Sequence[Opinion], before: Content, now: Content) -> tuple[Opinion, ...]:
    """The opinions after a change of the input from ``before`` to ``now`` that took a change back, or made one again.

    A correction that was taken and that this took out waits again; one that it brought in is answered.
    """
    again = (
        replace(opinion, state=State.OPEN, reason="" if opinion.reason == TAKEN_IN else opinion.reason)
        if opinion.state is State.TAKEN and opinion.is_met_by(before) and not opinion.is_met_by(now)
        else opinion
        for opinion in opinions
    )
    return settled(tuple(again), now)


@dataclass
class _Ledger:
    """The opinions while a draft is read."""

    opinions: list[Opinion]
    draft: str
    last: int
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
        new = tuple(
            shortened(reply) for reply in dict.fromkeys(said) if shortened(reply) not in opinion.replies
        )
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
            shortened(comment.passage),
            shortened(text),
            at=comment.at,
        )

    def note(self, correction: Opinion, *, is_taken: bool) -> None:
        """Take in a correction that is not known, and that the input has it."""
        if (at := self.index(correction)) is None:
            self.add(correction)
            at = len(self.opinions) - 1
        self.seen.add(at)
        if is_taken and self.opinions[at].state is State.OPEN:
            self.opinions[at] = replace(self.opinions[at], state=State.TAKEN, reason=TAKEN_IN)

    def add(self, opinion: Opinion) -> None:
        self.last = max([self.last, *(other.number for other in self.opinions)]) + 1
        self.opinions.append(replace(opinion, number=self.last))

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


def _corrections(returned: Returned, form: Form) -> Iterator[Opinion]:
    """The corrections in a draft, each with who made it, where that was tracked; last what was not understood."""
    changes, file = returned.corrections, returned.file

    def opinion(kind: Kind, key: Key, place: str, author: str) -> Opinion:
        at, words, said = key
        return Opinion(0, returned.draft, author, kind, place, words, said, at=at)

    if changes.title:
        found = key(changes.title)
        yield opinion(Kind.CORRECTION, found, TITLE_PLACE, _author(file, found))
    for figure in changes.figures:
        found = key(figure)
        yield opinion(Kind.CORRECTION, found, form.cells[figure.cell].label, _author(file, found))
    for move in changes.rearranged:
        author = _mover(file, move.part, move.words)
        yield opinion(Kind.MOVE, key(move), form.text_names.get(move.part, move.part), author)
    moved = moved_sentences(changes)
    for text in changes.texts:
        if not text.new.strip() and sentence(text) in moved:
            continue  # it stands elsewhere now: one correction, not two
        place = f"{form.text_names.get(text.part, text.part)}·{text.place}"
        author = _author(file, (text.part, text.old.strip(), text.new.strip()))
        yield opinion(Kind.CORRECTION, key(text), place, author)
    for message in file.unknown:
        yield opinion(Kind.UNREAD, key(message), "", "")


def _author(file: WordFile, correction: Key) -> str:
    """Who made a correction; several in one sentence are all named. "" where it was not tracked."""
    at, old, new = correction
    place = "" if at == TITLE else at
    edits = [e for e in file.edits if e.at == place and e.author != AUTHOR and not e.is_whole]
    found = [edit for edit in edits if new and edit.sentence == new]
    if not new:
        found = [edit for edit in edits if (gone := edit.deleted.strip()) and (gone in old or old in gone)]
    return "、".join(dict.fromkeys(edit.author for edit in found if edit.author))


def _mover(file: WordFile, part: str, paragraphs: str) -> str:
    """Who moved paragraphs, split or joined them; "" where that was not tracked."""
    edits = [
        edit for edit in file.edits if edit.at == part and edit.author not in ("", AUTHOR) and edit.is_whole
    ]
    text = paragraphs.replace("\n", "")
    return "、".join(dict.fromkeys(edit.author for edit in edits if edit.sentence and edit.sentence in text))
