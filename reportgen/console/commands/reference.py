"""``rules``, ``names`` and ``templates``: what there is to look up and to copy."""

from __future__ import annotations

from pathlib import Path

import click

from ..help import Command
from ..terminal import say, show
from .arguments import DONE, TEMPLATES


@click.command(cls=Command)
@click.argument("code", metavar="[规则]", required=False)
def rules(code: str | None) -> int:
    """列出全部检查规则和读入输入文件时的提示；写明一条时，说明它查什么、依据、正误例子。"""
    from ...checking import GROUPS, RULES, Rule
    from ...model import input_codes as codes

    explained: dict[str, codes.Code | Rule] = {**codes.CODES, **RULES}
    if code is None:
        for letter, group in {"I": codes.GROUP, **GROUPS}.items():
            say(f"\n{group}")
            for each in explained.values():
                if each.code.startswith(letter):
                    show(f"  {each.code}  {each.severity.label}  {each.title}")
        return DONE
    if code.upper() not in explained:
        raise click.UsageError(f"没有规则“{code}”；全部规则见 reportgen rules。")
    found = explained[code.upper()]
    say(f"{found.code} {found.title}（{found.severity.label}）\n\n{found.text}\n\n依据：{found.source}")
    if rule := RULES.get(found.code):
        for name, limit in rule.limits.items():
            value = f"改：{name} = {limit.default:g}" if limit.default is not None else f"设：{name} = …"
            say(f"可以在 [checks] 里{value}（{limit.meaning}）")
        say(f'可以在 [checks] 里关掉：{rule.code} = "off"')
    return DONE


@click.command(cls=Command)
@click.argument("input", metavar="[输入文件]", type=click.Path(path_type=Path), required=False)
@TEMPLATES
def names(input: Path | None, templates: Path | None) -> int:
    """列出文字里可以引用的全部数据名。

    写明输入文件的，列出每个数现在是多少；不写的，列出最新格式的数据名。
    """
    from ...form.form_file import known_formats, load_form
    from ...reading import read
    from ..names import say_names

    report = read(input, templates) if input else None
    say_names(report.form if report else load_form(known_formats(templates)[0], templates), report)
    return DONE


@click.command(cls=Command)
@click.option(
    "--copy", "target", metavar="文件夹", type=click.Path(path_type=Path), help="复制到这个新文件夹。"
)
def templates(target: Path | None) -> int:
    """复制一份模板，改成自己的样式。

    模板里有 Word 的页面和样式（report.docx，用 Word 打开修改样式）、网页（report.html）和格式说明。
    改好以后，生成时加 --templates 文件夹。
    """
    from ...form.form_file import templates_folder
    from ...writing.files import copy_folder

    if target is None:
        say(f"模板在 {templates_folder()}。要修改，请先复制一份：reportgen templates --copy 文件夹")
        return DONE
    copy_folder(templates_folder(), target)
    say(f"已复制到 {target}。改好以后，生成时加 --templates {target}")
    return DONE
