"""The commands. Exit status: 0 done and no error found, 1 the report has errors, 2 it cannot be used.

Each command imports what it needs: help is there at once.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from . import __version__, console
from .console.help import Group
from .errors import ReportgenError

DONE, HAS_ERRORS, UNUSABLE = 0, 1, 2

_INPUT = click.argument("input", metavar="输入文件", type=click.Path(path_type=Path))
_PREVIOUS = click.option(
    "--previous",
    metavar="文件",
    type=click.Path(path_type=Path),
    help="上一年的输入文件，用来核对两年之间的数据。放在同一文件夹、文件名只差年份的会自动找到。",
)
_TEMPLATES = click.option(
    "--templates",
    metavar="文件夹",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="用自己的模板文件夹（用 reportgen templates 复制出来的）。",
)
_ALL = click.option("--all", "every", is_flag=True, help="显示全部问题；不加时每条规则最多显示 5 处。")


def main() -> NoReturn:
    """Run the command line and exit.

    What is loaded stays to the end: looking for garbage in it, at the end once more, takes longer than it frees.
    """
    gc.set_threshold(50_000)
    console.prepare()
    status = run(sys.argv[1:])
    gc.freeze()
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status; whatever goes wrong has become a message."""
    try:
        return int(commands.main(arguments, prog_name="reportgen", standalone_mode=False) or DONE)
    except ReportgenError as error:
        from .console.outcome import say_failure

        say_failure(error, builds=arguments[:1] == [build.name])
    except click.ClickException as error:
        error.show()
    except click.Abort:
        console.say("已中断，没有改动文件。", err=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on: nothing more to say
    return UNUSABLE


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="第一次用：复制一份示例输入文件，改成自己的数据和文字，再运行 reportgen build 文件名。",
)
@click.version_option(__version__, prog_name="reportgen", help="显示版本。")
def commands() -> None:
    """政府信息公开工作年度报告：检查数据和文字，生成 Word 和网页。"""


@commands.command()
@_INPUT
@click.option(
    "-o",
    "--output",
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="生成的文件放在哪里；不写时放在输入文件旁边。",
)
@_PREVIOUS
@click.option("--final", is_flag=True, help="生成定稿；还有错误，或送审稿里还有改动没有收进时不生成。")
@click.option(
    "--despite-open",
    is_flag=True,
    help="送审稿里还有改动没有收进，也生成定稿；会写进定稿的核对单。和 --final 一起用。",
)
@click.option("--pdf", is_flag=True, help="另外生成 PDF（电脑上要有 LibreOffice）。")
@click.option("--fragment", is_flag=True, help="另外生成一份网页正文，用来粘贴到网站后台。")
@_TEMPLATES
@_ALL
def build(
    input: Path,
    output: Path | None,
    previous: Path | None,
    final: bool,
    despite_open: bool,
    pdf: bool,
    fragment: bool,
    templates: Path | None,
    every: bool,
) -> int:
    """检查，并生成 Word 和网页。

    默认生成送审稿，有错误也生成，未填的数作出标记；加 --final 生成定稿。
    """
    from . import job
    from .console import changes, opinions, outcome
    from .reading.opinions_file import read_opinions
    from .review import drafts, finals
    from .review.opinions import settled

    if despite_open and not final:
        raise click.UsageError("--despite-open 要和 --final 一起用。")
    folder = output or input.parent
    work = job.start(input, previous, templates, folder)
    ledger = settled(read_opinions(input).opinions, work.document.content)
    outcome.say_outcome(work, every)
    if final and work.outcome.blocks_final:
        console.say("没有生成定稿：请先改正上面的错误。不加 --final 可以先生成送审稿。", err=True)
        return HAS_ERRORS
    extras = drafts.Extras(fragment=fragment, pdf=pdf)
    if final:
        stands = finals.standing(work, folder, ledger)
        changes.say_standing(stands, work.report.form, input)
        if stands.open and not despite_open:
            console.say(
                "\n没有生成定稿：请先把上面的改动收进来，或者核对以后加 --despite-open 照样生成（会写进核对单）。",
                err=True,
            )
            return HAS_ERRORS
        written = finals.write(work, folder, stands, extras, ledger)
    else:
        written = drafts.write(work, folder, extras, ledger)
    outcome.say_written(written, input)
    if templates:
        from .writing import word

        outcome.say_too_long(word.too_long_tables(work.document))
    opinions.say_waiting([opinion for opinion in ledger if opinion.is_open], input, final=final)
    opinions.say_unheard(written.unheard, input)
    if written.failure:
        raise written.failure
    return HAS_ERRORS if work.outcome.blocks_final else DONE


@commands.command()
@_INPUT
@_PREVIOUS
@_TEMPLATES
@_ALL
@click.option("--json", "as_json", is_flag=True, help="结果写成 JSON，供其他程序读取。")
@click.option("--explain", is_flag=True, help="另外列出文字里的每个数，说明当作什么数、和表格是否相符。")
@click.option("--waivers", is_flag=True, help="另外给出每个错误和提醒的豁免写法，供粘贴到输入文件。")
def check(
    input: Path,
    previous: Path | None,
    templates: Path | None,
    every: bool,
    as_json: bool,
    explain: bool,
    waivers: bool,
) -> int:
    """只检查，不生成文件。"""
    if as_json:
        return _check_as_json(input, previous, templates)
    from . import job
    from .console import outcome

    work = job.start(input, previous, templates)
    outcome.say_outcome(work, every)
    if explain:
        outcome.say_readings(work)
    if waivers:
        outcome.say_waivers(work)
    return HAS_ERRORS if work.outcome.blocks_final else DONE


@commands.command()
@_INPUT
@click.option("--write", is_flag=True, help="写进输入文件，原来的文件另存一份备份；不加时只显示。")
@_TEMPLATES
def fix(input: Path, write: bool, templates: Path | None) -> int:
    """改正只有一种正确写法的毛病：输入文件的写法，文字里的标点、引号、括号、编号。

    输入文件读不了、提示写明“改为”的，都照提示改。能读的数据、{{ }}、网址和说明（# 后面的）都不动。
    """
    from .checking.repairs import apply, repairs, unplaced
    from .console.outcome import say_corrections, say_failure
    from .reading import mended, parse_input, read_source
    from .reading.encoding import Source
    from .writing.files import replace_keeping_backup

    source = read_source(input)
    syntax = mended(source, input, templates)
    say_corrections(syntax.corrections)
    normal = Source(syntax.text, source.encoding).normal
    found = [] if syntax.error else repairs(parse_input(normal, input, templates))
    left = unplaced(syntax.text, found)
    for repair in found:
        for before, after in repair.changes:
            note = "（写法特殊，请手工改）" if repair in left else ""
            click.echo(console.wrapped(f"第 {repair.line} 行  {before}", "", "    ", console.columns()))
            click.echo(console.wrapped(f"改为：{after}{note}", "    ", "    ", console.columns()))
    mends = len(found) - len(left) + len(syntax.corrections)
    if not mends:
        console.say("没有可以自动改正的地方。")
    elif not write:
        console.say(f"\n共 {mends} 处可以改正，还没有写进文件；加 --write 写进去。")
    else:
        backup = replace_keeping_backup(input, source.encode(apply(syntax.text, found)))
        console.say(f"\n已改正 {mends} 处，写进 {input}；原来的文件在 {backup}")
    if syntax.error:
        console.say("\n改正以后还有下面的问题：" if mends else "")
        say_failure(syntax.error, builds=False)
        return UNUSABLE
    return DONE


def _in_order(file: Path, input: Path) -> None:
    """Refuse an input file and the file it is held against in the wrong order.

    Raises:
        click.UsageError: the input comes first.
    """
    from .model.language import Language

    if file.suffix.lower() in set(Language) and input.suffix.lower() in (".docx", ".html", ".htm"):
        raise click.UsageError(f"两个文件的次序反了：先写 {input.name}，再写输入文件 {file.name}。")


@commands.command()
@click.argument("reviewed", metavar="改过的稿子", type=click.Path(path_type=Path))
@_INPUT
@click.option("--write", is_flag=True, help="写进输入文件，原来的文件另存一份备份；不加时只显示。")
@_PREVIOUS
@_TEMPLATES
def pull(reviewed: Path, input: Path, write: bool, previous: Path | None, templates: Path | None) -> int:
    """把 Word 送审稿（或被改过的定稿）里的改动带回输入文件。

    数据、文字、修订和批注都会列出来，并记进输入文件旁边的意见台账。两边都改了的地方不猜，列出来由您决定。
    """
    from .console import changes, opinions
    from .review.pull import pull as pull_corrections
    from .writing.files import replace_keeping_backup, save

    _in_order(reviewed, input)
    found = pull_corrections(reviewed, input, previous, templates)
    noted = found.opinions(written=write and found.is_new)
    ledger = found.ledger.with_opinions(noted)
    changes.say_pulled(found)
    if not found.is_new:
        console.say("\n没有要写进输入文件的改动。")
    elif not write:
        console.say("\n还没有写进输入文件；加 --write 写进去。")
    else:
        backup = replace_keeping_backup(input, found.source.encode(found.text))
        console.say(f"\n已写进 {input}；原来的文件在 {backup}")
    if noted != found.ledger.opinions:
        save({found.ledger.path: ledger})
    opinions.say_noted(found.ledger.opinions, noted, found.ledger.path)
    return DONE if found.is_clear else HAS_ERRORS


@commands.command()
@_INPUT
@click.option("--accept", metavar="号", type=int, multiple=True, help="这一条已采纳；可以写几次。")
@click.option("--refuse", metavar="号", type=int, multiple=True, help="这一条不采纳，要写明理由。")
@click.option("--reason", metavar="理由", default="", help="采纳或不采纳的理由。")
def opinions(input: Path, accept: tuple[int, ...], refuse: tuple[int, ...], reason: str) -> int:
    """列出审核意见，记下怎样处理。

    意见由 pull 从退回的送审稿里收来，记在输入文件旁边的意见台账里；台账也可以用记事本改。
    """
    from .console import opinions as listed
    from .reading import read_source
    from .reading.opinions_file import read_opinions
    from .review.opinions import answered
    from .writing.files import save

    if refuse and not reason.strip():
        raise click.UsageError("不采纳的，请用 --reason 写明理由，例如：--refuse 3 --reason 与统计口径不符")
    read_source(input)  # a name that is mistyped has no ledger either, and is to be told
    ledger = read_opinions(input)
    unknown = {*accept, *refuse} - {opinion.number for opinion in ledger.opinions}
    if unknown or {*accept} & {*refuse}:
        wrong = "、".join(map(str, sorted(unknown or {*accept} & {*refuse})))
        why = "台账里没有" if unknown else "既采纳又不采纳"
        raise click.UsageError(f"{why}：{wrong}。全部意见见 reportgen opinions {input}")
    now = answered(ledger.opinions, accept, refuse, reason.strip())
    if now != ledger.opinions:
        save({ledger.path: ledger.with_opinions(now)})
    listed.say_opinions(now, ledger.path, input)
    return DONE


@commands.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@_INPUT
@_PREVIOUS
@_TEMPLATES
def verify(file: Path, input: Path, previous: Path | None, templates: Path | None) -> int:
    """核对 Word 文件或网页和输入文件是否一致。

    用来核对真正公布的文件：每个数、每段文字都读回来比较。
    """
    from .console import changes
    from .review.verify import verify as verify_file

    _in_order(file, input)
    found = verify_file(file, input, previous, templates)
    changes.say_verified(found)
    if not found.is_same:
        console.say("不一致，见上面列出的地方（“→”前是输入文件，后是这个文件）。")
    else:
        console.say("数据和各部分文字一致；网页里还有别的文字，见上面。" if found.beside else "完全一致。")
    return DONE if found.is_same else HAS_ERRORS


@commands.command()
@click.argument("old", metavar="旧文件", type=click.Path(path_type=Path))
@click.argument("new", metavar="新文件", type=click.Path(path_type=Path))
@_PREVIOUS
@_TEMPLATES
def diff(old: Path, new: Path, previous: Path | None, templates: Path | None) -> int:
    """比较两个文件的数据和文字：输入文件、Word 文件、网页都可以。"""
    from .console import changes
    from .review.verify import compare_files

    found = compare_files(old, new, previous, templates)
    changes.say_compared(found)
    return HAS_ERRORS if found.changes else DONE


@commands.command()
@click.option(
    "--copy", "target", metavar="文件夹", type=click.Path(path_type=Path), help="复制到这个新文件夹。"
)
def templates(target: Path | None) -> int:
    """复制一份模板，改成自己的样式。

    模板里有 Word 的页面和样式（report.docx，用 Word 打开修改样式）、网页（report.html）和格式说明。
    改好以后，生成时加 --templates 文件夹。
    """
    from .form.form_file import templates_folder
    from .writing.files import copy_folder

    if target is None:
        console.say(f"模板在 {templates_folder()}。要修改，请先复制一份：reportgen templates --copy 文件夹")
        return DONE
    copy_folder(templates_folder(), target)
    console.say(f"已复制到 {target}。改好以后，生成时加 --templates {target}")
    return DONE


@commands.command()
@click.argument("input", metavar="[输入文件]", type=click.Path(path_type=Path), required=False)
@_TEMPLATES
def names(input: Path | None, templates: Path | None) -> int:
    """列出文字里可以引用的全部数据名。

    写明输入文件的，列出每个数现在是多少；不写的，列出最新格式的数据名。
    """
    from .console.names import say_names
    from .form.form_file import known_formats, load_form
    from .reading import read

    report = read(input, templates) if input else None
    formats = known_formats(templates)
    if report is None and not formats:
        raise click.UsageError(f"{templates} 里没有模板，请用 reportgen templates 复制出来的文件夹。")
    say_names(report.form if report else load_form(formats[0], templates), report)
    return DONE


@commands.command()
@click.argument("code", metavar="[规则]", required=False)
def rules(code: str | None) -> int:
    """列出全部检查规则和读入输入文件时的提示；写明一条时，说明它查什么、依据、正误例子。"""
    from .checking import GROUPS, RULES, Rule
    from .model import input_codes as codes

    explained: dict[str, codes.Code | Rule] = {**codes.CODES, **RULES}
    if code is None:
        for letter, group in {"I": codes.GROUP, **GROUPS}.items():
            console.say(f"\n{group}")
            for each in explained.values():
                if each.code.startswith(letter):
                    click.echo(f"  {each.code}  {each.severity.label}  {each.title}")
        return DONE
    if code.upper() not in explained:
        raise click.UsageError(f"没有规则“{code}”；全部规则见 reportgen rules。")
    found = explained[code.upper()]
    console.say(
        f"{found.code} {found.title}（{found.severity.label}）\n\n{found.text}\n\n依据：{found.source}"
    )
    if rule := RULES.get(found.code):
        for name, limit in rule.limits.items():
            value = f"改：{name} = {limit.default:g}" if limit.default is not None else f"设：{name} = …"
            console.say(f"可以在 [checks] 里{value}（{limit.meaning}）")
        console.say(f'可以在 [checks] 里关掉：{rule.code} = "off"')
    return DONE


def _check_as_json(input: Path, previous: Path | None, templates: Path | None) -> int:
    from . import job
    from .console.as_json import say_json
    from .model.findings import InputError

    try:
        work = job.start(input, previous, templates)
    except InputError as error:
        say_json(error.path, None, error.findings)
        return UNUSABLE
    say_json(input, work, work.outcome.findings)
    return HAS_ERRORS if work.outcome.blocks_final else DONE
