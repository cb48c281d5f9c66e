"""Precision and recall of the rules on text against tables: ``python -m tests.checking.corpus_report [-v]``.

How the truth is marked is told in ``corpus/README.md``.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reportgen.checking.claims.reader import read
from reportgen.checking.claims.readings import Reading, Statement, Verdict
from reportgen.checking.rule import Case
from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.document import compose
from reportgen.model.report import Report
from tests.conftest import make_report, published

CORPUS = Path(__file__).parent / "corpus"
PARTS = ("development", "held_aside", "second_look", "third_look", "final_look", "last_look")

_REQUESTS = {
    "new": "new_received", "carried": "carried_over", "processed": "total_processed", "forward": "carried_forward",
    "granted": "granted", "partial": "partially_granted", "denied": "denied", "unavailable": "unavailable",
    "declined": "declined", "other": "other",
    "secret": "denied_state_secret", "law": "denied_law_forbids", "stability": "denied_security_stability",
    "third": "denied_third_party", "internal": "denied_internal_affairs", "process": "denied_process_information",
    "files": "denied_enforcement_files", "inquiry": "denied_administrative_inquiry",
    "not_held": "unavailable_not_held", "creation": "unavailable_needs_creation",
    "unclear": "unavailable_unclear_after_correction",
    "petition": "declined_petition", "repeat": "declined_repeat", "publication": "declined_publication",
    "excessive": "declined_excessive", "reconfirm": "declined_reconfirmation",
    "overdue": "other_overdue_correction", "overdue_fee": "other_overdue_fee", "other_other": "other_other",
}  # fmt: skip
_APPLICANTS = ("natural", "commercial", "research", "public_welfare", "legal_service")
_OUTCOMES = ("upheld", "corrected", "other", "pending")
_RELATIONS = {
    "share": Statement.SHARE,
    "rate": Statement.SHARE,
    "change": Statement.CHANGE,
    "whole": Statement.WHOLE,
}


@cache
def the_form() -> Form:
    return load_form("2021")


def meanings(name: str) -> list[tuple[str, ...]]:
    """The cells a short name stands for; several where they are equally usual."""
    quantities = dict(the_form().quantities())
    row, _, column = name.partition(".")
    if name == "granted_partial":
        return [(*meanings("granted")[0], *meanings("partial")[0])]
    if name in _REQUESTS:
        return [quantities[f"requests.{_REQUESTS[name]}.total"]]
    if name == "received":
        new, carried = "requests.new_received.total", "requests.carried_over.total"
        return [(new,), (new, carried), ("requests.total_processed.total",)]
    if name in (*_APPLICANTS, "org", "applicant_other"):
        named = {"org": (*_APPLICANTS[1:], "other"), "applicant_other": ("other",)}
        columns = named.get(name, (name,))
        rows = [("new_received",), ("new_received", "carried_over"), ("total_processed",)]
        return [tuple(f"requests.{row}.{column}" for row in each for column in columns) for each in rows]
    suits = ("direct_suit", "suit_after_review")
    cases = {"review": ("review",), "suits": suits, "direct": suits[:1], "after": suits[1:]}
    if row in cases or name == "reviewsuits":
        rows_ = cases.get(row, ("review", *suits))
        columns = _OUTCOMES[:3] if column == "settled" else (column or "total",)
        return [tuple(f"review_litigation.{each}.{one}" for each in rows_ for one in columns)]
    documents = {"norm": "normative_documents", "reg": "regulations"}
    if row in documents:
        return [(f"active_disclosure.{documents[row]}.{column}",)]
    return [(f"active_disclosure.{name}",)]


@dataclass(frozen=True)
class Mark:
    """The truth of one number, or of one word."""

    start: int
    end: int
    names: tuple[str, ...]
    agrees: bool
    doubtful: bool


@dataclass(frozen=True)
class Sentence:
    text: str
    marks: tuple[Mark, ...]
    of: str
    part: str


_MARK = re.compile(r"\[([^\[\]|]+?) ((?:[!?]?[a-z_.:]+ ?)+)\]")


def parse(marked: str, of: str, part: str) -> Sentence:
    text, marks, end = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[end : match.start()]
        names = match[2].split()
        marks.append(
            Mark(
                len(text),
                len(text) + len(match[1]),
                tuple(name.lstrip("!?") for name in names),
                not names[0].startswith(("!", "?")),
                names[0].startswith("?"),
            )
        )
        text += match[1]
        end = match.end()
    return Sentence(text + marked[end:], tuple(marks), of, part)


def sentences(part: str) -> Iterator[Sentence]:
    data = tomllib.loads((CORPUS / f"{part}.toml").read_text(encoding="utf-8"))
    for group in data["group"]:
        for text in group["texts"]:
            yield parse(text, group["of"], group.get("part", "overview"))


@cache
def _bodies() -> dict[str, Any]:
    return tomllib.loads((CORPUS / "bodies.toml").read_text(encoding="utf-8"))


def body(name: str, narrative: Mapping[str, str] | None = None) -> Report:
    """The report of one body of the corpus."""
    data = _bodies()[name]
    if "published" in data:
        return make_report(published(data["published"]), the_form(), narrative)
    tables: dict[str, Any] = {}
    for table in the_form().tables.values():
        tables[table.key] = {row.key: _row(row, data.get(row.key, 0)) for row in table.rows.values()}
    return make_report(
        {"year": data["year"], "agency": {"name": data["agency"]}, **tables}, the_form(), narrative
    )


def _row(row: Any, written: Any) -> Any:
    if row.is_single or isinstance(written, list):
        return written
    cells = [0] * len(row.cells)
    if written:
        cells[0] = cells[-1] = written
    return cells


def case_of(sentence: Sentence) -> Case:
    report = body(sentence.of, {sentence.part: sentence.text})
    last = _bodies()[sentence.of].get("last")
    return Case(report, compose(report), body(last) if last else None)


def readings_of(sentence: Sentence) -> list[Reading]:
    return list(read(case_of(sentence)))


def recognised(mark: Mark, reading: Reading) -> bool:
    """Whether the reading takes the number for what it is."""
    name = mark.names[0]
    if name in _RELATIONS:
        return reading.kind is _RELATIONS[name]
    last = name.startswith("last:")
    return reading.last == last and any(
        set(reading.cells) == set(cells)
        for each in mark.names
        for cells in meanings(each.removeprefix("last:"))
    )


def score(part: str, *, verbose: bool = False) -> Counter[str]:
    """Count what was found, missed and falsely found."""
    counts: Counter[str] = Counter()

    def miss(what: str, sentence: Sentence, detail: str) -> None:
        if verbose:
            print(f"  {what}: {detail}\n      {sentence.of}: {sentence.text}")

    for sentence in sentences(part):
        readings = readings_of(sentence)
        counts["sentences"] += 1
        counts["sentences without claims"] += not sentence.marks
        for mark in sentence.marks:
            here = [r for r in readings if r.passage.start < mark.end and mark.start < r.passage.end]
            counts["claims"] += 1
            if any(recognised(mark, r) for r in here):
                counts["recognised"] += 1
            else:
                miss(
                    "not recognised",
                    sentence,
                    sentence.text[mark.start : mark.end] + " " + " ".join(mark.names),
                )
            if not mark.agrees:
                counts["wrong"] += 1
                if any(r.verdict in (Verdict.DISAGREES, Verdict.DOUBTFUL) for r in here):
                    counts["wrong found"] += 1
                else:
                    miss("missed", sentence, sentence.text[mark.start : mark.end])
        for reading in readings:
            found = [
                m for m in sentence.marks if m.start < reading.passage.end and reading.passage.start < m.end
            ]
            counts["numbers"] += reading.number is not None
            if reading.recognised and reading.verdict is not Verdict.UNKNOWN:
                counts["readings"] += 1
                right = any(recognised(mark, reading) for mark in found)
                whole = reading.kind is Statement.WHOLE and reading.verdict is Verdict.AGREES
                counts["right readings"] += right or whole
                if not right and not whole:
                    miss("taken for", sentence, f"{reading.written} {reading.meaning} {reading.verdict}")
            if reading.verdict not in (Verdict.DISAGREES, Verdict.DOUBTFUL):
                continue
            kind = "errors" if reading.verdict is Verdict.DISAGREES else "warnings"
            counts[kind] += 1
            if any(not m.agrees and (kind == "warnings" or not m.doubtful) for m in found):
                counts[f"right {kind}"] += 1
            else:
                miss(
                    f"false {kind}",
                    sentence,
                    f"{reading.written} {reading.meaning} {reading.expected} {reading.doubt}",
                )
    return counts


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.3f}" if whole else "—"


def main() -> None:
    names = [name for name in sys.argv[1:] if name in PARTS] or list(PARTS)
    for part in names:
        counts = score(part, verbose="-v" in sys.argv)
        print(f"{part}: {counts['sentences']} sentences, {counts['sentences without claims']} without claims")
        print(f"  precision of errors    {_share(counts['right errors'], counts['errors'])}")
        print(f"  precision of warnings  {_share(counts['right warnings'], counts['warnings'])}")
        print(f"  recall of wrong claims {_share(counts['wrong found'], counts['wrong'])}")
        print(f"  claims recognised      {_share(counts['recognised'], counts['claims'])}")
        print(f"  readings right         {_share(counts['right readings'], counts['readings'])}")


if __name__ == "__main__":
    main()
