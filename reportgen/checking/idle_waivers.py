"""The rule on waivers that excuse nothing any more."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.findings import Finding, Remark, Severity
from .rule import Case, rule

RULE = "C01"


@rule(RULE, "豁免已失效", Severity.WARNING, "豁免只对当时的数据和句子有效")
def idle_waivers(case: Case) -> Iterator[Finding | Remark]:
    """豁免（写明某个问题为什么不算问题）只对当时的数据和句子有效；改动以后豁免失效，问题重新报出，失效的豁免要删去。

    错：豁免了“行政复议 134 件”一句，后来这句改成了 135 件，豁免还留着。
    对：删去旧的豁免；仍要豁免的，按新的检查结果重写。
    """
    for waiver in case.idle_waivers:
        yield Finding(
            RULE,
            Severity.WARNING,
            f"豁免 {waiver.rule}（{waiver.place}）不再有效：它所说的数据或句子已经改动，或问题已经没有了。",
            "请按改动后的内容重新决定。",
            line=waiver.line,
            how="请删去这条豁免；仍要豁免的，按新的检查结果重写。",
        )
