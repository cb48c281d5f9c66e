"""A format is a folder: the form of 2019, and a made-up one that shares nothing with it, go the whole way as 2021's."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from reportgen.form.form_file import FormError, load_form, templates_folder
from reportgen.form.model import ROLES, Form
from reportgen.form.vocabulary_file import load_lexicon

from .conftest import PUBLISHED, Run
from .reviewer import Reviewer

SHARED = Path(__file__).parents[2] / "shared" / "published" / "pingtan-2020-oldform.html"

# ── the form of 2019 ────────────────────────────────────────────────────────────────────────────────

OLD_TEXTS = {
    "overview": (
        "（一）主动公开。全年新制作规范性文件{{ active_disclosure.normative_documents.made }}件，作出行政处罚决定538件。\n"
        "（二）依申请公开。全年收到政府信息公开申请21件，其他处理{{ requests.other.total }}件。\n"
        "（三）政府信息管理。文件随办随登。\n（四）政府信息公开平台建设。网站按月检查。\n（五）监督保障。全年培训一次。"
    ),
    "problems": "存在的问题是公开不够及时。下一步按月督办。",
    "other_matters": "没有其他需要报告的事项。",
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A published report of 2020 as the clerk typed it."""
    data = json.loads((PUBLISHED / "2019" / "pingtan-2020.json").read_text(encoding="utf-8"))
    return written(tmp_path / "本区-2020.json", {**data, "narrative": OLD_TEXTS})


def written(path: Path, data: Mapping[str, Any]) -> Path:
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def changed(path: Path, old: str, new: str, to: Path | None = None) -> Path:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    target = to or path
    target.write_text(text.replace(old, new), encoding="utf-8")
    return target


def table_of(form: Form, key: str) -> list[list[tuple[str, int, int]]]:
    return [[(cell.label or "…", cell.columns, cell.rows) for cell in row] for row in form.tables[key].grid]


def test_table_two_of_2019_is_printed_as_the_official_form() -> None:
    name, figure = ("信息内容", 1, 1), ("…", 1, 1)
    projects = [name, ("上一年项目数量", 1, 1), ("本年增/减", 1, 1), ("处理决定数量", 1, 1)]
    assert table_of(load_form("2019"), "active_disclosure") == [
        [("第二十条第（一）项", 4, 1)],
        [name, ("本年新制作数量", 1, 1), ("本年新公开数量", 1, 1), ("对外公开总数量", 1, 1)],
        [("规章", 1, 1), figure, figure, figure],
        [("规范性文件", 1, 1), figure, figure, figure],
        [("第二十条第（五）项", 4, 1)],
        projects,
        [("行政许可", 1, 1), figure, figure, figure],
        [("其他对外管理服务事项", 1, 1), figure, figure, figure],
        [("第二十条第（六）项", 4, 1)],
        projects,
        [("行政处罚", 1, 1), figure, figure, figure],
        [("行政强制", 1, 1), figure, figure, figure],
        [("第二十条第（八）项", 4, 1)],
        [name, ("上一年项目数量", 1, 1), ("本年增/减", 2, 1)],
        [("行政事业性收费", 1, 1), figure, ("…", 2, 1)],
        [("第二十条第（九）项", 4, 1)],
        [name, ("采购项目数量", 2, 1), ("采购总金额", 1, 1)],
        [("政府集中采购", 1, 1), ("…", 2, 1), figure],
    ]


def test_table_three_of_2019_has_one_row_of_other_results_and_26_rows(form: Form) -> None:
    earlier = load_form("2019")
    rows = table_of(earlier, "requests")
    assert len(rows) == 26
    assert rows[5][0] == ("三、本年度办理结果", 1, 20)
    assert [row[0] for row in rows][-3:] == [
        ("（六）其他处理", 2, 1),
        ("（七）总计", 2, 1),
        ("四、结转下年度继续办理", 3, 1),
    ]
    assert table_of(earlier, "review_litigation") == table_of(form, "review_litigation")
    assert [part.heading for part in earlier.parts][5] == "五、政府信息公开工作存在的主要问题及改进情况"


def test_only_changes_of_the_year_may_be_negative() -> None:
    cells = load_form("2019").cells.values()
    assert {cell.column for cell in cells if cell.signed} == {"change"}
    assert not any(cell.signed for cell in load_form("2021").cells.values())


def test_a_negative_figure_is_read_where_it_may_stand_and_refused_elsewhere(run: Run, old: Path) -> None:
    assert "是负数" not in run("check", old)[1]
    status, said = run("check", changed(old, "[2648, -18, 538]", "[-2648, -18, 538]"))
    assert status == 2
    assert "表二·行政处罚·上一年项目数量：-2648 是负数，请写 0 或正数。" in said


def test_the_published_mistake_of_2020_is_named(run: Run, old: Path) -> None:
    status, said = run("check", old)
    assert status == 1
    assert "表三·自然人：（七）总计是 20，（一）至（六）各行之和是 26，前者少 6。" in said
    assert "表三·总计：（七）总计是 21，（一）至（六）各行之和是 27，前者少 6。" in said
    assert "错误 2、" in said


def test_texts_are_held_against_the_tables_of_2019(run: Run, old: Path) -> None:
    said = run("check", changed(old, "行政处罚决定538件", "行政处罚决定539件"))[1]
    assert "文中写的是 539件，表二·行政处罚·处理决定数量是 538 件" in said


def test_what_is_printed_in_the_form_of_2019_reads_back_the_same(run: Run, old: Path, tmp_path: Path) -> None:
    assert run("build", old)[0] == 1
    files = [path for path in tmp_path.glob("*送审稿1）.*") if path.suffix in (".docx", ".html")]
    assert len(files) == 2
    for file in files:
        status, said = run("verify", file, old)
        assert (status, "核对了 198 个数、7 段文字。" in said) == (0, True), said


def test_another_unit_behind_a_figure_is_seen(run: Run, old: Path, tmp_path: Path) -> None:
    run("build", old)
    (page,) = tmp_path.glob("*送审稿1）.html")
    status, said = run("verify", changed(page, "73802895.90元", "73802895.90万元"), old)
    assert status == 1
    assert "表二·政府集中采购·采购总金额：数字后面写的单位是“万元”，规定的是元。" in said


@pytest.mark.skipif(not SHARED.is_file(), reason="the published page of 2020 is not in the repository")
def test_the_published_page_of_2020_is_reproduced_cell_by_cell(run: Run, old: Path, tmp_path: Path) -> None:
    run("build", old)
    (own,) = tmp_path.glob("*送审稿1）.html")
    theirs, ours = printed(SHARED), printed(own)
    # The page was cut in the middle of table three and repeats the label of the part that goes on below.
    assert theirs[1][15].pop(0) == ours[1][5][0] == "三、本年度办理结果"
    assert theirs == ours


def printed(path: Path) -> list[list[list[str]]]:
    """The text of every cell of every table."""
    root = lxml.html.fromstring(path.read_bytes().decode())
    return [
        [
            ["".join(cell.text_content().split()) for cell in row if cell.tag in ("td", "th")]
            for row in table.iter("tr")
        ]
        for table in root.iter("table")
    ]


# ── two years in two forms ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
def after(tmp_path: Path) -> Path:
    """A report of 2021 in the form of 2021, whose texts speak of last year's."""
    data = json.loads((PUBLISHED / "suqian-city-2023.json").read_text(encoding="utf-8"))
    active = data["active_disclosure"]
    for row in ("regulations", "normative_documents"):
        active[row] = [active[row][column] for column in ("issued", "repealed", "in_force")]
    requests = {**data["requests"], "carried_over": [0] * 7}
    text = "上年收到申请{{ last.requests.new_received.total }}件，其他处理{{ last.requests.other.total }}件。"
    return written(
        tmp_path / "本区-2021.json",
        {
            "format": "2021",
            "year": 2021,
            "agency": {"name": "平潭综合实验区"},
            "active_disclosure": active,
            "requests": requests,
            "review_litigation": data["review_litigation"],
            "narrative": {"overview": text},
        },
    )


def test_of_two_years_in_two_forms_only_what_was_carried_over_is_compared(
    run: Run, old: Path, after: Path
) -> None:
    said = run("check", after, "--all")[1]
    assert (
        "上一年（2020年）的报告是 2019 年格式，与本年的 2021 年格式口径不同，数据只比较了结转（7 个数）和文字"
        in said
    )
    assert "Y03" not in said
    assert "Y05" not in said
    changed(old, '"carried_forward": [0, 0, 0, 0, 0, 0, 0]', '"carried_forward": [2, 0, 0, 0, 0, 0, 2]')
    assert "而上年（2020年）报告的表三·四、结转下年度继续办理·总计是 2" in run("check", after)[1]


def test_a_text_may_speak_of_last_years_figures_that_both_forms_have(
    run: Run, old: Path, after: Path, tmp_path: Path
) -> None:
    run("build", after)
    (page,) = tmp_path.glob("*2021年*送审稿1）.html")
    text = lxml.html.fromstring(page.read_bytes().decode()).text_content()
    assert "上年收到申请21件，其他处理4件。" in text


def test_a_figure_of_last_years_that_its_form_lacks_is_refused(run: Run, old: Path, after: Path) -> None:
    changed(after, "last.requests.other.total", "last.active_disclosure.licensing")
    status, said = run("check", after)
    assert status == 2
    assert (
        "上一年（2020年）的报告是 2019 年格式，没有这个数，请改写这一句：last.active_disclosure.licensing"
        in said
    )


# ── a third form, made up ───────────────────────────────────────────────────────────────────────────

THIRD = {
    "format": "2030",
    "year": 2030,
    "agency": {"name": "某某镇公开办"},
    "intake": {
        "received": [10, 5, 15],
        "kept": [1, 0, 1],
        "answered": [7, 4, 11],
        "law": [2, 0, 2],
        "private": [1, 0, 1],
        "done": [10, 4, 14],
        "left": [1, 1, 2],
    },
    "costs": {"fees": ["12.50", "-0.75", "11.75"], "hours": [40, -4, 36]},
    "narrative": {
        "summary": "全年收到公开来件15宗，拒绝{{ intake.refused.sum }}宗。培训{{ costs.hours.spent }}小时，并发布简报。",
        "plans": "增加培训。",
    },
}


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """The made-up form with the layout of 2021."""
    folder = tmp_path / "templates" / "2030"
    shutil.copytree(Path(__file__).parent / "form" / "2030", folder)
    for name in ("report.docx", "report.html", "fragment.html", "check-sheet.html", "fonts.html"):
        shutil.copy(templates_folder() / "2021" / name, folder)
    return folder.parent


@pytest.fixture
def third(tmp_path: Path) -> Path:
    return written(tmp_path / "本镇.json", THIRD)


def test_a_third_form_is_checked(run: Run, third: Path, templates: Path) -> None:
    status, said = run("check", third, "--templates", templates)
    assert status == 0, said
    assert (
        "勾稽关系 15 项，全部成立；数据 27 个，已填 27 个；文字里有 1 个数与数据核对一致；文字里有 1 个数引用数据"
        in said
    )
    assert "经费表·办公经费·决算是不是全年作出的全部处理决定" in said


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[10, 4, 14]", "[10, 4, 15]", "来件表·（三）办理合计·合计"),
        ("[40, -4, 36]", "[40, -4, 44]", "经费表·培训时间：决算是 44，预算与增减之和是 36"),
        ("收到公开来件15宗", "收到公开来件16宗", "文中写的是 16宗，来件表·来件·合计是 15 宗"),
        ("培训{{", "训练{{", "“一、基本情况”没有写到“培训”"),
    ],
)
def test_a_third_form_finds_what_is_wrong(
    run: Run, third: Path, templates: Path, old: str, new: str, message: str
) -> None:
    assert message in run("check", changed(third, old, new), "--templates", templates)[1]


def test_a_third_form_is_built_verified_compared_and_pulled(
    run: Run, third: Path, templates: Path, tmp_path: Path
) -> None:
    own = ("--templates", templates)
    assert run("build", third, "--fragment", *own)[0] == 0
    name = "某某镇公开办2030年度公开工作统计表"
    word, page = tmp_path / f"{name}（送审稿1）.docx", tmp_path / f"{name}（送审稿1）.html"
    for file in (word, page):
        status, said = run("verify", file, third, *own)
        assert (status, "核对了 27 个数、2 段文字。" in said) == (0, True), said
    assert "11.75万元" in page.read_text(encoding="utf-8")
    assert run("diff", word, page, *own)[0] == 0
    assert run("diff", third, page, *own)[0] == 0

    leader = Reviewer(word.read_bytes(), load_form("2030", templates))
    leader.write("costs.hours.difference", "-5")
    leader.write("costs.hours.spent", "35")
    leader.replace("培训36小时", "培训35小时")
    leader.replace("增加培训", "增加培训和检查")
    reviewed = tmp_path / "改过.docx"
    reviewed.write_bytes(leader.saved())
    status, said = run("pull", reviewed, third, "--write", *own)
    assert status == 0, said
    assert "经费表·培训时间·增减  -4 → -5" in said
    data = json.loads(third.read_text(encoding="utf-8"))
    assert data["costs"]["hours"] == [40, -5, 35]
    assert data["narrative"]["plans"] == "增加培训和检查。"
    assert run("verify", reviewed, third, *own)[0] == 0
    assert run("build", third, "--final", *own)[0] == 0


# ── what a form takes from another ──────────────────────────────────────────────────────────────────


def test_a_form_with_a_base_speaks_as_it_does_but_for_what_it_says_itself() -> None:
    said = {word: [] for word in ("同意公开", "制发", "逾期未缴费", "行政处罚决定", "废止")}
    for word, term in load_lexicon(load_form("2019")).terms:
        if word in said:
            said[word].append((term.rows, term.columns))
    assert said == {
        "同意公开": [((("granted",),), ())],
        "制发": [((), ("made",))],
        "逾期未缴费": [((("other",),), ())],
        "行政处罚决定": [((("penalties",),), ("decisions",))],
        "废止": [],
    }


@pytest.mark.parametrize("base", ["2017", "2030"])
def test_a_base_that_is_no_other_format_is_refused(tmp_path: Path, base: str) -> None:
    folder = shutil.copytree(Path(__file__).parent / "form" / "2030", tmp_path / "2030")
    changed(folder / "form.toml", 'format = "2030"', f'format = "2030"\nbase = "{base}"')
    with pytest.raises(FormError, match=f"base 要写另一个格式的文件夹名，没有“{base}”这个格式"):
        load_form("2030", tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('overview    = ["summary"]', 'overview    = ["summery"]', "roles 的 overview 里的“summery”没有定义"),
        ("problems    = []\n", "", "roles 缺少“problems”"),
        ('signed   = ["difference"]', 'signed   = ["differences"]', "signed 里的“differences”没有定义"),
    ],
)
def test_a_slip_in_what_the_checks_have_to_recognise_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    folder = shutil.copytree(Path(__file__).parent / "form" / "2030", tmp_path / "2030")
    changed(folder / "form.toml", old, new)
    with pytest.raises(FormError, match=message):
        load_form("2030", tmp_path)


def test_a_vocabulary_that_does_not_say_how_labels_are_said_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(Path(__file__).parent / "form" / "2030", tmp_path / "2030")
    text = (folder / "vocabulary.toml").read_text(encoding="utf-8")
    (folder / "vocabulary.toml").write_text(text[text.index("[[term]]") :], encoding="utf-8")
    with pytest.raises(FormError, match=r"缺少 \[labels\] 这一节"):
        load_lexicon(load_form("2030", tmp_path))


def test_words_without_labels_are_refused_in_the_base_of_a_form_too(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(templates_folder(), tmp_path / "templates"))
    path = folder / "2021" / "vocabulary.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index("\n[labels]\n")
    path.write_text(text[:start] + text[text.index("\n[[term]]\n", start) :], encoding="utf-8")
    with pytest.raises(FormError, match=r"2021.vocabulary.toml：缺少 \[labels\] 这一节"):
        load_lexicon(load_form("2019", folder))


def test_a_form_copied_before_there_were_roles_is_refused_with_a_cure(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(Path(__file__).parent / "form" / "2030", tmp_path / "2030"))
    text = (folder / "form.toml").read_text(encoding="utf-8")
    kept = text[: text.index("[roles]")] + text[text.index("[[parts]]") :]
    (folder / "form.toml").write_text(kept, encoding="utf-8")
    with pytest.raises(FormError, match=r"缺少 \[roles\] 这一节。请从原来的模板再复制一份"):
        load_form("2030", tmp_path)


def test_no_line_of_the_program_names_a_key_of_a_form() -> None:
    keys = set()
    for format in ("2019", "2021"):
        form = load_form(format)
        keys |= {*form.tables, *form.text_names}
        keys |= {row for table in form.tables.values() for row in (*table.rows, *table.groups)}
        keys |= {head for table in form.tables.values() for head in table.heads}
    keys -= {*ROLES, "pending"}  # names of the roles, and of a relation of two years
    said = {  # what other programs, and the page of the workbench, read by that name
        "console/collating.py": {"published", "corrected"},
        "workbench/shown.py": {"last_year"},
        "workbench/fixes.py": {"corrected"},
    }
    program = Path(__file__).parents[1] / "reportgen"
    for path in program.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        known = keys - said.get(path.relative_to(program).as_posix(), set())
        named = {key for key in known if f'"{key}"' in text or f"'{key}'" in text}
        assert not named, (path, named)
