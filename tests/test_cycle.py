"""The year's real work: a draft goes to the leader, comes back corrected, and nothing of it is lost."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen import job
from reportgen.form.model import Form
from reportgen.model.content import Content
from reportgen.model.differences import compare
from reportgen.model.document import compose
from reportgen.model.paragraphs import Paragraph
from reportgen.reading import read_source
from reportgen.reading.word_file import read_word
from reportgen.review import pull, verify
from reportgen.writing import html, word
from reportgen.writing.own_files import Rewritten, rewrite

from .reviewer import Reviewer
from .writing.office import saved_by_libreoffice

EXAMPLE = Path(__file__).parents[1] / "inputs" / "putian-psb-2022.toml"
TEXT = EXAMPLE.read_text(encoding="utf-8")


def draft_of(input: Path, number: int = 1) -> bytes:
    """A draft of the input as it is now."""
    work = job.start(input)
    origin = replace(work.origin, draft=number)
    return word.render(work.document, draft=f"送审稿{number}", findings=work.outcome.findings, origin=origin)


def content_now(input: Path) -> Content:
    return job.start(input).document.content


def take_in(reviewed: Path, input: Path) -> pull.Pulled:
    """``pull --write``."""
    found = pull.pull(reviewed, input)
    if found.is_new:
        rewrite(Rewritten(input, found.source.data, found.source.encode(found.text)), backup_of=input)
    return found


# ── one whole cycle ─────────────────────────────────────────────────────────────────────────────────

NATURAL, TOTAL = "requests.granted.natural", "requests.granted.total"
IN_FORCE = "active_disclosure.normative_documents.in_force"
DELETED_ROW = "requests.declined_repeat.natural"


def corrected(data: bytes, form: Form) -> bytes:
    """What the leader does to the first draft."""
    leader = Reviewer(data, form)
    leader.write("active_disclosure.licensing", "335880")  # a figure
    leader.replace("全部按期答复，其中", "全部按期办结，其中")  # words around bound numbers
    leader.replace("现行有效26件", "现行有效27件")  # a bound number, and its cell
    leader.write(IN_FORCE, "27")
    leader.track("三级审签", "三审三校", insert_only=False)  # tracked: out and in
    leader.comment(NATURAL, "请与信访科核对。")
    leader.delete_row(DELETED_ROW)
    return leader.saved()


@pytest.mark.parametrize("saved_by", ["lxml", "LibreOffice"])
def test_a_cycle_from_the_first_draft_to_the_verified_final(
    saved_by: str, form: Form, tmp_path: Path
) -> None:
    input = tmp_path / "本局-2022.toml"
    input.write_bytes(EXAMPLE.read_bytes())
    data = draft_of(input)
    if saved_by == "LibreOffice":
        data = saved_by_libreoffice(data, tmp_path)
    data = corrected(data, form)
    if saved_by == "LibreOffice":
        data = saved_by_libreoffice(data, tmp_path)
    reviewed = tmp_path / "送审稿1-改.docx"
    reviewed.write_bytes(data)
    first = content_now(input)

    found = take_in(reviewed, input)

    assert found.draft == "1"
    assert found.merge.conflicts == []
    assert [(c.cell, c.old, c.new) for c in found.merge.corrections.figures] == [
        (IN_FORCE, "26", "27"),
        ("active_disclosure.licensing", "335873", "335880"),
    ]
    assert found.merge.from_text == []
    assert len(found.merge.corrections.texts) == 3
    assert [(c.author, c.text, c.place) for c in found.file.comments] == [
        ("张局长", "请与信访科核对。", "表三·（一）予以公开·自然人")
    ]
    assert len(found.file.unknown) == 1
    assert "2.重复申请" in found.file.unknown[0]

    second = content_now(input)
    changes = compare(first, second)
    assert [(c.cell, c.new) for c in changes.figures] == [
        (IN_FORCE, "27"),
        ("active_disclosure.licensing", "335880"),
    ]
    assert [c.new.partition("，")[0][-12:] for c in changes.texts]
    assert second.texts["overview"][2].count("全部按期办结") == 1
    assert "现行有效27件" in second.texts["overview"][1]
    assert "三审三校" in second.texts["overview"][3]
    source = input.read_text(encoding="utf-8")
    assert "现行有效{{ active_disclosure.normative_documents.in_force }}件" in source
    assert (
        "{{ requests.new_received.total }}件，全部按期办结，其中予以公开{{ requests.granted.total }}件"
        in source
    )

    assert not pull.pull(reviewed, input).is_new  # a second time there is nothing more to take in

    second_draft = tmp_path / "送审稿2.docx"
    second_draft.write_bytes(draft_of(input, 2))
    assert read_word(second_draft, form).content == second
    untouched = pull.pull(second_draft, input)
    assert not untouched.merge.corrections
    assert untouched.is_clear

    work = job.start(input)
    for name, final in (
        ("定稿.docx", word.render(work.document)),
        ("定稿.html", html.render(work.document).encode()),
    ):
        (tmp_path / name).write_bytes(final)
        verified = verify.verify(tmp_path / name, input)
        assert verified.is_same
        assert verified.figures == 200
    assert not verify.verify(reviewed, input).is_same


def test_the_input_keeps_every_byte_that_was_not_corrected(form: Form, tmp_path: Path) -> None:
    input = tmp_path / "in.toml"
    input.write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "r.docx").write_bytes(corrected(draft_of(input), form))
    take_in(tmp_path / "r.docx", input)
    before, after = TEXT.splitlines(), input.read_text(encoding="utf-8").splitlines()
    assert len(before) == len(after)
    assert [i for i, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b] == [29, 30, 86, 87]
    assert after[28] == before[28].replace("26", "27")
    assert after[86] == before[86].replace("三级审签", "三审三校")
    assert (tmp_path / "in（备份1）.toml").read_bytes() == EXAMPLE.read_bytes()


# ── whatever is corrected ───────────────────────────────────────────────────────────────────────────


def as_json(text: str) -> str:
    return json.dumps(tomllib.loads(text, parse_float=Decimal), ensure_ascii=False, indent=2, default=str)


def without_totals(text: str) -> str:
    return text.replace(",   6  ]", " ]").replace(",   11 ]", " ]").replace(",   1  ]", " ]")


INPUTS: dict[str, Callable[[], tuple[str, bytes]]] = {
    "TOML": lambda: (".toml", TEXT.encode()),
    "Windows": lambda: (".toml", b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()),
    "GB18030": lambda: (".toml", TEXT.encode("gb18030")),
    "no totals": lambda: (".toml", without_totals(TEXT).encode()),
    "JSON": lambda: (".json", as_json(TEXT).encode()),
}
WORDS = st.text("政务公开，；、的“”（）及7年件a", min_size=0, max_size=8)
FIGURES = st.integers(1, 999_999).map(str)


@st.composite
def corrections(
    draw: st.DrawFn, form: Form, paragraphs: list[tuple[str, int, Paragraph]]
) -> tuple[dict[str, str], dict[tuple[str, int], list[tuple[int, int, int, str]]]]:
    """Other figures for some cells; and for some paragraphs, words typed over a stretch of what was typed there."""
    figures = draw(st.dictionaries(st.sampled_from(sorted(form.cells)), FIGURES, max_size=4))
    texts = {}
    for part, index, paragraph in draw(
        st.lists(st.sampled_from(paragraphs), max_size=3, unique_by=lambda p: p[:2])
    ):
        typed = [i for i, run in enumerate(paragraph.runs) if run.bound is None and len(run.text) > 4]
        edits = []
        for run in draw(st.lists(st.sampled_from(typed), max_size=2, unique=True)) if typed else []:
            length = len(paragraph.runs[run].text)
            start = draw(st.integers(2, length - 2))
            end = draw(st.integers(start, length - 2))
            edits.append((run, start, end, draw(WORDS)))
        texts[part, index] = edits
    return figures, texts


@pytest.mark.parametrize("kind", INPUTS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_next_draft_is_the_corrected_one(
    kind: str, data: st.DataObject, form: Form, tmp_path: Path
) -> None:
    suffix, written = INPUTS[kind]()
    input, reviewed = tmp_path / f"in{suffix}", tmp_path / "r.docx"
    input.write_bytes(written)
    work = job.start(input)
    paragraphs = [
        (section.part.text, i, paragraph)
        for section in work.document.sections
        for i, paragraph in enumerate(section.paragraphs)
    ]
    figures, texts = data.draw(corrections(form, paragraphs))
    leader = Reviewer(draft_of(input), form)
    for cell, figure in figures.items():
        leader.write(cell, figure)
    printed = {
        **work.report.figures,
        **{cell: type(work.report.figures[cell])(figure) for cell, figure in figures.items()},
    }
    for row in (row for table in form.tables.values() for row in table.rows.values()):
        if row.total and row.total.key in work.report.computed and row.total.key not in figures:
            printed[row.total.key] = sum(
                int(printed[cell.key]) for cell in row.cells if cell is not row.total
            )
    after = compose(replace(work.report, figures=printed))
    expected = {part: list(text) for part, text in after.content.texts.items()}
    for (part, index), edits in texts.items():
        before = next(p for key, i, p in paragraphs if (key, i) == (part, index))
        now = next(s for s in after.sections if s.part.text == part).paragraphs[index]
        old_runs, new_runs = ([run.text for run in paragraph.runs] for paragraph in (before, now))
        for run, start, end, typed in edits:
            for runs in (old_runs, new_runs):
                runs[run] = runs[run][:start] + typed + runs[run][end:]
        if edits:
            leader.replace(before.text, "".join(old_runs))
            expected[part][index] = "".join(new_runs)
    reviewed.write_bytes(leader.saved())

    found = take_in(reviewed, input)

    assert found.merge.conflicts == []
    result = content_now(input)
    assert {part: list(text) for part, text in result.texts.items()} == expected
    assert result.figures == dict(after.content.figures)
    assert not pull.pull(reviewed, input).is_new
    assert read_source(input).encoding == read_source_encoding(written)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_typed_is_taken_in_or_named_as_a_conflict(
    data: st.DataObject, form: Form, tmp_path: Path
) -> None:
    input, reviewed = tmp_path / "in.toml", tmp_path / "r.docx"
    input.write_text(TEXT, encoding="utf-8")
    texts = [text for texts in content_now(input).texts.values() for text in texts]
    leader = Reviewer(draft_of(input), form)
    for text in data.draw(st.lists(st.sampled_from(texts), min_size=1, max_size=3, unique=True)):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        typed = text[:start] + data.draw(WORDS) + text[end:]
        leader.replace(text, typed.strip() or "改")
    reviewed.write_bytes(leader.saved())

    found = take_in(reviewed, input)

    if not found.merge.conflicts and not found.merge.from_text:
        assert content_now(input) == found.file.content
    again = pull.pull(reviewed, input)
    assert not again.is_new
    assert again.merge.conflicts == found.merge.conflicts


def read_source_encoding(written: bytes) -> str:
    try:
        written.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
