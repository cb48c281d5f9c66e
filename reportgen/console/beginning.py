"""What a new input file holds, and what is left to the clerk, on the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .terminal import say

if TYPE_CHECKING:
    from ..importing.new import New

MOST_SHOWN = 12
"""Of what was left behind, or left as it was."""


def say_new(made: New, path: Path, last: Path | None) -> None:
    """Print what was written of an input file, and what to do next."""
    form = made.form
    say(f"已新建 {path}：{made.name} {made.year} 年，格式 {form.format}（{form.source}）。")
    for text in _of_last(made) if last else ["数和文字都还没有填。"]:
        say(text, "  · ", "    ")
    say(
        "\n下一步：用记事本打开，照着表填数，填的时候删去行首的“#”；再写文字。"
        f'填好以后运行 reportgen check "{path}"，会列出还没有填的地方。'
    )


def _of_last(made: New) -> Iterator[str]:
    form = made.form
    lacking = f"（其中 {made.unknown} 个上年没有填，或者没有读出）" if made.unknown else ""
    yield f"{len(form.cells)} 个数都未填，上年的数写在旁边{lacking}，只供对照。"
    if made.proposed:
        yield f"{form.describe(made.proposed)}：照上年结转下来的数写好了，核对后删去行首的“#”。"
    if made.without_place:
        yield (
            f"上年有 {len(made.without_place)} 个不是 0 的数在格式 {form.format} 里没有对应的格，没有写在旁边："
            f"{_some(made.without_place)}。"
        )
    if made.lost_texts:
        yield f"上年的{'、'.join(made.lost_texts)}在格式 {form.format} 里没有，没有带过来。"
    if made.reworded:
        yield from _of_text(made)
    else:
        yield f"文字只留上年的标题，有 {made.headings} 处待填写；要带上上年的文字，加 --with-text。"
    if made.waivers:
        yield f"上年的 {made.waivers} 条豁免没有带过来，检查的设置照旧。"


def _of_text(made: New) -> Iterator[str]:
    texts = made.reworded.values()
    gaps, moved = sum(each.gaps for each in texts), sum(each.moved for each in texts)
    yield (
        f"文字照上年：{made.bound} 个数改成引用数据，{moved} 处年份改为按报告年份印，"
        f"{gaps} 处别的数空着（___），填好以前检查会报错。说的事要按今年的情况改写。"
    )
    left = [said for each in texts for said in each.left]
    if left:
        yield f"这些年份没有改，请看一看：{_some(left)}。"


def _some(said: Sequence[str]) -> str:
    """The first of them, and how many they are."""
    more = f"等 {len(said)} 处" if len(said) > MOST_SHOWN else ""
    return "、".join(said[:MOST_SHOWN]) + more
