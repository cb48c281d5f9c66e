"""Words struck out or hidden by their look: a deletion where new words stand beside them, else told; never joined."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.form.model import Form
from reportgen.model.differences import FigureChange
from reportgen.review import verify
from reportgen.review.pull import Pulled

from .test_merging import INPUT, Cycle

NEW = "requests.new_received.natural"


@pytest.fixture
def cycle(tmp_path: Path, form: Form) -> Cycle:
    return Cycle(tmp_path, form)


def told(found: Pulled) -> str:
    return "".join(found.file.unknown)


@pytest.mark.parametrize("look", ["w:strike", "w:dstrike"])
def test_a_struck_figure_with_a_new_one_beside_it_is_the_new_one(look: str, cycle: Cycle) -> None:
    cycle.leader.mark(NEW, "18", look)
    found = cycle.pull()
    assert found.merge.corrections.figures == (FigureChange(NEW, "19", "18"),)
    assert found.text == INPUT.replace("[ 19, 0, 0, 0, 0, 0, 19 ]   #", "[ 18, 0, 0, 0, 0, 0, 19 ]   #")
    assert found.file.unknown == ()


@pytest.mark.parametrize("look", ["w:strike", "w:vanish"])
def test_a_marked_figure_without_a_new_one_stays_and_is_told(look: str, cycle: Cycle) -> None:
    cycle.leader.mark(NEW, look=look)
    found = cycle.pull()
    assert not found.merge.corrections
    assert not found.is_new
    assert not found.is_clear
    assert "“19”" in told(found)


def test_a_hidden_figure_is_told_with_a_new_one_beside_it_too(cycle: Cycle) -> None:
    cycle.leader.mark(NEW, "18", "w:vanish")
    found = cycle.pull()
    assert found.merge.corrections.figures == (FigureChange(NEW, "19", "18"),)
    assert "隐藏" in told(found)


def test_struck_words_with_new_ones_beside_them_are_replaced(cycle: Cycle) -> None:
    cycle.leader.mark("都写在", "全都写到了")
    found = cycle.pull()
    assert "全都写到了这里" in found.text
    assert "都写在" not in found.text
    assert found.file.unknown == ()


@pytest.mark.parametrize("words", ["都写在", "问题和改进都写在这里。"])
def test_struck_words_alone_stay_and_are_told(words: str, cycle: Cycle) -> None:
    cycle.leader.mark(words)
    found = cycle.pull()
    assert not found.is_new
    assert f"划了删除线的文字“{words}”" in told(found)


def test_words_struck_here_do_not_stop_a_correction_there(cycle: Cycle) -> None:
    cycle.leader.mark("都写")
    cycle.leader.replace("这里", "别处")
    found = cycle.pull()
    assert "都写在别处" in found.text
    assert "“都写”" in told(found)


def test_a_struck_number_in_the_text_is_never_joined_with_the_new_one(cycle: Cycle) -> None:
    cycle.leader.mark("19", "18")
    found = cycle.pull()
    assert "1918" not in found.text
    assert "1918" not in "".join(found.file.content.texts["overview"])
    assert "1819" not in found.text


def test_a_new_word_that_was_struck_again_was_never_there(cycle: Cycle) -> None:
    cycle.leader.replace("这里", "这里现在")
    cycle.leader.mark("现在")
    found = cycle.pull()
    assert not found.is_new


def test_a_struck_heading_and_a_struck_label_are_still_found(cycle: Cycle) -> None:
    cycle.leader.mark("五、存在的主要问题及改进情况")
    for run in cycle.leader.row(NEW).iter("{*}r"):
        run.get_or_add_rPr().append(run.makeelement(f"{{{run.nsmap['w']}}}strike"))
    found = cycle.pull()
    assert not found.is_new
    assert not found.merge.conflicts
    assert found.file.missing == frozenset()
    assert "存在的主要问题" in told(found)


@pytest.mark.parametrize("look", ["w:strike", "w:vanish"])
def test_what_is_struck_or_hidden_on_a_published_file_is_not_the_same(look: str, cycle: Cycle) -> None:
    cycle.leader.mark(NEW, look=look)
    cycle.reviewed.write_bytes(cycle.leader.saved())
    found = verify.verify(cycle.reviewed, cycle.input)
    assert found.changes.figures == (FigureChange(NEW, "19", None),)
    assert any("“19”" in what for what in found.unknown)
    assert not found.is_same
