"""A folder as a district's office has it in January: sixty bodies, five kinds of files, and what goes wrong, planted.

``python -m tests.collating.area_of_sixty FOLDER`` writes it to look at.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from reportgen.form.form_file import load_form
from reportgen.model.findings import Figure
from reportgen.model.report import Report, printed

from .made import (
    AREA,
    YEAR,
    as_input,
    as_page,
    as_word,
    as_workbook,
    figures_within_the_sums,
    made_report,
    texts,
)

BUREAUS = (
    *(
        "教育",
        "科学技术",
        "工业和信息化",
        "公安",
        "民政",
        "司法",
        "财政",
        "人力资源和社会保障",
        "自然资源",
        "生态环境",
    ),
    *(
        "住房和城乡建设",
        "交通运输",
        "水利",
        "农业农村",
        "商务",
        "文化和旅游",
        "卫生健康",
        "退役军人事务",
        "应急管理",
    ),
    *(
        "审计",
        "市场监督管理",
        "体育",
        "统计",
        "医疗保障",
        "信访",
        "行政审批",
        "城市管理",
        "乡村振兴",
        "粮食储备",
        "林业",
    ),
)
TOWNS = (
    *(
        "青石",
        "柳林",
        "双桥",
        "白塔",
        "龙泉",
        "新河",
        "石门",
        "东岭",
        "南湾",
        "西渡",
        "北坪",
        "大塘",
        "清水",
        "杨庄",
        "高台",
    ),
    *("红旗", "沙河", "太平", "永安", "和平"),
)
STREETS = ("城东", "城西", "城南", "城北", "滨江", "兴华", "建设", "朝阳", "文昌", "站前")
BODIES = (
    *(f"{AREA}{name}局" for name in BUREAUS),
    *(f"{AREA}{name}镇人民政府" for name in TOWNS),
    *(f"{AREA}{name}街道办事处" for name in STREETS),
)
"""Sixty bodies."""
MISSING = (BODIES[7], BODIES[33], BODIES[58])
TWICE, TWO_VERSIONS = BODIES[2], BODIES[41]
"""The same report in two files; two that differ."""
WRONG: Mapping[str, tuple[str, int]] = {
    BODIES[4]: ("requests.new_received.total", 7),
    BODIES[19]: ("requests.granted.natural", 3),
    BODIES[36]: ("review_litigation.review.upheld", 2),
    BODIES[52]: ("requests.total_processed.total", -5),
}
"""By how much a figure is more than the sums allow."""
COPIED, COPIER = BODIES[11], BODIES[44]
LAST_YEARS = BODIES[25]
HOSTILE = BODIES[48]
NOTICE, PICTURE = "关于报送年度报告的通知.docx", "办公楼.jpg"
_PDFS = (10, 20, 30, 40, 50)

Written = Mapping[str, bytes]
"""Files by name."""


@dataclass(frozen=True)
class Sixty:
    """The folder, and what is in it."""

    folder: Path
    roster: Path
    reports: Mapping[str, Report]
    """By body, as they were written; of two versions the first."""
    kinds: frozenset[str]
    """The endings of the files."""

    @property
    def lacking(self) -> set[str]:
        """The bodies whose figures are in no sum."""
        return {*MISSING, TWO_VERSIONS, LAST_YEARS, HOSTILE}


def made(folder: Path) -> Sixty:
    """Write the folder and the roster beside it."""
    reports = {name: _report(name) for name in BODIES}
    copied = {part: text.source for part, text in reports[COPIED].narrative.items()}
    reports[COPIER] = _copied(copied)
    for name, (cell, by) in WRONG.items():
        figures = {**reports[name].figures, cell: reports[name].figures[cell] + by}
        reports[name] = made_report(name, _seed(name), changed=figures)
    reports[LAST_YEARS] = made_report(LAST_YEARS, _seed(LAST_YEARS), YEAR - 1)
    files: dict[str, bytes] = {}
    pdfs: dict[str, bytes] = {}
    for at, name in enumerate(BODIES):
        if name in MISSING:
            continue
        if name == HOSTILE:
            files[f"{name}.docx"] = bomb()
        elif at in _PDFS and shutil.which("soffice"):
            pdfs[f"{at:02}-报送.docx"] = as_word(reports[name])
        else:
            kind, make = _kind(at)
            files[f"{at:02}-报送{kind}"] = make(reports[name])
    files["重复/再次报送.html"] = as_page(reports[TWICE])
    other = {**reports[TWO_VERSIONS].figures, "active_disclosure.licensing": 98_765}
    files["重复/改过的.docx"] = as_word(made_report(TWO_VERSIONS, _seed(TWO_VERSIONS), changed=other))
    files[NOTICE] = notice()
    files[PICTURE] = b"\xff\xd8\xff\xe0" + bytes(2000)
    write(folder, files)
    _write_pdfs(folder, pdfs)
    roster = folder.with_name(f"{folder.name}-名单.toml")
    roster.write_text(
        f"year = {YEAR}\n" + "".join(f'\n[[body]]\nname = "{name}"\n' for name in BODIES), encoding="utf-8"
    )
    kinds = frozenset(path.suffix for path in folder.rglob("*") if path.is_file())
    return Sixty(folder, roster, reports, kinds)


def corrected(sixty: Sixty) -> Sixty:
    """The folder after everybody has done what was asked: every report is there, sound and nobody else's."""
    reports = {name: _report(name) for name in BODIES}
    for at, name in enumerate(BODIES):
        if name in {*WRONG, LAST_YEARS, COPIER}:
            (old,) = sixty.folder.glob(f"{at:02}-报送*")
            old.unlink()
        if name in {*WRONG, LAST_YEARS, COPIER, HOSTILE, *MISSING}:
            write(sixty.folder, {f"{at:02}-改正.docx": as_word(reports[name])})
    (sixty.folder / f"{HOSTILE}.docx").unlink()
    shutil.rmtree(sixty.folder / "重复")
    return Sixty(sixty.folder, sixty.roster, reports, sixty.kinds)


def sums(reports: Mapping[str, Report], names: set[str]) -> dict[str, str]:
    """The sums over some bodies, added up here."""
    form = load_form("2021")
    found = {}
    for key in form.cells:
        total = sum(reports[name].figures[key] for name in BODIES if name in names)
        found[key] = printed(total)
    return found


def write(folder: Path, files: Written) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@cache
def _seeds() -> Mapping[str, int]:
    """A seed for each body, of which no two give the same figures."""
    form, seed = load_form("2021"), 1000
    seen: set[tuple[Figure, ...]] = set()
    found = {}
    for name in BODIES:
        while (figures := tuple(figures_within_the_sums(random.Random(seed), form).values())) in seen:
            seed += 1
        seen.add(figures)
        found[name] = seed
        seed += 1
    return found


def _seed(name: str) -> int:
    return _seeds()[name]


def _report(name: str) -> Report:
    return made_report(name, _seed(name))


def _copied(text: Mapping[str, str]) -> Report:
    """A report whose text is another body's, with a few sentences of its own; its figures are its own."""
    own = texts(random.Random(_seed(COPIER)), load_form("2021"))
    mixed = {
        part: "\n".join(
            mine if at % 5 == 4 and "。" in mine else line
            for at, (line, mine) in enumerate(zip(text[part].split("\n"), own[part].split("\n"), strict=True))
        )
        for part in text
    }
    return made_report(COPIER, _seed(COPIER), text=mixed)


def _kind(at: int) -> tuple[str, Callable[[Report], bytes]]:
    """The kind of file of a body: pages and Word files mostly."""
    return (
        (".docx", as_word), (".html", as_page), (".docx", as_word), (".toml", as_input), (".xlsx", as_workbook),
    )[at % 5]  # fmt: skip


def bomb() -> bytes:
    """A Word file that would become a thousand million characters."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    document = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "字">{entities}]><x>&a9;</x>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def notice() -> bytes:
    """A letter that is no report."""
    import docx

    paper = docx.Document()
    paper.add_paragraph("关于报送年度报告的通知")
    paper.add_paragraph("各单位：请于本月底以前报送，逾期不候。联系人见附件。" * 12)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _write_pdfs(folder: Path, files: Written) -> None:
    if not files:
        return
    work = folder.with_name(f"{folder.name}-pdf")
    write(work, files)
    command = [
        "soffice",
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", folder, *(work / name for name in files)],
        capture_output=True,
        check=True,
        timeout=300,
    )
    shutil.rmtree(work)


if __name__ == "__main__":
    print(made(Path(sys.argv[1])).roster)
