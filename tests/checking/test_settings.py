"""What the clerk decides about the checks: severities, limits and waivers, each of them said in the output."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportgen import job
from reportgen.checking import waiver_text
from reportgen.model.findings import InputError, Severity

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
WRONG = EXAMPLE.read_text(encoding="utf-8").replace("[ 11,    0,", "[ 12,    0,")

Start = Callable[[str], job.Job]


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Checks the example with one wrong figure and something added at the end."""

    def start(added: str = "", text: str = WRONG) -> job.Job:
        path = tmp_path / "input.toml"
        path.write_text(f"{text}\n{added}\n", encoding="utf-8")
        return job.start(path)

    return start


def rules(work: job.Job) -> list[tuple[str, Severity]]:
    return [(finding.rule, finding.severity) for finding in work.outcome.findings if finding.rule == "T01"]


def unchecked(work: job.Job) -> list[str]:
    return [remark.text for remark in work.outcome.remarks if not remark.checked]


def test_without_settings_the_rules_have_their_own_severity(start: Start) -> None:
    assert rules(start("")) == [("T01", Severity.ERROR)] * 2


def test_a_rule_can_be_switched_off_and_the_output_says_so(start: Start) -> None:
    work = start('[checks]\nT01 = "off"')
    assert rules(work) == []
    assert "规则 T01（勾稽关系）按本机关的设置没有查" in unchecked(work)


def test_a_severity_can_be_changed_and_the_output_says_so(start: Start) -> None:
    work = start('[checks]\nT01 = "note"')
    assert rules(work) == [("T01", Severity.NOTE)] * 2
    assert not work.outcome.blocks_final
    assert "规则 T01（勾稽关系）按本机关的设置算作说明" in unchecked(work)


def test_a_limit_can_be_changed_and_the_output_says_so(start: Start) -> None:
    work = start("[checks]\noverview_length = 100")
    assert any(finding.rule == "S08" for finding in work.outcome.findings)
    assert any("按本机关的设置改为 100" in text for text in unchecked(work))


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('T1 = "off"', "[checks] 里的“T1”不是规则，也不是限度。是不是“T01”？"),
        ('T01 = "of"', '规则 T01 的级别“of”不对。请写 T01 = "off"、"error"、"warning" 或 "note"。'),
        ("T01 = 1", "规则 T01 的级别“1”不对。"),
        ('overview_length = "long"', "限度 overview_length 要写大于 0 的数。"),
        ("overview_length = -5", "限度 overview_length 要写大于 0 的数。"),
        ("overview_length = true", "限度 overview_length 要写大于 0 的数。"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(start: Start, setting: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        start(f"[checks]\n{setting}")
    (finding,) = caught.value.findings
    assert finding.text.startswith(message)
    assert finding.line == WRONG.count("\n") + 3


def waivers_for(work: job.Job, **words: str) -> str:
    texts = [waiver_text(f, work.report, work.document) for f in work.outcome.findings if f.rule == "T01"]
    for key, word in {"reason": "已核实，上级口径如此", "by": "张主任", **words}.items():
        texts = [text.replace(f'{key:<6} = ""', f'{key:<6} = "{word}"') for text in texts]
    return "\n".join(texts)


def test_a_waiver_excuses_its_finding_and_the_output_keeps_the_reason(start: Start) -> None:
    work = start(waivers_for(start("")))
    assert rules(work) == []
    assert [(finding.rule, waiver.by) for finding, waiver in work.outcome.waived] == [("T01", "张主任")] * 2
    assert not any(finding.rule == "C01" for finding in work.outcome.findings)


def test_a_waiver_does_not_hold_for_other_figures_and_is_reported_as_stale(start: Start) -> None:
    waivers = waivers_for(start(""))
    work = start(waivers, WRONG.replace("[ 12,    0,", "[ 13,    0,"))
    assert rules(work) == [("T01", Severity.ERROR)] * 2, "the finding is back"
    stale = [finding for finding in work.outcome.findings if finding.rule == "C01"]
    assert len(stale) == 2
    assert all(finding.line and finding.line > WRONG.count("\n") for finding in stale)


def test_a_waiver_of_a_sentence_does_not_hold_when_the_sentence_changes(start: Start) -> None:
    text = EXAMPLE.read_text(encoding="utf-8").replace("累计21份。", "累计21份，收到政府信息公开申请20件。")
    work = start("", text)
    (finding,) = (f for f in work.outcome.findings if f.rule == "X01")
    waiver = waiver_text(finding, work.report, work.document).replace('= ""', '= "按全市口径"')
    assert not any(f.rule == "X01" for f in start(waiver, text).outcome.findings)
    other = text.replace("收到政府信息公开申请20件", "收到政府信息公开申请21件")
    found = {f.rule for f in start(waiver, other).outcome.findings}
    assert {"X01", "C01"} <= found


@pytest.mark.parametrize("missing", ["rule", "mark", "place", "reason", "by"])
def test_a_waiver_must_name_rule_place_reason_and_who_decided(start: Start, missing: str) -> None:
    lines = waivers_for(start("")).split("\n\n")[0].split("\n")
    with pytest.raises(InputError, match=f"豁免缺少 {missing}"):
        start("\n".join(line for line in lines if not line.startswith(missing)))


def test_a_waiver_of_an_unknown_rule_is_refused(start: Start) -> None:
    with pytest.raises(InputError, match="没有规则“Z01”"):
        start(waivers_for(start("")).replace('"T01"', '"Z01"'))
