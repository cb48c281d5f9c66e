"""An input file as a careful clerk would have written it: the tables as they are printed, with their heads and labels.

A figure stands as it is given, digit by digit. A row without any figure is written as a comment with places to fill
in; in a row of which some are known the others are ``""``, which is how an input file says 未填.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from ..form.grid import GridCell
from ..form.model import Cell, Form, Row, Table
from ..model.chinese import LEVELS, numeral
from ..model.language import one_line, printable, quoted
from ..model.narrative import as_typed
from ..model.report import AGENCY

UNFILLED = '""'
TO_WRITE = "（待填写）"
"""What stands for a text that is still to be written; S11 reports it."""
LONGEST_NOTE = 80
"""Characters of what is noted beside a figure."""

_HOW = """\
# 写法：
#   · “#”后面是说明，不会印出来。
#   · 数据照表逐行填，一行写在一对方括号里，顺序和上面的表头一样；整行是 0 的只写一个 0；行末的总计可以不写，由程序相加。
#   · 行首有“#”的数据是“未填”，不等于 0；填的时候删去行首的“#”。
#   · 文字放在一对 ''' 之间，一段一行。{{ 数据名 }} 会换成表里的数，改了表，文字跟着改。
"""
_NUMBER = r"-?(?:0|[1-9]\d*)(?:\.\d+)?"
"""A number as TOML writes it."""

Setting = str | int | Decimal


@dataclass(frozen=True)
class Notes:
    """What stands in an input file for the clerk alone, as comments."""

    beside: Mapping[str, str] = field(default_factory=dict)
    """Beside the row of an unfilled cell, by its key: the original's words, or last year's figure."""
    name: str = "原文"
    """What those are."""
    proposed: Mapping[str, str] = field(default_factory=dict)
    """Figures that need only to be confirmed, by cell: they stand in the row, which stays a comment."""
    rows: Mapping[str, str] = field(default_factory=dict)
    """What else is said of a row, by its key such as ``requests.carried_over``."""
    above: Mapping[str, Iterable[str]] = field(default_factory=dict)
    """Lines that stand above a row, by its key."""
    head: Sequence[str] = ()
    """What is said of the whole file, at its head."""


def input_text(
    form: Form,
    year: int,
    agency: Mapping[str, str],
    figures: Mapping[str, str],
    texts: Mapping[str, Iterable[str]],
    notes: Notes | Mapping[str, str] | None = None,
    *,
    sources: Mapping[str, str] | None = None,
    checks: Mapping[str, Setting] | None = None,
    after: str = "",
) -> str:
    """An input file in TOML; a cell that is missing in ``figures`` is 未填.

    ``texts`` are paragraphs that are printed as they stand, whatever is in them; ``sources`` are narratives with
    their ``{{ }}`` and take the place of a text. ``notes`` may be just what stands beside the unfilled cells.
    ``after`` comes last, as it is.
    """
    asides = notes if isinstance(notes, Notes) else Notes(notes or {})
    written = {key: "\n".join(map(as_typed, _paragraphs(text))) for key, text in texts.items()}
    written |= {key: printable(source).strip("\n") for key, source in (sources or {}).items()}
    units = Counter(cell.unit for cell in form.cells.values())
    writer = _Writer(units.most_common(1)[0][0], figures, asides)
    blocks = [
        f"# {one_line(agency.get('name', ''))}{year}年政府信息公开工作年度报告：输入文件\n#\n{_HOW}"
        + "".join(f"#\n# {one_line(said)}\n" for said in asides.head),
        f"format = {quoted(form.format)}        # {one_line(form.source)}\nyear   = {year}\n",
        "".join(_agency(agency)),
        *("".join(writer.table(title, table)) for title, table in _tables(form)),
        _headed("文字部分", "narrative") + "\n".join(_narrative(form, written)),
        *_signature(form, written),
    ]
    if checks:
        settings = "".join(f"{key} = {_setting(value)}\n" for key, value in checks.items())
        blocks.append(_headed("检查的设置", "checks") + settings)
    return "\n".join([*blocks, *([after] if after else [])])


def skeleton(form: Form) -> dict[str, list[str]]:
    """The texts of a report that is still to be written: the aspects that the form asks for, as headings."""
    return {
        part.text: [
            f"{LEVELS[2].format(numeral(number))}{aspect[0]}。{TO_WRITE}"
            for number, aspect in enumerate(part.aspects, 1)
        ]
        for part in form.parts
        if part.text
    }


def _headed(title: str, table: str) -> str:
    """The head of a table under a line with its name."""
    return f"# ── {title} {'─' * max(4, 66 - _width(title))}\n[{table}]\n"


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """The paragraphs without what no file can hold; a line break begins another."""
    for line in lines:
        yield from filter(None, map(str.strip, printable(line).split("\n")))


def _setting(value: Setting) -> str:
    return quoted(value) if isinstance(value, str) else str(value).lower()


# ── agency and text ─────────────────────────────────────────────────────────────────────────────────


def _agency(agency: Mapping[str, str]) -> Iterator[str]:
    """Every item an agency may have; those that are not known as comments."""
    yield "[agency]\n"
    for key, word in AGENCY.items():
        value = printable(agency.get(key, "")).strip()
        value = one_line(value) if key == "name" else value
        yield f"{key:<8} = {quoted(value)}\n" if value else f'# {key:<8} = ""   # {word}\n'


def _narrative(form: Form, written: Mapping[str, str]) -> Iterator[str]:
    """Every part of the text under its name; one that is not written has its place."""
    for part in form.parts:
        if part.text and not part.signature:
            yield f"# {part.name}\n{part.text} = {_block(written.get(part.text, ''))}\n"


def _signature(form: Form, written: Mapping[str, str]) -> Iterator[str]:
    """The signature, a text of two lines, as the table it has of its own."""
    if form.signature and (text := written.get(form.signature.text)):
        body, _, date = text.partition("\n")
        yield f"[{form.signature.text}]\nbody = {quoted(body)}\ndate = {quoted(date)}\n"


def _block(source: str) -> str:
    """A text of several lines between ``'''``, or ``\"\"\"`` where the other stand in it."""
    lines = f"\n{source}\n" if source else "\n"
    if "'''" not in source:
        return f"'''{lines}'''"
    escaped = lines.replace("\\", "\\\\").replace('"""', '""\\"')
    return f'"""{escaped}"""'


# ── tables ──────────────────────────────────────────────────────────────────────────────────────────


def _tables(form: Form) -> Iterator[tuple[str, Table]]:
    """The tables in the order of the report, each with the heading it stands under."""
    return ((part.name, form.tables[part.table]) for part in form.parts if part.table)


@dataclass(frozen=True)
class _Writer:
    """What is known of the figures while the rows are written."""

    usual: str
    """The unit that needs no mention."""
    figures: Mapping[str, str]
    notes: Notes

    def table(self, title: str, table: Table) -> Iterator[str]:
        """A table: its rows, with the heads above the figures where they change and the labels behind."""
        yield _headed(title, table.key)
        indent = 0 if all(map(self.is_known, table.rows.values())) else 2
        key_width = max(map(len, table.rows)) + indent
        beside = _labels_beside(table)
        told: list[GridCell] = []
        lines: list[tuple[str, str]] = []
        for columns, group in groupby(table.rows.values(), key=lambda row: [c.column for c in row.cells]):
            rows = list(group)
            heads = [table.heads[c.column] + self.about(c) for c in rows[0].cells] if columns[0] else [""]
            widths = [
                max([_width(head), *(len(self.figure(row.cells[at])) for row in rows)])
                for at, head in enumerate(heads)
            ]
            if columns[0]:
                above = " ".join(map(_padded, heads, widths))
                lines.append((f"#{' ' * (key_width + 4)}{above}".rstrip(), ""))
            for row in rows:
                said = self.notes.above.get(f"{table.key}.{row.key}", ())
                lines += [(f"#   {printable(line)}".replace("\n", " ").rstrip(), "") for line in said]
                lines += [(f"# {header.label}", "") for header in beside[row.key] if header not in told]
                told += beside[row.key]
                label = row.label.removeprefix(f"{table.name}·")
                for header in beside[row.key]:
                    label = label.removeprefix(header.label).strip()
                label += self.about(row.cells[0]) if row.is_single else ""
                comment = "    ".join([label, *self.noted(table, row)])
                lines.append((self.row(row, key_width, widths), comment))
        width = max(_width(line) for line, comment in lines if comment)
        for line, comment in lines:
            yield f"{_padded(line, width)}   # {comment}\n" if comment else f"{line}\n"

    def is_known(self, row: Row) -> bool:
        """Whether one of its figures is known."""
        return any(cell.key in self.figures for cell in row.cells)

    def about(self, cell: Cell) -> str:
        """What is to be known of a figure that is not just a count, in brackets."""
        said = [cell.unit] if cell.unit != self.usual else []
        said += ["可以有小数"] if cell.decimal else []
        said += ["可以是负数"] if cell.signed else []
        return f"（{'，'.join(said)}）" if said else ""

    def figure(self, cell: Cell) -> str:
        """What stands in the place of a cell; "" where nothing is known."""
        written = self.figures.get(cell.key, self.notes.proposed.get(cell.key, ""))
        return written if not written or re.fullmatch(_NUMBER, written) else quoted(one_line(written))

    def row(self, row: Row, key_width: int, widths: Sequence[int]) -> str:
        """The line of a row; a comment where none of its figures is known."""
        known = self.is_known(row)
        start = f"{row.key:<{key_width}} =" if known else f"# {row.key:<{key_width - 2}} ="
        written = [self.figure(cell) for cell in row.cells]
        if row.is_single:
            return f"{start} {written[0]}"
        if all(figure == "0" for figure in written):
            return f"{start} 0"
        if known:
            written = [self.figure(cell) if cell.key in self.figures else UNFILLED for cell in row.cells]
        *items, last = zip(written, widths, strict=True)
        places = (_padded(f"{f},", width + 1) if f else " " * (width - 1) + ", " for f, width in items)
        return f"{start} [ {''.join(places)}{_padded(*last)} ]"

    def noted(self, table: Table, row: Row) -> Iterator[str]:
        """What is noted beside a row: of its unfilled cells, and of the whole of it."""
        beside = {
            table.heads.get(cell.column, ""): one_line(self.notes.beside[cell.key])[:LONGEST_NOTE]
            for cell in row.cells
            if cell.key not in self.figures and self.notes.beside.get(cell.key)
        }
        if beside:
            yield f"{self.notes.name}：{_told(beside, whole=len(beside) == len(row.cells))}"
        if said := self.notes.rows.get(f"{table.key}.{row.key}"):
            yield one_line(said)


def _labels_beside(table: Table) -> dict[str, list[GridCell]]:
    """What stands to the left of each row beside its label, outermost first: 三、本年度办理结果, （三）不予公开."""
    found: dict[str, list[GridCell]] = {}
    for figure in (cell for line in table.grid for cell in line if cell.kind == "figure"):
        found[figure.named("row")[0].key] = [
            header
            for header in figure.headers
            if header.kind in ("text", "group") and header.row <= figure.row < header.row + header.rows
        ]
    return found


def _told(beside: Mapping[str, str], *, whole: bool) -> str:
    """What is noted of the cells of a row, by their heads; what most of a whole row have in common comes last."""
    usual, times = Counter(beside.values()).most_common(1)[0]
    if whole and times == len(beside):
        return usual if times == 1 else f"整行 {usual}"
    if not whole or times == 1:
        return "、".join(f"{head} {words}" for head, words in beside.items())
    return "、".join(
        [*(f"{head} {words}" for head, words in beside.items() if words != usual), f"其余 {usual}"]
    )


def _width(text: str) -> int:
    """In columns of the screen: a Chinese character takes two."""
    return sum(1 if char.isascii() else 2 for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
