"""What the checks found, covered and did not cover, and what a build wrote, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from ..checking import RULES, readings, waiver_text
from ..errors import ReportgenError
from ..job import Job
from ..model.findings import Correction, Finding, InputError, Outcome, Remark, Severity, count
from ..model.input_codes import CODES
from .terminal import columns, say, show

if TYPE_CHECKING:
    from ..review.drafts import Written
    from ..review.folder import Edited

PER_RULE = 5
"""On a terminal, so many findings of one rule are shown; a pipe gets all."""


def say_outcome(work: Job, every: bool) -> None:
    """Print what was checked and found of one report."""
    report = work.report
    say(f"{report.agency['name']} {report.year} 年（{report.path}）")
    if work.last:
        say(f"上一年：{work.last.path}")
    say_findings(work.outcome.findings, every=every)
    say_coverage(work.outcome)


def say_readings(work: Job) -> None:
    """Print every number of the narrative, what it was taken for, and of which year."""
    say("\n文字里的数：")
    for reading in readings(work.report, work.document, work.last):
        year = f"{work.report.year - reading.last}年" if reading.cells else ""
        meaning = f"，当作{year}{reading.meaning}" if reading.meaning else ""
        text = f"第 {reading.line} 行  {reading.written}{meaning}：{reading.verdict}"
        say(text, "  ", "    ")


def say_waivers(work: Job) -> None:
    """Print a waiver for every error and warning, ready to be pasted."""
    say("\n确有原因不改的，把对应的一段粘贴到输入文件末尾，填上理由和批准人：")
    for finding in work.outcome.findings:
        if finding.rule in RULES and finding.severity is not Severity.NOTE:
            show(waiver_text(finding, work.report, work.document))


def say_failure(error: ReportgenError, *, builds: bool) -> None:
    """Print why nothing was done; all problems of an input that cannot be used."""
    if not isinstance(error, InputError):
        say(f"错误：{error}", err=True)
        return
    left = "，没有生成文件" if builds else ""
    say(f"{error.path} 不能用{left}。请改正下面 {len(error.findings)} 处，再运行一次。", err=True)
    for finding in error.findings:
        place = f"第 {finding.line} 行：" if finding.line else ""
        say(place + finding.message + finding.cure, "  ", "    ", err=True)


def say_corrections(corrections: Iterable[Correction]) -> None:
    """Print each line that is put right, as it is and as it will be."""
    for correction in corrections:
        say(f"第 {correction.line} 行  {correction.written.strip()}", "", "    ")
        say(f"改为：{correction.corrected.strip()}", "    ", "    ")


def say_findings(findings: Iterable[Finding], *, every: bool) -> None:
    """Print findings, the worst first and those of one rule together; a cure that several share comes once."""
    severities, codes = list(Severity), list(RULES)

    def rank(finding: Finding) -> tuple[int, int, int]:
        code = codes.index(finding.rule) if finding.rule in codes else -1
        return severities.index(finding.severity), code, finding.line or 0

    ordered = sorted(findings, key=rank)
    for (severity, rule), group in groupby(ordered, key=lambda finding: (finding.severity, finding.rule)):
        members = list(group)
        title = (RULES.get(rule) or CODES[rule]).title
        show(f"\n{severity.label} {rule} {title}")
        shown = members if every or columns() is None else members[:PER_RULE]
        for line in _finding_lines(shown):
            say(line, "  ", "    ")
        if len(shown) < len(members):
            show(f"  …还有 {len(members) - len(shown)} 处，加 --all 全部显示")


def _finding_lines(findings: list[Finding]) -> Iterator[str]:
    for cure, group in groupby(findings, key=lambda finding: finding.cure):
        members = list(group)
        alone = len(members) == 1
        for finding in members:
            place = f"第 {finding.line} 行  " if finding.line else ""
            yield place + finding.message + (cure if alone else "")
        if not alone and cure:
            yield "→ " + cure


def say_coverage(outcome: Outcome) -> None:
    """Print what was checked, what was excused, what was not checked, and the count."""
    checked = [remark.text.rstrip("。") for remark in outcome.remarks if remark.checked]
    unchecked = [_told(remark) for remark in outcome.remarks if not remark.checked]
    say("\n已查：" + "；".join(checked) + "。")
    if unchecked:
        say("没有查：")
        for text in unchecked:
            say(text, "  · ", "    ")
    for finding, waiver in outcome.waived:
        say(f"豁免 {waiver.rule}：{finding.message}理由：{waiver.reason}（{waiver.by}）")
    say("结果：" + summary(outcome.findings))


def _told(remark: Remark) -> str:
    text = remark.text.rstrip("。")
    return f"{text}；{remark.how}" if remark.how else f"{text}。"


def say_too_long(tables: Sequence[str]) -> None:
    """Warn of tables that the templates' styles make longer than a page."""
    if tables:
        say(
            f"\n注意：按模板 report.docx 里的样式，{'、'.join(tables)}一页放不下，会断成两页。"
            "请把“表格文字”“表格表头”“表格数字”的字号改小（原来是小五号，9 磅），或把行距、段前段后改小。",
            err=True,
        )


def say_written(written: Written, input: Path) -> None:
    """Print which draft it is, its files, what was left alone, and what to do next."""
    if not written.draft:
        say("\n定稿已生成。文件：")
    elif written.is_new:
        say(f"\n{written.draft}已生成。文件：")
    else:
        say(f"\n内容和上一次相同，仍是{written.draft}。文件：")
    for file in written.files:
        show(f"  {file}")
    if written.kept:
        say("原来的定稿内容不同，没有覆盖，改名保留：")
    for path in written.kept:
        show(f"  {path}")
    for edited in written.edited:
        _say_edited(edited, input)
    if written.missing_fonts is None:
        say("没有查：PDF 用的字体是不是公文的字体（这台电脑列不出字体）。请打开 PDF 看一看。")
    elif written.missing_fonts:
        say(f"这台电脑缺少字体 {'、'.join(written.missing_fonts)}，PDF 里用了别的字体代替。")
    if written.draft:
        say(
            "\n下一步：把 Word 送审稿和核对单送审。退回的稿子里有改动的，用 reportgen pull 收进输入文件；"
            "改好再运行 reportgen build，内容变了才有新的一稿。同意后加 --final 生成定稿。"
        )
    else:
        say("\n下一步：用印、归档、发布。发布以后，用 reportgen verify 核对网上的文件和输入文件是否一致。")


def _say_edited(edited: Edited, input: Path) -> None:
    path, left = edited.path, edited.open
    if not edited.can_be_pulled:
        say(f"\n注意：{path} 生成以后被改过，或不是本程序生成的，没有动它。")
        say("要重新生成这个文件，请先把它改名或移到别处，再运行一次。")
        return
    if left is None:
        say(
            f"\n注意：{path} 生成以后被改过，或不是本程序生成的，没有动它。要把其中的改动收进输入文件，请运行："
        )
    elif left:
        say(f"\n注意：{path} 生成以后被改过，没有动它。其中 {left} 处改动还没有收进输入文件，请运行：")
    else:
        say(f"\n{path} 生成以后被改过，没有动它；其中数据和文字的改动都已收进输入文件。查看批注，请运行：")
    show(f'  reportgen pull "{path}" "{input}"')


def summary(findings: Iterable[Finding]) -> str:
    """How many findings there are, in words."""
    counted = count(findings)
    return "、".join(f"{severity.label} {number}" for severity, number in counted.items()) + "。"
