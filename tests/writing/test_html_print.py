"""The page printed from a browser: A4 with the margins of official documents, tables in one piece."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportgen.form.model import Form
from reportgen.writing import html

from .documents import empty, whole
from .tools import CHROMIUM, program

MM = 72 / 25.4


@dataclass(frozen=True)
class Word:
    """A piece of printed text with its place on its page, in mm from the left and the top edge."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """One printed page; sizes in mm."""

    width: float
    height: float
    words: list[Word]

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words)

    @property
    def body(self) -> list[Word]:
        """What stands between the top and the bottom margin."""
        return [word for word in self.words if 36.5 < word.top < self.height - 35]


def printed(text: str, folder: Path) -> list[Page]:
    page, pdf = folder / "page.html", folder / "page.pdf"
    page.write_text(text, encoding="utf-8")
    browser = [
        program("chromium"),
        *CHROMIUM,
        "--no-pdf-header-footer",
        f"--user-data-dir={folder / 'profile'}",
    ]
    subprocess.run([*browser, f"--print-to-pdf={pdf}", page.as_uri()], check=True, capture_output=True)
    boxes = subprocess.run(
        [program("pdftotext"), "-bbox", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    return [
        Page(float(size[1]) / MM, float(size[2]) / MM, [_word(box) for box in re.findall(r"<word .*", part)])
        for part in boxes.split("<page ")[1:]
        if (size := re.match(r'width="([\d.]+)" height="([\d.]+)"', part))
    ]


def _word(box: str) -> Word:
    left, top, right, bottom = (float(number) / MM for number in re.findall(r'M(?:in|ax)="([\d.]+)"', box))
    return Word(re.sub("<[^>]*>", "", box), left, top, right, bottom)


@pytest.fixture(scope="module")
def final(form: Form, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    return printed(html.render(whole(form, "suqian-city-2024")), tmp_path_factory.mktemp("final"))


@pytest.fixture(scope="module")
def draft(form: Form, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    return printed(html.render(empty(form), draft="送审稿2"), tmp_path_factory.mktemp("draft"))


def test_pages_are_a4_with_the_margins_of_official_documents(final: list[Page]) -> None:
    for page in final:
        assert (page.width, page.height) == (pytest.approx(210, abs=0.5), pytest.approx(297, abs=0.5))
        assert min(word.left for word in page.body) >= 28 - 0.5
        assert max(word.right for word in page.body) <= 210 - 26 + 0.5


@pytest.mark.parametrize("pages", ["final", "draft"])
@pytest.mark.parametrize(
    ("heading", "first", "last"),
    [
        ("二、主动公开政府信息情况", "第二十条第（一）项", "行政事业性收费"),
        ("三、收到和处理政府信息公开申请情况", "申请人情况", "四、结转下年度继续办理"),
        ("四、政府信息公开行政复议、行政诉讼情况", "行政复议", "未经复议直接起诉"),
    ],
)
def test_a_table_stands_on_one_page_with_its_heading(
    pages: str, heading: str, first: str, last: str, request: pytest.FixtureRequest
) -> None:
    (page,) = [page for page in request.getfixturevalue(pages) if heading in page.text]
    assert first in page.text.partition(heading)[2]
    assert last in page.text.partition(heading)[2]


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones(final: list[Page]) -> None:
    for number, page in enumerate(final, 1):
        words = [word for word in page.words if word.top > page.height - 35]
        assert "".join(word.text for word in words) == f"—{number}—"
        assert (words[0].left > page.width / 2) == (number % 2 == 1)


def test_every_page_of_a_draft_says_so(draft: list[Page], final: list[Page]) -> None:
    assert all("送审稿2" in "".join(w.text for w in page.words if w.top < 36) for page in draft)
    assert not any("送审稿" in page.text for page in final)
