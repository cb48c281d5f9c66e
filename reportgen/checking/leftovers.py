"""The rule on what is still the shipped example's: whoever copied it and changed the name publishes another's telephone."""

from __future__ import annotations

from collections.abc import Iterator

from ..form.example import example
from ..model.chinese import sentences
from ..model.findings import Finding, Remark, Severity
from ..model.narrative import TAG
from ..model.report import AGENCY, printed
from ..patterns import regex
from .rule import Case, rule

_SHARED = ("column",)
"""What many bodies call alike."""
_NOT_COUNTED = regex(r"《[^》]*》|〈[^〉]*〉|（[^）]*）|〔[^〕]*〕|\d+(?:年|月|日)|\d{4}—\d{4}")
"""Numbers that every report has: of documents, and dates."""
_COUNTED = regex(r"\d\d")
_LARGE = 1000
"""Two bodies hardly have the same figure of this size."""


@rule("S17", "示例的内容没有改", Severity.WARNING, "通行做法")
def left_from_the_example(case: Case) -> Iterator[Finding | Remark]:
    """输入文件是复制示例改成的，机关名称改了，地址、电话、网址、数据和带数字的句子也要改成本机关的。

    错：机关是某县公安局，网址、电话还是示例里莆田市公安局的
    对：网址、电话都是某县公安局的
    """
    given = example()
    agency = given.get("agency", {})
    if not agency or case.report.agency.get("name") == agency.get("name"):
        return
    whose = f"示例（{agency.get('name')}）"
    for key, written in agency.items():
        if key in AGENCY and key not in _SHARED and case.report.agency.get(key) == written:
            message = f"机关的{AGENCY[key]}“{written}”是{whose}的。"
            yield _left(message, case.report.line_of(f"agency.{key}"))
    for table, rows in given.items():
        for row, figure in rows.items() if isinstance(rows, dict) else ():
            key = f"{table}.{row}"
            if isinstance(figure, int) and figure >= _LARGE and case.report.figures.get(key) == figure:
                message = f"{case.report.form.cells[key].label}的 {printed(figure)} 是{whose}的数。"
                yield _left(message, case.report.line_of(key), (key,))
    for part, text in given.get("narrative", {}).items():
        if part in case.report.narrative:
            yield from _sentences(case, part, text, whose)


def _sentences(case: Case, part: str, example_text: str, whose: str) -> Iterator[Finding]:
    """The sentences with counts in them that are the example's to the letter."""
    own = {
        sentence[0].strip()
        for sentence in sentences(example_text)
        if _COUNTED.search(_NOT_COUNTED.sub("", TAG.sub("", sentence[0])))
    }
    narrative = case.report.narrative[part]
    for sentence in sentences(narrative.source):
        text = sentence[0].strip()
        if text in own:
            shown = f"{text[:30]}…" if len(text) > 30 else text
            line = narrative.lines[narrative.source.count("\n", 0, sentence.start())]
            yield _left(f"“{shown}”是{whose}的句子。", line)


def _left(message: str, line: int | None, cells: tuple[str, ...] = ()) -> Finding:
    return Finding("S17", Severity.WARNING, message, "请改成本机关的。", cells=cells, line=line)
