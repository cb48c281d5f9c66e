"""The PDF: bookmarks, embedded fonts, and honest words when something is missing."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from reportgen import libreoffice
from reportgen.form.model import Form
from reportgen.model.findings import Finding, Severity
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


def test_no_icon_of_a_comment_covers_the_text_of_a_draft(form: Form) -> None:
    program("soffice")
    finding = Finding("X01", Severity.ERROR, "合计不符。", "请核对。", cells=("requests.granted.natural",))
    data = word.render(whole(form), draft="送审稿1", findings=[finding])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "word/comments.xml" in package.namelist()
    assert not re.search(rb"/Subtype\s*/(?:Text|Popup)\b", pdf.convert(data))


def test_a_missing_font_is_named(form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program("fc-list")
    base = word.render(whole(form))
    no_fonts = tmp_path / "fonts.conf"
    no_fonts.write_text(
        f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>"
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(no_fonts))
    missing = pdf.missing_fonts(base)
    assert missing is not None
    assert {"仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "Times New Roman"} <= set(missing)


def test_fonts_that_are_there_are_not_called_missing(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    program("fc-list")
    families = "仿宋_GB2312,FangSong,楷体_GB2312,黑体,SimHei,宋体,方正小标宋简体,Times New Roman,"
    done = subprocess.CompletedProcess([], 0, stdout=families.encode())
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    assert pdf.missing_fonts(word.render(whole(form))) == []


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(libreoffice, "_PLACES", ())
    with pytest.raises(pdf.PdfError, match="没有找到 LibreOffice，不能生成 PDF。请用 Word 或 WPS 打开"):
        pdf.convert(b"")


def said_to_be_libreoffice(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of that name that does what ``script`` says."""
    office = folder / "soffice"
    office.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    office.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(office))


def test_why_libreoffice_failed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said_to_be_libreoffice("echo source file could not be loaded >&2; exit 1", tmp_path, monkeypatch)
    with pytest.raises(pdf.PdfError, match=r"could not be loaded.*请用 Word 或 WPS 打开"):
        pdf.convert(b"")


def test_libreoffice_that_hangs_is_ended_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = tmp_path / "started"
    said_to_be_libreoffice(f"sleep 600 & echo $! > {started}; wait", tmp_path, monkeypatch)
    monkeypatch.setattr(libreoffice, "LONGEST", 1)
    with pytest.raises(pdf.PdfError, match="1 秒内没有转换完"):
        pdf.convert(b"")
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", started.read_text().strip()], capture_output=True, text=True
    )
    assert state.stdout.strip()[:1] in ("", "Z")


def test_a_libreoffice_that_cannot_be_run_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: str(tmp_path))
    with pytest.raises(pdf.PdfError, match="LibreOffice 不能运行"):
        pdf.convert(b"")


@pytest.mark.parametrize("lister", [None, "false"])
def test_where_fonts_cannot_be_listed_none_is_called_missing_or_there(
    lister: str | None, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: lister)
    assert pdf.missing_fonts(word.render(whole(form))) is None
