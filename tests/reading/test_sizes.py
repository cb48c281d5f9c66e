"""A Word file with more in it than any report is refused before it is read; the message names the limit."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from reportgen.form.model import Form
from reportgen.model.findings import InputError
from reportgen.reading import sizes
from reportgen.reading.word_file import WordFile, read_word

from ..counting import steps

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RUN = "<w:r><w:t>一</w:t></w:r>"
PARAGRAPH = f"<w:p>{RUN}</w:p>"
CELL = f"<w:tc>{PARAGRAPH}</w:tc>"
INSERTED = f"<w:ins w:author='张'>{RUN}</w:ins>"
COMMENT = f'<w:comment w:id="{{}}" w:author="张"><w:p>{RUN}</w:p></w:comment>'


def read(body: str, folder: Path, form: Form, comments: str = "") -> WordFile:
    path = folder / "x.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        if comments:
            archive.writestr("word/comments.xml", f'<w:comments xmlns:w="{W}">{comments}</w:comments>')
    return read_word(path, form)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (PARAGRAPH * 50_000, "50000 个段落，超过 6000 个"),
        (PARAGRAPH * 200_000, "标记超过 500000 个"),
        (f"<w:tbl><w:tr>{CELL}</w:tr></w:tbl>" * 20_000, "段落，超过 6000 个"),
        ("<w:tbl><w:tr/></w:tbl>" * 20_000, "20000 张表格，超过 300 张"),
        (f"<w:tbl><w:tr>{'<w:tc/>' * 20_000}</w:tr></w:tbl>", "20000 个单元格，超过 6000 个"),
        (f"<w:p><w:r>{'<w:br/>' * 100_000}</w:r></w:p>", "100000 个换行符，超过 6000 个"),
        (f"<w:p>{'<w:r/>' * 200_000}</w:p>", "200000 段格式，超过 100000 段"),
        (f"<w:p>{'<w:ins/>' * 20_000}</w:p>", "20000 处修订，超过 10000 处"),
        (f"<w:p><w:r><w:t>{'一' * 300_000}</w:t></w:r></w:p>", "300000 个字，超过 120000 个"),
    ],
)
def test_the_limit_is_named(body: str, named: str, form: Form, tmp_path: Path) -> None:
    def refused() -> None:
        with pytest.raises(InputError) as caught:
            read(body, tmp_path, form)
        assert named in str(caught.value)

    assert steps(refused) < 800_000


def test_too_many_comments_and_too_long_ones_are_not_read(form: Form, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="20000 条批注，超过 1000 条"):
        read(PARAGRAPH, tmp_path, form, "".join(map(COMMENT.format, range(20_000))))
    with pytest.raises(InputError, match="个字，超过 120000 个"):
        read(PARAGRAPH, tmp_path, form, COMMENT.format(1).replace("一", "一" * 300_000))


@pytest.mark.parametrize(
    "body",
    [
        PARAGRAPH * sizes.PARAGRAPHS.most,
        "<w:p><w:r><w:t>一、总体情况二三四五六七八九十</w:t></w:r></w:p>" * sizes.PARAGRAPHS.most,
        f"<w:tbl><w:tr>{CELL * 20}</w:tr></w:tbl>" * sizes.TABLES.most,
        f"<w:tbl>{f'<w:tr>{CELL * 10}</w:tr>' * (sizes.CELLS.most // 10)}</w:tbl>",
        f"<w:p><w:r>{'<w:t>一</w:t><w:br/>' * sizes.BREAKS.most}</w:r></w:p>",
        f"<w:p>{RUN * sizes.RUNS.most}</w:p>",
        f"<w:p>{INSERTED * sizes.CHANGES.most}</w:p>",
        f"<w:p>{'<w:r><w:rPr><w:strike/></w:rPr><w:t>一</w:t></w:r><w:r><w:t>二</w:t></w:r>' * 20_000}</w:p>",
    ],
)
def test_a_file_at_the_limit_is_read_in_time(body: str, form: Form, tmp_path: Path) -> None:
    found: list[WordFile] = []
    assert steps(lambda: found.append(read(body, tmp_path, form))) < 10_000_000
    assert found[0].unknown
