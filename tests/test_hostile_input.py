"""Whatever stands in the file: a report or a clear list of problems, never a crash, and soon."""

from __future__ import annotations

import json
import tempfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen import job
from reportgen.model.findings import Finding, InputError, Severity
from reportgen.writing import html, word

EXAMPLE = Path(__file__).parents[1] / "inputs" / "putian-psb-2022.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
JSON = json.dumps(tomllib.loads(TEXT), ensure_ascii=False, indent=1)
NASTY = st.one_of(
    st.sampled_from(
        [
            "＝",
            "“",
            "”",
            "‘",
            "’",
            "，",
            "、",
            "［",
            "］",
            "【",
            "】",
            "[",
            "]",
            "{",
            "}",
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "'''",
            '"""',
            "'",
            '"',
            "\\",
            "#",
            "=",
            ",",
            ".",
            "0",
            "-1",
            "1e9",
            "nan",
            "true",
            "\x00",
            "\x0b",
            "\t",
            "\n",
            "[[",
            "]]",
            "<script>",
            "&amp;",
            "]]>",
            "1,234",
            "３",
            "件",
            "😀",
            "\ud7ff",
            "\ue000",
            "{{year}}",
            "{{",
            "requests",
            "}}",
            "{%if",
            "year%}",
            "（一）",
            "1.",
            "%",
            "占",
            "万",
            "余",
            "2021年",
        ]
    ),
    st.text(max_size=6),
)
EDITS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 12), NASTY), min_size=1, max_size=6)


def edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    for at, cut, new in edits:
        at %= len(text) + 1
        text = text[:at] + new + text[at + cut :]
    return text


def through(data: bytes, suffix: str) -> None:
    """Read, checked and written, or refused with problems that each say something."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"input{suffix}"
        path.write_bytes(data)
        refused: list[Finding] = []
        try:
            work = job.start(path)
        except InputError as error:
            refused = error.findings or [Finding("", Severity.ERROR, "")]
        assert all(len(finding.text) > 5 for finding in refused)
        if not refused:
            word.render(work.document, draft="送审稿1")
            html.render(work.document, draft="送审稿1", findings=work.outcome.findings)


@pytest.mark.parametrize(("text", "suffix"), [(TEXT, ".toml"), (JSON, ".json")])
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(edits=EDITS)
def test_an_edited_example_is_read_or_refused(
    text: str, suffix: str, edits: list[tuple[int, int, str]]
) -> None:
    through(edited(text, edits).encode("utf-8", "surrogatepass"), suffix)


@pytest.mark.parametrize(("text", "suffix"), [(TEXT, ".toml"), (JSON, ".json")])
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(end=st.integers(0, 9000), junk=st.binary(max_size=20))
def test_a_half_written_example_is_read_or_refused(text: str, suffix: str, end: int, junk: bytes) -> None:
    through(text.encode()[:end] + junk, suffix)


@settings(max_examples=80)
@given(text=st.text(max_size=400))
def test_any_narrative_is_printed_or_refused(text: str) -> None:
    data = {**tomllib.loads(TEXT), "narrative": {"overview": text}}
    through(json.dumps(data).encode(), ".json")


@settings(max_examples=80)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
        lambda inner: st.lists(inner, max_size=8) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
        max_leaves=12,
    ),
    place=st.sampled_from(
        [
            "format",
            "year",
            "agency",
            "agency.name",
            "requests",
            "requests.granted",
            "active_disclosure.fees",
            "active_disclosure.licensing",
            "review_litigation.review",
            "narrative",
            "narrative.overview",
            "publication",
            "publication.date",
            "checks",
            "waivers",
        ]
    ),
)
def test_any_value_at_any_place_is_read_or_refused(value: object, place: str) -> None:
    data = tomllib.loads(TEXT)
    table, _, key = place.partition(".")
    if key:
        data.setdefault(table, {})[key] = value
    else:
        data[table] = value
    through(json.dumps(data).encode(), ".json")
