"""核对单 as a Word document, in the styles of the base document: the same as the page says, for those who file Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..model.document import Document
from .body import HEADINGS, LABEL, TITLE, Styles
from .check_sheet import SheetView
from .check_sheet_items import Kind, PlacedText
from .plain_table import plain_table
from .wordml import LINE_BREAK, paragraph, run

Row = Sequence[str]
"""The runs of each cell."""

LOOKS: dict[Kind, str] = {
    "same": "",
    "number": "<w:b/>",
    "insert": '<w:color w:val="0B5C2B"/><w:u w:val="single"/>',
    "delete": '<w:strike/><w:color w:val="A8170F"/>',
}
"""How the pieces of a text look, as properties of a run in the order that the schema wants."""
FINGERPRINTS = (
    "内容指纹相同，数据和文字就相同；签字以后内容又有改动的，指纹不同。校验码用来核对归档的填报数据文件。"
)
_TITLE = '<w:snapToGrid w:val="0"/><w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
_TITLE_SIZE = '<w:sz w:val="32"/><w:szCs w:val="32"/>'
_CENTRED = '<w:jc w:val="center"/>'
_HEADING = '<w:snapToGrid w:val="0"/><w:spacing w:before="80" w:after="20" w:line="240" w:lineRule="auto"/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
_HEADING_SIZE = '<w:sz w:val="21"/><w:szCs w:val="21"/>'
_SIGNATURE, _DATE = 13.0, 7.0
"""Height of the rows to sign in, in mm."""


class SheetBody:
    """The body of the sheet; ``name`` is what the document of the report is called."""

    def __init__(self, document: Document, styles: Styles, view: SheetView) -> None:
        self.name = f"{document.name}（{view.draft}）"
        self.styles = styles
        self.view = view

    def xml(self) -> str:
        """All paragraphs and tables."""
        return "".join(self.blocks())

    def blocks(self) -> Iterator[str]:
        """Part after part, as on the page."""
        view = self.view
        yield paragraph(self.styles.ids[TITLE], run("核对单", properties=_TITLE_SIZE), _TITLE)
        yield self.line(run(self.name), _CENTRED)
        if view.said:
            yield from self.changes()
        counted = "　".join(f"{label} {number}" for label, number in view.counted)
        yield self.heading(f"检查发现（{counted}）")
        yield from self.found()
        yield self.heading("已经检查")
        yield self.said("；".join(view.checked) + "。")
        yield self.heading("没有检查，请人工核对")
        yield from self.unchecked()
        if view.opinions.shown:
            yield self.heading("审核意见")
            yield from map(self.said, view.opinions.shown)
        if view.opinions.left:
            yield self.said(f"另有 {view.opinions.left} 条，请向经办人了解。")
        yield self.heading("豁免")
        yield from self.waived()
        if not view.said:
            yield from self.changes()
        yield self.line(run(""))
        width = self.styles.paper.width / len(view.signatures)
        yield self.table(
            [width] * len(view.signatures),
            [
                [run(f"{name}（签字）：") for name in view.signatures],
                [run("日期：") for _ in view.signatures],
            ],
            heights=(_SIGNATURE, _DATE),
        )
        for label, digits in (("内容指纹", view.content), ("数据文件校验码", view.input)):
            yield self.said(f"{label} {digits}")
        yield self.said(FINGERPRINTS)

    def found(self) -> Iterator[str]:
        """What was found, a row for each rule."""
        found = self.view.found
        rows = [
            (
                run(f"{item.label} {item.rule}"),
                LINE_BREAK.join(map(run, item.texts)),
                run(item.more),
            )
            for item in found.shown
        ]
        yield (
            self.table((18, self.styles.paper.width - 36, 18), rows) if rows else self.said("没有发现问题。")
        )
        if found.left:
            rest = "、".join(item.counted for item in found.rest)
            yield self.said(f"另有 {found.left} 条规则发现问题，见送审稿的批注：{rest}。")

    def unchecked(self) -> Iterator[str]:
        """What was not checked, the figures to be ticked off, and the sentences with unread numbers."""
        view = self.view
        for text in view.unchecked.shown:
            yield self.said(f"· {text}。")
        if view.unchecked.left:
            yield self.said(f"· 另有 {view.unchecked.left} 项，请向经办人了解。")
        if not view.unchecked.shown:
            yield self.said("无。")
        if view.boxes:
            yield self.said("对照底表核对，一格一勾")
        for row in view.boxes:
            label = run(f"{row.label}：　") if row.label else ""
            yield self.line(
                label
                + "".join(
                    run(f"□ {name} ") + run(figure, properties=LOOKS["number"]) + run("　　")
                    for name, figure in row.figures
                )
            )
        if view.unread.shown:
            yield self.said("没有核对的数，一句一勾")
        for sentence in view.unread.shown:
            yield self.line(run(f"□ {sentence.place}　") + self.pieces(sentence))
        if view.unread.left:
            yield self.said(f"另有 {view.unread.left} 句里的数没有核对，请向经办人了解。")

    def waived(self) -> Iterator[str]:
        """What was excused, why, and by whom."""
        waived = self.view.waived
        rows = [
            (run(waiver.rule), run(waiver.place), run(f"理由：{waiver.reason}（{waiver.by}）"))
            for waiver in waived.shown
        ]
        rest = (self.styles.paper.width - 12) / 2
        yield self.table((12, rest, rest), rows) if rows else self.said("没有豁免。")
        if waived.left:
            yield self.said(f"另有 {waived.left} 条，请向经办人了解。")

    def changes(self) -> Iterator[str]:
        """How a final stands to the drafts; what changed since the draft before."""
        view = self.view
        yield self.heading(view.heading)
        for text in view.said:
            yield self.said(text)
        if not view.before:
            if not view.said:
                yield self.said("这是第一稿。")
        elif not view.compared:
            yield self.said(f"{view.before}没有记下当时的内容，没有比较。")
        elif not view.changes.shown:
            yield self.said("数据和文字都没有改动。")
        else:
            place = self.styles.paper.width * 0.4
            rows = [
                (
                    run(change.place),
                    self.pieces(change) + (run(change.note, properties="<w:b/>") if change.note else ""),
                )
                for change in view.changes.shown
            ]
            yield self.table((place, self.styles.paper.width - place), rows)
            if view.changes.left:
                yield self.said(f"另有 {view.changes.left} 处，见修订对照。")

    # ── pieces ──────────────────────────────────────────────────────────────────────────────────────

    def heading(self, text: str) -> str:
        """The heading of a part, smaller than those of the report."""
        return paragraph(self.styles.ids[HEADINGS[1]], run(text, properties=_HEADING_SIZE), _HEADING)

    def said(self, text: str) -> str:
        """A line of plain text."""
        return self.line(run(text))

    def line(self, runs: str, properties: str = "") -> str:
        """A line in the style of the words in tables."""
        return paragraph(self.styles.ids[LABEL], runs, properties)

    def pieces(self, text: PlacedText) -> str:
        """A text, each piece as it looks."""
        return "".join(
            run(piece, properties=LOOKS[kind]) + (run(" ") if kind == "delete" else "")
            for kind, piece in text.pieces
        )

    def table(self, widths: Sequence[float], rows: Iterable[Row], heights: Sequence[float] = ()) -> str:
        """A table; widths and heights are in mm."""
        cells = ([self.line(runs) for runs in row] for row in rows)
        return plain_table(self.styles.of_table("").table, widths, cells, heights=heights)
