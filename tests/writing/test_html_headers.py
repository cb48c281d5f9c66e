"""Every figure is tied to its header cells: computed as the HTML standard does, compared with the official form."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import lxml.html
import pytest

from reportgen.form.model import Form
from reportgen.writing import html

from .documents import whole
from .whatwg_tables import HtmlTable

OFFICIAL = {
    "active_disclosure.regulations.issued": ["第二十条第（一）项", "本年制发件数", "规章"],
    "active_disclosure.normative_documents.in_force": [
        "第二十条第（一）项",
        "现行有效件数",
        "行政规范性文件",
    ],
    "active_disclosure.licensing": ["第二十条第（五）项", "本年处理决定数量", "行政许可"],
    "active_disclosure.coercion": ["第二十条第（六）项", "本年处理决定数量", "行政强制"],
    "active_disclosure.fees": ["第二十条第（八）项", "本年收费金额（单位：万元）", "行政事业性收费"],
    "requests.new_received.total": ["申请人情况", "总计", "一、本年新收政府信息公开申请数量"],
    "requests.granted.natural": ["申请人情况", "自然人", "三、本年度办理结果", "（一）予以公开"],
    "requests.denied_security_stability.public_welfare": [
        "申请人情况",
        "法人或其他组织",
        "社会公益组织",
        "三、本年度办理结果",
        "（三）不予公开",
        "3.危及“三安全一稳定”",
    ],
    "requests.unavailable_not_held.commercial": [
        "申请人情况",
        "法人或其他组织",
        "商业企业",
        "三、本年度办理结果",
        "（四）无法提供",
        "1.本机关不掌握相关政府信息",
    ],
    "requests.other_other.other": [
        "申请人情况",
        "法人或其他组织",
        "其他",
        "三、本年度办理结果",
        "（六）其他处理",
        "3.其他",
    ],
    "requests.total_processed.research": [
        "申请人情况",
        "法人或其他组织",
        "科研机构",
        "三、本年度办理结果",
        "（七）总计",
    ],
    "requests.carried_forward.legal_service": [
        "申请人情况",
        "法人或其他组织",
        "法律服务机构",
        "四、结转下年度继续办理",
    ],
    "review_litigation.review.upheld": ["行政复议", "结果维持"],
    "review_litigation.direct_suit.total": ["行政诉讼", "未经复议直接起诉", "总计"],
    "review_litigation.suit_after_review.pending": ["行政诉讼", "复议后起诉", "尚未审结"],
}


def headers(page: Any, form: Form) -> dict[str, list[str]]:
    """The texts of the header cells of every figure; figures stand in the order of the form."""
    found = [
        [header.text for header in table.header_cells(cell)]
        for table in map(HtmlTable, page.iter("table"))
        for cell in table.cells
        if not cell.is_header and not cell.text.startswith("（本列数据")
    ]
    return dict(zip(form.cells, found, strict=True))


@pytest.fixture(scope="module")
def page(form: Form) -> dict[str, list[str]]:
    return headers(lxml.html.fromstring(html.render(whole(form))), form)


@pytest.fixture(scope="module")
def fragment(form: Form) -> dict[str, list[str]]:
    return headers(lxml.html.fromstring(html.fragment(whole(form))), form)


@pytest.mark.parametrize("cell", OFFICIAL)
def test_a_figure_has_the_header_cells_of_the_official_form(page: dict[str, list[str]], cell: str) -> None:
    assert sorted(page[cell]) == sorted(OFFICIAL[cell])


def test_every_figure_is_announced_by_the_labels_of_its_place(page: dict[str, list[str]], form: Form) -> None:
    for key, cell in form.cells.items():
        place = re.split("[· ]", cell.label)[1:]
        assert set(place) <= set(page[key]), key


def test_no_two_figures_of_the_page_are_announced_alike(page: dict[str, list[str]]) -> None:
    assert Counter(tuple(texts) for texts in page.values()).most_common(1)[0][1] == 1


def test_without_ids_the_scopes_alone_tie_a_fragments_figures_to_the_same_header_cells(
    page: dict[str, list[str]], fragment: dict[str, list[str]]
) -> None:
    for key in page:
        if key.startswith("active_disclosure."):  # heads between the rows: scope cannot say where one ends
            assert set(page[key]) <= set(fragment[key])
        else:
            assert sorted(page[key]) == sorted(fragment[key])


def test_no_id_stands_twice_on_a_page(form: Form) -> None:
    ids = lxml.html.fromstring(html.render(whole(form), draft="送审稿1")).xpath("//@id")
    assert Counter(ids).most_common(1)[0][1] == 1


def test_the_id_of_a_figure_is_its_cell(form: Form) -> None:
    page = lxml.html.fromstring(html.render(whole(form)))
    assert [td.get("id") for td in page.iter("td") if td.get("id")] == list(form.cells)
