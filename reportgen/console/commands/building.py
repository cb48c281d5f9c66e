"""``check`` and ``build``: what an input file is found to hold, and the files made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..help import Command
from ..terminal import say
from . import several
from .arguments import ALL, DONE, HAS_ERRORS, INPUTS, PREVIOUS, TEMPLATES, UNUSABLE


@click.command(cls=Command)
@INPUTS
@click.option(
    "-o",
    "--output",
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="生成的文件放在哪里；不写时放在输入文件旁边。",
)
@PREVIOUS
@click.option("--final", is_flag=True, help="生成定稿；还有错误，或送审稿里还有改动没有收进时不生成。")
@click.option(
    "--despite-open",
    is_flag=True,
    help="送审稿里还有改动没有收进，也生成定稿；会写进定稿的核对单。和 --final 一起用。",
)
@click.option("--pdf", is_flag=True, help="另外生成 PDF（电脑上要有 LibreOffice）。")
@click.option("--fragment", is_flag=True, help="另外生成一份网页正文，用来粘贴到网站后台。")
@click.option(
    "--plain-draft",
    "plain",
    is_flag=True,
    help="送审稿里不带输入文件。带着的，退回以后 pull 才能把稿子上的改动和输入文件后来的改动合在一起。",
)
@TEMPLATES
@ALL
def build(
    inputs: tuple[Path, ...],
    output: Path | None,
    previous: Path | None,
    final: bool,
    despite_open: bool,
    pdf: bool,
    fragment: bool,
    plain: bool,
    templates: Path | None,
    every: bool,
) -> int:
    """检查，并生成 Word 和网页。

    默认生成送审稿，有错误也生成，未填的数作出标记；加 --final 生成定稿。可以写几个输入文件，或者放输入文件的文件夹。
    """
    if despite_open and not final:
        raise click.UsageError("--despite-open 要和 --final 一起用。")
    if plain and final:
        raise click.UsageError("--plain-draft 不能和 --final 一起用：定稿里本来就不带输入文件。")

    def built(input: Path) -> int:
        return _build(input, output, previous, templates, final, despite_open, pdf, fragment, plain, every)

    if not several.are_several(inputs):
        return built(*inputs)
    several.refuse_previous(previous)
    return several.each(several.inputs_in(inputs), built, builds=True)


def _build(
    input: Path,
    output: Path | None,
    previous: Path | None,
    templates: Path | None,
    final: bool,
    despite_open: bool,
    pdf: bool,
    fragment: bool,
    plain: bool,
    every: bool,
) -> int:
    """Build one report."""
    from ... import job
    from ...reading.opinions_file import read_opinions
    from ...review import drafts, finals
    from ...review.opinions import settled
    from .. import changes, opinions, outcome

    folder = output or input.parent
    work = job.start(input, previous, templates, folder)
    ledger = settled(read_opinions(input).opinions, work.document.content)
    outcome.say_outcome(work, every)
    extras = drafts.Extras(fragment=fragment, pdf=pdf, plain=plain)
    if final:
        stands = finals.standing(work, folder, ledger)
        changes.say_standing(stands, work.report.form, input)
        is_open = bool(stands.open) and not despite_open
        if is_open or work.outcome.blocks_final:
            changes.say_refused(has_errors=work.outcome.blocks_final, is_open=is_open)
            return HAS_ERRORS
        written = finals.write(work, folder, stands, extras, ledger)
    else:
        written = drafts.write(work, folder, extras, ledger)
    outcome.say_written(written, input)
    if final:
        changes.say_unseen(stands)
    if plain:
        say(
            "\n这一稿里没有带输入文件：退回来以前输入文件又改过的，pull 分不清两边的改动，不能自动带回，要手工改。"
        )
    if templates:
        from ...writing import word

        outcome.say_too_long(word.too_long_tables(work.document))
    opinions.say_waiting([opinion for opinion in ledger if opinion.is_open], input, final=final)
    opinions.say_unheard(written.unheard, input)
    if written.failure:
        raise written.failure
    return HAS_ERRORS if work.outcome.blocks_final else DONE


@click.command(cls=Command)
@INPUTS
@PREVIOUS
@TEMPLATES
@ALL
@click.option("--json", "as_json", is_flag=True, help="结果写成 JSON，供其他程序读取。")
@click.option("--explain", is_flag=True, help="另外列出文字里的每个数，说明当作什么数、和表格是否相符。")
@click.option("--waivers", is_flag=True, help="另外给出每个错误和提醒的豁免写法，供粘贴到输入文件。")
def check(
    inputs: tuple[Path, ...],
    previous: Path | None,
    templates: Path | None,
    every: bool,
    as_json: bool,
    explain: bool,
    waivers: bool,
) -> int:
    """只检查，不生成文件。可以写几个输入文件，或者放输入文件的文件夹。"""

    def checked(input: Path) -> int:
        from ... import job
        from .. import outcome

        work = job.start(input, previous, templates)
        outcome.say_outcome(work, every)
        if explain:
            outcome.say_readings(work)
        if waivers:
            outcome.say_waivers(work)
        return HAS_ERRORS if work.outcome.blocks_final else DONE

    is_one = not several.are_several(inputs)
    if not is_one:
        several.refuse_previous(previous)
    if as_json:
        return _check_as_json(inputs, previous, templates, is_one=is_one)
    return checked(*inputs) if is_one else several.each(several.inputs_in(inputs), checked)


def _check_as_json(
    inputs: tuple[Path, ...], previous: Path | None, templates: Path | None, *, is_one: bool
) -> int:
    """Check one input as one object, or several as one that has theirs in it."""
    from ...model.findings import InputError
    from ..as_json import as_object, say, say_all

    if is_one:
        status, found = _checked_as_object(inputs[0], previous, templates)
        say(found)
        return status
    try:
        files = several.inputs_in(inputs)
    except InputError as error:
        say(as_object(error.path, None, error.findings))
        return UNUSABLE
    results = [_checked_as_object(file, None, templates) for file in files]
    say_all([found for _, found in results])
    return max((status for status, _ in results), default=DONE)


def _checked_as_object(
    input: Path, previous: Path | None, templates: Path | None
) -> tuple[int, dict[str, Any]]:
    from ... import job
    from ...form.grid import FormError
    from ...model.findings import Finding, InputError, Severity
    from ..as_json import as_object

    try:
        work = job.start(input, previous, templates)
    except InputError as error:
        return UNUSABLE, as_object(error.path, None, error.findings)
    except FormError as error:
        return UNUSABLE, as_object(input, None, [Finding("I07", Severity.ERROR, str(error))])
    status = HAS_ERRORS if work.outcome.blocks_final else DONE
    return status, as_object(input, work, work.outcome.findings)
