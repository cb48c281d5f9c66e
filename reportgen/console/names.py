"""All names a text may use in ``{{ }}``, on the terminal: what each is called, its value, both ways to write it."""

from __future__ import annotations

from collections.abc import Iterator

from ..form.model import Form
from ..model.document import values_of
from ..model.names import LAST, YEAR, names
from ..model.report import AGENCY, Report
from ..model.values import Unfilled
from .terminal import say, show


def say_names(form: Form, report: Report | None) -> None:
    """Print all names of a form; with a report, the value of each in it."""
    known = names(form)
    values = values_of(report) if report else {}
    say("文字里引用数据，写 {{ 数据名 }}，中文和英文的写法都可以：")
    for key, label in _labels(form):
        value = values.get(key, "")
        shown = "未填" if isinstance(value, Unfilled) else value
        show(label + (f"：{shown}" if report else ""))
        show(f"  {{{{ {known.chinese(key)} }}}}  {{{{ {key} }}}}")
    say(
        f"\n前面加“{LAST}.”或“last.”，是上一年的数，例如 {{{{ {LAST}.{YEAR} }}}}（要有上一年的输入文件，或公布的网页、Word、PDF）。"
    )


def _labels(form: Form) -> Iterator[tuple[str, str]]:
    """What each name stands for, in the clerk's terms."""
    yield "year", YEAR
    yield from ((f"agency.{key}", word) for key, word in AGENCY.items())
    for key, _ in form.quantities():
        if key in form.cells:
            yield key, form.cells[key].label
            continue
        table_key, group, column = key.split(".")
        table = form.tables[table_key]
        yield key, f"{table.name}·{table.labels[group]}（各行之和）·{table.heads[column]}"
