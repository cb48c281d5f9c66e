"""What files that were sent in changed in an input file, on the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..model.report import AGENCY
from .beginning import short
from .changes import say_changes, say_list
from .terminal import say

if TYPE_CHECKING:
    from ..importing.sent_in import SentIn


def say_sent_in(made: SentIn) -> None:
    """Print what may be wrong, what changes, cell by cell, and what is not taken."""
    form = made.report.form
    for doubt in made.doubts:
        say(f"注意：{doubt}")
    if made.changes:
        say_changes(made.changes, form)
    say_list("机关", [f"{AGENCY[key]}  没有写 → {value}" for key, value in made.agency.items()])
    if made.added_up:
        say(f"\n其中 {len(made.added_up)} 个总计文件里没有，由程序相加：{form.describe(made.added_up)}。")
    say_list(
        f"几个文件说的不一样，{len(made.disagreements)} 处都没有收，请核对以后在输入文件里填写",
        [
            f"{each.place}：" + "；".join(f"{name} 是“{short(said)}”" for name, said in each.said.items())
            for each in made.disagreements
        ],
    )
    say_list("没有读懂，没有收的", made.unread)
    say_list("还有", made.remarks)


def say_kept(made: SentIn, backup: Path | None) -> None:
    """Print what was written, and what to do next."""
    path, files = made.report.path, len(made.files)
    if backup is None:
        say(f"\n{files} 个文件里没有要收进 {path} 的改动，没有动它。")
    else:
        totals = f"{len(made.changes.figures)} 个数、{len(made.changes.texts)} 句话"
        say(f"\n已收进 {path}（{files} 个文件，{totals}）；原来的文件在 {backup}")
    say(f'下一步：核对上面列出的，再运行 reportgen check "{path}"，会列出还没有填的地方。')
