"""Drafts, finals, previews and new input files made from the page, with the very functions of the commands."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from .. import job
from ..errors import ReportgenError
from ..job import Job
from ..model.document import Document
from ..reading.opinions_file import read_opinions
from ..review import drafts, finals
from ..review.drafts import Extras, Written
from ..review.finals import Standing
from ..review.folder import Edited
from ..review.opinions import settled
from ..writing import html
from .came_back import undecided
from .session import OpenFile

PREVIEW = "预览"
MOST_NAMED = 20
"""Changes that are named one by one where they stand in the way of a final."""


class RefusedError(ReportgenError):
    """What cannot be done as the report stands now; the message says why and what to do."""


def _work(file: OpenFile) -> Job:
    """The report as a command reads it.

    Raises:
        InputError: the file cannot be used.
        RefusedError: not all changes are in the file.
    """
    if not file.write_unsaved():
        raise RefusedError(f"有改动还没有写进文件（{file.trouble}），没有生成。")
    return job.start(file.path, file.previous, file.templates)


def draft(file: OpenFile, *, pdf: bool, fragment: bool) -> tuple[Written, list[str]]:
    """Write the next draft beside the input; and what is to be said of it.

    Raises:
        ReportgenError: it cannot be written.
    """
    work = _work(file)
    ledger = settled(read_opinions(file.path).opinions, work.document.content)
    written = drafts.write(work, file.path.parent, Extras(fragment=fragment, pdf=pdf), ledger)
    said = f"{written.draft}已生成。" if written.is_new else f"内容和上一次相同，仍是{written.draft}。"
    waiting = sum(each.is_open for each in ledger)
    more = [f"有 {waiting} 条意见还没有答复，已经写进这一稿的批注。"] if waiting else []
    return written, [said, *more, *_said(written)]


def final(
    file: OpenFile, *, despite_open: bool, pdf: bool, fragment: bool
) -> tuple[Written | None, list[str]]:
    """Write the final beside the input, or say why not.

    Raises:
        ReportgenError: it cannot be written.
    """
    work = _work(file)
    ledger = settled(read_opinions(file.path).opinions, work.document.content)
    stands = finals.standing(work, file.path.parent, ledger)
    refused = []
    if work.outcome.blocks_final:
        refused.append("还有错误，没有生成定稿。请先改正右边列出的错误。")
    left = list(undecided(file, work.document.content, ledger))
    if (stands.open or left) and not despite_open:
        refused += [f"还没有定的改动：{each}" for each in left[:MOST_NAMED]]
        if len(left) > MOST_NAMED:
            refused.append(f"还有 {len(left) - MOST_NAMED} 处没有定的改动，没有列出。")
        refused += [_left(each) for each in stands.open]
        refused.append(
            "请先收进来，在“退回稿”里一处一处采纳或者不采纳；或者核对以后选“照样定稿”（会写进核对单）。没有生成定稿。"
        )
    if file.asked.standing(file.current):
        refused.append("有的地方两边都改了，还没有定用哪一个。请先选。没有生成定稿。")
    if refused:
        return None, refused
    written = finals.write(work, file.path.parent, stands, Extras(fragment=fragment, pdf=pdf), ledger)
    return written, ["定稿已生成。", *_standing(stands), *_said(written)]


def _left(each: Edited) -> str:
    if each.open is None:
        return f"{each.path.name} 生成以后被改过，里面的改动收进来没有，看不出来。"
    return f"{each.path.name} 里有 {each.open} 处改动还没有收进来。"


def _standing(stands: Standing) -> Iterator[str]:
    """How a final stands to the drafts."""
    if not stands.draft:
        yield "没有送审稿可以对照：定稿的数据和文字没有经过送审。"
    elif same := stands.equal or (stands.returned and f"退回的{stands.returned}"):
        yield f"定稿与{same}一致。"
    if stands.changes:
        yield f"注意：定稿与最后的{stands.draft}有 {stands.changes.number} 处不同，列在定稿的核对单里。"
    if stands.unseen:
        yield f"其中 {stands.unseen.number} 处没有经过送审，请负责人在核对单上确认签字。"


def _said(written: Written) -> Iterator[str]:
    """What else became of the files."""
    if written.kept:
        yield f"原来的定稿内容不同，没有覆盖，改名保留：{'、'.join(path.name for path in written.kept)}。"
    for each in written.edited:
        if not each.can_be_pulled:
            yield f"{each.path.name} 生成以后被改过，或不是本程序生成的，没有动它。"
        elif each.open:
            yield f"{each.path.name} 生成以后被改过，没有动它；其中 {each.open} 处改动还没有收进来，请用“收退回的稿”。"
        elif each.open is None:
            yield f"{each.path.name} 生成以后被改过，没有动它；其中的改动请用“收退回的稿”收进来。"
        else:
            yield f"{each.path.name} 生成以后被改过，没有动它；其中的改动都已收进来。"
    if written.unheard:
        yield f"退回的稿子里有 {len(written.unheard)} 条批注还没有收进台账，请用“收退回的稿”。"
    if written.failure:
        yield str(written.failure)
    if written.missing_fonts is None:
        yield "没有查 PDF 用的字体是不是公文的字体（这台电脑列不出字体）。请打开 PDF 看一看。"
    elif written.missing_fonts:
        yield f"这台电脑缺少字体 {'、'.join(written.missing_fonts)}，PDF 里用了别的字体代替。"


# ── previews ────────────────────────────────────────────────────────────────────────────────────────

PAPER = """<style>
html { background: #6b7178; }
main { width: 210mm; min-height: 297mm; margin: 6mm auto; padding: 37mm 26mm 35mm 28mm; background: #fff; }
body, .draft { background: none; }
.draft { color: #fff; }
</style>
"""


def page_preview(document: Document) -> str:
    """The web page as it will be.

    Raises:
        TemplateError: the template cannot be used.
    """
    return html.render(document, draft=PREVIEW)


def print_preview(document: Document) -> str:
    """The page in its print layout, which is that of the Word file, on a sheet of paper.

    Raises:
        TemplateError: the template cannot be used.
    """
    page = html.render(document, draft=PREVIEW)
    page = page.replace("@media print", "@media screen").replace("(prefers-color-scheme: dark)", "not all")
    head, end, body = page.partition("</head>")
    return head + PAPER + end + body


# ── the file manager ────────────────────────────────────────────────────────────────────────────────


SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
"""By which a Linux desktop tells its programs where its screen is."""
SOON = 2.0
"""Seconds after which what opens a folder has opened it, or has said that it cannot."""


def show_folder(folder: Path) -> None:
    """Open a folder in the file manager of the office.

    Raises:
        RefusedError: there is none.
    """
    try:
        if sys.platform == "win32":
            os.startfile(folder)
            return
        is_open = _opens("open" if sys.platform == "darwin" else "xdg-open", folder)
    except OSError:
        is_open = False
    if not is_open:
        raise RefusedError(f"这台电脑上打不开文件夹的窗口。文件在这里：\n{folder.resolve()}")


def _opens(opener: str, folder: Path) -> bool:
    """Whether the desktop opens a folder.

    Raises:
        OSError: there is no such program.
    """
    if opener == "xdg-open" and not any(map(os.environ.get, SCREENS)):
        return False
    process = subprocess.Popen(
        [opener, str(folder.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(SOON) == 0
    except subprocess.TimeoutExpired:  # it goes on as long as the window is open
        threading.Thread(target=process.wait, daemon=True).start()
        return True
