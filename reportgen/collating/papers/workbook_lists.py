"""The other sheets of the workbook: the bodies, the sums with their sources, what was found, what is alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from ...form.model import Cell
from ...writing.sheet_style import Styles
from ..area import Area, Standing, State, Submission, Total
from . import naming
from .workbook_figures import NOT_ADDED, FigureSheet, is_kept, number, number_format, write_figure
from .workbook_style import fit, laid_out, write, write_table

MOST_FINDINGS, MOST_SENTENCES = 30_000, 30_000
"""Rows of a sheet."""
MOST_SOURCES = 400
"""Bodies that are named with their figures in one cell."""
SOURCE_LINES = 4
"""Of them that are seen at once; the cell has them all."""
NAME, FILES, SAID = 28, 28, 40
"""Widths of columns of the overview."""


# ── the bodies ──────────────────────────────────────────────────────────────────────────────────────


def write_overview(sheet: Worksheet, styles: Styles, area: Area, figures: FigureSheet) -> None:
    """Where each body stands, with the figures one looks at first; below it what somebody has to decide."""
    keys = naming.key_cells(area.form)
    heads = ["单位", "层级", "状态", "计入合计", "错误", "提醒", *keys.values(), "文件", "说明"]
    top, first = 4, 6
    bottom = top + len(area.standings)
    write(sheet, 0, 0, naming.title(area, "汇总核对"), styles["title"])
    states = f"C{top + 2}:C{max(bottom, top + 1) + 1}"
    for at, state in enumerate(State):
        formula = f'="{state.label} "&COUNTIF({states},"{state.label}")&" 个"'
        shown = f"{state.label} {len(naming.in_state(area, state))} 个"
        sheet.write_formula(1, at * 2, formula, styles["note"], shown)
    said = f"{area.shortfall}，各项合计都不是全部。" if area.shortfall else "应当相加的单位都有了。"
    write(sheet, 2, 0, said, styles["short" if area.shortfall else "note"])
    if figures.left_out:
        write(sheet, 3, 0, figures.left_out, styles["short"])
    for column, text in enumerate(heads):
        write(sheet, top, column, text, styles["head"])
    for row, standing in enumerate(area.standings, top + 1):
        _write_standing(sheet, styles, row, standing, list(keys), figures)
    if keys and area.standings:
        write(
            sheet,
            bottom + 1,
            0,
            f"合计{'（' + area.shortfall + '）' if area.shortfall else ''}",
            styles["label"],
        )
        for column in range(1, first):
            write(sheet, bottom + 1, column, "", styles["label"])
        for column, key in enumerate(keys, first):
            total = area.totals[key].figure
            sheet.write_formula(
                bottom + 1, column, figures.total(key), styles["sum"], number(total) if total else ""
            )
    if area.standings:
        sheet.autofilter(top, 0, bottom, len(heads) - 1)
    row = bottom + 3
    for title, lines in _asides(area):
        write(sheet, row, 0, title, styles["short"])
        for at, line in enumerate(lines, row + 1):
            write(sheet, at, 0, line, styles["note"])
        row += len(lines) + 2
    laid_out(sheet, [NAME, 10, 9, 9, 6, 6, *([12] * len(keys)), FILES, SAID], top)
    sheet.set_row(top, 42)


def _write_standing(
    sheet: Worksheet, styles: Styles, row: int, standing: Standing, keys: Sequence[str], figures: FigureSheet
) -> None:
    sent = standing.submission
    counts = (len(sent.errors), len(sent.warnings)) if sent and not sent.reason else ("", "")
    added = "是" if standing.is_added else "缺" if standing.is_lacking else "否"
    state = styles["centred" if standing.state is State.OK else "body lacking"]
    write(sheet, row, 0, standing.name, styles["text"])
    write(sheet, row, 1, standing.body.level, styles["text"])
    write(sheet, row, 2, standing.state.label, state)
    for column, value in enumerate((added, *counts), 3):
        write(sheet, row, column, value, styles["centred"])
    for column, key in enumerate(keys, 6):
        formula = figures.figure(standing, key)
        figure = sent.figures.get(key, "") if sent and standing.is_added else ""
        if formula and figure and is_kept(figure):
            sheet.write_formula(row, column, formula, styles["figure"], number(figure))
        elif figure:
            write_figure(sheet, (row, column), figure, styles, "figure")
        else:
            write(sheet, row, column, "", styles["figure"])
    files, said = "\n".join(standing.files), naming.said_of(standing)
    write(sheet, row, 6 + len(keys), files, styles["text"])
    write(sheet, row, 7 + len(keys), said, styles["text"])
    fit(sheet, row, ((standing.name, NAME), (files, FILES), (said, SAID)))


def _asides(area: Area) -> Iterator[tuple[str, Sequence[str]]]:
    """What stands below the bodies."""
    if area.questions:
        yield "要请核对的", area.questions
    unplaced = [f"{sent.file}：{sent.reason or f'“{sent.name}”，不在名单里'}" for sent in area.unplaced]
    if unplaced:
        yield "没有计入的文件", unplaced
    if area.outside:
        yield "不是报告的文件", [f"{each.file}：{each.why}" for each in area.outside]


# ── the sums ────────────────────────────────────────────────────────────────────────────────────────


def write_sources(sheet: Worksheet, styles: Styles, area: Area, figures: FigureSheet) -> None:
    """Each sum, whose figures it is made of, who lacks one, and last year's beside it."""
    last = _last(area)
    before = (
        [f"{area.previous.year}年" if area.previous and area.previous.year else "上年", "增减"]
        if last
        else []
    )
    heads = [
        "位置",
        f"合计{'（' + area.shortfall + '）' if area.shortfall else ''}",
        *before,
        "不是 0 的单位",
        "来源（从大到小）",
        "没有这个数的单位",
        "说明",
    ]
    for column, text in enumerate(heads):
        write(sheet, 0, column, text, styles["head"])
    for row, cell in enumerate(area.form.cells.values(), 1):
        _write_source(sheet, styles, row, cell, area.totals[cell.key], figures, last)
    laid_out(sheet, [52, 13, *([12, 12] if last else []), 10, 90, 40, 24], 0)
    sheet.autofilter(0, 0, len(area.form.cells), len(heads) - 1)


def _last(area: Area) -> dict[str, str]:
    """Last year's sums that can be compared."""
    if area.previous is None or area.previous.form.format != area.form.format:
        return {}
    return {key: total.figure for key, total in area.previous.totals.items() if total.figure}


def _write_source(
    sheet: Worksheet,
    styles: Styles,
    row: int,
    cell: Cell,
    total: Total,
    figures: FigureSheet,
    last: dict[str, str],
) -> None:
    write(sheet, row, 0, cell.label, styles["label"])
    look = styles.numbered("sum" if cell.adds_up else "no sum", number_format(total.figure))
    if total.figure and not is_kept(total.figure):
        write(sheet, row, 1, total.figure, look)
    else:
        sheet.write_formula(
            row, 1, figures.total(cell.key), look, number(total.figure) if total.figure else ""
        )
    column = 2
    if last:
        before = last.get(cell.key, "")
        if before:
            write_figure(sheet, (row, 2), before, styles, "figure")
        else:
            write(sheet, row, 2, "", styles["figure"])
        change = f'=IF(AND(ISNUMBER(B{row + 1}),ISNUMBER(C{row + 1})),B{row + 1}-C{row + 1},"")'
        both = total.figure and before and is_kept(total.figure) and is_kept(before)
        sheet.write_formula(
            row, 3, change, styles["figure"], number(total.figure) - number(before) if both else ""
        )
        column = 4
    named = sources(total)
    write(sheet, row, column, len(named), styles["centred"])
    texts = (
        (naming.named((f"{name} {figure}" for name, figure in named), MOST_SOURCES), 90),
        (naming.named(total.lacking, MOST_SOURCES), 40),
        ("" if cell.adds_up else NOT_ADDED, 24),
    )
    for at, (text, _) in enumerate(texts, column + 1):
        write(sheet, row, at, text, styles["text"])
    fit(sheet, row, texts, SOURCE_LINES)


def sources(total: Total) -> list[tuple[str, str]]:
    """The bodies that a sum is made of with their figures, the greatest first, without zeros."""
    found = [(name, figure) for name, figure in total.contributors.items() if number(figure)]
    return sorted(found, key=lambda each: -number(each[1]))


def write_published(sheet: Worksheet, styles: Styles, area: Area, figures: FigureSheet) -> None:
    """Where the published report says otherwise."""
    found = area.published or ()
    said = f"和公布的报告不同的有 {len(found)} 格。" if found else "各格都和公布的报告相同。"
    if not area.is_judged:
        said += f"{area.shortfall}，不能判断是不是差错。"
    write(sheet, 0, 0, said, styles["note" if area.is_judged else "short"])
    heads = ("位置", "公布的", "合计", "相差", "可能的原因")
    for column, text in enumerate(heads):
        write(sheet, 1, column, text, styles["head"])
    for row, each in enumerate(found, 2):
        write(sheet, row, 0, area.form.cells[each.cell].label, styles["label"])
        is_figure = bool(each.published) and each.published.replace(".", "", 1).lstrip("-").isdigit()
        if is_figure:
            write_figure(sheet, (row, 1), each.published, styles, "figure")
        else:
            write(sheet, row, 1, each.published or "（没有填）", styles["words"])
        total = number(each.sum) if each.sum else ""
        sheet.write_formula(
            row, 2, figures.total(each.cell), styles.numbered("sum", number_format(each.sum)), total
        )
        difference = f'=IF(AND(ISNUMBER(B{row + 1}),ISNUMBER(C{row + 1})),B{row + 1}-C{row + 1},"")'
        shown = number(each.published) - number(each.sum) if is_figure and each.sum else ""
        sheet.write_formula(row, 3, difference, styles["figure"], shown)
        write(sheet, row, 4, "；".join(each.explanations), styles["text"])
    laid_out(sheet, [52, 14, 14, 12, 60], 1)


# ── what was found ──────────────────────────────────────────────────────────────────────────────────


def write_findings(sheet: Worksheet, styles: Styles, area: Area) -> None:
    """Every error and warning of every report."""
    rows: list[Sequence[str | int]] = []
    for name, sent in _reports(area):
        if sent.reason:
            rows.append((name, "读不出", "", sent.reason, "", "", "", "", sent.file))
        rows += [
            (
                name,
                told.severity.label,
                told.place,
                told.text,
                told.actual,
                told.expected,
                told.words,
                told.rule,
                sent.file,
            )
            for told in sent.told
        ]
    left = len(rows) - MOST_FINDINGS
    if left > 0:
        rows[MOST_FINDINGS:] = [(f"另有 {left} 条，没有写在这里。", *[""] * 8)]
    heads = ("单位", "级别", "位置", "问题和改法", "现为", "应为", "原文", "规则", "文件")
    looks = ("text", "centred", "text", "text", "centred", "centred", "text", "centred", "text")
    if not rows:
        write(sheet, 1, 0, "没有发现问题。", styles["note"])
    widths = (26, 8, 36, 70, 10, 10, 30, 8, 28)
    write_table(sheet, styles, 0, heads, rows, looks, widths)
    laid_out(sheet, widths, 0)


def _reports(area: Area) -> Iterator[tuple[str, Submission]]:
    for standing in area.standings:
        if standing.submission:
            yield standing.name, standing.submission
    for sent in area.unplaced:
        yield sent.name or "（不知道是哪个单位）", sent


def write_alike(sheet: Worksheet, styles: Styles, area: Area) -> None:
    """The pairs of texts that are alike, a row for each sentence."""
    top = 1
    write(
        sheet,
        0,
        0,
        f"雷同的有 {len(area.alike)} 对；比例是两份里较短的一份的。数字和本单位名称不同的，算相同。",
        styles["note"],
    )
    for column, text in enumerate(("单位", "与", "相同", "第几句", "相同的句子", "还有谁写了这一句")):
        write(sheet, top, column, text, styles["head"])
    row = top + 1
    for pair in area.alike:
        if row > MOST_SENTENCES:
            write(sheet, row, 0, "后面的没有写在这里。", styles["text"])
            break
        other = f"{pair.b}（上年）" if pair.with_last else pair.b
        for at, text in enumerate(pair.sentences, 1):
            write(sheet, row, 0, pair.a, styles["text"])
            write(sheet, row, 1, other, styles["text"])
            sheet.write_number(row, 2, round(pair.share, 4), styles["share"])
            write(sheet, row, 3, f"{at}/{len(pair.sentences)}", styles["centred"])
            write(sheet, row, 4, text, styles["text"])
            also = "、".join(pair.also.get(text, ()))
            write(sheet, row, 5, also, styles["text"])
            fit(sheet, row, ((text, 90), (also, 40)))
            row += 1
    sheet.autofilter(top, 0, row - 1, 5)
    laid_out(sheet, [26, 26, 8, 8, 90, 40], top)
