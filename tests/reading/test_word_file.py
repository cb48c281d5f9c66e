"""A Word file is read back whole, whoever saved it last; what cannot be understood is told, never dropped."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reportgen.form.model import Form
from reportgen.model import package
from reportgen.model.document import compose
from reportgen.model.findings import InputError
from reportgen.model.provenance import DRAFT, Origin
from reportgen.reading.word_comments import Comment
from reportgen.reading.word_file import WordFile, read_word
from reportgen.writing import word

from ..conftest import PUBLISHED_NAMES, make_report, published
from ..reviewer import Reviewer
from ..writing.documents import NARRATIVE, empty, extreme, whole
from ..writing.office import saved_by_libreoffice

NATURAL, LABEL = "requests.granted.natural", "表三·（一）予以公开·自然人"
LICENSING, UPHELD = "active_disclosure.licensing", "review_litigation.review.upheld"
Read = Callable[[bytes], WordFile]


@pytest.fixture
def draft(form: Form) -> bytes:
    return word.render(whole(form), draft="送审稿1", origin=Origin("format", "0" * 64, 1))


@pytest.fixture
def reviewer(draft: bytes, form: Form) -> Reviewer:
    return Reviewer(draft, form)


@pytest.fixture
def read(form: Form, tmp_path: Path) -> Read:
    def read(data: bytes) -> WordFile:
        path = tmp_path / "came back.docx"
        path.write_bytes(data)
        return read_word(path, form)

    return read


# ── all of it ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", PUBLISHED_NAMES)
def test_every_figure_and_word_is_read_back(name: str, form: Form, read: Read) -> None:
    document = compose(make_report(published(name), form, NARRATIVE))
    found = read(word.render(document, draft="送审稿1"))
    assert found.content == document.content
    assert len(found.content.figures) == 200
    assert found.unknown == found.remarks == ()
    assert found.missing == frozenset()


def test_nothing_filled_in_is_read_as_nothing_and_not_as_zero(form: Form, read: Read) -> None:
    found = read(word.render(empty(form), draft="送审稿1"))
    assert found.content.figures == found.content.texts == {}
    assert found.missing == frozenset()
    assert found.unknown == ()


def test_hostile_text_is_read_back_to_the_letter(form: Form, read: Read) -> None:
    document = extreme(form)
    found = read(word.render(document))
    assert found.content.texts == document.content.texts
    assert found.content.figures == document.content.figures


def test_a_file_saved_by_libreoffice_says_the_same(
    draft: bytes, form: Form, read: Read, tmp_path: Path
) -> None:
    found = read(saved_by_libreoffice(draft, tmp_path))
    assert found.content == whole(form).content
    assert found.unknown == ()
    assert found.properties[DRAFT] == "1"


def test_the_properties_tell_which_draft_it_is(draft: bytes, read: Read) -> None:
    assert read(draft).properties[DRAFT] == "1"


def test_a_column_that_a_program_added_does_not_move_the_figures(reviewer: Reviewer, read: Read) -> None:
    for row in reviewer.table("review_litigation").findall(qn("w:tr")):
        ghost = OxmlElement("w:tc")
        ghost.append(OxmlElement("w:p"))
        row.append(ghost)
    reviewer.write("review_litigation.suit_after_review.total", "7")
    found = read(reviewer.saved())
    assert found.content.figures["review_litigation.suit_after_review.total"] == "7"
    assert found.unknown == ()


def test_a_file_of_words_strict_format_is_read(draft: bytes, form: Form, read: Read) -> None:
    strict = changed(
        draft,
        "word/document.xml",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert read(strict).content == whole(form).content


# ── tracked changes ─────────────────────────────────────────────────────────────────────────────────


def test_tracked_words_are_read_as_accepted(reviewer: Reviewer, read: Read) -> None:
    reviewer.track("平稳", "总体平稳")
    found = read(reviewer.saved())
    assert found.content.texts["overview"][0] == "全年工作总体平稳有序。"


def test_a_paragraph_put_in_with_its_mark_is_there(reviewer: Reviewer, read: Read) -> None:
    reviewer.track_paragraph("解读形式单一", "（三）其他。没有。")
    found = read(reviewer.saved())
    assert found.content.texts["problems"][1] == "（三）其他。没有。"


def test_a_paragraph_deleted_with_its_mark_is_not_there(reviewer: Reviewer, read: Read) -> None:
    reviewer.untrack_paragraph("解读形式单一")
    found = read(reviewer.saved())
    assert found.content.texts["problems"] == ("（二）改进情况。多用图表。",)


def test_a_paragraph_mark_deleted_with_tracking_joins_two_paragraphs(reviewer: Reviewer, read: Read) -> None:
    reviewer.delete_mark("解读形式单一")
    found = read(reviewer.saved())
    assert found.content.texts["problems"] == (
        "（一）存在的主要问题。解读形式单一。（二）改进情况。多用图表。",
    )


def test_a_row_deleted_with_tracking_is_told(reviewer: Reviewer, read: Read) -> None:
    reviewer.delete_row(NATURAL, tracked=True)
    found = read(reviewer.saved())
    assert any("缺少一行" in message and "（一）予以公开" in message for message in found.unknown)
    assert NATURAL in found.missing


# ── what cannot be understood ───────────────────────────────────────────────────────────────────────


def test_a_deleted_row_is_told_and_its_figures_are_not_called_empty(reviewer: Reviewer, read: Read) -> None:
    reviewer.delete_row(NATURAL)
    found = read(reviewer.saved())
    assert found.unknown == ("表三缺少一行，或这一行的格数不对：（一）予以公开",)
    assert {key for key in found.missing if key.startswith("requests.granted.")} == found.missing
    assert len(found.missing) == 7
    assert len(found.content.figures) == 193


def test_a_new_row_is_told(reviewer: Reviewer, read: Read) -> None:
    row = reviewer.row(NATURAL)
    new = copy.deepcopy(row)
    new.findall(qn("w:tc"))[1].find(".//" + qn("w:t")).text = "（八）并案处理"
    row.addnext(new)
    found = read(reviewer.saved())
    assert any("认不出来" in message and "并案处理" in message for message in found.unknown)
    assert found.content.figures[NATURAL] == "6"
    assert len(found.content.figures) == 200


def test_a_row_with_one_figure_too_many_is_told_and_not_read(reviewer: Reviewer, read: Read) -> None:
    cell = reviewer.cell(NATURAL)
    cell.addnext(copy.deepcopy(cell))
    found = read(reviewer.saved())
    assert "表三缺少一行，或这一行的格数不对：（一）予以公开" in found.unknown
    assert NATURAL in found.missing


def test_a_new_table_is_told(reviewer: Reviewer, read: Read) -> None:
    table = reviewer.word.add_table(2, 2)
    table.cell(0, 0).text = "科室"
    assert any("多了一张表" in message and "科室" in message for message in read(reviewer.saved()).unknown)


def test_words_under_a_table_are_told(reviewer: Reviewer, read: Read) -> None:
    reviewer.insert_paragraph("三、收到和处理", "以上数据不含派出机构。")
    assert any("以上数据不含派出机构" in message for message in read(reviewer.saved()).unknown)


@pytest.mark.parametrize("words", ["约20", "十四", "见附件说明，另行报送", "14 件左右（以年底为准）"])
def test_a_cell_that_holds_words_is_read_as_they_are_and_so_are_its_neighbours(
    words: str, reviewer: Reviewer, read: Read
) -> None:
    before = read(reviewer.saved()).content.figures
    for key in (NATURAL, LICENSING, UPHELD):
        reviewer.write(key, words)
    found = read(reviewer.saved())
    assert (found.unknown, found.missing) == ((), frozenset())
    assert found.content.figures == before | dict.fromkeys((NATURAL, LICENSING, UPHELD), words)


@pytest.mark.parametrize("text", ["", "/", "-", "——", " ", "无", "【未填】"])
def test_an_emptied_cell_is_not_filled_in(text: str, reviewer: Reviewer, read: Read) -> None:
    reviewer.write(NATURAL, text)
    found = read(reviewer.saved())
    assert NATURAL not in found.content.figures
    assert NATURAL not in found.missing


@pytest.mark.parametrize(("text", "figure"), [("１９", "19"), ("1,234", "1234"), (" 7 ", "7"), ("7件", "7")])
def test_a_figure_is_read_where_its_meaning_is_certain(
    text: str, figure: str, reviewer: Reviewer, read: Read
) -> None:
    reviewer.write(NATURAL, text)
    assert read(reviewer.saved()).content.figures[NATURAL] == figure


def test_a_note_beside_a_figure_is_told_and_the_figure_read(reviewer: Reviewer, read: Read) -> None:
    reviewer.write("active_disclosure.normative_documents.in_force", "22（其中修订 16 件）")
    found = read(reviewer.saved())
    assert found.content.figures["active_disclosure.normative_documents.in_force"] == "22"
    assert any("其中修订16件" in remark for remark in found.remarks)


def test_a_reworded_heading_is_still_its_parts(reviewer: Reviewer, read: Read, form: Form) -> None:
    reviewer.replace("五、存在的主要问题及改进情况", "五、存在问题及改进情况")
    found = read(reviewer.saved())
    assert found.content == whole(form).content
    assert any("存在问题及改进情况" in remark for remark in found.remarks)


def test_without_its_heading_neither_text_is_guessed(reviewer: Reviewer, read: Read) -> None:
    reviewer.delete_paragraph("六、其他需要报告的事项")
    found = read(reviewer.saved())
    assert found.missing == {"problems", "other_matters"}
    assert any("六、其他需要报告的事项" in message for message in found.unknown)


def test_numbers_that_word_makes_itself_are_told(reviewer: Reviewer, read: Read) -> None:
    properties = reviewer.paragraph("解读形式单一").get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = 3
    assert any("自动编号" in message for message in read(reviewer.saved()).unknown)


def test_a_picture_is_told(reviewer: Reviewer, read: Read) -> None:
    run = reviewer.paragraph("解读形式单一").find(qn("w:r"))
    run.append(OxmlElement("w:drawing"))
    assert any("图片" in message for message in read(reviewer.saved()).unknown)


# ── comments ────────────────────────────────────────────────────────────────────────────────────────


def test_a_comment_on_a_figure_names_its_cell(reviewer: Reviewer, read: Read) -> None:
    reviewer.comment(NATURAL, "请核对。")
    assert read(reviewer.saved()).comments == (Comment("张局长", "请核对。", LABEL, "6"),)


def test_a_comment_on_words_names_part_and_sentence(reviewer: Reviewer, read: Read) -> None:
    reviewer.comment("平稳", "换个说法。")
    assert read(reviewer.saved()).comments == (
        Comment("张局长", "换个说法。", "一、总体情况", "全年工作平稳有序。"),
    )


def test_the_draft_s_own_comments_are_no_reviewer_s(reviewer: Reviewer, read: Read) -> None:
    reviewer.comment(NATURAL, "T01 …", author="年报核对程序")
    reviewer.comment(NATURAL, "T01 …", author="reportgen")  # of an older version
    reviewer.comment("平稳", "换个说法。")
    assert [comment.author for comment in read(reviewer.saved()).comments] == ["张局长"]


def test_comments_keep_their_places_when_libreoffice_saves(
    reviewer: Reviewer, read: Read, tmp_path: Path
) -> None:
    reviewer.comment(NATURAL, "请核对。")
    reviewer.comment("平稳", "换个说法。")
    found = read(saved_by_libreoffice(reviewer.saved(), tmp_path))
    assert [(comment.author, comment.place, comment.text) for comment in found.comments] == [
        ("张局长", "一、总体情况", "换个说法。"),
        ("张局长", LABEL, "请核对。"),
    ]


def test_three_hundred_comments_are_all_read(reviewer: Reviewer, read: Read) -> None:
    for number in range(300):
        reviewer.comment("平稳" if number % 2 else NATURAL, f"第 {number} 条")
    assert {comment.text for comment in read(reviewer.saved()).comments} == {
        f"第 {number} 条" for number in range(300)
    }


# ── bad days ────────────────────────────────────────────────────────────────────────────────────────


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    return rezipped(data, lambda name, blob: blob.replace(old, new) if name == part else blob)


def rezipped(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, blob in more.items():
            new.writestr(name, blob)
    return out.getvalue()


def refusal(read: Read, data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(data)
    return str(caught.value)


def test_a_file_that_is_not_there_is_told(form: Form, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这个文件"):
        read_word(tmp_path / "nothing.docx", form)
    with pytest.raises(InputError, match="文件夹"):
        read_word(tmp_path, form)


def test_an_encrypted_or_old_file_is_told(read: Read) -> None:
    assert "密码" in refusal(read, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_a_zip_with_a_password_is_told(draft: bytes, read: Read) -> None:
    flagged = bytearray(draft)
    at = flagged.find(b"PK\x01\x02")
    while at >= 0:
        flagged[at + 8] |= 1
        at = flagged.find(b"PK\x01\x02", at + 4)
    assert "密码" in refusal(read, bytes(flagged))


@pytest.mark.parametrize("length", [0, 10, 2000, 60_000])
def test_a_damaged_file_is_told(length: int, draft: bytes, read: Read) -> None:
    assert "损坏" in refusal(read, draft[:length])


def test_damaged_xml_is_told(draft: bytes, read: Read) -> None:
    assert "损坏" in refusal(read, changed(draft, "word/document.xml", b"</w:body>", b"<w:body>"))


def test_a_workbook_is_no_word_file(read: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "不是 Word 文件" in refusal(read, out.getvalue())


def test_a_zip_bomb_is_not_unpacked(draft: bytes, read: Read) -> None:
    bomb = rezipped(draft, lambda name, blob: blob, bomb=b"\0" * (package.LARGEST_UNPACKED + 1))
    assert len(bomb) < 1_000_000
    assert "大得不正常" in refusal(read, bomb)


def test_a_document_of_enormous_size_is_not_unpacked(draft: bytes, read: Read) -> None:
    def grown(name: str, blob: bytes) -> bytes:
        return blob + b" " * package.LARGEST_PART if name == "word/document.xml" else blob

    assert "大得不正常" in refusal(read, rezipped(draft, grown))


def test_thousands_of_entries_are_not_read(draft: bytes, read: Read) -> None:
    many = {f"x{number}": b"" for number in range(package.MOST_ENTRIES)}
    assert "大得不正常" in refusal(read, rezipped(draft, lambda name, blob: blob, **many))


def test_external_entities_are_refused_and_never_read(draft: bytes, read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("口令", encoding="utf-8")
    doctype = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret.as_uri()}">]><w:document'.encode()
    hostile = changed(draft, "word/document.xml", b"<w:document", doctype)
    message = refusal(read, hostile)
    assert "外部" in message
    assert "口令" not in message


def test_a_carriage_return_within_a_text_is_a_blank(draft: bytes, read: Read) -> None:
    data = changed(draft, "word/document.xml", "多用图表".encode(), "多用&#13;图表".encode())
    assert "多用 图表" in "".join(read(data).content.texts["problems"])


def test_macros_are_told_and_not_run(draft: bytes, form: Form, read: Read) -> None:
    found = read(rezipped(draft, lambda name, blob: blob, **{"word/vbaProject.bin": b"\0"}))
    assert any("宏" in message for message in found.unknown)
    assert found.content == whole(form).content


def test_a_file_that_says_nothing_of_itself_has_no_properties(read: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{w}"/>')
    found = read(out.getvalue())
    assert found.properties == {}
    assert "没有找到报告的标题。" in found.unknown
    assert "没有找到表三。" in found.unknown
