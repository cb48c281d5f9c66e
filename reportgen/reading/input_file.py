"""The clerk's input file -> Report: what it may hold comes from the form; all its problems come at once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..form.form_file import known_formats, load_form
from ..form.model import Form
from ..model.expressions import parse
from ..model.findings import Correction, Figure, Finding, InputError, Severity, unusable
from ..model.language import Language
from ..model.names import names
from ..model.narrative import LONGEST_TEXT, Narrative, NarrativeError
from ..model.report import AGENCY, FIRST_YEAR, LAST_YEAR, Publication, Report
from ..model.signature import official_date
from .commented import commented_rows
from .encoding import read_source
from .items import LONGEST_NAME, Items, shortened
from .opinions_file import is_ledger
from .rows import row_figures
from .syntax import Parsed, load

SETTINGS = ("checks", "waivers")
"""Tables of the input that are not about the report itself; the checks read them."""

SIGNATURE = {"body": "机关名称", "date": "日期"}
"""What the signature's table holds, with the clerk's words for it."""
FIRST_DATE = "2026-01-20"
"""An example of a date."""

LONGEST_ITEM = 500
"""Characters of what is said of the body and of the publication."""


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


class _InputFile(Items):
    """One file being read."""

    def __init__(self, path: Path, loaded: Parsed, root: Path | None) -> None:
        super().__init__(loaded)
        self.path = path
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
                    figures.update(row_figures(self, row, f"{table.key}.{row.key}", rows[row.key], computed))
        report = Report(
            form=form,
            path=self.path,
            year=year,
            agency=agency,
            figures=figures,
            narrative={**self.narrative(form, texts), **self.signature(form)},
            lines={**self.waiting(form), **{key: place.line for key, place in self.places.items()}},
            computed=frozenset(computed),
            notes=tuple(sorted(self.notes, key=lambda note: note.line or 0)),
            publication=self.publication(),
            settings={key: self.data[key] for key in SETTINGS if key in self.data},
        )
        if self.problems:
            raise InputError(self.path, self.problems, report)
        return report

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

    def waiting(self, form: Form) -> dict[str, int]:
        """The lines of rows that are not written yet but stand there as comments, by dotted key."""
        lines: dict[str, int] = {}
        for table in form.tables.values():
            head = self.line(table.key) if table.key in self.places else None
            if head and any(f"{table.key}.{row}" not in self.places for row in table.rows):
                below = "\n".join(self.lines[head:])
                for row in commented_rows(below, 0, table.rows).values():
                    lines[f"{table.key}.{row.key}"] = head + 1 + below.count("\n", 0, row.start)
        return lines

    # ── the parts of the file ───────────────────────────────────────────────────────────────────────

    def form(self) -> Form:
        formats = known_formats(self.root)
        written = self.data.get("format")
        if str(written) in formats and not isinstance(written, bool):
            return load_form(str(written), self.root)
        choices = "、".join(f'"{name}"' for name in formats)
        if written is not None:
            self.problem("I04", "format", f"不认识格式“{shortened(written)}”。", f"现在有：{choices}。")
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
        if isinstance(written, int) and not isinstance(written, bool) and FIRST_YEAR <= written <= LAST_YEAR:
            return written
        self.problem("I04", "year", f"“{shortened(written)}”不是年份。", "请写四位数字，例如 year = 2025。")
        return 0

    def agency(self) -> dict[str, str]:
        written = self.table("agency")
        self.known("agency", written, AGENCY)
        agency = {
            key: self.text(
                f"agency.{key}", written[key], AGENCY[key], LONGEST_NAME if key == "name" else LONGEST_ITEM
            )
            for key in AGENCY
            if key in written
        }
        if "\n" in agency.get("name", ""):
            self.problem("I04", "agency.name", "机关名称里有换行。", "请写在一行里。")
        name = written.get("name", "")
        if self.whole and isinstance(name, str) and not name.strip():
            self.problem(
                "I03", "agency.name", "缺少机关名称。", '请在 [agency] 下面写 name = "…"，用机关的全称。'
            )
        return {key: text for key, text in agency.items() if text}

    def narrative(self, form: Form, texts: list[str]) -> dict[str, Narrative]:
        written = self.table("narrative")
        self.known("narrative", written, texts)
        known = names(form)
        narrative = {}
        length = 0
        for key in texts:
            if key not in written:
                continue
            path = f"narrative.{key}"
            lines = self.text_lines(path, written[key]) if isinstance(written[key], str) else []
            text = self.text(path, written[key], form.text_names[key], LONGEST_TEXT)
            if not text.strip():
                continue
            length += len(text)
            skipped = len(written[key]) - len(written[key].lstrip("\n"))
            lines = lines[skipped : skipped + text.count("\n") + 1]
            try:
                narrative[key] = parse(text, lines, known)
            except NarrativeError as error:
                self.problems += error.findings(form.text_names[key])
                narrative[key] = Narrative(text, lines, None, (), {})  # as it is typed, for whoever mends it
        if length > LONGEST_TEXT:
            message = f"各部分文字共 {length} 字，太长，最多 {LONGEST_TEXT} 字。"
            self.problem("I04", "narrative", message, "请核对是不是贴错了内容。")
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
            what = f"{name}的日期“{shortened(date)}”不是日期。" if date else f"{name}要写日期。"
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
            key: self.text(f"publication.{key}", written[key], words[key], LONGEST_ITEM)
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
                    f"{words[key]}“{shortened(values[key])}”不是网址。",
                    "请写 https:// 开头的网址。",
                )
        if values.get("date"):
            try:
                datetime.date.fromisoformat(values["date"])
            except ValueError:
                self.problem(
                    "I04",
                    "publication.date",
                    f"发布日期“{shortened(values['date'])}”不是日期。",
                    '请写成 date = "2026-01-20"。',
                )
        return Publication(**values)
