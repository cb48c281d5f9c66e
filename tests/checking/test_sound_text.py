"""A text as it should be: no rule of structure, wording or years may speak up."""

from __future__ import annotations

import pytest

from reportgen.checking import RULES
from reportgen.model.findings import Severity

from ..conftest import PUBLISHED_TEXT, needs_published_text
from .cases import SOUND, findings, report

CODES = sorted(code for code in RULES if code[0] in "SWY")
PARTS = {"一、总体": "overview", "二、主动": "", "五、存在": "problems", "六、其他": "other_matters"}


@pytest.mark.parametrize("code", CODES)
def test_a_sound_text_is_left_in_peace(code: str) -> None:
    last = report({}, year=2021, figures={"active_disclosure.normative_documents.in_force": 20})
    assert findings(code, report(SOUND), last) == []


@pytest.mark.parametrize("code", CODES)
def test_every_rule_says_what_it_checks_with_a_wrong_and_a_right_example(code: str) -> None:
    text = RULES[code].text
    assert "错：" in text
    assert "对：" in text
    assert RULES[code].source


@needs_published_text
def test_a_published_text_is_faulted_for_its_half_width_punctuation_and_little_else() -> None:
    narrative: dict[str, list[str]] = {}
    part = "preface"
    for line in PUBLISHED_TEXT.read_text(encoding="utf-8").splitlines()[1:-1]:
        part = next((key for heading, key in PARTS.items() if line.startswith(heading)), part)
        if part and not line.startswith(tuple(PARTS)):
            narrative.setdefault(part, []).append(line)
    this = report({key: "\n".join(lines) for key, lines in narrative.items()})
    found = [finding for code in CODES for finding in findings(code, this)]
    assert not [finding for finding in found if finding.severity is Severity.ERROR]
    # Half-width marks everywhere; ﹝﹞ and <> in document names.
    assert {finding.rule for finding in found} == {"W01", "W04", "W05"}
