"""Documents to be written: a whole report, an empty one, and one in which everything is at its extreme."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from reportgen.form.model import Form
from reportgen.model.document import Document, compose
from reportgen.model.findings import Figure
from reportgen.model.report import Publication

from ..conftest import make_report, published

HOSTILE = (
    """<script>alert(1)</script> & "引号" 'x' <!-- --> ]]> &amp; 😀 𠮷𡈽 javascript:alert(1) </td></table>"""
)

NARRATIVE = {
    "preface": "本报告依据《中华人民共和国政府信息公开条例》编制。\n如有疑问，请与办公室联系（电话：0594-0000000）。",
    "overview": """全年工作平稳有序。
（一）主动公开情况。全年发布信息801条，制发规范性文件{{ active_disclosure.normative_documents.issued }}件。
（二）依申请公开
1.收到申请
全年收到申请{{ requests.new_received.total }}件，予以公开占{{ requests.granted.total | share(requests.total_processed.total) }}。
（1）网上申请
19件。
2.办理结果。按期答复率100%。""",
    "problems": "（一）存在的主要问题。解读形式单一。\n（二）改进情况。多用图表。",
    "other_matters": "没有收取信息处理费。",
}


def whole(form: Form, name: str = "putian-psb-2022") -> Document:
    """A published report with every heading level, and with everything a page can say of its publication."""
    document = compose(make_report(published(name), form, NARRATIVE))
    return replace(
        document,
        publication=Publication(
            date="2023-01-18",
            column="政府信息公开年报",
            url="https://www.example.gov.cn/zwgk/t20230118.htm",
            word="年度 报告.docx",
            pdf="https://www.example.gov.cn/report.pdf",
        ),
    )


def empty(form: Form) -> Document:
    """Nothing filled in, nothing written."""
    return compose(make_report(published("putian-psb-2022"), form, {}, figures={}))


def extreme(form: Form) -> Document:
    """A long name, eight digits everywhere, six decimals, hostile text, a heading without its parents, 30,000 characters."""
    data = published("putian-psb-2022")
    data["agency"] = {
        "name": f"某某省某某自治州某某高新技术产业开发区综合行政执法局{HOSTILE}",
        "column": HOSTILE,
    }
    figures: dict[str, Figure] = {
        key: Decimal("24252311.082000") if cell.decimal else 98765432 for key, cell in form.cells.items()
    }
    narrative = {
        "preface": "（1）没有上级标题的标题\n正文。",
        "overview": f"{HOSTILE}\n（一）{HOSTILE}。{HOSTILE}\n{'政府信息公开。' * 4286}",
        "problems": f"1.{HOSTILE}",
        "other_matters": "1234567890" * 200,
    }
    return compose(make_report(data, form, narrative, figures=figures))
