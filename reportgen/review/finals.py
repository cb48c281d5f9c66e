"""The final (定稿) of a report: how it stands to the drafts, and its files.

Before it is written it is held against the last draft and against every correction made in one. A final of other
content that lies there is never written over: all its files are kept under a name that says when it was made.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..job import Job
from ..model.content import Content
from ..model.differences import Changes, compare
from ..model.opinions import DRAFT, Opinion
from ..model.provenance import CONTENT, sealed_page
from ..patterns import regex
from ..writing import html, word
from ..writing.check_sheet import FINAL, Before, Sheet, check_sheet
from ..writing.files import OutputError, bytes_of, save
from ..writing.properties import properties_of
from .drafts import Extras, Written, with_pdf
from .folder import (
    FRAGMENT,
    PDF,
    SHEET,
    SHEET_IN_WORD,
    Draft,
    Edited,
    There,
    beside,
    drafts_in,
    edited,
    page_with,
    returned_in,
)
from .open_corrections import answers, key, not_taken_in, unanswered
from .opinions import unheard

ENDINGS = (".docx", ".html", FRAGMENT, PDF, SHEET, SHEET_IN_WORD)
"""Of the files a final may have, the Word file first."""
SUPERSEDED = regex(rf"（\d{{4}}-\d\d-\d\d \d{{4}} {FINAL}\d*）")
"""In the name of every file of an older final that is kept."""
NONE = Changes()


@dataclass(frozen=True)
class Standing:
    """How a final stands to the drafts it was made after."""

    draft: str = ""
    """The last draft that tells what it said; "" where there is none."""
    equal: str = ""
    """The draft, if any, that said the same as the final when it was made."""
    returned: str = ""
    """The draft, if any, that says the same now that it was edited."""
    fingerprint: str = ""
    """Of the content of the draft it equals; of the last one where it equals none."""
    changes: Changes = NONE
    """From the last draft to the final."""
    unseen: Changes = NONE
    """Those of them that stand in no draft."""
    open: tuple[Edited, ...] = ()
    """The drafts with corrections that were not taken in, or of which that cannot be told."""
    unheard: tuple[Opinion, ...] = ()
    """Comments in them which the ledger does not know."""


def standing(work: Job, folder: Path, opinions: Sequence[Opinion] = ()) -> Standing:
    """Hold the report against the drafts in ``folder`` and beside the input file, and those against the ledger.

    Raises:
        OutputError: a folder, or a file in it, cannot be read.
    """
    document, content = work.document, work.document.content
    folders = {os.path.realpath(path): path for path in (work.report.path.parent, folder)}.values()
    drafts = sorted((draft for path in folders for draft in drafts_in(document, path)), key=_number)
    returned = [there for path in folders for there in returned_in(document, path)]
    back = tuple(edited(drafts, returned, content, opinions))
    left = tuple(each for each in back if each.open != 0)
    final = There.at(beside(folder / document.file_title, ".docx"), document.form)
    own = [Edited(final.path, draft=FINAL, word=final.word)] if final and final.was_edited else []
    new = unheard(opinions, (*back, *own), content, document.form)
    telling = [(draft, told) for draft in drafts if (told := draft.content)]
    alike = [draft.name for draft in drafts if draft.was_made_of(content)]
    if not telling:
        equal = alike[-1] if alike else ""
        fingerprint = content.fingerprint if equal else ""
        return Standing(equal, equal, fingerprint=fingerprint, open=left, unheard=new)
    last, said = telling[-1]
    changes = compare(said, content)
    files = [there for draft in drafts for there in draft.files]
    now = {there: there.now for there in (*files, *returned) if there.was_edited}
    seen = [*(told for _, told in telling), *(found for found in now.values() if found)]
    equal = alike[-1] if alike else "" if changes else last.name
    alike_now = [there.number for there, found in now.items() if found and not compare(found, content)]
    return Standing(
        draft=last.name,
        equal=equal,
        returned=f"{DRAFT}{max(alike_now)}" if alike_now else "",
        fingerprint=content.fingerprint if alike else said.fingerprint,
        changes=changes,
        unseen=not_taken_in(said, content, seen),
        open=left,
        unheard=new,
    )


def _number(draft: Draft) -> int:
    return draft.number


# ── its files ───────────────────────────────────────────────────────────────────────────────────────


def _is_taken_in(each: There, content: Content, opinions: Sequence[Opinion]) -> bool:
    """Whether nothing of a final that was edited would be lost: the report says it, or the ledger answers it."""
    read = each.read
    if read is None or read.missing:
        return False
    now = read.content if read.content.title else replace(read.content, title=content.title)
    left = not_taken_in(content, now, [])
    done = answers(opinions, FINAL)
    if each.made.properties.get(CONTENT) == content.fingerprint:  # what differs was changed in it
        left = unanswered(left, done)
    return not left and all(key(message) in done for message in read.unknown)


def _why_left_alone(each: There) -> str:
    """Why a final that is there is not written over, and what to do before the next try."""
    is_own = CONTENT in each.made.properties
    why = "生成以后被改过" if is_own else "生成以后被改过，或不是本程序生成的"
    way = (
        "其中的改动请先用 reportgen pull 收进输入文件，或者在意见台账里答复；都不要的，把它改名或移到别处"
        if is_own and each.path.suffix == ".docx"
        else "请先核对其中的改动；要重新生成，请把它改名或移到别处"
    )
    return f"{why}，没有动它，也没有生成定稿。{way}"


def write(
    work: Job, folder: Path, stands: Standing, extras: Extras, opinions: Sequence[Opinion] = ()
) -> Written:
    """Write the final into ``folder``; an older one of other content is kept beside it.

    Its check sheet lists the ``opinions`` on the drafts.

    Raises:
        OutputError: the files cannot be written, or the final that is there was edited after it was made.
        TemplateError: a template cannot be used.
    """
    document, content = work.document, work.document.content
    base = folder / document.file_title
    there = [found for ending in ENDINGS if (found := There.at(beside(base, ending), document.form))]
    files = _files(work, base, stands, extras, opinions)
    sheets = {beside(base, ending) for ending in (SHEET, SHEET_IN_WORD)}
    wanted = {*files, *([beside(base, PDF)] if extras.pdf else [])} - sheets
    for each in there:
        if each.path in wanted and each.was_edited and not _is_taken_in(each, content, opinions):
            raise OutputError(f"{each.path} {_why_left_alone(each)}，再运行一次。")
    older = [
        each.path
        for each in there
        if each.made.properties.get(CONTENT) not in (None, content.fingerprint)
        or (each.path in wanted and each.was_edited)
    ]
    notes = [
        each.path for each in there if each.path in sheets and each.was_edited and each.path not in older
    ]
    kept = dict(zip(older, _names(base, older), strict=True))
    save({path: data for path, data in files.items() if path not in notes}, kept=kept)
    written = Written(
        list(files), edited=tuple(map(Edited, notes)), unheard=stands.unheard, kept=tuple(kept.values())
    )
    return with_pdf(written, work) if extras.pdf else written


def _files(
    work: Job, base: Path, stands: Standing, extras: Extras, opinions: Sequence[Opinion]
) -> dict[Path, bytes]:
    document, content, origin = work.document, work.document.content, work.origin
    properties = properties_of(content, origin)
    fragment = html.fragment(document).encode()
    files = {
        beside(base, ".docx"): word.render(document, origin=origin),
        beside(base, ".html"): page_with(fragment, html.render(document), properties),
    }
    if extras.fragment:
        files[beside(base, FRAGMENT)] = fragment
    before = Before(stands.draft, stands.changes if stands.draft else None, stands.unseen)
    said = tuple(_said(stands))
    sheet = Sheet(FINAL, work.outcome, content.fingerprint, origin.input, before, said, opinions)
    files[beside(base, SHEET)] = sealed_page(check_sheet(document, sheet), properties)
    files[beside(base, SHEET_IN_WORD)] = word.render_check_sheet(document, sheet, origin)
    return files


def _said(stands: Standing) -> Iterator[str]:
    """How the final stands to the drafts, as its check sheet says it."""
    if not stands.draft:
        yield "没有送审稿可以对照，定稿没有和送审稿比较。"
    elif stands.equal:
        yield f"定稿与{stands.equal}一致。"
    elif stands.returned:
        yield f"定稿与退回的{stands.returned}一致。"
    if stands.changes:
        yield f"定稿与最后的{stands.draft}有 {stands.changes.number} 处不同。"
    if stands.unseen:
        yield f"其中 {stands.unseen.number} 处没有在任何一稿里出现过。没有经过送审的已经标明，请负责人签字确认。"
    if stands.draft:
        yield f"{stands.equal or stands.draft}的内容指纹是 {stands.fingerprint}。"
    for each in stands.open:
        left = "是否还有改动没有收进，看不出来" if each.open is None else f"还有 {each.open} 处改动没有收进"
        yield f"{each.path.name}：{left}，经办人决定照此定稿。"


def _names(base: Path, older: Sequence[Path]) -> list[Path]:
    """Names that are free for the files of an older final, with the time its first file was made."""
    if not older:
        return []
    made = time.strftime("%Y-%m-%d %H%M", time.localtime(older[0].stat().st_mtime))
    stems = (f"{base.name}（{made} 定稿{number if number > 1 else ''}）" for number in itertools.count(1))
    sets = ([path.with_name(stem + path.name.removeprefix(base.name)) for path in older] for stem in stems)
    return next(
        names
        for names in sets
        if not any(
            name.exists() and bytes_of(name) != bytes_of(path)
            for path, name in zip(older, names, strict=True)
        )
    )
