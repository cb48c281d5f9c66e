"""``check --json``: one object for other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..job import Job
from ..model.findings import Figure, Finding, Severity, count
from .terminal import show


def say(result: Mapping[str, Any]) -> None:
    """Print one object."""
    is_unicode = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    show(json.dumps(result, ensure_ascii=not is_unicode, indent=2))


def say_all(results: Sequence[Mapping[str, Any]]) -> None:
    """Print several results as one object, with the sum of what they found."""
    summary = {
        severity.value: sum(each["summary"][severity.value] for each in results) for severity in Severity
    }
    say({"inputs": list(results), "summary": summary})


def as_object(path: object, work: Job | None, findings: Iterable[Finding]) -> dict[str, Any]:
    """The result of one input; ``work`` is None where it cannot be used."""
    findings = list(findings)
    return {
        "input": str(path),
        "format": work.report.form.format if work else None,
        "year": work.report.year if work else None,
        "agency": work.report.agency["name"] if work else None,
        "summary": {severity.value: number for severity, number in count(findings).items()},
        "findings": [_as_json(finding) for finding in findings],
    }


def _as_json(finding: Finding) -> dict[str, Any]:
    fix = finding.fix
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message + finding.cure,
        "cells": list(finding.cells),
        "line": finding.line,
        "expected": _number(finding.expected),
        "actual": _number(finding.actual),
        "fix": {"cell": fix.cell, "from": _number(fix.old), "to": _number(fix.new)} if fix else None,
    }


def _number(figure: Figure | None) -> int | str | None:
    """JSON has no exact decimals: an amount with decimals is written as text."""
    return str(figure) if isinstance(figure, Decimal) else figure
