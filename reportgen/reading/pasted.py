"""A row of figures as it is pasted from Excel or Word: tabs or blanks between them, units behind them, / for none.

It is read only where the count of the figures proves where one ends and the next begins. A tab always parts two
cells. A blank or a comma may also stand within a number (1 234): there only a total that is the sum of the others is
proof.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ..form.model import Cell, Row
from ..model.chinese import IDEOGRAPHS
from ..patterns import regex
from .figures import BLANKS, MINUS
from .labels import ALIKE, bare, likeness

LONGEST_ROW = 1000
"""Characters; a row of seven figures has fewer than a hundred."""

_LINE = regex(r"(\s*+[\w.\-]++\s*+=\s*+)(\S(?:[^#\n]*[^\s#])?)(\s*(?:#.*)?)$")
_SEPARATOR = regex(r"\s*[,，、]\s*|\s+")
_FIGURE = regex(rf"(-?(?:0|[1-9]\d{{0,14}})(?:\.\d+)?)([{IDEOGRAPHS}]{{0,2}})")
_WORDS = f"[{IDEOGRAPHS}].*[{IDEOGRAPHS}]"
_THOUSANDS = regex(r"[1-9]\d{0,2}"), regex(rf"\d{{3}}(?:\.\d+)?[{IDEOGRAPHS}]{{0,2}}")


class PastedError(ValueError):
    """A row that is not sure; the message says why (in Chinese), and which rows it may be."""

    def __init__(
        self, message: str, possible: tuple[str, ...] = (), advice: str = "请换算以后只写数字。"
    ) -> None:
        self.possible = possible
        self.advice = advice
        super().__init__(message)


@dataclass(frozen=True)
class _Items:
    """What stands in a row, one item a figure, and what parts them; a tab is beyond doubt."""

    written: tuple[str, ...]
    separators: tuple[str, ...]
    label: tuple[str, ...] = ()
    """The words before the figures, cell by cell: the row's label, pasted with them, and that of its group."""

    @property
    def joinable(self) -> list[int]:
        """Where two of them may be one number with a blank or a comma between its thousands."""
        head, tail = _THOUSANDS
        found: list[int] = []
        for at, (left, right) in enumerate(pairwise(self.written)):
            goes_on = head.fullmatch(left) or (found[-1:] == [at - 1] and tail.fullmatch(left))
            if goes_on and tail.fullmatch(right) and self.separators[at] in (" ", ","):
                found.append(at)
        return found

    def joined(self, at: list[int]) -> tuple[str, ...]:
        items = [self.written[0]]
        for i, item in enumerate(self.written[1:]):
            if i in at:
                items[-1] += item
            else:
                items.append(item)
        return tuple(items)


def as_text(line: str) -> str | None:
    """The line of a key with a pasted row, put in quotes so that it can be read; None where it holds anything else."""
    found = _LINE.fullmatch(line) if len(line) <= LONGEST_ROW else None
    if found is None or "'" in found[2]:
        return None
    value = found[2]
    begins, ends = value.startswith("["), value.endswith("]")
    if (begins != ends and "," in value) or re.search("[［］【】]" + "|[，、]" * begins, value):
        return None  # marks that have one right form, which is shown
    if _items(value) is None:
        return None
    return f"{found[1]}'{value}'{found[3]}"


def read_pasted(text: str, row: Row) -> list[int | Decimal | None]:
    """The figures of a row, None where it shows that there is none; the total may be left out.

    Raises:
        PastedError: it is no row of figures, or may be read in more than one way.
    """
    items = _items(text)
    counts = {len(row.cells), len(row.cells) - bool(row.total)}
    if items is None:
        raise PastedError("")
    if items.label and not _is_label(items.label, row):
        said = f"前面写的“{''.join(items.label)}”不是这一行的名称，数可能抄错了行"
        raise PastedError(said, advice="请核对；是这一行的，删去前面的名称。")
    fits = len(items.written) in counts
    doubtful = items.joinable
    if fits and (not doubtful or _adds_up(items.written, row)):
        return [
            _figure(item, cell) for item, cell in zip(items.written, _cells(items.written, row), strict=True)
        ]
    joined = items.joined(doubtful)
    ways = [items.written] * fits + [joined] * (joined != items.written and len(joined) in counts)
    if not ways:
        raise PastedError("")
    at = doubtful[0]
    shown = f"{items.written[at]}{items.separators[at]}{items.written[at + 1]}"
    possible = tuple(f"{row.key} = {as_row(way)}" for way in ways)
    raise PastedError(f"“{shown}”看不出是一个数还是两个数", possible)


def whole_row(line: str, row: Row) -> str | None:
    """The line of a row whose count is wrong as it has to be, where that is sure; None where it is not.

    So it is where it has too many figures and all are 0, and where two belong to one number (1,234) and the total is the sum then.
    """
    found = _LINE.fullmatch(line)
    items = _items(found[2]) if found else None
    if not found or not items or len(row.cells) == 1:
        return None
    if {*items.written} == {"0"} and len(items.written) > len(row.cells):
        return f"{found[1]}0{found[3]}"
    for at in ([each] for each in items.joinable):
        joined = items.joined(at)
        if _adds_up(joined, row):
            return f"{found[1]}{as_row(joined)}{found[3]}"
    joined = items.joined(items.joinable)
    return f"{found[1]}{as_row(joined)}{found[3]}" if _adds_up(joined, row) else None


def plain_row(text: str) -> str:
    """A row as it is pasted, without brackets and on one line, for a note."""
    return " ".join(text.strip("[] ").split())


def as_row(items: tuple[str, ...]) -> str:
    """Figures as the input file writes a row."""
    plain = [_FIGURE.sub(r"\1", item) if item not in BLANKS else '""' for item in items]
    return plain[0] if len(plain) == 1 else f"[ {', '.join(plain)} ]"


def _items(text: str) -> _Items | None:
    """What stands in the row; None where one of them is no figure and no sign of an empty cell."""
    if len(text) > LONGEST_ROW:
        return None
    plain = unicodedata.normalize("NFKC", re.sub("[—―]+", "—", text.strip(" "))).translate(MINUS)
    plain = plain.removeprefix("[").removesuffix("]").strip(" ").removesuffix(",")
    if "\t" in plain:
        items = [item.strip().removesuffix(",").strip() for item in plain.split("\t")]
        separators = ["\t"] * (len(items) - 1)
        items = [re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", item) for item in items]
    else:
        plain = plain.strip()
        items, separators = _SEPARATOR.split(plain), _SEPARATOR.findall(plain)
    words = [at for at, item in enumerate(items) if re.search(_WORDS, item) and not _FIGURE.fullmatch(item)]
    begin = words[-1] + 1 if words else 0
    label, items, separators = tuple(items[:begin]), items[begin:], separators[begin:]
    if not any(re.search(r"\d", item) or item in BLANKS - {""} for item in items):
        return None
    if not all(
        _FIGURE.fullmatch(item) or (item in BLANKS and (item or "\t" in separators)) for item in items
    ):
        return None
    return _Items(tuple(items), tuple(separators), label)


def _is_label(written: tuple[str, ...], row: Row) -> bool:
    """Whether some words are a row's label, or its end: 1.属于国家秘密 of （三）不予公开 1.属于国家秘密."""
    own = bare(row.label)
    return any(
        (found := bare(text).lstrip("0123456789")) in own or likeness(found, own) >= ALIKE
        for text in ("".join(written), written[-1])
    )


def _cells(items: tuple[str, ...], row: Row) -> list[Cell]:
    whole = len(items) == len(row.cells)
    return [cell for cell in row.cells if whole or cell is not row.total]


def _adds_up(items: tuple[str, ...], row: Row) -> bool:
    """Whether the total is written and is the sum of the others."""
    if len(items) != len(row.cells) or row.total is None or any(item in BLANKS for item in items):
        return False
    numbers = {
        cell.key: Decimal(_FIGURE.sub(r"\1", item)) for cell, item in zip(row.cells, items, strict=True)
    }
    total = numbers.pop(row.total.key)
    return total == sum(numbers.values())


def _figure(item: str, cell: Cell) -> int | Decimal | None:
    if item in BLANKS:
        return None
    found = _FIGURE.fullmatch(item)
    number, unit = (found[1], found[2]) if found else (item, "")
    if unit not in ("", cell.unit):
        raise PastedError(f"“{item}”的单位是“{unit}”，这里的单位是“{cell.unit}”")
    return Decimal(number) if "." in number else int(number)
