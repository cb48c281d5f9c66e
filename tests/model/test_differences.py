"""What changed between two contents is told by cell, by sentence and by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.alignment import pieces
from reportgen.model.content import Content
from reportgen.model.differences import Changes, FigureChange, TextChange, compare

from ..counting import steps

TITLE = "某市公安局2025年政府信息公开工作年度报告"
texts = st.text("收到申请件共，。；\n19 %.", max_size=30)


def content(*paragraphs: str, title: str = TITLE, **figures: str) -> Content:
    return Content(title, figures, {"overview": paragraphs} if paragraphs else {})


def test_equal_contents_have_no_changes() -> None:
    changes = compare(content("全年收到申请19件。", granted="6"), content("全年收到申请19件。", granted="6"))
    assert changes == Changes()
    assert not changes


def test_a_figure_is_told_by_its_cell() -> None:
    changes = compare(content(granted="6", denied="0"), content(granted="7", denied="0"))
    assert changes.figures == (FigureChange("granted", "6", "7"),)
    assert changes


def test_a_figure_that_was_or_is_not_filled_in_is_told() -> None:
    changes = compare(content(granted="6"), content(denied="0"))
    assert changes.figures == (FigureChange("granted", "6", None), FigureChange("denied", None, "0"))


def test_a_zero_written_with_decimals_is_another_text_and_told() -> None:
    assert compare(content(fees="0"), content(fees="0.00")).figures


def test_the_title_is_told() -> None:
    assert compare(content(), content(title="另一个标题")).title == (TITLE, "另一个标题")


def test_only_the_changed_sentence_is_told() -> None:
    old = content("全年平稳有序。", "收到申请19件。全部按期答复。")
    new = content("全年平稳有序。", "收到申请18件。全部按期答复。")
    assert compare(old, new).texts == (TextChange("overview", "收到申请19件。", "收到申请18件。", 1, 1),)


def test_a_sentence_put_in_and_one_left_out_are_two_changes() -> None:
    old = content("第一句话在这里。公报按月移交档案馆。")
    new = content("第一句话在这里。")
    assert compare(old, new).texts == (TextChange("overview", "公报按月移交档案馆。", "", 0, 0),)
    assert compare(new, old).texts == (TextChange("overview", "", "公报按月移交档案馆。", 0, 0),)


def test_a_new_paragraph_has_no_old_place_and_moves_no_other() -> None:
    old = content("第一段。", "第三段内容完全一样。")
    new = content("第一段。", "公报按月移交。", "第三段内容完全一样。")
    assert compare(old, new).texts == (TextChange("overview", "", "公报按月移交。", None, 1),)


def test_a_paragraph_left_out_beside_a_changed_one_is_not_taken_for_it() -> None:
    old = content("网站检索和办事指引不够便捷。", "政策解读的形式比较单一。")
    new = content("政策解读形式单一。")
    assert compare(old, new).texts == (
        TextChange("overview", "网站检索和办事指引不够便捷。", "", 0, None),
        TextChange("overview", "政策解读的形式比较单一。", "政策解读形式单一。", 1, 0),
    )


FIRST = "网站检索和办事指引不够便捷，群众多有反映。"
SECOND = "政策解读的形式比较单一，全年只有两次用了图表。"


def test_a_paragraph_that_moved_is_told_as_moved_with_what_changed_in_it() -> None:
    changes = compare(content(FIRST, SECOND, "三。"), content(SECOND.replace("两次", "三次"), "三。", FIRST))
    assert [change.text for change in changes.rearranged] == ["原第 1 段移到第 3 段"]
    assert changes.texts == (TextChange("overview", SECOND, SECOND.replace("两次", "三次"), 1, 0),)


def test_split_and_joined_paragraphs_are_told_and_their_sentences_are_not() -> None:
    one, two = content(FIRST + SECOND), content(FIRST, SECOND)
    assert [change.text for change in compare(one, two).rearranged] == ["原第 1 段拆成第 1、2 段"]
    assert [change.text for change in compare(two, one).rearranged] == ["原第 1、2 段合成第 1 段"]
    assert compare(one, two).texts == compare(two, one).texts == ()


def test_a_part_that_is_gone_is_told_sentence_by_sentence() -> None:
    assert [change.old for change in compare(content("一句。二句。"), content()).texts] == [
        "一句。",
        "二句。",
    ]


def test_a_number_is_never_cut_in_two() -> None:
    assert pieces("占31.58%。", "占31.5%。") == [
        ("same", "占"), ("delete", "31.58%"), ("insert", "31.5%"), ("same", "。"),
    ]  # fmt: skip


def test_a_text_of_which_less_than_half_stayed_is_replaced() -> None:
    old, new = "公开的内容不够及时。", "栏目更新的速度不快。"
    assert pieces(old, new) == [("delete", old), ("insert", new)]


def test_a_single_character_between_longer_changes_is_no_sameness() -> None:
    found = pieces(
        "全年工作平稳有序，网站的检索比较慢，没有投诉。", "全年工作平稳有序，热线的接听很及时，没有投诉。"
    )
    assert found[1:3] == [("delete", "网站的检索比较慢"), ("insert", "热线的接听很及时")]
    assert [kind for kind, _ in found] == ["same", "delete", "insert", "same"]


def test_words_only_put_in_or_only_left_out_are_shown_as_such_however_many() -> None:
    assert pieces("没有收费。", "没有收费，也没有减免，全年都是这样。")[0] == ("same", "没有收费")


def test_a_latin_word_is_never_cut_in_two() -> None:
    assert pieces("用Word打开", "用Works打开")[1:3] == [("delete", "Word"), ("insert", "Works")]


@given(texts, texts)
def test_the_pieces_are_the_old_and_the_new_text(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(text for kind, text in found if kind != "insert") == old
    assert "".join(text for kind, text in found if kind != "delete") == new


@given(st.lists(texts.filter(str.strip), max_size=4), st.lists(texts.filter(str.strip), max_size=4))
def test_the_changes_are_empty_only_for_equal_texts(old: list[str], new: list[str]) -> None:
    assert bool(compare(content(*old), content(*new))) == (old != new)


def test_a_long_text_of_equal_sentences_is_compared_in_proportion_to_its_length() -> None:
    def work(sentences: int) -> int:
        old, new = content("政府信息公开。" * sentences), content("政府信息公开。" * sentences + "完。")
        assert [change.new for change in compare(old, new).texts] == ["完。"]
        return steps(lambda: compare(old, new))

    assert work(4000) < 3 * work(2000)


def test_two_sentences_with_little_in_common_are_one_left_out_and_one_put_in() -> None:
    old, new = content("政策解读的形式比较单一。"), content("全年没有收取信息处理费。")
    assert sorted((change.old, change.new) for change in compare(old, new).texts) == [
        ("", "全年没有收取信息处理费。"),
        ("政策解读的形式比较单一。", ""),
    ]


def test_a_long_text_rewritten_from_end_to_end_is_not_compared_word_by_word() -> None:
    old, new = "政务公开信息年度" * 4000, "公开政务年度信息" * 4000
    assert pieces(old, new) == [("delete", old), ("insert", new)]
    assert steps(lambda: pieces(old, new)) < len(old)
