"""Who makes rules, what is counted, when it is published."""

from __future__ import annotations

import pytest

from reportgen.model.findings import Remark

from .cases import findings, report, results

ISSUED = "active_disclosure.regulations.issued"


@pytest.mark.parametrize(
    "name",
    [
        "莆田市公安局",
        "清源县人民政府",
        "城厢区人民政府",
        "河口镇人民政府",
        "拱辰街道办事处",
        "市发展和改革委员会",
        "福建省公安厅",
        "上海市普陀区人民政府办公室",
        "市政府办公室信息中心",
        "内蒙古自治区公安厅",
        "鄂伦春自治旗人民政府",
        "长阳土家族自治县人民政府办公室",
    ],
)
def test_rules_counted_by_a_body_that_makes_none_are_found(name: str) -> None:
    (finding,) = findings("S14", report(agency={"name": name}, figures={ISSUED: 3}))
    assert finding.cells == (ISSUED,)
    assert findings("S14", report(agency={"name": name})) == []


@pytest.mark.parametrize(
    "name",
    [
        "宿迁市人民政府",
        "福建省人民政府",
        "国家发展和改革委员会",
        "中国证券监督管理委员会",
        "教育部",
        "上海市人民政府办公厅",
        "福建省人民政府办公厅",
        "淮安市人民政府办公室",
        "莆田市政府办公室",
        "内蒙古自治区人民政府",
        "宁夏回族自治区人民政府办公厅",
        "延边朝鲜族自治州人民政府办公室",
    ],
)
def test_bodies_that_make_rules_may_count_them(name: str) -> None:
    assert findings("S14", report(agency={"name": name}, figures={ISSUED: 3})) == []


def test_what_nobody_can_check_of_the_decisions_is_said_once() -> None:
    (remark,) = results("S15", report())
    assert isinstance(remark, Remark)
    assert not remark.checked
    this = report()
    assert results("S15", type(this)(**{**vars(this), "figures": {}})) == []


@pytest.mark.parametrize(
    ("name", "date", "late"),
    [
        ("莆田市公安局", "2023-01-31", False),
        ("莆田市公安局", "2023-02-01", True),
        ("宿迁市人民政府", "2023-03-31", False),
        ("宿迁市人民政府", "2023-04-01", True),
        ("莆田市公安局", "2022-12-20", True),
        ("莆田市公安局", "", False),
    ],
)
def test_departments_publish_by_january_and_governments_by_march(name: str, date: str, late: bool) -> None:
    assert bool(findings("S16", report(agency={"name": name}, date=date))) is late
