"""退回意见: what one body has to correct, where, in its own terms; a letter to be signed, that comes back ticked off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...disk import LONGEST_NAME, file_name, shortened
from ..area import Alike, Area, Standing, State, Told
from . import naming
from .keeping import Made
from .word import Pages

PAPER = "退回意见"
MARGIN, OUTER, SIZE = 25.0, 12.0, 24
NUMBER, PLACE, DONE = 12.0, 44.0, 22.0
"""Widths of columns in mm."""
MOST_SENTENCES = 12
"""Of a pair of texts that are alike; the workbook has them all."""
_FLAT = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


@dataclass(frozen=True)
class Return:
    """What goes back to one body."""

    standing: Standing
    alike: Sequence[Alike] = ()
    """The pairs it is one of."""

    @property
    def errors(self) -> Sequence[Told]:
        sent = self.standing.submission
        return sent.errors if sent else ()

    @property
    def warnings(self) -> Sequence[Told]:
        sent = self.standing.submission
        return sent.warnings if sent else ()


def returns(area: Area) -> Iterator[Return]:
    """What goes back, in the order of the bodies: only to those that sent something and have something to correct."""
    pairs: dict[str, list[Alike]] = {}
    for pair in area.alike:
        for name in {pair.a, pair.b} if not pair.with_last else {pair.a}:
            pairs.setdefault(name, []).append(pair)
    for standing in area.standings:
        alike = pairs.get(standing.name, [])
        if standing.state in (State.ERRORS, State.UNREADABLE) or (alike and standing.submission):
            yield Return(standing, alike)


def file_names(found: Iterable[Return]) -> Mapping[str, str]:
    """The name of the file for each body, by its name; no two are the same on any disk."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for each in found:
        stem = shortened(file_name(each.standing.name), LONGEST_NAME - 60)
        name, number = f"{stem}{PAPER}.docx", 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}{PAPER}-{number}.docx"
        taken.add(name.lower())
        names[each.standing.name] = name
    return names


def letter(area: Area, found: Return) -> Made:
    """The letter.

    Raises:
        TemplateError: the base document cannot be used.
    """
    standing = found.standing
    pages = Pages(area.form, MARGIN, OUTER, SIZE)
    pages.title(naming.document(area) + PAPER)
    pages.text(f"{standing.name}：", _FLAT)
    pages.text(_opening(area, found))
    if said := _why_not_used(standing):
        pages.text(said)
    if found.errors:
        pages.heading(f"要改正的（{len(found.errors)} 处）")
        _told(pages, found.errors, "已改正")
    if found.warnings:
        pages.heading(f"请核对的（{len(found.warnings)} 处）；没有问题的，写明“属实”")
        _told(pages, found.warnings, "核对结果")
    if found.alike:
        pages.heading("与其他报告雷同的文字；沿用的请按本单位今年的情况重写，不是沿用的请写明")
        for pair in found.alike:
            _alike(pages, standing.name, pair)
    if standing.still:
        pages.line(f"其中 {len(standing.still)} 处上次已经退回，还没有改正。")
    pages.gap()
    half = pages.width / 2
    pages.table(
        (half, half),
        (),
        [("退回：经办人（签字）", "审核人（签字、盖章）"), ("改正：经办人（签字）", "负责人（签字、盖章）")],
        heights=(18, 18),
    )
    pages.line("退回日期：　　　年　　月　　日　　　　　请于　　　月　　日前改正后重新报送。")
    return pages.made(naming.document(area, standing.name) + PAPER, naming.government(area))


def _why_not_used(standing: Standing) -> str:
    """Why the report as a whole cannot be used, in the terms of whoever sent it; "" where it can."""
    if standing.submission is None:
        files = "、".join(f"“{file}”" for file in standing.files)
        return f"收到 {len(standing.files)} 份内容不同的报告（{files}），不知道以哪一份为准。请确认以后只报送一份。"
    return standing.submission.reason or ("" if standing.is_added else standing.remark)


def _opening(area: Area, found: Return) -> str:
    files = "、".join(f"“{file}”" for file in found.standing.files)
    what = f"你单位报送的{naming.document(area)}（文件{files}）"
    if found.standing.state is State.UNREADABLE:
        return f"{what}已经收到，但是不能使用，请重新报送。"
    counted = [
        f"{number} 处{words}"
        for number, words in ((len(found.errors), "要改正"), (len(found.warnings), "请核对"))
        if number
    ]
    if found.alike:
        counted.append("部分文字与其他报告雷同，请核实")
    return f"{what}已经收到。经检查，{'，'.join(counted) or '有下面的情况'}。请改正后重新报送。"


def _told(pages: Pages, told: Sequence[Told], answer: str) -> None:
    pages.table(
        (NUMBER, PLACE, pages.width - NUMBER - PLACE - DONE, DONE),
        ("序号", "位置", "问题和改法", answer),
        ((str(number), each.place or "全文", each.text, "□") for number, each in enumerate(told, 1)),
        centred=(0, 3),
    )


def other_of(pair: Alike, name: str) -> str:
    """The other report of a pair, for the body that is the one: 某局的报告, 本单位上年的报告."""
    if pair.with_last:
        return "本单位上年的报告" if pair.b == name else f"{pair.b}上年的报告"
    return f"{pair.b if pair.a == name else pair.a}的报告"


def _alike(pages: Pages, name: str, pair: Alike) -> None:
    pages.line(f"与{other_of(pair, name)}有 {pair.share:.0%} 的文字相同，共 {len(pair.sentences)} 句：")
    shown = pair.sentences[:MOST_SENTENCES]
    rows = [
        (
            str(number),
            text + (f"\n（还有 {naming.named(also)} 也写了这一句）" if (also := pair.also.get(text)) else ""),
        )
        for number, text in enumerate(shown, 1)
    ]
    pages.table((NUMBER, pages.width - NUMBER), ("序号", "相同的句子"), rows, centred=(0,))
    if len(pair.sentences) > len(shown):
        pages.line(f"另有 {len(pair.sentences) - len(shown)} 句，没有写在这里。")
