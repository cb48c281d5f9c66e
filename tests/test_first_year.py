"""An office's first year with the program: last year's page on its web site, a workbook to the departments, the final."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from reportgen import job
from reportgen.reading import read
from reportgen.writing import html
from reportgen.writing.sheet import workbook

from .conftest import Run

EXAMPLE = Path(__file__).parents[1] / "inputs" / "putian-psb-2022.toml"
TEXT = {
    "overview": "（一）主动公开。全年通过门户网站公开信息。\n（二）依申请公开。全年收到申请{{ 本年新收政府信息公开申请数量.总计 }}件。\n"
    "（三）政府信息管理。公文拟制时确定公开属性。\n（四）政府信息公开平台建设。栏目及时更新。\n（五）监督保障。定期检查。",
    "problems": "存在的问题：解读形式单一。\n改进情况：去年的问题已经改进，今年增加图解。",
    "other_matters": "本年度没有收取信息处理费，没有其他需要报告的事项。",
}


def test_from_last_years_page_to_the_page_that_is_published(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "去年公布的年报.html"
    page.write_text(html.render(job.composed(job.load(EXAMPLE)).document), encoding="utf-8")
    input, book = tmp_path / "莆田市公安局-2023.toml", tmp_path / "填报表.xlsx"

    assert run("new", "--from", page, "-o", input)[0] == 0
    assert run("sheet", input, "--previous", page, "-o", book)[0] == 0

    this = read(input)
    filled = replace(
        this, figures={**read(EXAMPLE).figures, "active_disclosure.normative_documents.in_force": 32}
    )
    narrative = {key: replace(filled.narrative[key], source=text) for key, text in TEXT.items()}
    book.write_bytes(workbook(this.form, replace(filled, narrative={**this.narrative, **narrative})))

    status, said = run("import", book, "--into", input)
    assert status == 0, said
    status, said = run("check", input, "--previous", page)
    assert status == 0, said
    status, said = run("build", input, "--previous", page, "-o", tmp_path / "out", "--final")
    assert status == 0, said
    (final,) = (tmp_path / "out").glob("*年度报告.html")
    status, said = run("verify", final, input)
    assert (status, "完全一致" in said) == (0, True), said
    assert run("import", final, "-o", tmp_path / "again.toml")[0] == 0
    assert read(tmp_path / "again.toml").figures == read(input).figures
