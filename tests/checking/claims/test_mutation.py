"""The example's narrative, one wrong number at a time: typed ones are found, those printed by {{ }} cannot be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen.checking import RULES
from reportgen.checking.claims.reader import read as read_text
from reportgen.checking.claims.readings import Verdict
from reportgen.checking.rule import Case
from reportgen.model.document import compose
from reportgen.model.expressions import parse
from reportgen.model.findings import Finding
from reportgen.model.names import names
from reportgen.model.report import Report
from reportgen.reading import read

EXAMPLE = Path(__file__).parents[3] / "inputs" / "putian-psb-2022.toml"
RULES_OF_TEXT = ("X01", "X02", "X03", "X04", "X05")


@dataclass(frozen=True)
class Printed:
    """A number of the tables that the example's narrative prints by {{ }}."""

    part: str
    paragraph: int
    start: int
    text: str
    cells: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.text}@{self.start}"


def printed_numbers() -> Iterator[Printed]:
    for section in compose(read(EXAMPLE)).sections:
        for index, paragraph in enumerate(section.paragraphs):
            start = 0
            for run in paragraph.runs:
                if run.bound and run.bound.cells:
                    yield Printed(section.part.text, index, start, run.text, run.bound.cells)
                start += len(run.text)


def findings(report: Report) -> list[Finding]:
    case = Case(report, compose(report))
    return [
        found for code in RULES_OF_TEXT for found in RULES[code].check(case) if isinstance(found, Finding)
    ]


def typed(changed: Printed | None = None, number: str = "") -> Report:
    """The example with every number typed instead of printed, one of them changed to ``number``."""
    example = read(EXAMPLE)
    narrative = {}
    for section in compose(example).sections:
        lines = [paragraph.text for paragraph in section.paragraphs]
        part = section.part.text
        if changed and part == changed.part:
            line = lines[changed.paragraph]
            end = changed.start + len(changed.text.removesuffix("%"))
            lines[changed.paragraph] = line[: changed.start] + number + line[end:]
        narrative[part] = parse("\n".join(lines), range(1, len(lines) + 1), names(example.form))
    return replace(example, narrative={**example.narrative, **narrative})


NUMBERS = list(printed_numbers())


def test_the_example_prints_its_counts_and_shares_by_name() -> None:
    assert len(NUMBERS) == 9
    assert findings(read(EXAMPLE)) == []


def test_typed_out_every_one_of_them_is_known_and_agrees() -> None:
    report = typed()
    assert findings(report) == []
    agreeing = {
        (reading.passage.paragraph, reading.passage.start)
        for reading in read_text(Case(report, compose(report)))
        if reading.verdict is Verdict.AGREES
    }
    assert {(number.paragraph, number.start) for number in NUMBERS} <= agreeing


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.parametrize("number", NUMBERS, ids=str)
def test_a_typed_number_that_is_wrong_by_one_is_found(number: Printed, by: int) -> None:
    wrong = str(Decimal(number.text.removesuffix("%")) + by)
    found = [each.passage for each in findings(typed(number, wrong)) if each.passage]
    assert (number.paragraph, number.start) in {(passage.paragraph, passage.start) for passage in found}


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.parametrize("number", NUMBERS, ids=str)
def test_a_printed_number_cannot_be_made_wrong(number: Printed, by: int) -> None:
    example = read(EXAMPLE)
    cell = number.cells[0]
    report = replace(example, figures={**example.figures, cell: example.figures[cell] + by})
    assert findings(report) == []
    bound = [r for r in read_text(Case(report, compose(report))) if r.verdict is Verdict.BOUND]
    assert len(bound) >= len(NUMBERS)
