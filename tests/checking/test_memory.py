"""Whoever checks again with a memory is told just what a first check would say."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from reportgen.checking import RULES, Memory, check, readings
from reportgen.checking.registry import OF_TEXT
from reportgen.checking.rule import Case
from reportgen.checking.settings import read_settings
from reportgen.form.model import Form
from reportgen.model.document import compose
from reportgen.model.findings import Figure
from reportgen.model.report import Report

from ..conftest import PUBLISHED_NAMES, make_report, published

TEXT = (
    "（一）主动公开情况。全年制发行政规范性文件6件，现行有效26件。\n"
    "（二）依申请公开情况。全年收到政府信息公开申请19件，予以公开6件，占31.58%，比上年增加3件;其余均已答复。\n"
    "（三）监督保障情况。2021年，全年没有收到行政复议。"
)
OTHER = "一是学习不够，二是培训不多。下一步，将加强学习。"


def reports(name: str, form: Form) -> tuple[Report, Report]:
    """A report with a text, and one of the year before."""
    data = published(name)
    this = make_report(data, form, {"overview": TEXT, "problems": OTHER})
    last = make_report({**data, "year": data["year"] - 1}, form, {"overview": TEXT, "problems": OTHER})
    return this, last


@pytest.mark.parametrize("name", PUBLISHED_NAMES)
def test_a_memory_changes_nothing_but_the_time(name: str, form: Form) -> None:
    this, last = reports(name, form)
    last_document = compose(last)
    chance = random.Random(name)
    memory = Memory()
    for step in range(40):
        if step % 8 == 7:
            text = (
                TEXT.replace("19", str(chance.randrange(30)))
                + "\n\n" * (step % 2)
                + f"\n新写的第{step}段，共6件。"
            )
            now = make_report(published(name), form, {"overview": f"第一段。\n{text}", "problems": OTHER})
            this = replace(now, figures=this.figures)
        else:
            cell = chance.choice(list(form.cells))
            this = replace(this, figures={**this.figures, cell: chance.randrange(40)})
        document = compose(this, last)
        fresh = check(this, document, last, last_document)
        assert check(this, document, last, last_document, memory=memory) == fresh
        assert readings(this, document, last, memory) == readings(this, document, last)


class Untouched(Mapping[str, Figure]):
    """Figures that nobody may look at."""

    def __getitem__(self, key: str) -> Figure:
        raise AssertionError("a rule on the text alone looks at a figure")

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("a rule on the text alone looks at the figures")

    def __len__(self) -> int:
        raise AssertionError("a rule on the text alone counts the figures")


def test_rules_on_the_text_alone_look_at_no_figure(form: Form) -> None:
    this, last = reports("putian-psb-2022", form)
    document = replace(compose(this, last), figures=Untouched())
    limits = read_settings(this).limits
    case = Case(replace(this, figures=Untouched()), document, last, compose(last), limits)
    assert OF_TEXT
    for code in sorted(OF_TEXT):
        list(RULES[code].check(case))
