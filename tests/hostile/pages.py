"""Web pages that come back: the project's own, stripped, wrapped, spoilt, in odd encodings, and grown without measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from .case import Case
from .inputs import EXAMPLE

SCRAPS = (
    *("<form>", "</form>", "<aside>甲</aside>", "<header>", "<nav><a>甲</a></nav>", "<p class='hint'>乙</p>", "<b>", "</b>"),
    *("<table>", "</table>", "<table><tr><td>1<table><tr><td>2</table>", "<tr>", "<td colspan=0>", "<td rowspan=99999>"),
    *("<caption>丙</caption>", "<img src='x' alt='5'>", "<iframe>", "<svg><text>5</text></svg>", "<select><option>5"),
    *("<textarea>", "<input value=5>", "<script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>", "<?x ?>", "<!DOCTYPE x [", "&"),
    *("&#0;", "&#x110000;", "&#xd800;", "&nbsp;", "\x00", "\x1b", "\ufffe", "\U0010ffff", "\u202e", "<", ">", '"', "'", "="),
    *("<br>", "<p>", "</p>", "<div hidden>丁</div>", "<frameset>", "<plaintext>", "<template>戊</template>", "<ruby>己<rt>庚"),
    *("一、总体情况", "五、存在的主要问题及改进情况", "某局2022年政府信息公开工作年度报告", "<td>9</td>", "９" * 300),
    *(" data-part='overview'", " data-report='2021'", " data-aside", " class='draft'", " id='requests.granted.total'"),
)  # fmt: skip
GROWN = (
    *("<div>", "<b>", "<font><p>", "<p>甲</p>", "<h2>一、总体情况</h2>", "<h2>五、存在问题</h2>", "<td>9", "<tr><td>予以公开<td>9"),
    *("<table><tr><td>予以公开<td>部分公开</table>", "<table><tr><td>1</table>", "<br>", "甲<br>", "&amp;", "<", "a=1 ", "</p>"),
    *("甲", "某局2022年", "<ul><li>", "<select>", "<!-- ", "<img>", "<p class=hint>乙", "<caption>丙", "<form>", "1", "<a b='"),
    *("<p data-part=overview>甲</p>", "<aside>甲</aside>", "<tr>", "<span>甲</span>", "一、总体情况<br>", "<script>", "\x00", "<p "),
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8", "utf-8", "gb18030", "utf-16", "utf-8-sig", "big5hkscs")
CHARSETS = (
    *(
        "utf-8",
        "gb2312",
        "gbk",
        "big5",
        "utf-16",
        "undefined",
        "idna",
        "punycode",
        "unicode_escape",
        "utf-7",
        "rot13",
    ),
    *("hex", "zlib", "raw_unicode_escape", "mbcs", "x" * 3000, "-", "utf-8-sig", "iso-8859-1", "cp037"),
)


@cache
def _pages() -> tuple[bytes, str, str]:
    """The example, its page, and what is pasted into a web site."""
    from reportgen import job
    from reportgen.writing import html

    with TemporaryDirectory() as folder:
        path = Path(folder, EXAMPLE.name)
        path.write_bytes(EXAMPLE.read_bytes())
        document = job.start(path).document
    return EXAMPLE.read_bytes(), html.render(document), html.fragment(document)


def cases(random: Random) -> Iterator[Case]:
    """Yield cases without end."""
    text, page, fragment = _pages()
    while True:
        changed = random.choice((page, page, fragment))
        if random.randrange(2):
            changed = re.sub(r' data-[a-z]+(="[^"]*")?', "", changed)
        make = random.choices((_spoilt, _wrapped, _enormous), (8, 3, 2))[0]
        changed = make(changed, random)
        if random.randrange(3) == 0:
            changed = changed.replace('charset="utf-8"', f'charset="{random.choice(CHARSETS)}"')
        content = changed.encode(random.choice(ENCODINGS), "replace")
        if not random.randrange(15):
            content = content[: random.randrange(len(content) + 1)] + random.randbytes(random.randrange(9))
        command = random.choice(("verify", "verify", "verify", "diff"))
        files = ("page.html", "in.toml")
        yield Case(f"{command} {make.__name__}", (command, *files), {"page.html": content, "in.toml": text})


def _spoilt(page: str, random: Random) -> str:
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        at = random.randrange(len(page) + 1)
        if random.randrange(2):
            at = page.rfind("<", 0, at) + 1 or at
            at -= random.randrange(2)
        page = page[:at] + random.choice((*SCRAPS, "")) + page[at + random.choice((0, 0, 1, 5, 200)) :]
    return page


def _wrapped(page: str, random: Random) -> str:
    tag = random.choice(
        ("form", "aside", "header", "nav", "footer", "button", "figure", "table><tr><td", "b", "svg")
    )
    page = re.sub(r"(<body[^>]*>)", rf"\1<{tag}>", page) if "<body" in page else f"<{tag}>{page}"
    return (
        random.choice(
            ("", '<?xml version="1.0" encoding="gbk"?>\n', "\ufeff", "<!DOCTYPE html [<!ENTITY a 'b'>]>")
        )
        + page
    )


def _enormous(page: str, random: Random) -> str:
    """One thing again and again, up to what a page may hold and beyond."""
    unit = random.choice(GROWN)
    size = random.choice((2_000, 100_000, 2_000_000, 7_000_000, 20_000_000))
    grown = unit * (size // len(unit.encode()))
    at = random.choice(
        (page.find("<h2") % (len(page) + 1), page.find("<td") + 1, random.randrange(len(page) + 1), 0)
    )
    return page[:at] + grown + page[at:]
