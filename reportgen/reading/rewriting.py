"""Figures and texts put into the clerk's input file, in its own words: everything else stays byte for byte.

A number takes the place of a number, a text of a text, in the way the file writes it. Only where the file has no
place for a figure (a row written as a single 0, a row that is missing) a row is written anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from ..form.model import Row
from ..model.language import Language, quoted
from ..model.report import AGENCY, Publication, Report, printed
from .commented import Commented, commented_rows
from .input_file import SIGNATURE
from .places import json_spans, toml_spans

Figures = Mapping[str, str | None]
"""Figures as printed by cell; None for 未填."""

Items = Mapping[tuple[str, str], str]
"""Words by table and key, such as the body's telephone number; a number goes as its digits."""
_ORDERS = {"agency": list(AGENCY), "publication": [item.name for item in fields(Publication)]}
"""The keys of the tables of words, in the order in which they stand."""

_ITEM = re.compile(r""""(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#[^\n]*|[^\s,\[\]{}\#"']+""")
_LONE_CR = re.compile(r"\r(?!\n)")
_UNFILLED = '""'


@dataclass(frozen=True)
class _Change:
    start: int
    end: int
    text: str


def rewrite(
    text: str,
    report: Report,
    figures: Figures,
    sources: Mapping[str, str],
    items: Items | None = None,
) -> str:
    """The text of the input file ``report`` was read from, with other figures, parts of the narrative and words."""
    kind = _KINDS[Language.of(text, report.path)]
    line_end = "\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r" if "\r" in text else "\n"
    as_read = _LONE_CR.sub("\n", text)  # as long as the text: the places are the same
    rewriter = kind(as_read, report, figures, sources, line_end)
    rewriter.items = items or {}
    changes = list(rewriter.changes())
    # From the end; of those at one place what is new comes before what is there, in the order it was given.
    changes.sort(key=lambda change: (change.start, change.end))
    for change in reversed(changes):
        text = text[: change.start] + change.text + text[change.end :]
    return text


class _Toml:
    """A TOML file being rewritten."""

    spans_of = staticmethod(toml_spans)

    def __init__(
        self, text: str, report: Report, figures: Figures, sources: Mapping[str, str], line_end: str
    ) -> None:
        self.text = text
        self.spans = type(self).spans_of(text)
        self.report = report
        self.changed = figures
        now = {key: printed(figure) for key, figure in report.figures.items()}
        self.figures: dict[str, str | None] = {**now, **figures}
        self.sources = sources
        self.line_end = line_end
        self.items: Items = {}
        self.new: dict[str, list[str]] = {}
        """By table: what goes into one that the file does not have; in JSON, what goes into any."""

    def changes(self) -> Iterator[_Change]:
        yield from self.in_their_places()
        yield from (self.beginning(table, items) for table, items in self.new.items())

    def in_their_places(self) -> Iterator[_Change]:
        for (place, key), value in self.items.items():
            path = f"{place}.{key}" if key else place
            written = value if not key and value.isdecimal() else quoted(value)
            if path in self.spans:
                yield _Change(*self.spans[path], written)
            else:
                yield from self.added_row(path, written, _ORDERS[place])
        for table in self.report.form.tables.values():
            for row in table.rows.values():
                if any(cell.key in self.changed for cell in row.cells):
                    yield from self.row(f"{table.key}.{row.key}", row)
        for part, source in self.sources.items():
            signature = self.report.form.signature
            if signature and part == signature.text:
                yield from self.signature(part, source)
            else:
                yield from self.narrative(part, source)

    # ── figures ─────────────────────────────────────────────────────────────────────────────────────

    def row(self, path: str, row: Row) -> Iterator[_Change]:
        changed = [cell.key for cell in row.cells if cell.key in self.changed]
        if all(key in self.spans for key in changed):  # a cell of its own line, or a row that is one figure
            yield from (_Change(*self.spans[key], self.figure(key)) for key in changed)
        elif path not in self.spans:
            yield from self.added_row(
                path, self.whole(row), list(self.report.form.tables[row.cells[0].table].rows)
            )
        else:
            start, end = self.spans[path]
            items = [match for match in _ITEM.finditer(self.text, start, end) if match[0][0] != "#"]
            cells = [cell.key for cell in row.cells]
            if row.total and len(items) == len(cells) - 1 and self.adds_up(row):
                cells.remove(row.total.key)
            if self.text[start] != "[" or len(items) != len(cells):
                yield _Change(start, end, self.whole(row))
                return
            for key, item in zip(cells, items, strict=True):
                if key in changed:
                    yield _Change(item.start(), item.end(), self.figure(key))

    def adds_up(self, row: Row) -> bool:
        """Whether the total may stay left out: it was not corrected, or to just the sum."""
        total = row.total.key if row.total else ""
        others = [self.figures.get(cell.key) for cell in row.cells if cell.key != total]
        if total not in self.changed:
            return True
        return None not in others and self.figures[total] == str(sum(int(figure or 0) for figure in others))

    def whole(self, row: Row) -> str:
        if row.is_single:
            return self.figure(row.cells[0].key)
        return f"[ {', '.join(self.figure(cell.key) for cell in row.cells)} ]"

    def figure(self, key: str) -> str:
        return self.figures.get(key) or _UNFILLED

    def added_row(self, path: str, value: str, order: list[str]) -> Iterator[_Change]:
        """A row that the file lacks: in the place of one that stands there as a comment, or a new line."""
        table, _, key = path.partition(".")
        if waiting := self.waiting(table, key):
            yield _Change(waiting.start, waiting.end, waiting.filled(self.text, value))
        else:
            yield from self.added(table, key, value, order)

    def waiting(self, table: str, key: str) -> Commented | None:
        """The row of a table as a comment that is to be filled in."""
        if table not in self.spans:
            return None
        return commented_rows(self.text, self.spans[table][1], (key,)).get(key)

    def added(self, table: str, key: str, value: str, order: list[str]) -> Iterator[_Change]:
        """A new line after the one before it in the order of the form, or after the table's head."""
        before = [f"{table}.{other}" for other in order[: order.index(key)]]
        after = next((path for path in (*reversed(before), table) if path in self.spans), None)
        line = f"{key} = {value}{self.line_end}"
        if after is None:
            self.new.setdefault(table, []).append(line)
            return
        at = self.text.find("\n", self.spans[after][1]) + 1
        yield _Change(at, at, line) if at else self.at_end(line)

    def beginning(self, table: str, lines: list[str]) -> _Change:
        """A new table at the end of the file."""
        at = len(self.text)
        gap = "" if self.text.endswith("\n") else self.line_end
        return _Change(at, at, f"{gap}{self.line_end}[{table}]{self.line_end}{''.join(lines)}")

    def at_end(self, line: str) -> _Change:
        return _Change(len(self.text), len(self.text), self.line_end + line)

    # ── text ────────────────────────────────────────────────────────────────────────────────────────

    def narrative(self, part: str, source: str) -> Iterator[_Change]:
        path = f"narrative.{part}"
        if path not in self.spans:
            order = [other.text for other in self.report.form.parts if other.text]
            yield from self.added("narrative", part, self.literal(f"\n{source}\n"), order)
            return
        start, end = self.spans[path]
        written = self.text[start:end]
        if written.startswith("'''"):
            yield _Change(start, end, self.literal(self.kept_around(written[3:-3], part, source)))
        elif written.startswith('"""'):
            escaped = source.replace("\\", "\\\\").replace('"""', '""\\"')
            yield _Change(start, end, self.ended(f'"""\n{escaped}\n"""'))
        else:
            yield _Change(start, end, quoted(source))

    def signature(self, part: str, source: str) -> Iterator[_Change]:
        """The name and the date of the signature, each on its own line; both empty where it was taken out."""
        values = source.split("\n") if source else ["", ""]
        new = []
        for key, value in zip(SIGNATURE, values, strict=True):
            if f"{part}.{key}" in self.spans:
                yield _Change(*self.spans[f"{part}.{key}"], quoted(value))
            else:
                new.append((key, quoted(value)))
        if new:
            yield from self.added_items(part, new)

    def added_items(self, table: str, items: list[tuple[str, str]]) -> Iterator[_Change]:
        """New lines at the head of their table, or in a new one before the next."""
        lines = "".join(f"{key} = {value}{self.line_end}" for key, value in items)
        if table not in self.spans:
            self.new.setdefault(table, []).append(lines)
            return
        at = self.text.find("\n", self.spans[table][1]) + 1
        yield _Change(at, at, lines) if at else self.at_end(lines)

    def kept_around(self, written: str, part: str, source: str) -> str:
        """The text with the line breaks that stand around it in the file."""
        plain = written.replace("\r\n", "\n")
        old = self.report.narrative[part].source if part in self.report.narrative else plain.strip("\n")
        if not old or old not in plain:
            return f"\n{source}\n"
        before, _, after = plain.partition(old)
        return before + source + after

    def literal(self, text: str) -> str:
        if "'''" in text or text.endswith("'"):
            return quoted(text.strip("\n"))
        return self.ended(f"'''{text}'''")

    def ended(self, text: str) -> str:
        return text.replace("\n", self.line_end)


class _Json(_Toml):
    """A JSON file being rewritten."""

    spans_of = staticmethod(json_spans)

    def changes(self) -> Iterator[_Change]:
        yield from self.in_their_places()
        tables = []
        for table, items in self.new.items():
            if table in self.spans:
                yield self.beginning(table, items)
            else:
                tables.append(f"{quoted(table)}: {{ {', '.join(items)} }}")
        if tables:
            yield self.beginning("", tables)

    def narrative(self, part: str, source: str) -> Iterator[_Change]:
        path = f"narrative.{part}"
        if path not in self.spans:
            yield from self.added("narrative", part, quoted(source), [part])
            return
        start, end = self.spans[path]
        written = self.text[start:end]
        value = str(json.loads(written) or "")
        value = self.kept_around(value, part, source) if value.strip() else source
        yield _Change(start, end, quoted(value, ascii=written.isascii()))

    def added_items(self, table: str, items: list[tuple[str, str]]) -> Iterator[_Change]:
        for key, value in items:
            yield from self.added(table, key, value, [])

    def waiting(self, table: str, key: str) -> Commented | None:
        """None: JSON has no comments."""
        return None

    def added(self, table: str, key: str, value: str, order: list[str]) -> Iterator[_Change]:
        """None yet: all that is new in an object goes to its beginning together."""
        self.new.setdefault(table, []).append(f"{quoted(key)}: {value}")
        yield from ()

    def beginning(self, table: str, items: list[str]) -> _Change:
        """Something new at the beginning of an object; "" is the whole."""
        start, end = self.spans[table]
        comma = "" if self.text[start + 1 : end - 1].strip() == "" else ","
        new = f",{self.line_end}  ".join(items)
        return _Change(start + 1, start + 1, f"{self.line_end}  {new}{comma}")


_KINDS = {Language.TOML: _Toml, Language.JSON: _Json}
