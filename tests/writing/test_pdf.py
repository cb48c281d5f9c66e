"""The PDF: bookmarks, embedded fonts, and honest words when something is missing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from reportgen.form.model import Form
from reportgen.writing import pdf, word

from .documents import whole
from .pages import environment
from .tools import program


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program("soffice")
    from reportgen.form.form_file import load_form

    folder = tmp_path_factory.mktemp("pdf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", environment(folder)["FONTCONFIG_FILE"])
        data = pdf.convert(word.render(whole(load_form("2021"))))
    path = folder / "report.pdf"
    path.write_bytes(data)
    return path


def test_the_headings_are_bookmarks(converted: Path) -> None:
    data = converted.read_bytes()
    assert b"/Outlines" in data
    titles = ["一、总体情况", "六、其他需要报告的事项", "（二）依申请公开"]
    for title in titles:
        assert title.encode("utf-16-be").hex().upper().encode() in data.upper()


def test_every_font_is_embedded(converted: Path) -> None:
    said = subprocess.run([program("pdffonts"), converted], capture_output=True, text=True, check=True).stdout
    fonts = said.splitlines()[2:]
    assert len(fonts) >= 4
    assert all(line.split()[-5] == "yes" for line in fonts)


def test_a_missing_font_is_named(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    program("fc-list")
    base = word.render(whole(form))
    monkeypatch.setenv("FONTCONFIG_FILE", "/dev/null")
    assert {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "Times New Roman"} <= set(
        pdf.missing_fonts(base)
    )


def test_fonts_that_are_there_are_not_called_missing(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    program("fc-list")
    families = "仿宋_GB2312,FangSong,楷体_GB2312,黑体,SimHei,宋体,方正小标宋简体,Times New Roman,"
    done = subprocess.CompletedProcess([], 0, stdout=families.encode())
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    assert pdf.missing_fonts(word.render(whole(form))) == []


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(pdf, "_PLACES", ())
    with pytest.raises(pdf.PdfError, match="没有找到 LibreOffice，不能生成 PDF。请用 Word 或 WPS 打开"):
        pdf.convert(b"")


@pytest.mark.parametrize(
    ("end", "message"),
    [
        (subprocess.TimeoutExpired("soffice", 180), "180 秒内没有转完"),
        (subprocess.CompletedProcess([], 1, b"", b"source file could not be loaded"), "could not be loaded"),
    ],
)
def test_a_failure_of_libreoffice_is_told(
    monkeypatch: pytest.MonkeyPatch,
    end: subprocess.TimeoutExpired | subprocess.CompletedProcess[bytes],
    message: str,
) -> None:
    def run(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        if isinstance(end, Exception):
            raise end
        return end

    monkeypatch.setattr(shutil, "which", lambda _: "soffice")
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(pdf.PdfError, match=message):
        pdf.convert(b"")
