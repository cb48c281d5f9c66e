"""What one click mends: a finding with exactly one cure, as a change of the file."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ..checking import idle_waivers
from ..checking.registry import RULES
from ..checking.repairs import Repair, apply, repairs, unplaced
from ..model.findings import Finding, cut
from ..model.language import printable
from ..model.report import printed
from ..reading.adding import without_entry
from ..reading.mending import LINE
from ..reading.mending import apply as corrected
from .checked import Checked
from .edits import Edit, EditError, Figures
from .line_edits import Lines
from .words import for_page


def faulty_lines(state: Checked) -> dict[str, Any] | None:
    """The lines that cannot be read, each with its one right form where there is one."""
    if not state.syntax:
        return None
    last = {(each.line, each.message): each for each in state.syntax}  # a line is mended in several steps
    lines = state.source.normal.split("\n")
    return {
        "lines": [
            {
                "line": each.line,
                "text": lines[each.line - 1] if each.line and each.line <= len(lines) else "",
                "why": for_page(each.message),
                "how": "" if each.correction else for_page(each.cure.partition("\n")[0]),
                "corrected": each.correction.corrected if each.correction else None,
                "at": each.correction.line if each.correction else each.line,
            }
            for each in last.values()
        ],
        "can_mend": any(each.correction for each in state.syntax),
    }


def label_of_fix(finding: Finding, state: Checked) -> str | None:
    """What the button of a finding's one cure says; None where it has none, or more than one."""
    if finding.fix:
        return f"改为 {printed(finding.fix.new)}"
    if finding.correction:
        return f"改为 {cut(finding.correction.corrected)}"
    if _idle_waiver(finding, state) is not None:
        return "删去这条说明"
    repair = _repair_of(finding, state)
    return _change(repair) if repair else None


def fix_of(finding: Finding, state: Checked) -> Edit:
    """The cure of a finding.

    Raises:
        EditError: it has none that can be made here.
    """
    text = state.source.text
    if finding.fix:
        return Figures({finding.fix.cell: printed(finding.fix.new)})
    if finding.correction:
        mended, _ = corrected(text, [finding.correction])
    elif state.report and (number := _idle_waiver(finding, state)) is not None:
        mended = without_entry(text, state.report.path, "waivers", number)
    else:
        repair = _repair_of(finding, state)
        mended = apply(text, [repair]) if repair else text
    if mended == text:
        raise EditError("这一处写法特殊，不能自动改，请手工改。")
    return Lines(text, mended)


def all_fixes(state: Checked) -> tuple[Edit, int]:
    """Everything of the text and of its writing that has one right form, and how much it is; what ``fix`` does.

    Raises:
        EditError: there is nothing.
    """
    text, count = state.source.text, 0
    if state.report is not None and not state.syntax:
        found = repairs(state.report)
        count = len(found) - len(unplaced(text, found))
        text = apply(text, found)
    text, placed = corrected(text, [each.correction for each in state.problems if each.correction])
    if not count + len(placed):
        raise EditError("没有可以自动改正的地方。")
    return Lines(state.source.text, text), count + len(placed)


def mended(state: Checked, lines: list[int] | None) -> tuple[Edit, int]:
    """The faults of some lines, or of all, put right where there is one right form, and how many they are.

    Raises:
        EditError: there is none.
    """
    wanted = [
        each.correction
        for each in state.problems
        if each.correction and (lines is None or each.correction.line in lines or each.line in lines)
    ]
    text, placed = corrected(state.source.text, wanted)
    if not placed:
        raise EditError("这几行没有唯一的改法，请照说明手工改。")
    return Lines(state.source.text, text), len(placed)


def with_line(state: Checked, line: int, was: str, text: str) -> Edit:
    """One line of the file, or several in its place, as the clerk writes them.

    Raises:
        EditError: another line stands there by now.
    """
    lines = LINE.findall(state.source.text)
    if not 1 <= line <= len(lines) or lines[line - 1][0] != was:
        raise EditError("这一行已经变了。请看一看现在的内容，再改一次。")
    end = next((end for _, end in lines if end), "\n")
    lines[line - 1] = printable(text).replace("\n", end), lines[line - 1][1]
    return Lines(state.source.text, "".join(written + own for written, own in lines))


def _idle_waiver(finding: Finding, state: Checked) -> int | None:
    """The number of the waiver that a finding says is idle; None where it speaks of none, or its line has several."""
    report = state.report
    if finding.rule != idle_waivers.RULE or report is None:
        return None
    entries = range(len(report.settings.get("waivers", ())))
    there = [number for number in entries if report.line_of(f"waivers.{number}") == finding.line]
    return there[0] if len(there) == 1 else None


def _repair_of(finding: Finding, state: Checked) -> Repair | None:
    rule = RULES.get(finding.rule)
    if rule is None or rule.repair is None or state.report is None or finding.line is None:
        return None
    found = (each for each in repairs(state.report) if each.line == finding.line)
    return next((each for each in found if finding.rule in each.rules), None)


@lru_cache(maxsize=500)
def _change(repair: Repair) -> str:
    changes = repair.changes
    more = f"等 {len(changes)} 处" if len(changes) > 1 else ""
    return f"改为 {cut(changes[0][1])}{more}" if changes else "改正"
