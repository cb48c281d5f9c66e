"""The words of a form: read, and refused with file, line and cure where they cannot mean anything."""

from __future__ import annotations

import json
import random
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from reportgen.form.form_file import load_form, templates_folder
from reportgen.form.grid import FormError
from reportgen.form.model import Form
from reportgen.form.vocabulary_file import KINDS, Lexicon, load_lexicon

from ..conftest import Run

SOURCE = (templates_folder() / "2021" / "vocabulary.toml").read_text(encoding="utf-8")
EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


@pytest.fixture
def own(tmp_path: Path) -> Form:
    """The form in a clerk's own copy of the templates."""
    shutil.copytree(templates_folder() / "2021", tmp_path / "2021")
    return load_form("2021", tmp_path)


def read(own: Form, text: str) -> Lexicon:
    (own.folder / "vocabulary.toml").write_text(text, encoding="utf-8")
    return load_lexicon(own)


def test_the_project_s_own_words_are_read(form: Form) -> None:
    assert set(tomllib.loads(SOURCE)["words"]) == KINDS
    lexicon = load_lexicon(form)
    assert len(lexicon.terms) > 500
    assert len(lexicon.words) > 500


def test_a_form_with_a_base_calls_its_parts_as_the_base_does(form: Form) -> None:
    parts = load_lexicon(form).parts
    assert set(parts) == {part.key for part in form.parts if part.heading}
    assert load_lexicon(load_form("2019")).parts == parts


def test_spellings_are_written_once(own: Form) -> None:
    found = read(own, '[labels]\n[[term]]\ntable = "requests"\nwords = ["{收到|受理}{并|}答复{next}"]')
    assert [word for word, _ in found.terms] == [
        "收到并答复{next}",
        "收到答复{next}",
        "受理并答复{next}",
        "受理答复{next}",
    ]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[[term]", r"vocabulary.toml：读不出来：第 1 行"),
        ("[[terms]]", "里的“terms”不认识，是不是“term”"),
        ("term = 1", r"term 要写成一条一条的 \[\[term\]\]"),
        ("labels = 1", r"labels 要写成单独的一节 \[labels\]"),
        ('[labels]\nsilents = ["其他"]', r"\[labels\] 里的“silents”不认识，是不是“silent”"),
        ('[labels]\nsilent = "其他"', r"第 2 行 \[labels\] 的 silent要写成"),
        ('[labels]\nalone = ["request"]', r"\[labels\] 的 alone 里的“request”不认识，是不是“requests”"),
        ("parts = 1", r"parts 要写成单独的一节 \[parts\]"),
        ('[parts]\noverviw = [["总体"]]', r"\[parts\] 里的“overviw”不认识，是不是“overview”"),
        ('[parts]\npreface = [["前言"]]', r"\[parts\] 里的“preface”不认识"),
        ('[parts]\noverview = []', r"第 2 行 \[parts\] 的 overview要写成"),
        ('[parts]\noverview = ["总体"]', r"第 2 行 \[parts\] 的 overview要写成"),
        ('[parts]\noverview = [[""]]', r"第 2 行 \[parts\] 的 overview里有一项不是文字，或是空的"),
        ('[words]\nup = ["增长"]', r"缺少 \[labels\] 这一节。请从原来的模板再复制一份"),
        ("words = 1", r"words 要写成单独的一节 \[words\]"),
        ('[words]\nnegations = ["未"]', r"\[words\] 里的“negations”不认识，是不是“negation”"),
        ("# \n[words]\nup = [1]", r"第 3 行 \[words\] 的 up里有一项不是文字，或是空的"),
        ('[words]\nup = [""]', r"第 2 行 \[words\] 的 up里有一项不是文字，或是空的"),
        ('[[term]]\ntable = "requests"\nrest = true\nwords = ["其他"]\n[words]\nrest = "另"', r"第 6 行 \[words\] 的 rest要写成"),
        ('[words]\nup = ["{增长|增加"]', r"第 2 行 \[words\] 的 up里的“{增长\|增加”看不懂，可选的写法要写成 {甲\|乙}"),
        ('[words]\nup = ["{|增长}"]', r"第 2 行 \[words\] 的 up里的“{\|增长}”可以什么都不写"),
        (f'[words]\nup = ["{"{1|2|3|4|5|6|7|8|9}" * 4}"]', r"第 2 行 \[words\] 的 up里“.*”的写法太多，超过 5000 种"),
        ('[words]\nup = "增长"', r"第 2 行 \[words\] 的 up要写成"),
        ('\n[[term]]\ntable = "request"\nwords = ["申请"]', r"第 1 条 \[\[term\]\]（第 2 行起）的 table 要写 .*不能是“request”"),
        ('[[term]]\nwords = ["申请"]', "的 table 要写 active_disclosure、requests、review_litigation 中的一个"),
        ('[[term]]\ntable = "requests"', "的 words要写成"),
        ('[[term]]\ntable = "requests"\nwords = []', "的 words要写成"),
        ('[[term]]\ntable = "requests"\nword = ["申请"]', "里的“word”不认识，是不是“words”"),
        ('[[term]]\ntable = "requests"\nwords = ["公开"]\nrows = ["grantd"]', "里的“grantd”不认识，是不是“granted”"),
        ('[[term]]\ntable = "requests"\nwords = ["公开"]\nrows = "granted"', "的 rows、or要写成"),
        ('[[term]]\ntable = "requests"\nwords = ["公开"]\nor = ["granted"]', "的 rows、or要写成"),
        ('[[term]]\ntable = "requests"\nwords = ["公开"]\ndoubtful = 1', "的 doubtful 要写成"),
        ('[[term]]\ntable = "requests"\nwords = ["公开"]\ncolumns = ["naturl"]', "里的“naturl”不认识，是不是“natural”"),
        ('[[term]]\ntable = "requests"\nwords = ["公开"]\ngenerik = true', "里的“generik”不认识，是不是“generic”"),
        ('[[term]]\ntable = "requests"\nwords = ["公开"]\nweak = "yes"', "的 weak 只能写 true 或 false，不能是“yes”"),
    ],
)  # fmt: skip
def test_what_cannot_mean_anything_is_refused(own: Form, written: str, message: str) -> None:
    with pytest.raises(FormError, match=message):
        read(own, written)


def test_a_file_that_is_missing_or_no_text_is_refused(own: Form) -> None:
    (own.folder / "vocabulary.toml").write_bytes("[words]\nup = ['增']".encode("gbk"))
    with pytest.raises(FormError, match=r"vocabulary.toml：读不出来"):
        load_lexicon(own)
    (own.folder / "vocabulary.toml").unlink()
    with pytest.raises(
        FormError, match=r"没有这个文件，文字里的数就不能和表格核对。请从原来的模板再复制一份"
    ):
        load_lexicon(own)


def test_checks_are_not_lost_in_silence_for_want_of_words(own: Form, run: Run) -> None:
    (own.folder / "vocabulary.toml").unlink()
    status, printed = run("check", EXAMPLE, "--templates", own.folder.parent)
    assert status == 2
    assert "vocabulary.toml：没有这个文件" in printed


def test_a_file_with_any_token_changed_is_read_or_refused(own: Form) -> None:
    """Whatever one slip does to the file, nothing but a message comes of it; a changed key never passes."""
    chance = random.Random(2021)
    tokens = [match.span() for match in re.finditer(r"[A-Za-z_]+|[\[\]=\",{}]+", SOURCE)]
    refused = []
    for start, end in chance.sample(tokens, 150):
        token = SOURCE[start:end]
        for slip in ("", token + token, token[1:], token[:-1] + "x"):
            try:
                read(own, SOURCE[:start] + slip + SOURCE[end:])
            except FormError as error:
                refused.append(str(error))
    assert len(refused) > 300
    assert [message for message in refused if "vocabulary.toml：" not in message] == []


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('[[term]]\ntable = ["requests"]\nwords = ["申请"]', "的 table 要写 .*不能是"),
        ('[words]\nup = ["\\u0000增"]', "有看不见的控制字符"),
        (f'[words]\nup = ["{"长" * 401}"]', "有一项太长，最多 400 字"),
        ("[words]\nup = [" + '"{1|2|3|4|5|6|7|8|9}{1|2|3|4|5|6|7|8|9}{1|2|3|4|5|6|7|8|9}",' * 80 + "]", "说法太多，连同各种写法超过 50000 种"),
        ("x" * 3000 + " = 1", "里的“x{40}…”不认识"),
        ("x = " + "9" * 5000, "读不出来：里面有一个数太长。请从"),
        ('[words]\nup = ["增"', "读不出来：末尾的写法不对，或者前面有引号、括号没有配对。请从"),
        ("x = " + "[" * 3000, "括号套得太深"),
        ("x" + ".x" * 200 + " = 1", "第 1 行里的点太多"),
        ("#" * 300_000, "文件太大"),
    ],
)  # fmt: skip
def test_what_no_vocabulary_holds_is_refused(own: Form, written: str, message: str) -> None:
    with pytest.raises(FormError, match=message) as refused:
        read(own, written)
    assert len(str(refused.value)) < 500


def test_the_words_of_a_base_may_not_be_of_another_kind_either(own: Form) -> None:
    shutil.copytree(templates_folder() / "2019", own.folder.parent / "2019")
    earlier = load_form("2019", own.folder.parent)
    (own.folder / "vocabulary.toml").write_text('[[term]]\ntable = [1]\nwords = ["申请"]', encoding="utf-8")
    with pytest.raises(FormError, match=r"2021.vocabulary.toml：.*的 table 要写"):
        load_lexicon(earlier)


def test_that_words_were_lost_is_said_in_every_result(own: Form, run: Run) -> None:
    path = own.folder / "vocabulary.toml"
    text = path.read_text(encoding="utf-8")
    start = text.index("\n[[term]]")
    path.write_text(text[:start] + text[text.index("\n[words]") :], encoding="utf-8")
    templates = ("--templates", own.folder.parent)
    said = run("check", EXAMPLE, *templates)[1]
    assert re.search(
        r"提醒 I08 .*\n  这次用的模板比原来的 2021 年格式少了核对文字用的说法 \d{3,} 种，少了的没有检查。",
        said,
    )
    found = json.loads(run("check", EXAMPLE, *templates, "--json")[1])["findings"]
    assert [each["rule"] for each in found if each["severity"] == "warning"] == ["I08"]


def test_a_clerk_may_say_more(own: Form, run: Run) -> None:
    path = own.folder / "vocabulary.toml"
    more = '\n[[term]]\ntable = "requests"\nrows = ["granted"]\nwords = ["同意给出"]\n'
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert "I08" not in run("check", EXAMPLE, "--templates", own.folder.parent)[1]


def test_templates_that_cannot_be_used_are_told_to_other_programs_too(own: Form, run: Run) -> None:
    (own.folder / "vocabulary.toml").unlink()
    status, printed = run("check", EXAMPLE, "--templates", own.folder.parent, "--json")
    (finding,) = json.loads(printed)["findings"]
    assert (status, finding["rule"], finding["severity"]) == (2, "I07", "error")
    assert "vocabulary.toml：没有这个文件" in finding["message"]


@pytest.mark.parametrize(
    "arguments",
    [
        *([command, EXAMPLE] for command in ("check", "build", "names", "fix", "sheet")),
        *([command, EXAMPLE, EXAMPLE] for command in ("diff", "verify")),
        ["names"],
        ["sheet", "--blank"],
        ["new", "--from", EXAMPLE],
        ["new", "甲局", "2025"],
    ],
)
def test_a_folder_without_any_format_is_told_so(
    arguments: list[object], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t").mkdir()
    status, said = run(*arguments, "--templates", tmp_path / "t")
    assert status == 2
    assert "里没有模板" in said
