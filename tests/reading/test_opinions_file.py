"""意见台账 as a file: the clerk's words in it are kept, and what cannot be read is told with its line and the cure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.model.findings import InputError
from reportgen.model.opinions import Kind, Opinion, State
from reportgen.reading.opinions_file import opinions_path, read_opinions

COMMENT = Opinion(
    1,
    "送审稿1",
    "张局长",
    Kind.COMMENT,
    "表三·自然人",
    "6",
    "请核对。\n“再”核",
    at="requests.granted.natural",
)
CORRECTION = Opinion(
    2, "送审稿1", "", Kind.CORRECTION, "一、总体情况", "三级审签", "三审三校", State.TAKEN, at="overview"
)


@pytest.fixture
def input(tmp_path: Path) -> Path:
    return tmp_path / "本局-2022.toml"


def written(input: Path, *opinions: Opinion) -> str:
    opinions_path(input).write_bytes(read_opinions(input).with_opinions(opinions))
    return opinions_path(input).read_text(encoding="utf-8")


def test_without_a_file_there_are_no_opinions(input: Path) -> None:
    assert read_opinions(input).opinions == ()
    assert opinions_path(input).name == "本局-2022.意见.toml"


def test_what_is_written_is_read_again(input: Path) -> None:
    written(input, COMMENT, CORRECTION)
    assert read_opinions(input).opinions == (COMMENT, CORRECTION)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=40))
def test_whatever_somebody_wrote_is_read_again(text: str, input: Path) -> None:
    opinion = replace(COMMENT, said=text, author=text, replies=(text, "二"), reason=text)
    opinions_path(input).unlink(missing_ok=True)
    written(input, opinion)
    assert read_opinions(input).opinions == (opinion,)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_clerk_s_own_words_are_kept_when_an_answer_is_written(
    ends: str, encoding: str, input: Path
) -> None:
    text = written(input, COMMENT, CORRECTION)
    text = (
        text.replace('state   = "未处理"', 'state = "未处理"   # 问过信访科').replace("\n", ends)
        + f"# 完{ends}"
    )
    opinions_path(input).write_bytes(text.encode(encoding))
    answered = replace(COMMENT, state=State.REFUSED, reason="已核", replies=("王科长：已核。",))
    added = replace(COMMENT, number=3)
    data = read_opinions(input).with_opinions((answered, CORRECTION, added))
    opinions_path(input).write_bytes(data)
    now = data.decode(encoding)
    assert f'state = "不采纳"   # 问过信访科{ends}' in now
    assert f"# 完{ends}" in now
    assert now.count("\n") == now.count(ends)
    assert read_opinions(input).opinions == (answered, CORRECTION, added)
    before = [line for line in text.split("# 完")[0].splitlines() if not line.startswith("last")]
    assert [line for line in before if line not in now.splitlines()] == [
        'state = "未处理"   # 问过信访科',
        'reason  = ""',
    ][: 2 if 'reason  = ""' not in now.splitlines() else 1]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"未处理"', '"处理了"', "state 写成了“处理了”。只能写：未处理、已采纳、不采纳"),
        ('"未处理"', "1", "只能写：未处理、已采纳、不采纳"),
        ('"未处理"', "“已采纳”", '改为：state   = "已采纳"'),
        ('"未处理"', "已采纳", '改为：state   = "已采纳"'),
        ("state ", "stat ", "不认识“stat”。是不是“state”？"),
        ("number  = 1", "number = -1", "没有用过的号"),
        ('author  = "张局长"', "author = 3", "author 要写成文字"),
        ('author  = "张局长"', 'replies = "好"', "replies（回复）的写法不对"),
        ("[[opinions]]", "[opinions]", "每条意见以 [[opinions]] 单独一行开头"),
        ("[[opinions]]", "[[opinion]]", "不认识“opinion”"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line_and_the_cure(
    old: str, new: str, message: str, input: Path
) -> None:
    text = written(input, COMMENT)
    opinions_path(input).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_opinions(input)
    assert raised.value.path == opinions_path(input)
    assert message in str(raised.value)
    line = next(i for i, each in enumerate(text.splitlines(), 1) if old in each and not each.startswith("#"))
    assert line in [finding.line for finding in raised.value.findings]


def test_a_number_that_is_written_twice_is_told(input: Path) -> None:
    written(input, COMMENT, replace(CORRECTION, number=1))
    with pytest.raises(InputError, match="number 1 写了两次"):
        read_opinions(input)


def test_a_ledger_that_could_not_be_read_again_is_not_written(input: Path) -> None:
    with pytest.raises(InputError, match="没有写入"):
        read_opinions(input).with_opinions([replace(COMMENT, said="长" * 2000)] * 400)


def test_a_folder_in_its_place_is_told(input: Path) -> None:
    opinions_path(input).mkdir()
    with pytest.raises(InputError, match="文件夹"):
        read_opinions(input)
