"""Areas made of plain values, for the tests of what is made of them: real figures, made-up bodies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from reportgen.collating.area import Alike, Area, Body, Difference, Outside, Standing, State, Submission, Told
from reportgen.collating.sums import totals
from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.findings import Severity
from reportgen.model.report import printed

from ..conftest import figures_of, published

NAMES = (
    "putian-psb-2022",
    "hongze-district-2023",
    "huaian-city-2024",
    "suqian-city-2023",
    "suqian-city-2024",
)
"""Reports of the figures, in the order of the bodies."""
BODIES = (
    "安河县公安局",
    "安河县教育局",
    "安河县自然资源和规划局",
    "安河县河东镇人民政府",
    "安河县城北街道办事处",
)


def the_form() -> Form:
    return load_form("2021")


def figures(name: str, form: Form | None = None) -> dict[str, str]:
    """The figures of a published report as a submission holds them."""
    found = figures_of(published(name), form or the_form())
    return {key: printed(figure) for key, figure in found.items()}


def submission(name: str, of: str, **changed: object) -> Submission:
    made = Submission(
        file=f"{name}.docx",
        digest="0" * 64,
        kind="Word 文件",
        modified=1.7e9,
        name=name,
        year=2025,
        format="2021",
        figures=figures(of),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def told(text: str, severity: Severity = Severity.ERROR, cells: Sequence[str] = (), **more: str) -> Told:
    return Told("T01", severity, text, tuple(cells), **more)


def standing(name: str, of: str, **changed: object) -> Standing:
    """A body whose report is there, sound and added up."""
    made = Standing(Body(name, level="县级部门"), State.OK, submission(name, of), is_added=True)
    return replace(made, **changed)  # type: ignore[arg-type]


def sound() -> list[Standing]:
    """Five bodies, all there and sound."""
    return [standing(name, of) for name, of in zip(BODIES, NAMES, strict=True)]


def area(standings: Sequence[Standing], **more: object) -> Area:
    form = the_form()
    made = Area(Path("报告"), 2025, form, tuple(standings), totals(standings, form), has_roster=True)
    return replace(made, **more)  # type: ignore[arg-type]


def troubled(**more: object) -> Area:
    """An area with one of everything: sound, with errors, unreadable, missing, of another year, late, alike."""
    cell = "requests.new_received.total"
    wrong = told(
        "表三·一、本年新收政府信息公开申请数量：总计 20 不等于六类申请人之和 21。请把总计改为 21。",
        cells=(cell,),
        place="表三·一、本年新收政府信息公开申请数量·总计",
        expected="21",
        actual="20",
    )
    doubtful = told(
        "“（二）依申请公开”里的“2024年”像是上年的年份。请核对。",
        Severity.WARNING,
        place="一、总体情况第2段",
        words="2024年",
    )
    first, second, third, fourth, fifth = sound()
    assert fourth.submission
    standings = [
        first,
        replace(
            second,
            state=State.ERRORS,
            submission=submission(BODIES[1], NAMES[1], told=(wrong, doubtful)),
            remark="报告有错误，合计里用的是现在的数。",
            still=(wrong.text,),
        ),
        third,
        replace(
            fourth,
            state=State.ERRORS,
            submission=replace(fourth.submission, year=2024),
            is_added=False,
            remark="这是2024年的报告，不是2025年的，没有计入。",
        ),
        replace(fifth, is_late=True, body=Body(BODIES[4], "镇街", deadline=date(2026, 1, 15))),
        Standing(
            Body("安河县水利局", "县级部门"),
            State.UNREADABLE,
            Submission("水利局.pdf", reason="这是扫描件，里面只有图片。请交 Word 文件。"),
            remark="文件读不出：这是扫描件，里面只有图片。请交 Word 文件。",
        ),
        Standing(Body("安河县城南街道办事处", "镇街", deadline=date(2026, 1, 15)), State.MISSING),
    ]
    shared = (
        "全年组织政策解读进社区活动，由窗口人员向群众逐条说明。",
        "把办事指南印成折页，放在每个村的便民点。",
    )
    found: Mapping[str, object] = {
        "outside": (
            Outside("通知.docx", "这不是年度报告：没有找到报告的标题和表格。"),
            Outside("照片.jpg", "是图片。"),
        ),
        "questions": ("“安河县教体局”不在名单里，相近的是“安河县教育局”。",),
        "alike": (
            Alike(BODIES[0], BODIES[2], 0.83, shared, also={shared[0]: ("安河县城北街道办事处",)}),
            Alike(BODIES[4], BODIES[4], 0.64, shared[:1], with_last=True),
        ),
        "published": (
            Difference(cell, "6100", "6211", ("漏了安河县公安局",)),
            Difference("active_disclosure.fees", "", "103902.3", ()),
        ),
        "previous": area([standing(BODIES[0], NAMES[1]), standing(BODIES[4], NAMES[3])], year=2024),
    }
    return area(standings, **{**found, **more})
