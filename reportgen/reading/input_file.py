"""The clerk's input file -> Report: what it may hold comes from the form; all its problems come at once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..form.form_file import FormError, known_formats, load_form
from ..form.model import Cell, Form, Row
from ..model.expressions import parse
from ..model.findings import Correction, Figure, Finding, InputError, Severity, cut, unusable
from ..model.language import FORBIDDEN, Language
from ..model.names import names
from ..model.narrative import Narrative, NarrativeError
from ..model.report import AGENCY, Publication, Report, added, printed
from ..model.signature import official_date
from .encoding import read_source
from .figures import FigureError, is_figure, read_figure
from .opinions_file import is_ledger
from .pasted import PastedError, plain_row, read_pasted
from .syntax import Parsed, as_written_text, load

SETTINGS = ("checks", "waivers")
"""Tables of the input that are not about the report itself; the checks read them."""

FIRST_YEAR = 2008
"""The year the Regulation (政府信息公开条例) came into force."""

SIGNATURE = {"body": "机关名称", "date": "日期"}
"""What the signature's table holds, with the clerk's words for it."""
FIRST_DATE = "2026-01-20"
"""An example of a date."""

LONGEST_NAME = 60
LONGEST_TEXT = 200_000
"""Characters in one part of the narrative."""


def read(path: Path, root: Path | None = None) -> Report:
    """Read an input file; ``root`` is the folder of templates, the project's own where none is given.

    Raises:
        InputError: the file cannot be used; it holds all problems of the file.
        FormError: the form file is broken.
    """
    return parse_input(read_source(path).normal, path, root)


def parse_input(text: str, path: Path, root: Path | None = None) -> Report:
    """Read the text of an input file; ``path`` is named in messages and may tell the language.

    Raises:
        InputError: the text cannot be used; it holds all its problems.
        FormError: the form file is broken.
    """
    loaded = load(text, Language.of(text, path))
    return _InputFile(path, loaded, root).report()


class _InputFile:
    """One file being read: its data, and the problems and notes so far."""

    def __init__(self, path: Path, loaded: Parsed, root: Path | None) -> None:
        self.path = path
        self.data = loaded.data
        self.places = loaded.places
        self.lines = loaded.lines
        self.whole = loaded.whole
        self.problems = loaded.problems
        self.notes = loaded.notes
        self.root = root

    def report(self) -> Report:
        if not self.data and self.problems:
            raise InputError(self.path, self.problems)
        if is_ledger(self.data):
            message, advice = "这是意见台账，不是输入文件。", "请给出它旁边的那个输入文件，名称里没有“意见”。"
            raise unusable(self.path, message, advice)
        form = self.form()
        texts = [part.text for part in form.parts if part.text and not part.signature]
        signature = [form.signature.text] if form.signature else []
        self.put_under_their_heads(
            {**{key: table.rows for key, table in form.tables.items()}, "agency": AGENCY, "narrative": texts}
        )
        self.known(
            "",
            self.data,
            ["format", "year", "agency", *form.tables, "narrative", *signature, "publication", *SETTINGS],
        )
        year = self.year()
        agency = self.agency()
        figures: dict[str, Figure] = {}
        computed: set[str] = set()
        for table in form.tables.values():
            rows = self.table(table.key)
            self.known(table.key, rows, table.rows)
            for row in table.rows.values():
                if row.key in rows:
                    figures.update(self.row(row, f"{table.key}.{row.key}", rows[row.key], computed))
        report = Report(
            form=form,
            path=self.path,
            year=year,
            agency=agency,
            figures=figures,
            narrative={**self.narrative(form, texts), **self.signature(form)},
            lines={key: place.line for key, place in self.places.items()},
            computed=frozenset(computed),
            notes=tuple(sorted(self.notes, key=lambda note: note.line or 0)),
            publication=self.publication(),
            settings={key: self.data[key] for key in SETTINGS if key in self.data},
        )
        if self.problems:
            raise InputError(self.path, self.problems)
        return report

    # ── the small things ────────────────────────────────────────────────────────────────────────────

    def problem(self, rule: str, key: str, message: str, advice: str = "") -> None:
        self.problems.append(Finding(rule, Severity.ERROR, message, advice, line=self.line(key)))

    def note(self, key: str, message: str, cells: tuple[str, ...] = ()) -> None:
        self.notes.append(Finding("I06", Severity.NOTE, message, cells=cells, line=self.line(key)))

    def line(self, key: str) -> int | None:
        while key and key not in self.places:
            key = key.rpartition(".")[0]
        return self.places[key].line if key else None

    def known(self, prefix: str, found: Iterable[str], known: Iterable[str]) -> None:
        """Every key must be known; a misspelt one gets the nearest."""
        known = list(known)
        for key in found:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                where = f"[{prefix}] 里的" if prefix else ""
                advice = f"是不是“{near[0]}”？" if near else "这里可以写：" + "、".join(known[:12]) + "。"
                self.problem("I03", f"{prefix}.{key}".strip("."), f"不认识{where}“{key}”。", advice)

    def put_under_their_heads(self, tables: Mapping[str, Iterable[str]]) -> None:
        """Keys that stand under another table, for want of the head of theirs, are one problem and not many."""
        for missing, keys in tables.items():
            if missing in self.data:
                continue
            for where in [
                self.data,
                *(self.data[key] for key in tables if isinstance(self.data.get(key), dict)),
            ]:
                strays = {
                    key: where.pop(key) for key in keys if key in where and self.is_stray(key, where, tables)
                }
                if strays:
                    self.data[missing] = strays
                    self.report_missing_head(missing, list(strays))
                    break

    def is_stray(self, key: str, where: Mapping[str, Any], tables: Mapping[str, Iterable[str]]) -> bool:
        return all(key not in tables[name] for name in tables if self.data.get(name) is where)

    def report_missing_head(self, table: str, strays: list[str]) -> None:
        """The line ``[table]`` is missing before the first of the strays."""
        lines = {key: place.line for key, place in self.places.items() if key.rpartition(".")[2] in strays}
        line = min(lines.values(), default=None)
        more = f"等 {len(strays)} 行" if len(strays) > 1 else ""
        message = f"“{strays[0]}”{more}的前面缺少一行 [{table}]。"
        written = self.lines[line - 1] if line else ""
        correction = Correction(line or 0, written, f"[{table}]\n{written}") if "=" in written else None
        advice = f"请在这一行的前面加一行：[{table}]"
        self.problems.append(
            Finding("I03", Severity.ERROR, message, advice, line=line, correction=correction)
        )

    def table(self, key: str) -> Mapping[str, Any]:
        value = self.data.get(key, {})
        if isinstance(value, dict):
            return value
        self.problem("I04", key, f"“{key}”要写成单独的一节。", f"请另起一行写 [{key}]，下面逐行写各项。")
        return {}

    def text(self, key: str, value: Any, what: str, longest: int) -> str:
        """A value that must be plain text; "" where it is not."""
        if not isinstance(value, str):
            self.not_text(key, what)
            return ""
        bad = None if value.isprintable() else re.search(FORBIDDEN, value)
        if bad:
            place = self.places.get(key)
            line = value.count("\n", 0, bad.start()) + 1
            where = "" if place and place.last_line > place.line else f"第 {line} 段"
            self.problems.append(
                Finding(
                    "I04",
                    Severity.ERROR,
                    f"{what}{where}里有看不见的控制字符（U+{ord(bad[0]):04X}），在“{_before(value, bad.start())}”之后。",
                    "请删去后重打这几个字。",
                    line=self.text_lines(key, value)[line - 1],
                )
            )
            return ""
        if len(value) > longest:
            self.problem(
                "I04", key, f"{what}有 {len(value)} 字，太长，最多 {longest} 字。", "请核对是不是贴错了内容。"
            )
            return ""
        return value.strip("\n") if "\n" in value else value.strip()

    def text_lines(self, key: str, value: str) -> list[int]:
        """The line in the file of each line of a text."""
        place = self.places.get(key)
        count = value.count("\n") + 1
        if place is None:
            return [1] * count
        if place.last_line - place.text_line + 1 == count:
            return [place.text_line + i for i in range(count)]
        return [place.line] * count

    # ── the parts of the file ───────────────────────────────────────────────────────────────────────

    def form(self) -> Form:
        formats = known_formats(self.root)
        if not formats:
            raise FormError(f"{self.root} 里没有模板。请用 reportgen templates --copy 复制一份。")
        written = self.data.get("format")
        if str(written) in formats and not isinstance(written, bool):
            return load_form(str(written), self.root)
        choices = "、".join(f'"{name}"' for name in formats)
        if written is not None:
            self.problem("I04", "format", f"不认识格式“{_cut(written)}”。", f"现在有：{choices}。")
        elif self.whole:
            self.problem("I03", "format", "缺少格式。", f'请在文件开头写 format = "{formats[0]}"。')
        return load_form(formats[0], self.root)

    def year(self) -> int:
        written = self.data.get("year")
        if written is None:
            if self.whole:
                self.problem("I03", "year", "缺少年份。", "请在文件开头写报告的年份，例如 year = 2025。")
            return 0
        digits = re.fullmatch(r"\s*([0-9]{4})\s*年?\s*", written) if isinstance(written, str) else None
        if digits:
            self.note("year", f"年份写的是“{written}”，按 {digits[1]} 读入。")
            written = int(digits[1])
        if isinstance(written, int) and not isinstance(written, bool) and FIRST_YEAR <= written <= 2099:
            return written
        self.problem("I04", "year", f"“{_cut(written)}”不是年份。", "请写四位数字，例如 year = 2025。")
        return 0

    def agency(self) -> dict[str, str]:
        written = self.table("agency")
        self.known("agency", written, AGENCY)
        agency = {
            key: self.text(f"agency.{key}", written[key], AGENCY[key], LONGEST_NAME if key == "name" else 500)
            for key in AGENCY
            if key in written
        }
        if "\n" in agency.get("name", ""):
            self.problem("I04", "agency.name", "机关名称里有换行。", "请写在一行里。")
        if not agency.get("name") and self.whole and not isinstance(written.get("name"), (int, list, dict)):
            self.problem(
                "I03", "agency.name", "缺少机关名称。", '请在 [agency] 下面写 name = "…"，用机关的全称。'
            )
        return {key: text for key, text in agency.items() if text}

    def not_text(self, key: str, what: str) -> None:
        message = f"{what}要写成文字，放在引号里。"
        line = self.line(key) or 0
        written = self.lines[line - 1] if line else ""
        corrected = as_written_text(written)
        if corrected == written:
            self.problem("I04", key, message, f'例如：{key.rpartition(".")[2]} = "…"')
            return
        correction = Correction(line, written, corrected)
        self.problems.append(
            Finding("I04", Severity.ERROR, message, correction.shown, line=line, correction=correction)
        )

    def row(self, row: Row, key: str, written: Any, computed: set[str]) -> dict[str, Figure]:
        """The figures of one row; what is not filled in is left out."""
        values = self.values(row, key, written)
        figures: dict[str, Figure] = {}
        for cell, value in values.items():
            try:
                figure, note = read_figure(value, cell)
            except FigureError as error:
                self.problem("I04", cell.key, f"{cell.label}：{error}。")
                continue
            if note:
                self.note(cell.key, f"{cell.label}：{note}。", (cell.key,))
            if figure is not None:
                figures[cell.key] = figure
        if row.total and row.total not in values and len(figures) == len(row.cells) - 1:
            figures[row.total.key] = total = added(figures, list(figures))
            computed.add(row.total.key)
            self.note(key, f"{row.total.label}：没有写，按各格相加填 {total}。", (row.total.key,))
        return figures

    def values(self, row: Row, key: str, written: Any) -> dict[Cell, Any]:
        """The written value of each cell of the row."""
        heads = [cell.column for cell in row.cells]
        if isinstance(written, str) and not (row.is_single and is_figure(written, row.cells[0])):
            return self.pasted(row, key, written)
        if row.is_single:
            if isinstance(written, (list, dict)):
                self.problem("I04", key, f"{row.label}只有一个数。", f"请写成 {row.key} = 数字。")
                return {}
            return {row.cells[0]: written}
        if isinstance(written, dict):
            self.known(key, written, heads)
            return {cell: written[cell.column] for cell in row.cells if cell.column in written}
        if not isinstance(written, list):
            if written == 0 and not isinstance(written, bool):
                return dict.fromkeys(row.cells, 0)
            self.problem(
                "I04",
                key,
                f"{row.label}要写 {len(heads)} 个数，现在写的是“{_cut(written)}”。",
                f"请写成 {row.key} = [ … ]；整行都是 0 时可以只写一个 0。",
            )
            return {}
        if len(written) == len(heads):
            return dict(zip(row.cells, written, strict=True))
        if row.total and len(written) == len(heads) - 1:
            return dict(zip((cell for cell in row.cells if cell is not row.total), written, strict=True))
        self.wrong_length(row, key, f"现在有 {len(written)} 个")
        return {}

    def wrong_length(self, row: Row, key: str, now: str) -> None:
        advice = '请核对少了还是多了一个；数字里不要写逗号，例如 1,234 要写 1234；还没有的写 ""。'
        length = len(row.cells)
        least = f"{length} 个数" + (f"（或不写总计，{length - 1} 个）" if row.total else "")
        self.problem("I04", key, f"{row.label}要写 {least}，{now}。", f"{advice}{self.shown(key)}")

    def pasted(self, row: Row, key: str, written: str) -> dict[Cell, Any]:
        """The figures of a row that is written as a text: pasted, or in quotes."""
        try:
            figures = read_pasted(written, row)
        except PastedError as error:
            if error.possible:
                advice = "数字里不要有空格和逗号。对照底表，写成：" + "".join(
                    f"\n    {way}" for way in error.possible
                )
                self.problem("I04", key, f"{row.label}：{error}。", f"{self.shown(key)}\n    {advice}")
            elif str(error):
                self.problem("I04", key, f"{row.label}：{error}。", f"请换算以后只写数字。{self.shown(key)}")
            elif row.is_single:
                shown = f"{row.cells[0].label}：“{_cut(written)}”不是数字，请写数字，没有就写 0。"
                self.problem("I04", key, shown)
            else:
                self.wrong_length(row, key, f"现在写的是“{_cut(written)}”")
            return {}
        cells = [cell for cell in row.cells if cell is not row.total or len(figures) == len(row.cells)]
        read = "、".join("未填" if figure is None else printed(figure) for figure in figures)
        unfilled = "；没有数的格子当作未填，不当作 0" if None in figures else ""
        self.note(key, f"{row.label}：写的是“{_cut(plain_row(written))}”，按 {read} 读入{unfilled}。")
        return dict(zip(cells, figures, strict=True))

    def shown(self, key: str) -> str:
        """The line of a key, for a message."""
        line = self.line(key)
        return f"\n    原文：{cut(self.lines[line - 1])}" if line else ""

    def narrative(self, form: Form, texts: list[str]) -> dict[str, Narrative]:
        written = self.table("narrative")
        self.known("narrative", written, texts)
        known = names(form)
        narrative = {}
        for key in texts:
            if key not in written:
                continue
            path = f"narrative.{key}"
            lines = self.text_lines(path, written[key]) if isinstance(written[key], str) else []
            text = self.text(path, written[key], form.text_names[key], LONGEST_TEXT)
            if not text.strip():
                continue
            skipped = len(written[key]) - len(written[key].lstrip("\n"))
            lines = lines[skipped : skipped + text.count("\n") + 1]
            try:
                narrative[key] = parse(text, lines, known)
            except NarrativeError as error:
                self.problems += error.findings(form.text_names[key])
        return narrative

    def signature(self, form: Form) -> dict[str, Narrative]:
        """The name and the date below the text, as a text of two lines; none where the input has none."""
        if form.signature is None:
            return {}
        part, name = form.signature.text, form.signature.name
        written = dict(self.table(part))
        self.known(part, written, SIGNATURE)
        if isinstance(written.get("date"), datetime.date):
            written["date"] = written["date"].isoformat()[:10]
        body, date = (
            self.text(f"{part}.{key}", written.get(key, ""), f"{name}的{SIGNATURE[key]}", LONGEST_NAME)
            for key in SIGNATURE
        )
        if not body and not date:
            return {}
        printed = official_date(date)
        if not body or "\n" in body:
            advice = f'请在 [{part}] 下面写 body = "…"，用机关的全称，写在一行里。'
            self.problem("I04", f"{part}.body", f"{name}要写机关名称。", advice)
        elif printed is None:
            what = f"{name}的日期“{_cut(date)}”不是日期。" if date else f"{name}要写日期。"
            self.problem("I04", f"{part}.date", what, f"请在 [{part}] 下面写 date = {FIRST_DATE}。")
        else:
            lines = [self.line(f"{part}.{key}") or 1 for key in SIGNATURE]
            try:
                return {part: parse(f"{body}\n{printed}", lines, names(form))}
            except NarrativeError as error:
                self.problems += error.findings(name)
        return {}

    def publication(self) -> Publication:
        written = dict(self.table("publication"))
        self.known("publication", written, Publication.__dataclass_fields__)
        if isinstance(written.get("date"), datetime.date):
            written["date"] = written["date"].isoformat()[:10]
        words = {
            "date": "发布日期",
            "column": "栏目",
            "url": "网页地址",
            "word": "Word 下载地址",
            "pdf": "PDF 下载地址",
        }
        values = {
            key: self.text(f"publication.{key}", written[key], words[key], 500)
            for key in words
            if key in written
        }
        for key in ("url", "word", "pdf"):
            scheme = re.match(r"\s*([a-zA-Z][\w+.-]*):", values.get(key, ""))
            if (scheme and scheme[1].lower() not in ("http", "https")) or (
                key == "url" and values.get(key) and not scheme
            ):
                self.problem(
                    "I04",
                    f"publication.{key}",
                    f"{words[key]}“{_cut(values[key])}”不是网址。",
                    "请写 https:// 开头的网址。",
                )
        if values.get("date"):
            try:
                datetime.date.fromisoformat(values["date"])
            except ValueError:
                self.problem(
                    "I04",
                    "publication.date",
                    f"发布日期“{_cut(values['date'])}”不是日期。",
                    '请写成 date = "2026-01-20"。',
                )
        return Publication(**values)


def _cut(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"


def _before(text: str, at: int) -> str:
    return text[max(0, at - 8) : at].replace("\n", " ") or "开头"
