"""A number of the text bound to a cell by a click, a finding waived, a waiver taken back: made of what stands there."""

from __future__ import annotations

from itertools import chain

from ..checking import mark
from ..model.findings import Finding, Severity
from ..model.language import one_line
from ..model.names import names
from ..model.paragraphs import Paragraph
from ..patterns import regex
from ..reading.adding import with_entry, without_entry
from .checked import Checked
from .edits import Edit, EditError, Text, source_of
from .line_edits import Lines
from .shown import characters

_NUMBER = regex(r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?|[〇零一二两三四五六七八九十百千万亿]+")
_PERCENT = regex(r"\s*[%％]|百分之$")
LONGEST_REASON = 500
"""Characters."""


def bound(state: Checked, part: str, paragraph: int, start: int, end: int, cell: str) -> Edit:
    """The part of the text in which a number became a reference to a cell; places are those of the page.

    Raises:
        EditError: there is no number that was typed, or no such cell.
    """
    report, document = state.report, state.document
    if report is None or document is None or cell not in report.form.cells:
        raise EditError("没有这个格。请刷新页面。")
    section = next((each for each in document.sections if each.part.text == part), None)
    if section is None or not 0 <= paragraph < len(section.paragraphs):
        raise EditError("这一段已经变了。请再点一次。")
    place = section.paragraphs[paragraph]
    first, last = _number(place, characters(place.text, start), characters(place.text, end))
    source = source_of(report, part)
    name = names(report.form).chinese(cell)
    return Text(part, f"{source[:first]}{{{{ {name} }}}}{source[last:]}")


def _number(place: Paragraph, start: int, end: int) -> tuple[int, int]:
    """Where in the source the number stands that is between two characters of a paragraph."""
    found = list(_NUMBER.finditer(place.text, start, end))
    if len(found) != 1:
        raise EditError("这里看不出是哪个数，请在文字里手工改。")
    if _PERCENT.match(place.text, found[0].end()) or place.text[: found[0].start()].endswith("百分之"):
        raise EditError(
            "这是占比。请在文字里写成 {{ 部分 | share(总数) }}，例如 {{ 予以公开.总计 | share(总计.总计) }}。"
        )
    typed = list(chain.from_iterable(run.places or (-1,) * len(run.text) for run in place.runs))
    places = typed[found[0].start() : found[0].end()]
    if places[0] < 0:
        raise EditError("这个数已经是引用的数据。")
    if places != list(range(places[0], places[0] + len(places))):
        raise EditError("这里夹着引用的数据，请在文字里手工改。")
    return places[0], places[-1] + 1


def waived(state: Checked, finding: Finding, reason: str, by: str) -> Edit:
    """The file with a waiver of a finding.

    Raises:
        EditError: it cannot be waived, or the reason or the name is missing.
    """
    report, document = state.report, state.document
    if report is None or document is None or finding.severity is Severity.NOTE or finding in state.problems:
        raise EditError("这一条不能记成“不是问题”，请改正。")
    reason, by = one_line(reason), one_line(by)
    if not reason or not by:
        raise EditError("请写明为什么不是问题、谁核实的。")
    if len(reason) > LONGEST_REASON or len(by) > LONGEST_REASON:
        raise EditError(f"“为什么不是问题”“谁核实的”太长，各最多 {LONGEST_REASON} 字。")
    own = mark(finding, report, document)
    values = {
        "rule": finding.rule,
        "mark": own,
        "place": finding.message.split("\n")[0],
        "reason": reason,
        "by": by,
    }
    text = with_entry(state.source.text, report.path, "waivers", values)

    def is_waived(now: Checked) -> bool:
        return any(waiver.mark == own and waiver.rule == finding.rule for _, waiver in now.outcome.waived)

    return Lines(state.source.text, text, is_waived)


def unwaived(state: Checked, rule: str, mark: str) -> Edit:
    """The file without a waiver.

    Raises:
        EditError: it is not there any more.
    """
    report, text = state.report, state.source.text
    entries = report.settings.get("waivers", []) if report else []
    numbers = [
        number
        for number, entry in enumerate(entries)
        if (entry.get("rule"), entry.get("mark")) == (rule, mark)
    ]
    if not numbers or report is None or state.syntax:
        raise EditError("文件里已经没有这一条说明了。")
    for number in reversed(numbers):
        text = without_entry(text, report.path, "waivers", number)

    def is_gone(now: Checked) -> bool:
        return all((each.rule, each.mark) != (rule, mark) for _, each in now.outcome.waived)

    return Lines(state.source.text, text, is_gone)
