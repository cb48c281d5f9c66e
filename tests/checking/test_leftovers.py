"""What is still the shipped example's, in the input of whoever copied it and changed the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.form import example
from reportgen.job import start
from reportgen.model.findings import Finding

SHIPPED = Path(__file__).parents[2] / "inputs" / example.NAME
TEXT = SHIPPED.read_text(encoding="utf-8")
OWN = TEXT.replace('name     = "莆田市公安局"', 'name     = "某县公安局"')


def left(tmp_path: Path, text: str) -> list[Finding]:
    path = tmp_path / "本局.toml"
    path.write_text(text, encoding="utf-8")
    return [finding for finding in start(path).outcome.findings if finding.rule == "S17"]


def test_the_example_itself_has_none(tmp_path: Path) -> None:
    assert left(tmp_path, TEXT) == []


def test_contacts_large_figures_and_counts_in_the_text_are_named_with_their_line(tmp_path: Path) -> None:
    said = [(finding.line, finding.message) for finding in left(tmp_path, OWN)]
    lines = OWN.splitlines()
    assert all(line and lines[line - 1] for line, _ in said)
    words = "".join(message for _, message in said)
    for expected in (
        "网站“http://gaj.putian.gov.cn”",
        "“0594-2772776”",
        "“351100”",
        "335873",
        "62个政务新媒体",
        "12期",
    ):
        assert expected in words or any(expected in lines[line - 1] for line, _ in said if line), expected
    assert "政府信息公开年报" not in words, "what many call alike is not the example's"
    assert not any("1月1日至12月31日" in message or "711号" in message for _, message in said)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("http://gaj.putian.gov.cn", "http://gaj.mouxian.gov.cn"),
        ("0594-2772776", "0594-7772776"),
        ("335873", "335874"),
        ("62个政务新媒体账号", "63个政务新媒体账号"),
    ],
)
def test_what_was_changed_is_named_no_more(old: str, new: str, tmp_path: Path) -> None:
    assert len(left(tmp_path, OWN.replace(old, new))) == len(left(tmp_path, OWN)) - 1


def test_without_the_example_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(example, "PACKAGE", tmp_path / "nowhere")
    example.example.cache_clear()
    assert left(tmp_path, OWN) == []
    example.example.cache_clear()
