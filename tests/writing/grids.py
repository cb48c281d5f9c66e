"""Tables as a reader sees them who knows the official form but nothing of this project's code.

A table is a list of rows of (text, columns, rows); spans are expanded as HTML defines it, and a figure is found
by the labels printed beside and above it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ROWS = {
    "一、本年新收政府信息公开申请数量": "new_received",
    "二、上年结转政府信息公开申请数量": "carried_over",
    "（一）予以公开": "granted",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "partially_granted",
    "1.属于国家秘密": "denied_state_secret",
    "2.其他法律行政法规禁止公开": "denied_law_forbids",
    "3.危及“三安全一稳定”": "denied_security_stability",
    "4.保护第三方合法权益": "denied_third_party",
    "5.属于三类内部事务信息": "denied_internal_affairs",
    "6.属于四类过程性信息": "denied_process_information",
    "7.属于行政执法案卷": "denied_enforcement_files",
    "8.属于行政查询事项": "denied_administrative_inquiry",
    "1.本机关不掌握相关政府信息": "unavailable_not_held",
    "2.没有现成信息需要另行制作": "unavailable_needs_creation",
    "3.补正后申请内容仍不明确": "unavailable_unclear_after_correction",
    "1.信访举报投诉类申请": "declined_petition",
    "2.重复申请": "declined_repeat",
    "3.要求提供公开出版物": "declined_publication",
    "4.无正当理由大量反复申请": "declined_excessive",
    "5.要求行政机关确认或重新出具已获取信息": "declined_reconfirmation",
    "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请": "other_overdue_correction",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": "other_overdue_fee",
    "3.其他": "other_other",
    "（七）总计": "total_processed",
    "四、结转下年度继续办理": "carried_forward",
}
APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
DOCUMENTS = {"规章": "regulations", "行政规范性文件": "normative_documents"}
DOCUMENT_COLUMNS = ["本年制发件数", "本年废止件数", "现行有效件数"]
SINGLE = {
    "行政许可": "licensing",
    "行政处罚": "penalties",
    "行政强制": "coercion",
    "行政事业性收费": "fees",
}
CASES = {"行政复议": "review", "未经复议直接起诉": "direct_suit", "复议后起诉": "suit_after_review"}
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


@dataclass(frozen=True)
class Placed:
    """A cell at its place, with the rows and columns it covers."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


class Table:
    """A table with its spans expanded."""

    def __init__(self, rows: Iterable[Iterable[tuple[str, int, int]]]) -> None:
        self.at: dict[tuple[int, int], Placed] = {}
        self.cells: list[Placed] = []
        for r, row in enumerate(rows):
            c = 0
            for text, columns, spanned in row:
                while (r, c) in self.at:
                    c += 1
                cell = Placed(normal(text), r, c, spanned, columns)
                self.cells.append(cell)
                for i in range(spanned):
                    for j in range(columns):
                        assert (r + i, c + j) not in self.at, f"{text} overlaps"
                        self.at[r + i, c + j] = cell

    def only(self, label: str) -> Placed:
        (found,) = self.labelled(label)
        return found

    def following(self, label: str, count: int) -> list[str]:
        """The cells after a label in its row, as written, whatever columns they would be placed in."""
        first = self.cells.index(self.only(label)) + 1
        return [cell.text for cell in self.cells[first : first + count]]

    def labelled(self, label: str) -> list[Placed]:
        return [cell for cell in self.cells if cell.text == normal(label)]


def normal(text: str) -> str:
    """Text without what a reader does not see: width of characters, quotes, spaces, places to break a line."""
    return "".join(
        c for c in unicodedata.normalize("NFKC", text) if not c.isspace() and c not in "\u200b“”\"'"
    )


def read_figures(tables: Iterable[Table]) -> dict[str, list[str]]:
    """Every row of figures of the three tables, in the order of the official columns, by this project's keys."""
    active, requests, cases = tables
    return {
        **dict(_active(active)),
        **{
            f"requests.{key}": [
                requests.at[requests.only(label).row, column.column].text
                for applicant in APPLICANTS
                for column in requests.labelled(applicant)
                if column.row < requests.only(next(iter(ROWS))).row
            ]
            for label, key in ROWS.items()
        },
        **{
            f"review_litigation.{key}": [
                cases.at[max(row for row, _ in cases.at), column.column].text
                for result in RESULTS
                for column in cases.labelled(result)
                if 0 <= column.column - cases.only(group).column < cases.only(group).columns
            ]
            for group, key in CASES.items()
        },
    }


def _active(table: Table) -> Iterator[tuple[str, list[str]]]:
    for label, key in DOCUMENTS.items():
        row = table.only(label).row
        yield (
            f"active_disclosure.{key}",
            [table.at[row, table.only(head).column].text for head in DOCUMENT_COLUMNS],
        )
    for label, key in SINGLE.items():
        row = table.only(label)
        yield f"active_disclosure.{key}", [table.at[row.row, row.column + row.columns].text]
