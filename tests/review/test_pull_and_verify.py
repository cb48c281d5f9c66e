"""``pull``, ``verify`` and ``diff`` as the clerk meets them: Chinese words, exit statuses, and no file lost."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen import job
from reportgen.console.changes import marked
from reportgen.form.form_file import load_form, templates_folder
from reportgen.form.model import Form
from reportgen.model import provenance
from reportgen.writing import html, word

from ..conftest import Run
from ..reviewer import Reviewer

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


@pytest.fixture
def input(tmp_path: Path) -> Path:
    path = tmp_path / "本局.toml"
    path.write_bytes(EXAMPLE.read_bytes())
    return path


@pytest.fixture
def leader(input: Path, form: Form) -> Reviewer:
    work = job.start(input)
    return Reviewer(word.render(work.document, draft="送审稿3", origin=replace(work.origin, draft=3)), form)


@pytest.fixture
def reviewed(tmp_path: Path) -> Path:
    return tmp_path / "改过.docx"


# ── pull ────────────────────────────────────────────────────────────────────────────────────────────


def test_every_correction_is_shown_and_nothing_is_written_unasked(
    run: Run, input: Path, leader: Reviewer, reviewed: Path
) -> None:
    leader.write("active_disclosure.licensing", "335880")
    leader.replace("全部按期答复，其中", "全部按期办结，其中")
    leader.comment("平稳", "再斟酌。")
    reviewed.write_bytes(leader.saved())
    status, said = run("pull", reviewed, input)
    assert status == 0
    assert said.startswith("送审稿3：改了 1 个数、1 句话，批注 1 条。")
    assert "表二·行政许可  335873 → 335880" in said
    assert "全部按期〔答复→办结〕" in said
    assert "张局长 · 一、总体情况" in said
    assert "：再斟酌。" in said
    assert "还没有写进输入文件；加 --write 写进去" in said
    assert input.read_bytes() == EXAMPLE.read_bytes()


def test_written_corrections_keep_a_backup(run: Run, input: Path, leader: Reviewer, reviewed: Path) -> None:
    leader.write("active_disclosure.licensing", "335880")
    reviewed.write_bytes(leader.saved())
    status, said = run("pull", reviewed, input, "--write")
    assert status == 0
    assert "335880 " in input.read_text(encoding="utf-8")
    backup = input.with_name("本局（备份1）.toml")
    assert str(backup) in said
    assert backup.read_bytes() == EXAMPLE.read_bytes()
    status, said = run("pull", reviewed, input, "--write")
    assert status == 0
    assert "没有要写进输入文件的改动" in said
    assert not input.with_name("本局（备份2）.toml").exists()


def test_a_sum_that_would_break_is_told_at_once(
    run: Run, input: Path, leader: Reviewer, reviewed: Path
) -> None:
    leader.write("requests.granted.natural", "7")
    reviewed.write_bytes(leader.saved())
    status, said = run("pull", reviewed, input)
    assert status == 1
    assert "检查会多出这些问题" in said
    assert "错误 T01" in said


def test_what_was_not_understood_is_told(run: Run, input: Path, leader: Reviewer, reviewed: Path) -> None:
    leader.delete_row("requests.declined_repeat.natural")
    reviewed.write_bytes(leader.saved())
    status, said = run("pull", reviewed, input)
    assert status == 1
    assert "没有看懂、没有带回的" in said
    assert "表三缺少一行，或这一行的格数不对：2.重复申请" in said
    assert "没有要写进输入文件的改动" in said


@pytest.fixture
def final(run: Run, input: Path) -> Path:
    assert run("build", input, "--final", "-o", input.parent / "out")[0] == 0
    (path,) = (input.parent / "out").glob("*年度报告.docx")
    return path


def test_an_edited_final_is_called_a_final_and_its_corrections_are_taken_in(
    run: Run, input: Path, final: Path, form: Form
) -> None:
    leader = Reviewer(final.read_bytes(), form)
    leader.write("active_disclosure.licensing", "335880")
    leader.replace("全部按期答复，其中", "全部按期办结，其中")
    final.write_bytes(leader.saved())
    status, said = run("pull", final, input, "--write")
    assert status == 0
    assert said.startswith("定稿：改了 1 个数、1 句话，批注 0 条。")
    assert "送审稿" not in said
    assert "335880 " in input.read_text(encoding="utf-8")
    assert "全部按期办结，其中" in input.read_text(encoding="utf-8")
    status, said = run("pull", final, input)
    assert (status, said.startswith("定稿：改了 0 个数、0 句话")) == (0, True)


def test_an_edited_final_is_not_written_over_and_the_way_out_is_told(
    run: Run, input: Path, final: Path, form: Form
) -> None:
    leader = Reviewer(final.read_bytes(), form)
    leader.write("active_disclosure.licensing", "335880")
    final.write_bytes(leader.saved())
    edited = final.read_bytes()
    status, said = run("build", input, "--final", "-o", final.parent)
    assert status == 2
    assert f"{final} 生成以后被改过，没有动它，也没有生成定稿" in said
    assert "reportgen pull" in said
    assert "不是本程序生成的" not in said
    assert run("pull", final, input, "--write")[0] == 0
    status, said = run("build", input, "--final", "-o", final.parent)
    assert status == 0
    assert "没有覆盖，改名保留：" in said
    kept = {path.read_bytes() for path in final.parent.glob("*定稿）.docx")}
    assert edited in kept
    assert final.read_bytes() not in kept


def test_a_change_in_a_final_that_was_answered_stops_no_final(
    run: Run, input: Path, final: Path, form: Form
) -> None:
    leader = Reviewer(final.read_bytes(), form)
    leader.write("active_disclosure.licensing", "三十万余")
    final.write_bytes(leader.saved())
    edited = final.read_bytes()
    assert run("pull", final, input, "--write")[0] == 1
    assert run("build", input, "--final", "-o", final.parent)[0] == 2
    run("opinions", input, "--refuse", "1", "--reason", "以原数为准")
    assert run("build", input, "--final", "-o", final.parent)[0] == 0
    assert edited in {path.read_bytes() for path in final.parent.glob("*定稿）.docx")}


def test_an_edited_final_of_an_input_that_was_changed_since_is_refused_with_the_cause(
    run: Run, input: Path, final: Path, form: Form
) -> None:
    leader = Reviewer(final.read_bytes(), form)
    leader.write("active_disclosure.licensing", "335880")
    final.write_bytes(leader.saved())
    text = input.read_text(encoding="utf-8").replace("335873", "335999")
    input.write_text(text, encoding="utf-8")
    status, said = run("pull", final, input, "--write")
    assert status == 2
    assert "这是定稿，不是送审稿，生成以后被改过" in said
    assert "不是本程序生成的" not in said
    assert "reportgen verify" in said
    assert input.read_text(encoding="utf-8") == text


NOTE = "# 内部说明：这一行的数去年报错过"


@pytest.fixture
def plain(run: Run, input: Path) -> Path:
    """A draft that does not carry its input, which has a note of the clerk's."""
    input.write_text(f"{NOTE}\n{input.read_text(encoding='utf-8')}", encoding="utf-8")
    status, said = run("build", input, "--plain-draft")
    assert status == 0
    assert "这一稿里没有带输入文件" in said
    return next(input.parent.glob("*（送审稿1）.docx"))


def test_a_draft_carries_its_input_and_a_plain_one_does_not(run: Run, input: Path, plain: Path) -> None:
    made = provenance.Provenance(plain.read_bytes())
    assert (made.source, made.is_untouched) == (None, True)
    assert made.content is not None
    for path in plain.parent.glob("*.docx"):
        assert all(NOTE not in part.decode("utf-8", "ignore") for part in made.package.parts.values()), path
    assert run("build", input)[1].count("仍是送审稿1") == 1
    assert NOTE in (provenance.Provenance(plain.read_bytes()).source or "")


def test_corrections_in_a_plain_draft_are_taken_in_while_the_input_stays(
    run: Run, input: Path, plain: Path, form: Form
) -> None:
    leader = Reviewer(plain.read_bytes(), form)
    leader.write("active_disclosure.licensing", "335880")
    plain.write_bytes(leader.saved())
    status, said = run("pull", plain, input, "--write")
    assert "送审稿1：改了 1 个数" in said
    assert "335880" in input.read_text(encoding="utf-8")
    assert status == 0
    assert "没有要写进输入文件的改动" in run("pull", plain, input, "--write")[1]


def test_a_plain_draft_and_an_input_that_was_changed_since_are_told_apart_by_hand(
    run: Run, input: Path, plain: Path, form: Form
) -> None:
    text = input.read_text(encoding="utf-8").replace("335873", "335999")
    input.write_text(text, encoding="utf-8")
    status, said = run("pull", plain, input)
    assert status == 2
    assert "这是不带输入文件的送审稿（--plain-draft）；生成以后没有改过" in said
    leader = Reviewer(plain.read_bytes(), form)
    leader.write("active_disclosure.licensing", "335880")
    plain.write_bytes(leader.saved())
    status, said = run("pull", plain, input, "--write")
    assert status == 2
    assert "不带输入文件的送审稿（--plain-draft），生成以后被改过" in said
    assert "别的版本" not in said
    assert input.read_text(encoding="utf-8") == text
    assert "其中 1 处改动还没有收进输入文件" in run("build", input)[1]


def test_a_final_is_plain_in_any_case(run: Run, input: Path) -> None:
    status, said = run("build", input, "--final", "--plain-draft")
    assert status == 2
    assert "定稿里本来就不带输入文件" in said


def test_an_untouched_final_has_nothing_to_take_in(run: Run, input: Path, final: Path) -> None:
    status, said = run("pull", final, input)
    assert (status, said.startswith("定稿：改了 0 个数、0 句话")) == (0, True)
    input.write_text(
        input.read_text(encoding="utf-8").replace("335873", "335999"), encoding="utf-8", newline="\r\n"
    )
    status, said = run("pull", final, input)
    assert status == 2
    assert "这是定稿，不是送审稿；生成以后没有改过，没有要带回的改动" in said


@pytest.mark.parametrize(
    ("name", "lock"),
    [
        ("莆田市公安局年报.docx", "~$市公安局年报.docx"),
        ("改过的年度报告一.docx", "~$的年度报告一.docx"),
        ("改过的年度报告.docx", "~$过的年度报告.docx"),
        ("改过.docx", "~$改过.docx"),
        ("改过.docx", ".~改过.docx"),
        ("改过.docx", ".~lock.改过.docx#"),
    ],
)
def test_a_draft_that_is_still_open_is_told_so(
    run: Run, input: Path, leader: Reviewer, tmp_path: Path, name: str, lock: str
) -> None:
    leader.write("active_disclosure.licensing", "335880")
    (tmp_path / name).write_bytes(leader.saved())
    assert run("pull", tmp_path / name, input)[0] == 0
    (tmp_path / lock).write_bytes(b"")
    status, said = run("pull", tmp_path / name, input)
    assert status == 1
    assert "335873 → 335880" in said
    assert "还在 Word 或 WPS 里打开着，没有保存的改动读不到" in said
    assert "请保存并关闭，再运行一次" in said
    (tmp_path / lock).unlink()
    assert run("pull", tmp_path / name, input)[0] == 0


@pytest.mark.parametrize("name", ["~$过.docx", ".~改过.docx"])
@pytest.mark.parametrize("command", ["pull", "verify"])
def test_a_lock_file_is_not_taken_for_the_draft(
    run: Run, input: Path, tmp_path: Path, command: str, name: str
) -> None:
    (tmp_path / name).write_bytes(b"\x05Zhang" + b"\0" * 156)
    status, said = run(command, tmp_path / name, input)
    assert status == 2
    assert "自动生成的临时文件，不是稿子" in said
    assert "请给出同一文件夹里名称相近、不带“~”的那个文件" in said


def test_a_conflict_names_all_three_versions(run: Run, input: Path, leader: Reviewer, reviewed: Path) -> None:
    leader.write("active_disclosure.licensing", "335880")
    reviewed.write_bytes(leader.saved())
    text = input.read_text(encoding="utf-8")
    input.write_text(text.replace("335873", "335999"), encoding="utf-8")
    status, said = run("pull", reviewed, input, "--write")
    assert status == 1
    assert "表二·行政许可：送审时“335873”，改成“335880”，输入文件现在是“335999”" in said
    assert "335999" in input.read_text(encoding="utf-8")


def test_a_title_that_was_changed_is_told_where_to_change_it(
    run: Run, input: Path, leader: Reviewer, reviewed: Path
) -> None:
    leader.replace("2022年政府信息公开工作年度报告", "2023年政府信息公开工作年度报告")
    reviewed.write_bytes(leader.saved())
    status, said = run("pull", reviewed, input)
    assert status == 1
    assert "标题：莆田市公安局2022年" in said
    assert "[agency] 里的 name" in said


def test_an_untouched_draft_has_nothing_to_take_in(
    run: Run, input: Path, leader: Reviewer, reviewed: Path
) -> None:
    reviewed.write_bytes(leader.saved())
    status, said = run("pull", reviewed, input)
    assert status == 0
    assert "改了 0 个数、0 句话，批注 0 条" in said


def test_a_damaged_file_is_told_without_a_traceback(run: Run, input: Path, reviewed: Path) -> None:
    reviewed.write_bytes(b"PK\x03\x04 damaged")
    status, said = run("pull", reviewed, input, "--write")
    assert status == 2
    assert "损坏" in said
    assert "Traceback" not in said
    assert input.read_bytes() == EXAMPLE.read_bytes()


def test_a_folder_that_is_read_only_leaves_the_input_as_it_was(
    run: Run, input: Path, leader: Reviewer, reviewed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader.write("active_disclosure.licensing", "335880")
    reviewed.write_bytes(leader.saved())

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("reportgen.writing.placing._write", refused)
    status, said = run("pull", reviewed, input, "--write")
    assert status == 2
    assert "只读" in said
    assert input.read_bytes() == EXAMPLE.read_bytes()


# ── verify ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_published_page_that_is_the_inputs(run: Run, input: Path, tmp_path: Path) -> None:
    page = tmp_path / "公布.html"
    page.write_text(html.render(job.start(input).document), encoding="utf-8")
    status, said = run("verify", page, input)
    assert status == 0
    assert "核对了 200 个数、12 段文字" in said
    assert "完全一致" in said


def test_a_published_page_with_one_other_figure(run: Run, input: Path, tmp_path: Path) -> None:
    page = tmp_path / "公布.html"
    text = html.render(job.start(input).document).replace(">335873<", ">335837<")
    page.write_text(text, encoding="utf-8")
    status, said = run("verify", page, input)
    assert status == 1
    assert "表二·行政许可  335873 → 335837" in said


def test_a_published_page_without_a_table_is_not_the_same(run: Run, input: Path, tmp_path: Path) -> None:
    page = tmp_path / "公布.html"
    text = html.render(job.start(input).document)
    start = text.index("<table", text.index("<table", text.index("<table") + 1) + 1)
    page.write_text(text[:start] + text[text.index("</table>", start) :], encoding="utf-8")
    status, said = run("verify", page, input)
    assert status == 1
    assert "没有找到" in said
    assert "表四·行政复议·结果维持" in said
    assert "核对了 185 个数" in said


def published(input: Path, page: Path, change: Callable[[str], str], templates: Path | None = None) -> Path:
    text = html.render(job.start(input, templates=templates).document)
    page.write_text(change(text), encoding="utf-8")
    return page


ADDED = "<section><h2>关注我们</h2><p>扫码关注“莆田公安”。</p></section>\n"


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("<main>", False),
        ("{% block findings %}", True),
        ("{% for section in sections %}", True),
        ('<div data-part="{{ section.id }}">', True),
        ("{% block footer %}", True),
        ("</article>", True),
        ("</body>", False),
    ],
)
def test_what_a_clerk_adds_to_the_template_changes_no_part(
    before: str, told: bool, run: Run, input: Path, tmp_path: Path
) -> None:
    shutil.copytree(templates_folder(), tmp_path / "templates")
    template = tmp_path / "templates" / "2021" / "report.html"
    text = template.read_text(encoding="utf-8")
    assert text.count(before) == 1
    template.write_text(text.replace(before, ADDED + before), encoding="utf-8")
    page = published(input, tmp_path / "page.html", str, tmp_path / "templates")
    status, said = run("verify", page, input)
    assert status == 0
    assert ("扫码关注" in said) == told
    assert ("完全一致" in said) != told


@pytest.mark.parametrize("name", ["unmarked", "restyled"])
def test_a_template_copied_before_there_were_marks_still_serves(
    name: str, run: Run, input: Path, tmp_path: Path
) -> None:
    def old(page: str) -> str:
        page = re.sub(r' data-[a-z]+(="[^"]*")?', "", page)
        return (
            page
            if name == "unmarked"
            else page.replace("<h2>", "<p class='title'><b>").replace("</h2>", "</b></p>")
        )

    status, said = run("verify", published(input, tmp_path / "page.html", old), input)
    assert status == 0
    assert "完全一致" in said


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("<footer>另有5件。</footer>", "另有5件。"),
        ("<nav>另有5件。</nav>", "另有5件。"),
        ("<button>另有5件。</button>", "另有5件。"),
        ("<table><tr><td>另有</td><td>5件</td></tr></table>", "“一张表：另有 5件”"),
        ("<p hidden>另有5件。</p>", "“另有5件。”（网页设为不显示）"),
        ("<img src=a><textarea>5</textarea>", "有 2 处图片、输入框或嵌入的内容，里面的文字没有读"),
    ],
)
def test_what_stands_in_a_page_without_marks_and_is_not_read_is_told(
    added: str, told: str, run: Run, input: Path, tmp_path: Path
) -> None:
    def stripped(page: str) -> str:
        page = re.sub(r' data-[a-z]+(="[^"]*")?', "", page)
        assert page.count("<h2>五、") == 1
        return page.replace("<h2>五、", f"{added}<h2>五、")

    status, said = run("verify", published(input, tmp_path / "page.html", stripped), input)
    assert (status, told in said, "完全一致" in said) == (0, True, False), said


def pasted(page: str, where: str, text: str = "<p>另外新增一段。</p>") -> str:
    at = page.index(where, page.index("<article"))
    return page[:at] + text + page[at:]


def doubled(page: str, key: str, after: str) -> str:
    start = page.index(f'<div data-part="{key}"')
    return pasted(page, after, page[start : page.index('<div data-part="', start + 1)])


def parted(page: str) -> str:
    """The second half of a text moved to below a table, marked as what it is."""
    start = page.index('<p id="overview-5"')
    end = page.index("</div>", start)
    rest = f'<div data-part="overview">{page[start:end]}</div>'
    return pasted(page[:start] + page[end:], '<div data-part="requests"', rest)


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace(">335873<", ">335837<"),
        lambda page: page.replace(">335873<", ">约335873<"),
        lambda page: page.replace('id="active_disclosure.licensing"', 'id="active_disclosure.penalties"').replace(">335873<", ">5<"),
        lambda page: pasted(page, "</div>"),
        lambda page: pasted(page, "<h2>一、"),
        lambda page: pasted(page, "<table"),
        lambda page: pasted(page, "</table>", "<tr><td>（八）补报</td><td>5</td></tr>"),
        lambda page: pasted(page, "<h2>五、", "<table><tr><td>补报</td><td>5</td></tr></table>"),
        lambda page: re.sub("<h2>五、.*?</h2>", "", page),
        lambda page: page.replace("<h1 data-title>", "<h1 data-title>关于"),
        lambda page: page.replace("</h1>", "</h1><h1 data-title>副题</h1>"),
        lambda page: page.replace("<article", f"{page[page.index('<article') : page.index('</article>')]}</article><article"),
        lambda page: doubled(page, "overview", '<div data-part="active_disclosure"'),
        lambda page: doubled(page, "overview", "</article>"),
        lambda page: doubled(page, "requests", '<div data-part="review_litigation"'),
        lambda page: doubled(page, "requests", "</article>"),
        parted,
        lambda page: page.replace('data-part="problems"', 'data-part="?"').replace('data-part="overview"', 'data-part="problems"').replace('data-part="?"', 'data-part="overview"').replace("一、总体情况", "五、存在的主要问题及改进情况"),
    ],
)  # fmt: skip
def test_whatever_a_reader_sees_changed_in_a_marked_report_is_not_the_same(
    change: Callable[[str], str], run: Run, input: Path, tmp_path: Path
) -> None:
    page = published(input, tmp_path / "page.html", str)
    changed = change(page.read_text(encoding="utf-8"))
    assert changed != page.read_text(encoding="utf-8")
    page.write_text(changed, encoding="utf-8")
    status, said = run("verify", page, input)
    assert status == 1
    assert "一致。" not in said


def test_diff_tells_what_stands_among_the_parts(run: Run, input: Path, tmp_path: Path) -> None:
    page = published(input, tmp_path / "page.html", lambda page: pasted(page, '<div data-part="problems"'))
    status, said = run("diff", input, page)
    assert status == 0
    assert "报告各部分以外的文字：“另外新增一段。”" in said


def test_an_input_with_chinese_names_is_verified_pulled_and_compared(
    run: Run, input: Path, tmp_path: Path, form: Form
) -> None:
    text = input.read_text(encoding="utf-8")
    for old, new in (
        ("{{ requests.granted.total }}", "{{ 予以公开.总计 }}"),
        ("{{ requests.new_received.total }}", "{{ 本年新收政府信息公开申请数量.总计 }}"),
        ("{{ year }}", "{{ 年份 }}"),
        ("{{ agency.name }}", "{{ 机关名称 }}"),
    ):
        assert old in text
        text = text.replace(old, new)
    input.write_text(text, encoding="utf-8")
    assert run("build", input)[0] == 0
    for draft in sorted(input.parent.glob("*（送审稿1）.*")):
        status, said = run("verify", draft, input)
        assert (status, "完全一致" in said) == (0, True), said
    (draft,) = input.parent.glob("*（送审稿1）.docx")
    assert run("diff", draft, input)[0] == 0
    leader = Reviewer(draft.read_bytes(), form)
    leader.replace("全部按期答复，其中", "全部按期办结，其中")
    draft.write_bytes(leader.saved())
    status, said = run("pull", draft, input, "--write")
    assert status == 0
    assert "全部按期办结，其中予以公开{{ 予以公开.总计 }}件" in input.read_text(encoding="utf-8")


def test_a_fragment_is_verified_without_its_title(run: Run, input: Path, tmp_path: Path) -> None:
    assert run("build", input, "-o", tmp_path / "out", "--fragment")[0] == 0
    (fragment,) = (tmp_path / "out").glob("*（网页粘贴）.html")
    status, said = run("verify", fragment, input)
    assert status == 0
    assert "里面没有标题" in said
    assert "完全一致" in said
    assert run("diff", fragment, input)[0] == 0
    text = fragment.read_text(encoding="utf-8")
    assert text.count("335873") == 1
    fragment.write_text(text.replace("335873", "335874"), encoding="utf-8")
    status, said = run("verify", fragment, input)
    assert status == 1
    assert "表二·行政许可  335873 → 335874" in said
    assert "标题：" not in said


@pytest.mark.parametrize("name", ["报告.pdf", "报告.doc", "没有.docx"])
def test_what_cannot_be_verified_is_told(name: str, run: Run, input: Path, tmp_path: Path) -> None:
    status, said = run("verify", tmp_path / name, input)
    assert status == 2
    assert name in said


# ── diff ────────────────────────────────────────────────────────────────────────────────────────────


def test_an_input_and_a_draft_are_compared(run: Run, input: Path, leader: Reviewer, reviewed: Path) -> None:
    leader.write("active_disclosure.licensing", "335880")
    leader.replace("平稳有序", "平稳")
    reviewed.write_bytes(leader.saved())
    status, said = run("diff", input, reviewed)
    assert status == 1
    assert "表二·行政许可  335873 → 335880" in said
    assert "平稳〔删去：有序〕" in said
    assert "不同的数 1 个，不同的句子 1 句" in said


def test_equal_files_have_no_difference(run: Run, input: Path) -> None:
    assert run("diff", input, EXAMPLE) == (0, "数据和文字都相同。\n")


def test_paragraphs_that_changed_places_are_told_as_moved(run: Run, input: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / input.name
    text = input.read_text(encoding="utf-8")
    start = text.index("problems = '''\n") + len("problems = '''\n")
    one, two = text[start : text.index("'''", start)].splitlines()
    other.write_text(text.replace(f"{one}\n{two}", f"{two}\n{one}"), encoding="utf-8")
    status, said = run("diff", input, other)
    assert status == 1
    assert "五、存在的主要问题及改进情况：原第" in said
    assert "不同的数 0 个，不同的句子 0 句，段落移动、拆开、合并 1 处。" in said


def test_a_changed_sentence_shows_what_changed() -> None:
    assert marked("收到19件。", "共收到18件。") == "〔加上：共〕收到〔19→18〕件。"
    assert marked("收到申请19件。", "收到19件。") == "收到〔删去：申请〕19件。"
    assert marked("", "新的一句。") == "〔加上：新的一句。〕"
    assert marked("旧的一句。", "") == "〔删去：旧的一句。〕"


def test_of_a_long_sentence_only_what_is_near_a_change_is_shown() -> None:
    far = "对照条例逐项落实责任，" * 4
    assert marked(f"{far}收到19件。{far}全部答复。", f"{far}收到18件。{far}全部办结。") == (
        "…照条例逐项落实责任，收到〔19→18〕件。对照条例逐项落实责任…照条例逐项落实责任，全部〔答复→办结〕。"
    )


# ── steps ───────────────────────────────────────────────────────────────────────────────────────────


def test_settings_of_the_checks_that_cannot_be_used_stop_neither_verify_nor_diff(
    run: Run, input: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(html.render(job.start(input).document), encoding="utf-8")
    input.write_text(input.read_text(encoding="utf-8") + '\n[checks]\nZ99 = "off"\n', encoding="utf-8")
    assert run("check", input)[0] == 2
    assert run("verify", page, input)[0] == 0
    assert run("diff", input, page)[0] == 0


def test_whoever_only_compares_imports_no_check(input: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(html.render(job.start(input).document), encoding="utf-8")
    program = (
        "import sys; from reportgen.review import verify; from pathlib import Path\n"
        f"verify.verify(Path({str(page)!r}), Path({str(input)!r}))\n"
        "assert 'reportgen.checking' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_diff_takes_last_year_s_file_for_texts_that_speak_of_it(
    run: Run, input: Path, tmp_path: Path
) -> None:
    last = tmp_path / "elsewhere.toml"
    last.write_text(input.read_text(encoding="utf-8").replace("2022", "2021"), encoding="utf-8")
    text = input.read_text(encoding="utf-8")
    start = (
        text.index("overview      = '''") if "overview      = '''" in text else text.index("overview = '''")
    )
    end = text.index("\n", start)
    input.write_text(
        text[:end] + "\n上年新收{{ last.requests.new_received.total }}件。" + text[end:], encoding="utf-8"
    )
    status, said = run("diff", EXAMPLE, input)
    assert (status, "--previous" in said) == (2, True)
    assert "没有生成文件" not in said
    assert run("diff", EXAMPLE, input, "--previous", last)[0] == 1


def test_a_templates_folder_without_a_format_is_said_so(run: Run, input: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(html.render(job.start(input).document), encoding="utf-8")
    (tmp_path / "empty").mkdir()
    status, said = run("diff", page, page, "--templates", tmp_path / "empty")
    assert status == 2
    assert "里没有模板（例如 2021/form.toml）。请用 reportgen templates --copy 复制一份。" in said


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Templates with a second, smaller form: of 2021 without its table four."""
    shutil.copytree(templates_folder(), tmp_path / "templates")
    small = tmp_path / "templates" / "2099"
    shutil.copytree(tmp_path / "templates" / "2021", small)
    text = (small / "form.toml").read_text(encoding="utf-8").replace('"2021"', '"2099"', 1)
    text = text[: text.index("[tables.review_litigation]")]
    parts = re.sub(r'\[\[parts\]\]\nheading = "[^"]*"\ntable\s+= "review_litigation"\n', "", text)
    (small / "form.toml").write_text(parts, encoding="utf-8")
    terms, _, kinds = (small / "vocabulary.toml").read_text(encoding="utf-8").partition("\n[words]")
    kept = [term for term in terms.split("\n[[term]]") if "review_litigation" not in term]
    (small / "vocabulary.toml").write_text("\n[[term]]".join(kept) + "\n[words]" + kinds, encoding="utf-8")
    return tmp_path / "templates"


def test_two_published_files_are_read_by_the_form_that_finds_most_in_them(
    run: Run, input: Path, tmp_path: Path, templates: Path
) -> None:
    assert len(load_form("2099", templates).cells) == 185
    page, changed = tmp_path / "page.html", tmp_path / "changed.html"
    page.write_text(html.render(job.start(input).document), encoding="utf-8")
    text = input.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("review "))
    input.write_text(text.replace(row, "review = [1, 0, 0, 0, 1]"), encoding="utf-8")
    changed.write_text(html.render(job.start(input).document), encoding="utf-8")
    status, said = run("diff", page, changed, "--templates", templates)
    assert status == 1
    assert "表四·行政复议·结果维持  0 → 1" in said


def test_two_inputs_of_different_formats_are_not_compared(
    run: Run, input: Path, tmp_path: Path, templates: Path
) -> None:
    other = tmp_path / "other.toml"
    text = input.read_text(encoding="utf-8").replace('format = "2021"', 'format = "2099"')
    other.write_text(
        text[: text.index("[review_litigation]")] + text[text.index("[narrative]") :], encoding="utf-8"
    )
    status, said = run("diff", input, other, "--templates", templates)
    assert status == 2
    assert "本局.toml 是 2021 年格式" in said
    assert "other.toml 是 2099 年格式" in said


@pytest.mark.parametrize(
    ("title", "status", "words"),
    [
        ("莆田市公安局2022年度政府信息公开工作年度报告", 0, "一个写“年”，一个写“年度”，意思相同"),
        ("莆田市公安局2021年度政府信息公开工作年度报告", 1, "标题："),
        ("莆田市公安局2022年度政府信息公开年度报告", 1, "标题："),
    ],
)
def test_the_year_of_a_title_may_be_said_in_two_ways(
    run: Run, input: Path, tmp_path: Path, title: str, status: int, words: str
) -> None:
    page = html.render(job.start(input).document)
    page = re.sub(r"(<h1[^>]*>).*?(</h1>)", rf"\g<1>{title}\g<2>", page, flags=re.DOTALL)
    assert title in page
    path = tmp_path / "公布.html"
    path.write_text(page, encoding="utf-8")
    found, said = run("verify", path, input)
    assert (found, words in said) == (status, True), said
    assert ("下一步：哪一个对，由您核对底稿决定" in said) == bool(status)
