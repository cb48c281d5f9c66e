"""What the clerk decided about the checks: ``[checks]`` (severities, limits) and ``[[waivers]]``.

A waiver excuses one finding for the very figures or sentence it spoke of; its mark is made of them, so a waiver
whose figures or sentence have changed no longer holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, NamedTuple

from ..model.document import Document
from ..model.findings import Finding, InputError, Remark, Severity, Waiver
from ..model.language import quoted
from ..model.report import Report, printed
from .registry import RULES

OFF = "off"
_WHERE = "见输入文件的 [checks]。"
WAIVER_KEYS = ("rule", "mark", "place", "reason", "by")


class Settings(NamedTuple):
    """The clerk's settings, checked."""

    severities: Mapping[str, str]
    """By rule code: a severity, or ``off``."""
    limits: Mapping[str, float]
    """All limits in force, by name."""
    changed_limits: tuple[str, ...]
    waivers: tuple[Waiver, ...]

    def off(self, code: str) -> bool:
        """Whether the clerk switched the rule off."""
        return self.severities.get(code) == OFF

    def graded(self, finding: Finding) -> Finding:
        """The finding with the severity the clerk wants its rule to have."""
        wanted = self.severities.get(finding.rule)
        return replace(finding, severity=Severity(wanted)) if wanted else finding

    def changes(self) -> Iterator[Remark]:
        """What the clerk changed, so that the output can say so."""
        for code, wanted in self.severities.items():
            what = "没有查" if wanted == OFF else f"算作{Severity(wanted).label}"
            yield Remark(False, f"规则 {code}（{RULES[code].title}）按本机关的设置{what}", _WHERE)
        for name in self.changed_limits:
            meaning = next(found.limits[name].meaning for found in RULES.values() if name in found.limits)
            yield Remark(False, f"{meaning}按本机关的设置改为 {self.limits[name]:g}", _WHERE)


def read_settings(report: Report) -> Settings:
    """Read the settings of an input.

    Raises:
        InputError: an unknown rule or limit, a severity that is none, a waiver that is not complete.
    """
    problems: list[Finding] = []
    severities: dict[str, str] = {}
    defaults = {name: limit.default for found in RULES.values() for name, limit in found.limits.items()}
    limits = {name: default for name, default in defaults.items() if default is not None}
    changed = []
    written = report.settings.get("checks", {})
    if not isinstance(written, dict):
        written = {}
        problems.append(_problem(report, "checks", "“checks”要写成单独的一节。", "请另起一行写 [checks]。"))
    for key, value in written.items():
        if key in RULES:
            if value in (OFF, *Severity):
                severities[key] = value
            else:
                advice = f'请写 {key} = "off"、"error"、"warning" 或 "note"。'
                problems.append(
                    _problem(report, f"checks.{key}", f"规则 {key} 的级别“{value}”不对。", advice)
                )
        elif key in defaults:
            if isinstance(value, bool) or not _is_positive(value):
                problems.append(_problem(report, f"checks.{key}", f"限度 {key} 要写大于 0 的数。", ""))
            else:
                limits[key] = float(value)
                changed.append(key)
        else:
            near = get_close_matches(key, [*RULES, *defaults], n=1)
            advice = f"是不是“{near[0]}”？" if near else "全部规则见 reportgen rules。"
            problems.append(
                _problem(report, f"checks.{key}", f"[checks] 里的“{key}”不是规则，也不是限度。", advice)
            )
    waivers = tuple(_waivers(report, problems))
    if problems:
        raise InputError(report.path, problems)
    return Settings(severities, limits, tuple(changed), waivers)


def mark(finding: Finding, report: Report, document: Document) -> str:
    """A short name for the finding, made of its rule and the very figures or sentence it speaks of."""
    if finding.passage:
        section = next(s for s in document.sections if s.part.text == finding.passage.part)
        text = section.paragraphs[finding.passage.paragraph].text
        begin = text.rfind("。", 0, finding.passage.start) + 1
        end = text.find("。", finding.passage.end)
        about = [text[begin : end if end >= 0 else None], text[finding.passage.start : finding.passage.end]]
    else:
        about = []
    about += [f"{cell}={_figure(report, cell)}" for cell in finding.cells]
    subject = "|".join(about or [finding.message])
    return hashlib.sha256(f"{finding.rule}|{subject}".encode()).hexdigest()[:8]


def waiver_text(finding: Finding, report: Report, document: Document) -> str:
    """A waiver of the finding as the input file would hold it, reason and name still to be filled in."""
    place = finding.message.split("\n")[0]
    words = {
        "rule": finding.rule,
        "mark": mark(finding, report, document),
        "place": place,
        "reason": "",
        "by": "",
    }
    lines = (f"{key:<6} = {quoted(word)}" for key, word in words.items())
    return "\n[[waivers]]\n" + "\n".join(lines)


def _figure(report: Report, cell: str) -> str:
    return printed(report.figures[cell]) if cell in report.figures else ""


def _waivers(report: Report, problems: list[Finding]) -> Iterator[Waiver]:
    written: Any = report.settings.get("waivers", [])
    if not isinstance(written, list) or not all(isinstance(waiver, dict) for waiver in written):
        problems.append(_problem(report, "waivers", "豁免写得不对。", "每一条以单独一行 [[waivers]] 开头。"))
        return
    for i, waiver in enumerate(written):
        place = f"waivers.{i}"
        texts = {key: waiver.get(key, "") for key in WAIVER_KEYS}
        for key in waiver:
            if key not in WAIVER_KEYS:
                advice = f"可以写：{'、'.join(WAIVER_KEYS)}。"
                problems.append(_problem(report, place, f"不认识豁免里的“{key}”。", advice))
        missing = [key for key, text in texts.items() if not isinstance(text, str) or not text.strip()]
        if missing:
            advice = "请从检查结果里整段复制，再写明理由 reason 和批准人 by。"
            problems.append(_problem(report, place, f"豁免缺少 {'、'.join(missing)}。", advice))
        elif texts["rule"] not in RULES:
            problems.append(
                _problem(report, place, f"没有规则“{texts['rule']}”。", "全部规则见 reportgen rules。")
            )
        else:
            yield Waiver(**texts, line=report.line_of(place))


def _is_positive(value: Any) -> bool:
    try:
        return float(value) > 0
    except (TypeError, ValueError, OverflowError):
        return False


def _problem(report: Report, key: str, message: str, advice: str) -> Finding:
    return Finding("I03", Severity.ERROR, message, advice, line=report.line_of(key))
