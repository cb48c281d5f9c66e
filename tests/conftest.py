"""Published reports as test data, and reports made from figures and text without a file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from reportgen import cli, console
from reportgen.form.form_file import load_form
from reportgen.form.model import Form
from reportgen.model.expressions import parse
from reportgen.model.findings import Figure
from reportgen.model.names import names
from reportgen.model.report import Report

from .leader import only_the_leaders_language


@pytest.fixture(scope="session", autouse=True)
def _papers_speak_the_leaders_language() -> Iterator[None]:
    """Whatever any test makes the program find, papers can print."""
    with only_the_leaders_language():
        yield


Run = Callable[..., tuple[int, str]]
"""Runs a command; gives its exit status and all it printed."""

PUBLISHED = Path(__file__).parent / "published"
PUBLISHED_NAMES = sorted(path.stem for path in PUBLISHED.glob("*.json"))

PUBLISHED_TEXT = Path(__file__).parents[2] / "shared" / "seeds" / "putian-psb-2022.txt"
"""The text of the published report putian-psb-2022: not ours to copy, so kept beside the project and not in it."""
needs_published_text = pytest.mark.skipif(
    not PUBLISHED_TEXT.is_file(),
    reason=f"the text of a published report is not ours to copy and not in {PUBLISHED_TEXT.parent}",
)

# No test depends on how fast the machine is, and the gate tries the same examples each time: what has passed lands.
# ``pytest --hypothesis-profile=search`` looks for new ones.
settings.register_profile("gate", deadline=None, database=None, derandomize=True)
settings.register_profile("search", deadline=None, database=None, print_blob=True)
settings.load_profile("gate")


@pytest.fixture(scope="session")
def form() -> Form:
    return load_form("2021")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    console.prepare()

    def run(*arguments: object) -> tuple[int, str]:
        status = cli.run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return run


def published(name: str) -> dict[str, Any]:
    """A published report as input data (see ``published/README.md``), facts dropped.

    Reports that kept the 2019 form's single row （六）其他处理 enter it as 3.其他, the other two rows being 0.
    """
    data = json.loads((PUBLISHED / f"{name}.json").read_text(encoding="utf-8"))
    requests = data["requests"]
    if "other_combined" in requests:
        requests["other_other"] = requests.pop("other_combined")
        requests["other_overdue_correction"] = requests["other_overdue_fee"] = [0] * 7
    active = dict(data["active_disclosure"])
    for row in ("regulations", "normative_documents"):
        active[row] = [active[row][column] for column in ("issued", "repealed", "in_force")]
    return {
        "format": "2021",
        "year": data["year"],
        "agency": {"name": data["agency"]},
        "active_disclosure": active,
        "requests": requests,
        "review_litigation": data["review_litigation"],
    }


def figures_of(data: Mapping[str, Any], form: Form) -> dict[str, Figure]:
    """The figures of input data by cell key."""
    figures: dict[str, Figure] = {}
    for table in form.tables.values():
        for row in table.rows.values():
            written = data[table.key][row.key]
            for cell, value in zip(
                row.cells, written if isinstance(written, list) else [written], strict=True
            ):
                figures[cell.key] = Decimal(value) if cell.decimal else int(value)
    return figures


def make_report(
    data: Mapping[str, Any],
    form: Form,
    narrative: Mapping[str, str] | None = None,
    *,
    figures: Mapping[str, Figure] | None = None,
) -> Report:
    """A report from input data without a file; line numbers of a narrative count from 1 in each part."""
    agency = dict(data["agency"])
    known = names(form)
    return Report(
        form=form,
        path=Path("input.toml"),
        year=data["year"],
        agency=agency,
        figures=figures if figures is not None else figures_of(data, form),
        narrative={
            key: parse(text, range(1, text.count("\n") + 2), known) for key, text in (narrative or {}).items()
        },
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where every tool is installed (``.ci/run``), a test that was skipped for want of one is a failed run.

    The text of a published report is no tool: it is not ours to copy, and its tests skip where it is missing.
    """
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    wanting = [report for report in skipped if "published" not in str(report.longrepr)]
    if os.environ.get("REPORTGEN_NO_SKIPS") and wanting:
        for report in wanting:
            print(f"\nskipped: {report.nodeid}: {report.longrepr}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
