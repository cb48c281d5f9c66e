"""意见台账 on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ..model.opinions import Kind, Opinion, State
from .changes import marked
from .terminal import say, show

FIRST = 3
"""So many open opinions are listed where the list is not what was asked for."""


def say_noted(before: Sequence[Opinion], now: Sequence[Opinion], path: Path) -> None:
    """Print what a draft added to the ledger."""
    answered = [new for old, new in zip(before, now, strict=False) if new != old and new.is_comment]
    if answered:
        say("\n以前的批注，有了新的话：")
        _say_each(answered)
    if not now:
        return
    added, left = len(now) - len(before), sum(opinion.is_open for opinion in now)
    say(f"\n意见台账 {path}：新记 {added} 条，未处理 {left} 条。")


def say_waiting(waiting: Sequence[Opinion], input: Path, *, final: bool) -> None:
    """Print how many opinions wait for an answer, and the first of them."""
    if not waiting:
        return
    what = "定稿已生成，但还有" if final else "还有"
    say(f"\n注意：{what} {len(waiting)} 条意见没有答复：")
    _say_first(waiting)
    say(f'全部意见和答复的办法，见 reportgen opinions "{input}"')


def say_unheard(unheard: Sequence[Opinion], input: Path) -> None:
    """Print the comments in drafts that came back which nobody has pulled, the first of them."""
    if not unheard:
        return
    drafts = "、".join(dict.fromkeys(opinion.draft for opinion in unheard))
    say(f"\n注意：退回的{drafts}里有 {len(unheard)} 条批注还没有收进意见台账：")
    _say_first(unheard)
    say(f'收进来：reportgen pull 退回的稿 "{input}"')


def say_opinions(opinions: Sequence[Opinion], path: Path, input: Path) -> None:
    """Print the whole ledger, and how to answer."""
    if not opinions:
        say("台账里还没有意见。退回的送审稿，用 reportgen pull 收进来，批注和修改会自动记下。")
        return
    _say_each(opinions)
    left = sum(opinion.is_open for opinion in opinions)
    say(f"\n共 {len(opinions)} 条，未处理 {left} 条。台账在 {path}")
    if left:
        say("采纳的，不采纳的，这样答复（号是每条前面的数）：")
        show(f'  reportgen opinions "{input}" --accept 号')
        show(f'  reportgen opinions "{input}" --refuse 号 --reason 理由')


def _say_first(opinions: Sequence[Opinion]) -> None:
    _say_each(opinions[:FIRST])
    if len(opinions) > FIRST:
        show(f"  …还有 {len(opinions) - FIRST} 条")


def _say_each(opinions: Iterable[Opinion]) -> None:
    for opinion in opinions:
        say(_line(opinion), "  ", "    ")


def _line(opinion: Opinion) -> str:
    is_sentence = opinion.kind is Kind.CORRECTION and "." not in opinion.at
    said = marked(opinion.words, opinion.said) if is_sentence else opinion.text
    passage = f"“{opinion.words}”" if opinion.is_comment and opinion.words else ""
    state = "不采纳，还没有写理由" if opinion.is_open and opinion.state is State.REFUSED else opinion.state
    reason = f"（{opinion.reason}）" if opinion.reason else ""
    replies = "".join(f"　回复：{reply}" for reply in opinion.replies)
    place = opinion.place or "没有指明位置"
    text = (said + replies).replace("\n", " ")
    return f"{opinion.number}. {state}{reason}  {opinion.origin} · {place}{passage}：{text}"
