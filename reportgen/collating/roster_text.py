"""A roster written from what was found, for the clerk to complete."""

from __future__ import annotations

from ..disk import LONGEST_NAME
from ..model.language import quoted
from .area import Area, Standing, State
from .roster import TOTAL

_HEAD = """\
# 名单：请核对，少的补上，多的删去。用法：reportgen collate 文件夹 --roster {name}
# 每个单位写一节 [[body]]，name 是单位名称，其余的没有就不写：
#   level       = "区级部门"      层级，用自己的说法
#   scope       = "汇总"          报告里包含别的单位的；不写就是本机关
#   included_in = "某某局"        它的数已经含在哪个单位的汇总里，不重复相加
#   counted     = false           不计入合计
#   file        = "某某局.docx"   它的报告是文件夹里的哪一个；不写就按报告的标题找
#   address     = "https://…"     公布的网址
#   deadline    = 2026-01-31      期限；写在最上面的，对全部单位有效
"""


def roster_text(area: Area, name: str) -> str:
    """A roster made of the bodies that were found; what is doubtful is left as a comment."""
    lines = [_HEAD.format(name=name)]
    if area.year:
        lines.append(f"year = {area.year}\n")
    for standing in area.standings:
        if standing.state is not State.MISSING:
            lines.append(_entry(standing))
    for submission in area.unplaced:
        if submission.is_report:
            lines += ["", f"# 文件 {_shown(submission.file)} 不知道是哪个单位的。{_shown(submission.reason)}"]
    return "\n".join(lines) + "\n"


def _entry(standing: Standing) -> str:
    body = standing.body
    lines = ["", "[[body]]", f"name = {quoted(body.name)}"]
    if body.is_total:
        lines += [f"scope = {quoted(TOTAL)}"]
    if not body.counted:
        lines += ["counted = false"]
    if standing.other_files:
        lines += [
            f"# 它有 {len(standing.files)} 个文件：{'、'.join(map(_shown, standing.files))}。以哪个为准，写在 file 里。"
        ]
        if standing.submission:
            lines += [f"file = {quoted(standing.submission.file)}"]
    return "\n".join(lines)


def _shown(text: str) -> str:
    """A text within a comment, on one line."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return shown if len(shown) <= LONGEST_NAME else shown[:LONGEST_NAME] + "…"
