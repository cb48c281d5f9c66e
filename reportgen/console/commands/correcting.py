"""``fix``, ``pull`` and ``opinions``: what changes the input file and the ledger beside it."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from ..help import Command
from ..terminal import say
from .arguments import DONE, HAS_ERRORS, INPUT, PREVIOUS, TEMPLATES, UNUSABLE, in_order


@click.command(cls=Command)
@INPUT
@click.option("--write", is_flag=True, help="写进输入文件，原来的文件另存一份备份；不加时只显示。")
@TEMPLATES
def fix(input: Path, write: bool, templates: Path | None) -> int:
    """改正只有一种正确写法的毛病：输入文件的写法，文字里的标点、引号、括号、编号。

    输入文件读不了、提示写明“改为”的，都照提示改。能读的数据、{{ }}、网址和说明（# 后面的）都不动。
    """
    from ...writing.own_files import in_hand

    with in_hand(input) if write else nullcontext():
        return _fix(input, write, templates)


def _fix(input: Path, write: bool, templates: Path | None) -> int:
    from ...checking.repairs import apply, repairs, unplaced
    from ...reading import mended, parse_input, read_source
    from ...reading.encoding import Source
    from ...writing.own_files import Rewritten, rewrite
    from ..outcome import say_corrections, say_failure

    source = read_source(input)
    syntax = mended(source, input, templates)
    say_corrections(syntax.corrections)
    normal = Source(syntax.text, source.encoding).normal
    found = [] if syntax.error else repairs(parse_input(normal, input, templates))
    left = unplaced(syntax.text, found)
    for repair in found:
        for before, after in repair.changes:
            note = "（写法特殊，请手工改）" if repair in left else ""
            say(f"第 {syntax.line_before(repair.line)} 行  {before}", "", "    ")
            say(f"改为：{after}{note}", "    ", "    ")
    mends = len(found) - len(left) + len(syntax.corrections)
    if not mends:
        say("没有可以自动改正的地方。")
    elif not write:
        say(f"\n共 {mends} 处可以改正，还没有写进文件；加 --write 写进去。")
    else:
        now = source.encode(apply(syntax.text, found))
        backup = rewrite(Rewritten(input, source.data, now), backup_of=input)
        say(f"\n已改正 {mends} 处，写进 {input}；原来的文件在 {backup}")
    if error := syntax.error if write else syntax.error_before:
        say("\n改正以后还有下面的问题：" if mends else "")
        say_failure(error, builds=False)
        return UNUSABLE
    return DONE


@click.command(cls=Command)
@click.argument("reviewed", metavar="改过的稿子", type=click.Path(path_type=Path))
@INPUT
@click.option("--write", is_flag=True, help="写进输入文件，原来的文件另存一份备份；不加时只显示。")
@PREVIOUS
@TEMPLATES
def pull(reviewed: Path, input: Path, write: bool, previous: Path | None, templates: Path | None) -> int:
    """把 Word 送审稿（或被改过的定稿）里的改动带回输入文件。

    数据、文字、修订和批注都会列出来，并记进输入文件旁边的意见台账。两边都改了的地方不猜，列出来由您决定。
    """
    from ...writing.own_files import in_hand

    in_order(reviewed, input)
    with in_hand(input):  # its ledger is written in any case
        return _pull(reviewed, input, write, previous, templates)


def _pull(reviewed: Path, input: Path, write: bool, previous: Path | None, templates: Path | None) -> int:
    from ...review.pull import pull as pull_corrections
    from ...writing.own_files import Rewritten, rewrite
    from .. import changes, opinions

    found = pull_corrections(reviewed, input, previous, templates)
    writes = write and found.is_new
    noted = found.opinions(written=writes)
    before = found.ledger
    files = []
    if writes:
        files.append(Rewritten(input, found.source.data, found.source.encode(found.text)))
    if noted != before.opinions:
        files.append(Rewritten(before.path, before.data, before.with_opinions(noted)))
    changes.say_pulled(found)
    backup = rewrite(*files, backup_of=input) if files else None
    if not found.is_new:
        say("\n没有要写进输入文件的改动。")
    elif not write:
        say("\n还没有写进输入文件；加 --write 写进去。")
    else:
        say(f"\n已写进 {input}；原来的文件在 {backup}")
    opinions.say_noted(before.opinions, noted, before.path)
    return DONE if found.is_clear else HAS_ERRORS


@click.command(cls=Command)
@INPUT
@click.option("--accept", metavar="号", type=int, multiple=True, help="这一条已采纳；可以写几次。")
@click.option("--refuse", metavar="号", type=int, multiple=True, help="这一条不采纳，要写明理由。")
@click.option("--reason", metavar="理由", default="", help="采纳或不采纳的理由。")
def opinions(input: Path, accept: tuple[int, ...], refuse: tuple[int, ...], reason: str) -> int:
    """列出审核意见，记下怎样处理。

    意见由 pull 从退回的送审稿里收来，记在输入文件旁边的意见台账里；台账也可以用记事本改。
    """
    from ...writing.own_files import in_hand

    if refuse and not reason.strip():
        raise click.UsageError("不采纳的，请用 --reason 写明理由，例如：--refuse 3 --reason 与统计口径不符")
    with in_hand(input) if accept or refuse else nullcontext():
        return _opinions(input, accept, refuse, reason)


def _opinions(input: Path, accept: tuple[int, ...], refuse: tuple[int, ...], reason: str) -> int:
    from ...reading import read_source
    from ...reading.opinions_file import read_opinions
    from ...review.opinions import answered
    from ...writing.own_files import Rewritten, rewrite
    from .. import opinions as listed

    read_source(input)  # a name that is mistyped has no ledger either, and is to be told
    ledger = read_opinions(input)
    unknown = {*accept, *refuse} - {opinion.number for opinion in ledger.opinions}
    if unknown or {*accept} & {*refuse}:
        wrong = "、".join(map(str, sorted(unknown or {*accept} & {*refuse})))
        why = "台账里没有" if unknown else "既采纳又不采纳"
        raise click.UsageError(f"{why}：{wrong}。全部意见见 reportgen opinions {input}")
    now = answered(ledger.opinions, accept, refuse, reason.strip())
    if now != ledger.opinions:
        rewrite(Rewritten(ledger.path, ledger.data, ledger.with_opinions(now)))
    listed.say_opinions(now, ledger.path, input)
    return DONE
