"""The leader's words are kept: from the draft that came back to the ledger, the next draft and the final."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from reportgen.form.model import Form
from reportgen.job import start
from reportgen.model.opinions import Kind, Opinion, State
from reportgen.reading.opinions_file import opinions_path, read_opinions

from ..conftest import Run
from ..reviewer import Reviewer
from ..writing.office import saved_by_libreoffice
from ..writing.ooxml import problems

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
NAME = "莆田市公安局2022年政府信息公开工作年度报告"
NATURAL, LICENSING = "requests.granted.natural", "active_disclosure.licensing"


@pytest.fixture
def input(tmp_path: Path) -> Path:
    path = tmp_path / "本局-2022.toml"
    path.write_bytes(EXAMPLE.read_bytes())
    return path


@pytest.fixture
def leader(run: Run, input: Path, form: Form) -> Reviewer:
    """The leader, with the first draft."""
    run("build", input)
    return Reviewer(draft(input, 1).read_bytes(), form)


def draft(input: Path, number: int, ending: str = ".docx") -> Path:
    return input.with_name(f"{NAME}（送审稿{number}）{ending}")


def come_back(leader: Reviewer, input: Path, number: int = 1) -> Path:
    draft(input, number).write_bytes(leader.saved())
    return draft(input, number)


def opinions(input: Path) -> tuple[Opinion, ...]:
    return read_opinions(input).opinions


def comments(path: Path) -> list[tuple[str, str]]:
    return [(comment.author, comment.text) for comment in docx.Document(str(path)).comments]


def answer(input: Path, old: str, new: str) -> None:
    path = opinions_path(input)
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


# ── pull fills the ledger ───────────────────────────────────────────────────────────────────────────


def test_comments_and_corrections_are_noted_with_their_authors(
    run: Run, input: Path, leader: Reviewer
) -> None:
    leader.comment(NATURAL, "请与信访科核对。")
    leader.track("三级审签", "三审三校")
    leader.write(LICENSING, "335880")
    status, said = run("pull", come_back(leader, input), input)
    assert status == 0
    assert f"意见台账 {opinions_path(input)}：新记 3 条，未处理 3 条。" in said
    comment, figure, text = opinions(input)
    assert (comment.number, comment.draft, comment.author, comment.place, comment.words, comment.said) == (
        1, "送审稿1", "张局长", "表三·（一）予以公开·自然人", "6", "请与信访科核对。",
    )  # fmt: skip
    assert (figure.kind, figure.author, figure.place, figure.words, figure.said) == (
        Kind.CORRECTION, "", "表二·行政许可", "335873", "335880",
    )  # fmt: skip
    assert (text.author, text.place) == ("张局长", "一、总体情况·第 4 段")
    assert "三级审签" in text.words
    assert "三审三校" in text.said
    assert input.read_bytes() == EXAMPLE.read_bytes()


def test_the_same_draft_adds_nothing_a_second_time(run: Run, input: Path, leader: Reviewer) -> None:
    leader.comment(NATURAL, "请核对。")
    leader.comment("平稳", "再斟酌。")
    leader.comment("逐项落实", "再斟酌。")  # the same words, on the same sentence
    leader.write(LICENSING, "335880")
    come_back(leader, input)
    run("pull", draft(input, 1), input)
    before = opinions_path(input).read_bytes()
    status, said = run("pull", draft(input, 1), input)
    assert status == 0
    assert "新记 0 条，未处理 4 条" in said
    assert opinions_path(input).read_bytes() == before
    leader.comment("三级审签", "写全称。")
    run("pull", come_back(leader, input), input)
    assert [opinion.said for opinion in opinions(input)][4:] == ["写全称。"]


def test_a_correction_is_taken_once_the_input_has_it(run: Run, input: Path, leader: Reviewer) -> None:
    leader.track("三级审签", "三审三校")
    leader.write(LICENSING, "335880")
    input.write_text(input.read_text(encoding="utf-8").replace("335873", "335999"), encoding="utf-8")
    status, _ = run("pull", come_back(leader, input), input, "--write")
    assert status == 1  # the figure was changed on both sides
    assert [opinion.state for opinion in opinions(input)] == [State.OPEN, State.TAKEN]
    input.write_text(input.read_text(encoding="utf-8").replace("335999", "335880"), encoding="utf-8")
    run("pull", draft(input, 1), input)
    assert [opinion.state for opinion in opinions(input)] == [State.TAKEN, State.TAKEN]


def test_an_answer_of_the_clerk_is_never_changed_by_pull(run: Run, input: Path, leader: Reviewer) -> None:
    leader.comment(NATURAL, "请核对。")
    come_back(leader, input)
    run("pull", draft(input, 1), input)
    answer(input, '"未处理"', '"不采纳"  # 王科长定的')
    answer(input, 'reason  = ""', 'reason  = "已与信访科核对"')
    before = opinions_path(input).read_bytes()
    run("pull", draft(input, 1), input, "--write")
    assert opinions_path(input).read_bytes() == before


def test_a_broken_ledger_stops_pull_before_anything_is_written(
    run: Run, input: Path, leader: Reviewer
) -> None:
    leader.write(LICENSING, "335880")
    opinions_path(input).write_text('[[opinions]]\nnumber = 1\nstate = "好"\n', encoding="utf-8")
    status, said = run("pull", come_back(leader, input), input, "--write")
    assert status == 2
    assert "意见.toml 不能用" in said
    assert "第 3 行" in said
    assert input.read_bytes() == EXAMPLE.read_bytes()
    assert '"好"' in opinions_path(input).read_text(encoding="utf-8")
    status, said = run("build", input)
    assert status == 2
    assert "没有生成文件" in said


# ── threads ─────────────────────────────────────────────────────────────────────────────────────────


def threaded(data: bytes, *threads: tuple[int | None, bool]) -> bytes:
    """A draft whose comments answer one another: for each comment the number of the one it answers, and 已解决."""
    old, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    ids = [f"4000000{i}" for i in range(len(threads))]
    told = "".join(
        f'<w15:commentEx w15:paraId="{ids[i]}" w15:done="{int(done)}"'
        + (f' w15:paraIdParent="{ids[parent]}"' if parent is not None else "")
        + "/>"
        for i, (parent, done) in enumerate(threads)
    )
    with zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/comments.xml":
                root = etree.fromstring(part)
                for id, comment in zip(ids, root, strict=True):
                    comment[-1].set(f"{{{w14}}}paraId", id)
                part = etree.tostring(root)
            new.writestr(name, part)
        new.writestr(
            "word/commentsExtended.xml", f'<w15:commentsEx xmlns:w15="{w15}">{told}</w15:commentsEx>'
        )
    return out.getvalue()


def test_replies_and_done_marks_of_word_are_kept(run: Run, input: Path, leader: Reviewer) -> None:
    leader.comment(NATURAL, "请核对。")
    leader.comment(NATURAL, "已核对。", author="王科长")
    leader.comment("平稳", "再斟酌。")
    draft(input, 1).write_bytes(threaded(leader.saved(), (None, False), (0, False), (None, True)))
    _, said = run("pull", draft(input, 1), input)
    assert "批注 2 条" in said
    assert "请核对。　回复：王科长：已核对。" in said
    words, cell = opinions(input)
    assert (words.said, words.state, words.reason) == ("再斟酌。", State.TAKEN, "在 Word 里已标为解决")
    assert (cell.said, cell.state, cell.replies) == ("请核对。", State.OPEN, ("王科长：已核对。",))


def test_a_reply_to_a_finding_of_the_draft_is_a_comment_of_its_own(run: Run, input: Path, form: Form) -> None:
    input.write_text(input.read_text(encoding="utf-8").replace("[ 6, ", "[ 7, "), encoding="utf-8")
    run("build", input)
    leader = Reviewer(draft(input, 1).read_bytes(), form)
    own = len(leader.word.comments)
    assert own == 1
    leader.comment(NATURAL, "这个数问信访科。")
    draft(input, 1).write_bytes(threaded(leader.saved(), (None, False), (0, False)))
    run("pull", draft(input, 1), input)
    assert [opinion.said for opinion in opinions(input)] == ["这个数问信访科。"]


# ── the next draft ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def second(run: Run, input: Path, leader: Reviewer) -> str:
    """What the terminal says of the second draft: the leader commented twice and corrected a sentence."""
    leader.comment(NATURAL, "请核对。")
    leader.comment("平稳", "再斟酌。\n第二段。")
    leader.track("三级审签", "三审三校")
    run("pull", come_back(leader, input), input, "--write")
    input.write_text(
        input.read_text(encoding="utf-8").replace("三种申请渠道", "多种申请渠道"), encoding="utf-8"
    )
    return run("build", input)[1]


def test_open_comments_stand_in_the_next_draft_with_their_authors(input: Path, second: str) -> None:
    assert comments(draft(input, 2)) == [
        ("张局长", "意见1（送审稿1，未处理）\n再斟酌。\n第二段。"),
        ("张局长", "意见2（送审稿1，未处理）\n请核对。"),
    ]
    page = draft(input, 2, ".html").read_text(encoding="utf-8")
    assert "以前各稿的意见，还有 2 条没有答复" in page
    assert '<a href="#requests.granted.natural">表三·（一）予以公开·自然人：请核对。</a>' in page


def test_the_terminal_lists_what_waits_for_an_answer(input: Path, second: str) -> None:
    assert "还有 2 条意见没有答复" in second
    assert "2. 未处理  张局长（送审稿1） · 表三·（一）予以公开·自然人“6”：请核对。" in second


def test_the_check_sheet_lists_open_and_answered_ones(run: Run, input: Path, second: str) -> None:
    run("opinions", input, "--refuse", "1", "--reason", "与省厅口径一致")
    run("build", input)
    for ending in ("核对单.html", "核对单.docx"):
        path = draft(input, 2, ending)
        said = path.read_text(encoding="utf-8") if ending.endswith("html") else "\n".join(
            paragraph.text for paragraph in docx.Document(str(path)).paragraphs
        )  # fmt: skip
        assert "审核意见" in said
        assert "2. 张局长（送审稿1）　表三·（一）予以公开·自然人：请核对。　未处理" in said
        assert "1. 张局长（送审稿1）　一、总体情况：再斟酌。 第二段。　不采纳（与省厅口径一致）" in said
        assert "修改 1 处已采纳" in said


def test_the_changes_keep_the_names_of_reviewers(input: Path, second: str) -> None:
    with zipfile.ZipFile(draft(input, 2, "修订对照.docx")) as package:
        xml = package.read("word/document.xml").decode()
    found = {
        (author, "".join(re.findall(r"<w:(?:t|delText) [^>]*>([^<]*)<", runs)))
        for author, runs in re.findall(
            r'<w:(?:ins|del) w:id="\d+" w:author="([^"]*)"[^/>]*>(.*?)</w:(?:ins|del)>', xml
        )
    }
    assert {text for author, text in found if author == "张局长"} >= {"级", "签"}
    assert {text for author, text in found if author == "经办人"} == {"三", "多"}


def test_the_same_input_and_ledger_give_the_same_bytes(
    run: Run, input: Path, second: str, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in tmp_path.glob("*送审稿2*")}
    assert len(before) == 5
    for path in before:
        path.unlink()
    run("build", input)
    assert {path: path.read_bytes() for path in tmp_path.glob("*送审稿2*")} == before


@pytest.mark.parametrize("saved_by", ["Word", "LibreOffice"])
def test_what_the_draft_carried_is_not_new_when_it_comes_back(
    saved_by: str, run: Run, input: Path, second: str, tmp_path: Path
) -> None:
    before = opinions_path(input).read_bytes()
    if saved_by == "LibreOffice":
        draft(input, 2).write_bytes(saved_by_libreoffice(draft(input, 2).read_bytes(), tmp_path))
    status, said = run("pull", draft(input, 2), input)
    assert status == 0
    assert "批注 0 条" in said
    assert "新记 0 条，未处理 2 条" in said
    assert opinions_path(input).read_bytes() == before


def test_a_carried_comment_that_was_changed_or_answered_is_seen(
    run: Run, input: Path, second: str, form: Form
) -> None:
    leader = Reviewer(draft(input, 2).read_bytes(), form)
    words, _ = leader.word.comments
    words.add_paragraph("年底以前定稿。")
    leader.comment(NATURAL, "已核对。", author="王科长")
    come_back(leader, input, 2)
    _, said = run("pull", draft(input, 2), input)
    assert "以前的批注，有了新的话" in said
    found = opinions(input)
    assert found[0].replies == ("张局长：年底以前定稿。",)
    assert [opinion.said for opinion in found[3:]] == ["已核对。"]
    run("pull", draft(input, 2), input)
    assert opinions(input) == found


def test_more_words_open_an_answered_comment_again(run: Run, input: Path, second: str, form: Form) -> None:
    leader = Reviewer(draft(input, 2).read_bytes(), form)
    words, _ = leader.word.comments
    words.add_paragraph("不行。")
    run("opinions", input, "--accept", "1")
    run("pull", come_back(leader, input, 2), input)
    assert opinions(input)[0].state is State.OPEN


def test_a_carried_comment_whose_ledger_is_gone_is_noted_anew(run: Run, input: Path, second: str) -> None:
    opinions_path(input).unlink()
    run("pull", draft(input, 2), input)
    assert [(o.number, o.draft, o.said) for o in opinions(input)] == [
        (1, "送审稿1", "再斟酌。\n第二段。"),
        (2, "送审稿1", "请核对。"),
    ]


def test_a_comment_whose_sentence_is_gone_stands_at_the_nearest_paragraph(
    run: Run, input: Path, second: str
) -> None:
    text = input.read_text(encoding="utf-8")
    input.write_text(text.replace("各项工作平稳有序", "各项工作有序推进"), encoding="utf-8")
    answer(input, 'at      = "requests.granted.natural"', 'at      = "requests.gone.natural"')
    run("build", input)
    document = docx.Document(str(draft(input, 3)))
    body = document.element.body
    places = {
        start.getparent().xpath("string(.)")[:12]: start.values()[0]
        for start in body.iter("{*}commentRangeStart")
    }
    assert set(places) == {NAME[:12], "2022年，我局把政府信"}


# ── the final ───────────────────────────────────────────────────────────────────────────────────────


def test_a_final_with_an_unanswered_comment_is_warned_of(run: Run, input: Path, second: str) -> None:
    status, said = run("build", input, "--final")
    assert status == 0
    assert "定稿已生成，但还有 2 条意见没有答复" in said
    run("opinions", input, "--accept", "1", "--accept", "2")
    _, said = run("build", input, "--final")
    assert "没有答复" not in said


def test_a_refusal_without_a_reason_is_no_answer(run: Run, input: Path, second: str) -> None:
    answer(input, '"未处理"', '"不采纳"')
    _, said = run("build", input, "--final")
    assert "还有 2 条意见没有答复" in said
    assert "不采纳，还没有写理由" in said


def test_a_correction_taken_in_by_hand_waits_no_more(run: Run, input: Path, leader: Reviewer) -> None:
    leader.write(LICENSING, "335880")
    run("pull", come_back(leader, input), input)
    assert "还有 1 条意见没有答复" in run("build", input)[1]
    input.write_text(input.read_text(encoding="utf-8").replace("335873", "335880"), encoding="utf-8")
    assert "没有答复" not in run("build", input)[1]


# ── the command ─────────────────────────────────────────────────────────────────────────────────────


def test_the_command_lists_and_answers(run: Run, input: Path, second: str) -> None:
    status, said = run("opinions", input)
    assert status == 0
    assert "共 3 条，未处理 2 条" in said
    assert "落实三〔删去：级〕审〔签→三校〕" in said
    status, said = run("opinions", input, "--accept", "1", "--reason", "已改")
    assert "1. 已采纳（已改）" in said
    assert opinions(input)[0].reason == "已改"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--refuse", "1"], "请用 --reason 写明理由"),
        (["--accept", "9"], "台账里没有：9"),
        (["--accept", "1", "--refuse", "1", "--reason", "x"], "既采纳又不采纳：1"),
    ],
)
def test_a_wrong_answer_is_refused(
    arguments: list[str], message: str, run: Run, input: Path, second: str
) -> None:
    before = opinions_path(input).read_bytes()
    status, said = run("opinions", input, *arguments)
    assert status == 2
    assert message in said
    assert opinions_path(input).read_bytes() == before


def test_without_opinions_the_command_says_where_they_come_from(run: Run, input: Path) -> None:
    status, said = run("opinions", input)
    assert status == 0
    assert "reportgen pull" in said
    assert not opinions_path(input).exists()


@pytest.mark.parametrize("command", ["check", "build", "fix"])
def test_a_ledger_is_no_input_file(command: str, run: Run, input: Path, second: str) -> None:
    status, said = run(command, opinions_path(input))
    assert status == 2
    assert "这是意见台账，不是输入文件" in said
    assert not input.with_name("本局-2022.意见.意见.toml").exists()


def test_a_ledger_is_not_last_year_s_file(run: Run, input: Path, second: str) -> None:
    this = input.with_name("本局-2023.toml")
    this.write_text(input.read_text(encoding="utf-8").replace("2022", "2023"), encoding="utf-8")
    opinions_path(input).rename(input.with_name("本局-2022.意见.toml"))
    _, said = run("check", this)
    assert f"上一年：{input}" in said


# ── what could be lost or mistaken ──────────────────────────────────────────────────────────────────


def test_a_moved_paragraph_is_one_correction_and_is_settled(run: Run, input: Path, leader: Reviewer) -> None:
    first, last = "三级审签", "依申请公开情况"
    paragraph, other = leader.paragraph(first), leader.paragraph(last)
    other.addprevious(paragraph)
    run("pull", come_back(leader, input), input, "--write")
    assert {opinion.state for opinion in opinions(input)} <= {State.TAKEN}


def test_who_changed_a_figure_with_tracked_changes_is_told(run: Run, input: Path, leader: Reviewer) -> None:
    cell = leader.cell(LICENSING)
    old = next(cell.iter("{*}r"))
    new = copy.deepcopy(old)
    next(new.iter("{*}t")).text = "335880"
    for tag, run_ in (("ins", new), ("del", old)):
        change = OxmlElement(f"w:{tag}")
        change.set(qn("w:id"), "9000")
        change.set(qn("w:author"), "李局长")
        old.addprevious(change)
        change.append(run_)
    next(old.iter("{*}t")).tag = qn("w:delText")
    run("pull", come_back(leader, input), input)
    (opinion,) = opinions(input)
    assert (opinion.author, opinion.words, opinion.said) == ("李局长", "335873", "335880")


def test_who_struck_out_or_added_a_paragraph_is_told(run: Run, input: Path, leader: Reviewer) -> None:
    leader.untrack_paragraph("三级审签")
    leader.track_paragraph("依申请公开情况", "另行组织一次抽查。")
    run("pull", come_back(leader, input), input)
    assert {opinion.author for opinion in opinions(input)} == {"张局长"}


def test_an_oral_opinion_of_the_clerk_s_own_is_carried_and_known_again(
    run: Run, input: Path, second: str
) -> None:
    path = opinions_path(input)
    entry = '\n[[opinions]]\nnumber = 9\ndraft = "局务会（口头）"\nauthor = "李局长"\nsaid = "写短一些"\n'
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    run("build", input)
    assert comments(draft(input, 2))[0] == ("李局长", "意见9（局务会（口头），未处理）\n写短一些")
    before = path.read_bytes()
    run("pull", draft(input, 2), input)
    assert path.read_bytes() == before


HOSTILE = '</w:p>&"\x07\ufffe\u202e【{{ year }}】😀'


def test_hostile_words_break_no_file(run: Run, input: Path, second: str, form: Form) -> None:
    noted = read_opinions(input)
    new = replace(
        noted.opinions[0], number=7, said=HOSTILE, author=HOSTILE, words=HOSTILE, replies=(HOSTILE,)
    )
    opinions_path(input).write_bytes(noted.with_opinions((*noted.opinions, new)))
    status, _ = run("build", input)
    assert status == 0
    for path in input.parent.glob("*送审稿2*.docx"):
        assert problems(path.read_bytes()) == []
    assert "{{ year }}" in draft(input, 2, ".html").read_text(encoding="utf-8")


def test_windows_line_ends_and_another_encoding_stay(run: Run, input: Path, second: str) -> None:
    path = opinions_path(input)
    path.write_bytes(path.read_text(encoding="utf-8").replace("\n", "\r\n").encode("gb18030"))
    run("opinions", input, "--accept", "1")
    text = path.read_bytes().decode("gb18030")
    assert text.count("\n") == text.count("\r\n")
    assert opinions(input)[0].state is State.TAKEN


def test_a_mistyped_name_is_told(run: Run, input: Path) -> None:
    status, said = run("opinions", input.with_name("本局-2012.toml"))
    assert status == 2
    assert "没有这个文件" in said


def test_the_ledger_itself_may_be_given(run: Run, input: Path, second: str) -> None:
    assert run("opinions", opinions_path(input), "--accept", "1")[0] == 0
    assert opinions(input)[0].state is State.TAKEN


def test_the_same_words_of_the_clerk_in_another_paragraph_stay_the_clerk_s(
    run: Run, input: Path, leader: Reviewer
) -> None:
    leader.track("三级审签", "甲乙", insert_only=True)
    run("pull", come_back(leader, input), input, "--write")
    text = input.read_text(encoding="utf-8")
    input.write_text(text.replace("各项工作平稳有序", "各项工作平稳甲乙有序"), encoding="utf-8")
    run("build", input)
    with zipfile.ZipFile(draft(input, 2, "修订对照.docx")) as package:
        xml = package.read("word/document.xml").decode()
    authors = re.findall(r'<w:ins w:id="\d+" w:author="([^"]*)">(?:(?!</w:ins>).)*>甲乙<', xml)
    assert authors == ["经办人", "张局长"]


def test_words_that_were_only_shortened_are_not_taken_in_while_the_old_ones_stand(input: Path) -> None:
    content = start(input).document.content
    part, paragraphs = next((part, texts) for part, texts in content.texts.items() if texts)
    old = paragraphs[0]
    shortened = Opinion(1, "送审稿1", "王局长", Kind.CORRECTION, "前言", old, old[2:], at=part)
    gone = replace(shortened, said="")
    assert not shortened.is_met_by(content)
    assert not gone.is_met_by(content)
    taken = replace(content, texts={**content.texts, part: (old[2:], *paragraphs[1:])})
    assert shortened.is_met_by(taken)
    assert gone.is_met_by(taken)
    longer = replace(shortened, words=old[2:], said=old)
    assert longer.is_met_by(content)
    assert not longer.is_met_by(taken)


# ── comments that nobody has pulled ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("final", [(), ("--final",)])
def test_a_comment_that_nobody_has_pulled_is_told_by_every_build(
    final: tuple[str, ...], run: Run, input: Path, leader: Reviewer
) -> None:
    leader.comment(NATURAL, "请与信访科核对。")
    came_back = come_back(leader, input)
    status, said = run("build", input, *final)
    assert status == 0
    assert "退回的送审稿1里有 1 条批注还没有收进意见台账：" in said
    assert "请与信访科核对。" in said
    run("pull", came_back, input)
    assert "还没有收进意见台账" not in run("build", input, *final)[1]


def test_a_draft_as_it_was_made_has_no_comment_to_pull(run: Run, input: Path, leader: Reviewer) -> None:
    assert "批注" not in run("build", input, "--final")[1]


# ── moved paragraphs ────────────────────────────────────────────────────────────────────────────────


def move(leader: Reviewer, containing: str, before: str, author: str) -> None:
    """Move a paragraph before another one as Word tracks it: a copy there, the old one struck out."""
    old, other = leader.paragraph(containing), leader.paragraph(before)
    new = copy.deepcopy(old)
    other.addprevious(new)
    for paragraph, tag in ((new, "moveTo"), (old, "moveFrom")):
        change = OxmlElement(f"w:{tag}")
        runs = paragraph.findall(qn("w:r"))
        runs[0].addprevious(change)
        change.extend(runs)
        mark = OxmlElement("w:rPr")
        mark.append(OxmlElement(f"w:{tag}"))
        paragraph.get_or_add_pPr().append(mark)
        for element in (change, mark[0]):
            element.set(qn("w:id"), "9000")
            element.set(qn("w:author"), author)


def test_a_paragraph_that_only_moved_is_noted_with_who_moved_it(
    run: Run, input: Path, leader: Reviewer
) -> None:
    move(leader, "三级审签", "依申请公开情况", "李局长")
    come_back(leader, input)
    status, said = run("pull", draft(input, 1), input)
    assert status == 0
    (moved,) = opinions(input)
    assert (moved.kind, moved.author, moved.state) == (Kind.MOVE, "李局长", State.OPEN)
    assert (moved.place, moved.said) == ("一、总体情况", "原第 4 段移到第 3 段")
    assert "（三）政府信息管理情况" in moved.words
    run("pull", draft(input, 1), input, "--write")
    assert [opinion.state for opinion in opinions(input)] == [State.TAKEN]
    _, said = run("opinions", input)
    assert "原第 4 段移到第 3 段：“（三）政府信息管理情况" in said
    run("build", input)
    changes = docx.Document(str(draft(input, 2, "修订对照.docx"))).element.body
    authors = {
        element.get(qn("w:author"))
        for tag in ("moveTo", "moveFrom", "moveToRangeStart", "moveFromRangeStart")
        for element in changes.iter(qn(f"w:{tag}"))
    }
    assert authors == {"李局长"}


def test_a_moved_paragraph_that_the_clerk_moves_by_hand_is_settled(
    run: Run, input: Path, leader: Reviewer
) -> None:
    move(leader, "三级审签", "依申请公开情况", "李局长")
    run("pull", come_back(leader, input), input)
    lines = input.read_text(encoding="utf-8").split("\n")
    one, other = (
        next(i for i, line in enumerate(lines) if line.startswith(head))
        for head in ("（二）依申", "（三）政府")
    )
    lines[one], lines[other] = lines[other], lines[one]
    input.write_text("\n".join(lines), encoding="utf-8")
    _, said = run("build", input)
    assert "条意见没有答复" not in said


def test_a_paragraph_split_by_the_leader_is_noted(run: Run, input: Path, leader: Reviewer) -> None:
    leader.replace("主动公开文件按月移交市档案馆、市图书馆，累计21份。", "")
    leader.insert_paragraph("三级审签", "主动公开文件按月移交市档案馆、市图书馆，累计21份。")
    run("pull", come_back(leader, input), input, "--write")
    (split,) = (opinion for opinion in opinions(input) if opinion.kind is Kind.MOVE)
    assert split.said == "原第 4 段拆成第 4、5 段"
    assert {opinion.state for opinion in opinions(input)} == {State.TAKEN}


def test_a_sentence_moved_in_its_part_is_open_until_it_stands_there(
    run: Run, input: Path, leader: Reviewer
) -> None:
    sentence = "政策解读的形式比较单一；"
    leader.replace(f"二是{sentence}", "")
    leader.replace("（二）改进情况。", f"（二）改进情况。二是{sentence}")
    come_back(leader, input)
    assert run("build", input, "--final")[0] == 1
    run("pull", draft(input, 1), input, "--write")
    assert run("build", input, "--final")[0] == 0


def test_a_sentence_moved_to_another_part_is_two_corrections_to_answer(
    run: Run, input: Path, leader: Reviewer
) -> None:
    sentence = "畅通网上、信函和当面三种申请渠道，统一答复文书，严守答复时限。"
    leader.replace(sentence, "")
    leader.insert_paragraph("对照群众期待", sentence)
    run("pull", come_back(leader, input), input)
    assert [(o.place, o.words, o.said) for o in opinions(input)] == [
        ("一、总体情况·第 3 段", sentence, ""),
        ("五、存在的主要问题及改进情况·第 2 段", "", sentence),
    ]
    run("opinions", input, "--refuse", "1", "--refuse", "2", "--reason", "不合格式")
    assert run("build", input, "--final")[0] == 0


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_number_of_a_deleted_entry_is_not_given_again(run: Run, input: Path, leader: Reviewer) -> None:
    leader.comment(NATURAL, "请核对。")
    leader.comment("三级审签", "写全称。")
    run("pull", come_back(leader, input), input)
    path = opinions_path(input)
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.rindex("[[opinions]]")] + "# 我的说明\n", encoding="utf-8")
    leader.comment("平稳", "再斟酌。")
    run("pull", come_back(leader, input), input)
    assert [opinion.number for opinion in opinions(input)] == [1, 3, 4]
    assert "# 我的说明" in path.read_text(encoding="utf-8")


def test_a_ledger_of_before_gets_its_highest_number(run: Run, input: Path, second: str) -> None:
    path = opinions_path(input)
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("last")]
    path.write_text("\n".join(lines), encoding="utf-8")
    numbers = [opinion.number for opinion in opinions(input)]
    run("opinions", input, "--accept", str(numbers[0]))
    assert f"last = {max(numbers)} " in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("head", ["[[opinions]]", "[[ opinions ]]", '[["opinions"]]'])
def test_a_ledger_without_its_highest_number_gets_it_above_the_first_entry(
    head: str, run: Run, input: Path
) -> None:
    path = opinions_path(input)
    path.write_text(f'# 我的\n{head}\nnumber = 3\nsaid = "甲"', encoding="utf-8")
    run("opinions", input, "--accept", "3")
    assert (read_opinions(input).last, opinions(input)[0].state) == (3, State.TAKEN)
    assert path.read_text(encoding="utf-8").startswith("# 我的\nlast = 3 ")


def test_a_ledger_whose_entries_stand_in_one_list_is_refused(run: Run, input: Path) -> None:
    """Nothing can be added to it, nor an entry to its list."""
    opinions_path(input).write_text('opinions = [{ number = 1, said = "甲" }]\n', encoding="utf-8")
    status, said = run("opinions", input, "--accept", "1")
    assert status == 2
    assert "每条意见以 [[opinions]] 单独一行开头" in said


@pytest.mark.parametrize("value", ['"九"', "-1", "true", "false", "1.5", "0.0"])
def test_a_highest_number_that_is_none_is_told(value: str, run: Run, input: Path, second: str) -> None:
    path = opinions_path(input)
    path.write_text(
        re.sub("last = .*", f"last = {value}", path.read_text(encoding="utf-8")), encoding="utf-8"
    )
    status, said = run("opinions", input)
    assert status == 2
    assert "last（用过的最大的号）写成了" in said


# ── what the ledger answers stops no final ──────────────────────────────────────────────────────────


def test_words_in_a_figure_s_cell_wait_for_an_answer_and_no_longer(
    run: Run, input: Path, leader: Reviewer
) -> None:
    leader.write(NATURAL, "十四")
    come_back(leader, input)
    status, said = run("build", input, "--final")
    assert status == 1
    assert "表三·（一）予以公开·自然人  6 → 十四" in said
    assert "reportgen pull" in said
    status, said = run("pull", draft(input, 1), input, "--write")
    assert status == 1
    assert "表三·（一）予以公开·自然人：送审时“6”，改成“十四”。“十四”不是数字" in said
    assert "缺少一行" not in said
    status, said = run("build", input, "--final")
    assert status == 1
    assert "已记在意见台账第 1 条，还没有答复" in said
    assert f'reportgen opinions "{input}" --refuse 1 --reason 理由' in said
    assert "reportgen pull" not in said
    run("opinions", input, "--refuse", "1", "--reason", "以原数为准")
    status, said = run("build", input, "--final")
    assert status == 0
    assert "定稿与送审稿1一致。" in said


@pytest.mark.parametrize("answer", [["--accept", "1"], ["--refuse", "1", "--reason", "业务科室核实"]])
def test_a_conflict_that_the_clerk_decided_stops_no_final(
    answer: list[str], run: Run, input: Path, leader: Reviewer
) -> None:
    leader.write(LICENSING, "335880")
    come_back(leader, input)
    input.write_text(input.read_text(encoding="utf-8").replace("335873", "335999"), encoding="utf-8")
    run("pull", draft(input, 1), input, "--write")
    assert run("build", input, "--final")[0] == 1
    run("opinions", input, *answer)
    assert run("build", input, "--final")[0] == 0


def test_what_was_taken_in_and_undone_is_open_again(run: Run, input: Path, leader: Reviewer) -> None:
    leader.write(LICENSING, "335880")
    come_back(leader, input)
    run("pull", draft(input, 1), input, "--write")
    input.write_text(input.read_text(encoding="utf-8").replace("335880", "335873"), encoding="utf-8")
    assert run("build", input, "--final")[0] == 1, "nobody has answered it"
    run("opinions", input, "--refuse", "1", "--reason", "核实后仍用原数")
    assert run("build", input, "--final")[0] == 0


def test_what_was_not_understood_is_noted_and_stops_the_final_until_answered(
    run: Run, input: Path, leader: Reviewer
) -> None:
    leader.delete_row("requests.declined_repeat.natural")
    leader.insert_paragraph("三、收到和处理", "以上数据不含派出机构。")
    come_back(leader, input)
    status, said = run("build", input, "--final")
    assert status == 1
    assert "里有 2 处改动还没有收进输入文件" in said
    assert "2.重复申请" in said
    run("pull", draft(input, 1), input, "--write")
    assert [(o.kind, o.is_open) for o in opinions(input)] == [(Kind.UNREAD, True)] * 2
    run("pull", draft(input, 1), input, "--write")
    assert len(opinions(input)) == 2
    run("opinions", input, "--refuse", "1", "--refuse", "2", "--reason", "格式不能改")
    assert run("build", input, "--final")[0] == 0


def test_the_page_of_a_draft_is_read_too(run: Run, input: Path, leader: Reviewer) -> None:
    page = draft(input, 1, ".html")
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("font-size", "font-size ", 1), encoding="utf-8")
    assert run("build", input, "--final")[0] == 0, "what it says is the same"
    page.write_text(text.replace("三级审签", "三审三校").replace(">335873<", ">335874<"), encoding="utf-8")
    status, said = run("build", input, "--final")
    assert status == 1
    assert "表二·行政许可  335873 → 335874" in said
    assert "网页里的改动不能自动带回" in said
    new = input.read_text(encoding="utf-8").replace("三级审签", "三审三校").replace("335873", "335874")
    input.write_text(new, encoding="utf-8")
    assert run("build", input, "--final")[0] == 0


def test_of_the_same_corrections_in_two_copies_each_is_told_once(
    run: Run, input: Path, leader: Reviewer
) -> None:
    leader.track("三级审签", "三审三校")
    data = come_back(leader, input).read_bytes()
    (input.parent / "张局改.docx").write_bytes(data)
    _, said = run("build", input, "--final")
    assert said.count("一、总体情况第 4 段：") == 1
    assert f"{draft(input, 1)}、{input.parent / '张局改.docx'} 里有 1 处" in said


def test_a_final_with_errors_tells_what_is_open_too(run: Run, input: Path, leader: Reviewer) -> None:
    leader.track("三级审签", "三审三校")
    come_back(leader, input)
    input.write_text(
        input.read_text(encoding="utf-8").replace("[ 11,    0,", "[ 12,    0,"), encoding="utf-8"
    )
    status, said = run("build", input, "--final")
    assert status == 1
    assert "错误 T01" in said
    assert "里有 1 处改动还没有收进输入文件" in said
    assert "没有生成定稿：请先改正上面的错误；请先把上面的改动收进来" in said


def test_a_second_pull_says_what_is_taken_in(run: Run, input: Path, leader: Reviewer) -> None:
    leader.write(LICENSING, "335880")
    leader.write(NATURAL, "十四")
    leader.track("三级审签", "三审三校")
    come_back(leader, input)
    _, said = run("pull", draft(input, 1), input, "--write")
    assert "已收进" not in said
    _, said = run("pull", draft(input, 1), input)
    taken = {line.strip() for line in said.splitlines() if line.endswith("（已收进）")}
    assert len(taken) == 2
    assert "表二·行政许可  335873 → 335880（已收进）" in taken
    assert "表三·（一）予以公开·自然人  6 → 十四\n" in said
