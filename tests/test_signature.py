"""落款: the name of the body and the date below the text, from the input to paper and page, and back from the leader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import lxml.html
import pytest

from reportgen import job
from reportgen.form.model import Form
from reportgen.model.document import compose
from reportgen.model.signature import official_date
from reportgen.reading import read
from reportgen.writing import html, word

from .conftest import Run
from .reviewer import Reviewer
from .writing.ooxml import problems
from .writing.pages import pages, printed

EXAMPLE = Path(__file__).parents[1] / "inputs" / "putian-psb-2022.toml"
SIGNATURE = '\n[signature]\nbody = "莆田市公安局"\ndate = 2023-01-18\n'
LINES = ("莆田市公安局", "2023年1月18日")


@pytest.fixture
def input(tmp_path: Path) -> Path:
    path = tmp_path / "本局.toml"
    path.write_bytes(EXAMPLE.read_bytes())
    return path


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    path = tmp_path / "落款.toml"
    path.write_text(EXAMPLE.read_text(encoding="utf-8") + SIGNATURE, encoding="utf-8")
    return path


def returned(input: Path, form: Form, change: Callable[[Reviewer], None]) -> Path:
    """A draft of the input as it comes back from the leader."""
    work = job.start(input)
    leader = Reviewer(word.render(work.document, draft="送审稿1", origin=replace(work.origin, draft=1)), form)
    change(leader)
    path = input.with_name("改过.docx")
    path.write_bytes(leader.saved())
    return path


def signature(path: Path) -> tuple[str, ...]:
    return compose(read(path)).content.texts.get("signature", ())


# ── the input ───────────────────────────────────────────────────────────────────────────────────────


def test_a_report_has_no_signature_unless_the_input_says_so(input: Path) -> None:
    document = compose(read(input))
    assert "signature" not in document.content.texts
    assert not any(section.part.signature for section in document.sections)


@pytest.mark.parametrize(
    "date", ["2023-01-18", '"2023-1-18"', '"2023年1月18日"', '"2023年01月18日"', '"二〇二三年一月十八日"']
)
def test_the_date_is_printed_in_arabic_numerals_however_it_was_written(date: str, signed: Path) -> None:
    text = signed.read_text(encoding="utf-8")
    signed.write_text(text.replace("date = 2023-01-18", f"date = {date}"), encoding="utf-8")
    assert signature(signed) == LINES


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('[signature]\nbody = "本局"', "落款要写日期"),
        ("[signature]\ndate = 2023-01-18", "落款要写机关名称"),
        ('[signature]\nbody = "本局"\ndate = "年初"', "落款的日期“年初”不是日期"),
        ('[signature]\nbody = "本局"\ndate = "2023-02-30"', "落款的日期“2023-02-30”不是日期"),
        ("[signature]\nbody = 3\ndate = 2023-01-18", "落款的机关名称要写成文字"),
        ('[signature]\nname = "本局"', "不认识[signature] 里的“name”"),
        ('signature = "本局"', "“signature”要写成单独的一节"),
    ],
)
def test_what_is_wrong_with_a_signature_is_told(table: str, said: str, run: Run, input: Path) -> None:
    text = input.read_text(encoding="utf-8")
    at_end = table.startswith("[")
    input.write_text(f"{text}\n{table}\n" if at_end else f"{table}\n{text}", encoding="utf-8")
    status, shown = run("check", input)
    assert status == 2
    assert said in shown


def test_an_empty_signature_is_none(input: Path) -> None:
    text = input.read_text(encoding="utf-8")
    input.write_text(f'{text}\n[signature]\nbody = ""\ndate = ""\n', encoding="utf-8")
    assert signature(input) == ()


def test_the_checks_do_not_take_a_signature_for_text(run: Run, signed: Path, input: Path) -> None:
    with_it, without = run("check", signed), run("check", input)
    assert with_it[1].replace("落款.toml", "本局.toml") == without[1]


def test_fix_leaves_a_signature_alone(run: Run, signed: Path) -> None:
    assert "没有可以自动改正的地方" in run("fix", signed)[1]


# ── on paper and on the page ────────────────────────────────────────────────────────────────────────


def right_edges(document_of: Path, folder: Path) -> dict[str, tuple[float, float]]:
    """Where the last lines stand on paper, from the left edge of the text, in characters."""
    character = 156 / 28
    last = pages(printed(word.render(compose(read(document_of))), folder))[-1]
    return {
        line.text: ((line.left - 28) / character, (line.right - 28) / character) for line in last.body[-2:]
    }


def test_on_paper_the_date_begins_two_characters_right_of_the_name(signed: Path, tmp_path: Path) -> None:
    text = signed.read_text(encoding="utf-8")
    long = "莆田市人民政府办公室"
    signed.write_text(text.replace('body = "莆田市公安局"', f'body = "{long}"'), encoding="utf-8")
    name, date = right_edges(signed, tmp_path)[long], right_edges(signed, tmp_path)[LINES[1]]
    assert name[1] == pytest.approx(26, abs=0.4)
    assert date[0] - name[0] == pytest.approx(2, abs=0.5)


def test_on_paper_a_date_longer_than_the_name_stands_two_characters_from_the_right(
    signed: Path, tmp_path: Path
) -> None:
    found = right_edges(signed, tmp_path)
    name, date = (found[line] for line in LINES)
    assert date[1] == pytest.approx(26, abs=0.4)
    assert date[0] - name[0] == pytest.approx(2, abs=0.5)


def test_a_signature_does_not_stand_on_a_page_without_text(signed: Path, tmp_path: Path) -> None:
    last = pages(printed(word.render(compose(read(signed))), tmp_path))[-1]
    assert len(last.body) > 2


def test_the_word_file_with_a_signature_is_sound(signed: Path) -> None:
    assert problems(word.render(compose(read(signed)))) == []


def test_the_page_and_the_fragment_set_it_right(signed: Path) -> None:
    document = compose(read(signed))
    for text in (html.render(document), f"<div>{html.fragment(document)}</div>"):
        said = [p for p in lxml.html.fromstring(text).xpath("//p") if p.text_content().strip() in LINES]
        assert [p.text_content().strip() for p in said] == list(LINES)
        assert all("text-align:right" in p.get("style") or p.get("class") == "signature" for p in said)


@pytest.mark.parametrize("ending", [".docx", ".html", "（网页粘贴）.html"])
def test_verify_reads_it_back(ending: str, run: Run, signed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("build", signed, "-o", out, "--final", "--fragment")[0] == 0
    (file,) = (path for path in out.iterdir() if path.name.endswith(f"报告{ending}"))
    status, said = run("verify", file, signed)
    assert (status, "完全一致" in said) == (0, True)
    text = signed.read_text(encoding="utf-8")
    signed.write_text(text.replace("2023-01-18", "2023-01-19"), encoding="utf-8")
    status, said = run("verify", file, signed)
    assert status == 1
    assert re.search("落款第 2 段：.*19→18", said)


def test_verify_reads_it_back_from_a_page_without_marks(
    run: Run, signed: Path, input: Path, tmp_path: Path
) -> None:
    page = re.sub(r' data-[a-z]+(="[^"]*")?', "", html.render(job.start(signed).document))
    file = tmp_path / "公布.html"
    file.write_text(page, encoding="utf-8")
    status, said = run("verify", file, signed)
    assert (status, "完全一致" in said) == (0, True), said
    assert run("diff", signed, file)[0] == 0
    status, said = run("verify", file, input)  # which has none: that of the page is told
    assert (status, "“莆田市公安局”" in said, "完全一致" in said) == (0, True, False), said
    file.write_text(page.replace(">2023年1月18日<", ">2023年1月19日<"), encoding="utf-8")
    status, said = run("verify", file, signed)
    assert (status, "落款" in said) == (1, True), said


# ── back from the leader ────────────────────────────────────────────────────────────────────────────


def typed(*lines: str) -> Callable[[Reviewer], None]:
    def change(leader: Reviewer) -> None:
        for line in reversed(lines):
            leader.insert_paragraph("办好局长信箱", line)

    return change


@pytest.mark.parametrize(
    "lines",
    [LINES, ("莆田市公安局", "二〇二三年一月十八日"), ("莆田市公安局　2023年01月18日",)],
)
def test_a_signature_that_the_leader_typed_comes_back_as_a_signature(
    lines: tuple[str, ...], run: Run, input: Path, form: Form
) -> None:
    before = compose(read(input)).content.texts
    reviewed = returned(input, form, typed(*lines))
    status, said = run("pull", reviewed, input, "--write")
    assert status == 0, said
    assert "落款" in said
    assert 'body = "莆田市公安局"' in input.read_text(encoding="utf-8")
    assert compose(read(input)).content.texts == {**before, "signature": LINES}
    assert "没有要写进输入文件的改动" in run("pull", reviewed, input)[1]


def test_a_signature_comes_back_into_json_and_into_a_table_that_is_there(
    run: Run, signed: Path, form: Form, tmp_path: Path
) -> None:
    empty = signed.read_text(encoding="utf-8").replace(SIGNATURE, '\n[signature]\nbody = ""\n')
    signed.write_text(empty, encoding="utf-8")
    assert run("pull", returned(signed, form, typed(*LINES)), signed, "--write")[0] == 0
    assert signature(signed) == LINES
    import tomllib

    data = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    other = tmp_path / "本局.json"
    other.write_text(json.dumps(data, ensure_ascii=False, default=str), encoding="utf-8")
    assert run("pull", returned(other, form, typed(*LINES)), other, "--write")[0] == 0
    assert signature(other) == LINES


def test_a_changed_date_comes_back(run: Run, signed: Path, form: Form) -> None:
    reviewed = returned(signed, form, lambda leader: leader.replace("1月18日", "1月20日"))
    assert run("pull", reviewed, signed, "--write")[0] == 0
    assert signature(signed) == ("莆田市公安局", "2023年1月20日")


def test_a_signature_that_the_leader_took_out_is_taken_out(run: Run, signed: Path, form: Form) -> None:
    def change(leader: Reviewer) -> None:
        leader.delete_paragraph("2023年1月18日")
        for paragraph in [p for p in leader.body if "".join(p.itertext()) == "莆田市公安局"][-1:]:
            leader.body.remove(paragraph)

    assert run("pull", returned(signed, form, change), signed, "--write")[0] == 0
    assert signature(signed) == ()


@pytest.mark.parametrize(
    "lines", [("以上报告。", "2023年1月18日"), ("统计截止日期：", "2023年1月18日"), ("2023年1月18日",)]
)
def test_a_sentence_and_a_date_are_no_signature(
    lines: tuple[str, ...], run: Run, input: Path, form: Form
) -> None:
    assert run("pull", returned(input, form, typed(*lines)), input, "--write")[0] == 0
    assert signature(input) == ()
    assert compose(read(input)).content.texts["other_matters"][-len(lines) :] == lines


def test_the_changes_since_the_last_draft_show_a_new_signature(run: Run, input: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("build", input, "-o", out)
    input.write_text(input.read_text(encoding="utf-8") + SIGNATURE, encoding="utf-8")
    run("build", input, "-o", out)
    (changes,) = out.glob("*修订对照.docx")
    assert problems(changes.read_bytes()) == []
    xml = docx.Document(str(changes)).element.xml
    inserted = re.findall("<w:ins .*?</w:ins>", xml, re.DOTALL)
    assert any(LINES[0] in run for run in inserted)
    assert any(LINES[1] in run for run in inserted)


@pytest.mark.parametrize("text", ["2023", "2023年13月1日", "1月18日", "二〇二三年十三月一日", ""])
def test_what_is_no_date_is_none(text: str) -> None:
    assert official_date(text) is None
