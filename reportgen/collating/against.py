"""The sums of an area against the report its government published: what differs, and which slip would explain it.

The slips are those of whoever adds up by hand: a body was left out or added twice, or the digits of one figure were
exchanged. One slip that explains the whole report at once is told alone. Otherwise each cell is told what would explain
it; several explanations that are equally good are a guess, and more than a few are none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from ..form.model import Form
from .area import Difference, Total

MOST_EXPLANATIONS = 3
"""Of one cell; where there are more, any of them is chance."""
MOST_FOR_PAIRS = 1000
"""Bodies of an area of which two together are tried."""

Effect = tuple[Decimal, ...]
"""By how much each of the compared cells changes."""


def differences(
    published: Mapping[str, str], totals: Mapping[str, Total], form: Form, *, is_judged: bool = True
) -> tuple[Difference, ...]:
    """The cells in which the published figure is not the sum, in the order of the form.

    ``published`` holds figures as printed; a cell that is not in it is not filled in or not read, and differs where
    there is a sum. Cells whose figures do not add up (:attr:`reportgen.form.model.Cell.adds_up`) are left out.
    ``is_judged``: whether all bodies are there; if not, a difference says nothing and is not explained.
    """
    told: dict[str, tuple[str, Decimal | None, Total]] = {}
    same: list[Total] = []
    for cell in form.cells.values():
        total = totals.get(cell.key)
        if total is None or not cell.adds_up:
            continue
        given, added = _number(published.get(cell.key, "")), _number(total.figure)
        if given is not None and added is not None and given == added:
            same.append(total)
        elif published.get(cell.key) or added is not None:
            told[cell.key] = (
                published.get(cell.key, ""),
                None if given is None or added is None else given - added,
                total,
            )
    off = {key: (change, total) for key, (_, change, total) in told.items() if change is not None}
    explained = _explained(off, same) if is_judged and off else {}
    return tuple(
        Difference(key, given, total.figure, explained.get(key, ()))
        for key, (given, _, total) in told.items()
    )


def _explained(
    off: Mapping[str, tuple[Decimal, Total]], same: Sequence[Total]
) -> Mapping[str, tuple[str, ...]]:
    """What would explain each cell that is off; ``same`` are the totals that are as published."""
    whole = list(_of_the_whole(off, same))
    if whole:
        return dict.fromkeys(off, tuple(whole)) if len(whole) <= MOST_EXPLANATIONS else {}
    found = {key: list(_slips(change, total)) for key, (change, total) in off.items()}
    times = Counter(slip for slips in found.values() for slip in slips)
    explained = {}
    for key, slips in found.items():
        most = max((times[slip] for slip in slips), default=0)
        best = tuple(slip for slip in slips if times[slip] == most)
        if len(best) <= MOST_EXPLANATIONS:
            explained[key] = best
    return explained


# ── one slip for the whole report ───────────────────────────────────────────────────────────────────


def _of_the_whole(off: Mapping[str, tuple[Decimal, Total]], same: Sequence[Total]) -> Iterator[str]:
    """One body, or two, left out or added twice, that explain every cell that is off and touch no other."""
    wanted = tuple(change for change, _ in off.values()) + (Decimal(0),) * len(same)
    effects = _effects([total for _, total in off.values()] + list(same))
    by_effect: dict[Effect, list[str]] = defaultdict(list)
    for name, effect in effects.items():
        by_effect[effect].append(name)
    left_out = tuple(-change for change in wanted)
    single = [f"漏了{name}" for name in by_effect.get(left_out, ())]
    single += [f"{name}加了两次" for name in by_effect.get(wanted, ())]
    yield from single
    if single or len(effects) > MOST_FOR_PAIRS:
        return
    order = {name: place for place, name in enumerate(effects)}
    for name, effect in effects.items():
        for own, others in ((-1, -1), (1, 1), (1, -1)):
            rest = tuple(others * (change - own * of) for change, of in zip(wanted, effect, strict=True))
            for other in by_effect.get(rest, ()):
                if own != others and name != other:
                    yield f"漏了{other}，{name}加了两次"
                elif own == others and order[name] < order[other]:
                    yield f"漏了{name}和{other}" if own < 0 else f"{name}和{other}都加了两次"


def _effects(totals: Sequence[Total]) -> Mapping[str, Effect]:
    """The figures of each body in these cells; one that has none but zeros changes nothing and is left out."""
    found: dict[str, list[Decimal]] = {}
    for place, total in enumerate(totals):
        for name, figure in total.contributors.items():
            number = _number(figure)
            if number:
                found.setdefault(name, [Decimal(0)] * len(totals))[place] = number
    return {name: tuple(figures) for name, figures in found.items()}


# ── one cell ────────────────────────────────────────────────────────────────────────────────────────


def _slips(change: Decimal, total: Total) -> Iterator[str]:
    """The slips that would change one sum so."""
    for name, figure in total.contributors.items():
        number = _number(figure)
        if not number:
            continue
        if number == -change:
            yield f"漏了{name}"
        elif number == change:
            yield f"{name}加了两次"
        written = number + change
        if _is_exchanged(number, written):
            yield f"{name}的{_shown(number)}抄成了{_shown(written)}"
    if (added := _number(total.figure)) is not None and _is_exchanged(added, added + change):
        yield f"合计{_shown(added)}抄成了{_shown(added + change)}"


def _is_exchanged(one: Decimal, other: Decimal) -> bool:
    """Whether two neighbouring digits of one number stand in each other's place in the other."""
    a, b = _shown(one), _shown(other)
    if len(a) != len(b) or a == b:
        return False
    off = [place for place, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(off) == 2 and off[1] == off[0] + 1 and a[off[0]] == b[off[1]] and a[off[1]] == b[off[0]]


def _shown(number: Decimal) -> str:
    return format(number, "f")


def _number(figure: str) -> Decimal | None:
    """A figure as it is printed; None where it is none."""
    try:
        number = Decimal(figure)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
