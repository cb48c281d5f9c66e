"""Sentences, numbering and numerals of Chinese text."""

from __future__ import annotations

import pytest

from reportgen.model.chinese import numbering, numeral, read_number, sentences, statements


def test_no_character_is_left_out_of_the_sentences() -> None:
    text = "。受理19件；\n答复18件！？”“好。”\n其他"
    for cut in (sentences, statements):
        assert "".join(found[0] for found in cut(text)) == text


@pytest.mark.parametrize("number", range(1, 100))
def test_a_number_that_is_written_is_read(number: int) -> None:
    assert read_number(numeral(number)) == number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("一百", 100),
        ("一百零二", 102),
        ("两千三百", 2300),
        ("三万五", 30005),
        ("一亿二千万", 120_000_000),
        ("零", 0),
    ],
)
def test_a_numeral_has_its_value(written: str, value: int) -> None:
    assert read_number(written) == value


@pytest.mark.parametrize("written", ["三五", "十十", "二百百", "①", "", "百分"])
def test_what_is_no_numeral_has_no_value(written: str) -> None:
    assert read_number(written) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [("一、总体", 1), ("一.总体", 1), ("(十二)公开", 2), ("1．公开", 3), ("12、公开", 3), ("（3）公开", 4)],
)
def test_a_number_is_known_whichever_way_its_marks_are_written(text: str, level: int) -> None:
    found = numbering(text)
    assert found is not None
    assert (found.level, text[found.end :]) == (level, text[-2:])


@pytest.mark.parametrize("text", ["1.5倍", "一是公开", "（2022）年", "第一、公开", "2022、2023年"])
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert numbering(text) is None
