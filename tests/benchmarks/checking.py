"""Checking a report with a 30,000-character text and last year's, beyond start-up; its growth with the text, and that of a phrase repeated."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from reportgen.checking import check
from reportgen.checking.claims.reader import read as claims
from reportgen.checking.rule import Case
from reportgen.form.form_file import load_form
from reportgen.model.document import compose
from reportgen.model.findings import Outcome
from reportgen.reading import read

from ..checking.claims.test_rules import REPEATED
from ..conftest import make_report, published
from .clock import medians

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        sizes = (7_500, 15_000, 30_000, 60_000)
        ways = {f"{size:,} characters": _case(Path(name), size) for size in sizes}
        times = medians(ways, runs=7)
    base = times[f"{sizes[0]:,} characters"]
    for size, taken in zip(sizes, times.values(), strict=True):
        print(
            f"  {size:>7,} characters{taken:>9.1f} ms{taken / base:>7.2f} × the time for {size / sizes[0]:.0f} × the text"
        )
    print("  (aim: 30,000 characters under 100 ms, growth no faster than the text)")
    print("  one phrase over and over, 32,000 characters against 8,000 (aim: 4):")
    for phrase in REPEATED:
        short, long = medians({size: _reading(phrase, int(size)) for size in ("8000", "32000")}, 5).values()
        print(f"    {phrase[:9].strip():<12}{long:>9.1f} ms{long / short:>7.2f} ×")


def _case(folder: Path, size: int) -> Callable[[], Outcome]:
    """A check of a report and last year's, each with the example's text over and over up to ``size`` characters."""
    example = compose(read(EXAMPLE))
    paragraphs = [paragraph.text for section in example.sections for paragraph in section.paragraphs]
    reports = []
    for year in (2022, 2021):
        lines: list[str] = []
        while sum(map(len, lines)) < size:
            text = paragraphs[len(lines) % len(paragraphs)].replace("2022", str(year))
            lines.append(text.replace("我局", f"我局第{len(lines)}处"))  # no two paragraphs are the same
        source = EXAMPLE.read_text(encoding="utf-8").replace("year   = 2022", f"year = {year}")
        path = folder / f"{size}-{year}.toml"
        path.write_text(
            source.replace("overview = '''\n", "overview = '''\n" + "\n".join(lines) + "\n"), encoding="utf-8"
        )
        reports.append(read(path))
    this, last = reports
    document, last_document = compose(this, last), compose(last)
    return lambda: check(this, document, last, last_document)


def _reading(phrase: str, size: int) -> Callable[[], object]:
    """What the rules on claims read in a text that is one phrase over and over."""
    form = load_form("2021")
    report = make_report(published("putian-psb-2022"), form, {"overview": phrase * (size // len(phrase))})
    case = Case(report, compose(report))

    def reading() -> object:
        claims.cache_clear()
        return claims(case)

    return reading


if __name__ == "__main__":
    main()
