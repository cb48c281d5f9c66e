"""What the parts of an expression are, so that nothing is reckoned with words and nothing odd is printed.

An expression prints figures, words and shares. Whether something holds (``year == 2022``) is for ``{% if %}`` only,
and only figures are added, compared in size, or made a share of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from jinja2 import nodes

from .names import Names


class Kind(Enum):
    """What an expression is once it is reckoned."""

    FIGURE = "数"
    WORDS = "文字"
    SHARE = "占比"
    ANSWER = "是或否"
    NOTHING = "空"
    """Of ``{{ 甲 if 乙 }}`` where 乙 does not hold."""


PRINTED = {Kind.FIGURE, Kind.WORDS, Kind.SHARE, Kind.NOTHING}

_RECKONED = "这里把文字当作数来加减或求占比了，只能用数；请核对数据名"
_COMPARED = "这里把文字当作数来比较了；请核对数据名"
_ODD = "{{ }} 里只能印数和文字，这里印出来不是数，也不是文字"


def misuses(template: nodes.Template, names: Names) -> Iterator[tuple[int, str]]:
    """Where figures, words, shares and answers are taken for one another, with the line in the source."""
    for output in template.find_all(nodes.Output):
        for shown in output.nodes:
            if not isinstance(shown, nodes.TemplateData) and not kinds(shown, names) <= PRINTED:
                yield shown.lineno, _ODD
    for const in template.find_all(nodes.Const):
        if const.value is None:
            yield const.lineno, _ODD
    for reckoned in template.find_all((nodes.Add, nodes.Sub)):
        if not _are_figures(reckoned.iter_child_nodes(), names):
            yield reckoned.lineno, _RECKONED
    for share in template.find_all(nodes.Filter):
        if not _are_figures([share.node, share.args[0]], names):
            yield share.lineno, _RECKONED
    for compared in template.find_all(nodes.Compare):
        sides = [compared.expr, *(operand.expr for operand in compared.ops)]
        found = set().union(*(kinds(side, names) for side in sides))
        sizes = {operand.op for operand in compared.ops} - {"eq", "ne"}
        if found != {Kind.FIGURE} and (sizes or found != {Kind.WORDS}):
            yield compared.lineno, _COMPARED


def _are_figures(parts: Iterable[nodes.Node | None], names: Names) -> bool:
    return all(kinds(part, names) == {Kind.FIGURE} for part in parts)


def kinds(node: nodes.Node | None, names: Names) -> set[Kind]:
    """What it may be; of ``甲 or 乙`` and ``甲 if 丙 else 乙`` what either of them may be."""
    match node:
        case nodes.Const(value=bool()) | nodes.Compare() | nodes.Not():
            return {Kind.ANSWER}
        case nodes.Const(value=str()):
            return {Kind.WORDS}
        case nodes.Filter():
            return {Kind.SHARE}
        case nodes.And() | nodes.Or():
            return kinds(node.left, names) | kinds(node.right, names)
        case nodes.CondExpr():
            return kinds(node.expr1, names) | kinds(node.expr2, names)
        case nodes.Name() | nodes.Getattr() | nodes.Getitem():
            return {Kind.WORDS if names.are_words(dotted(node)) else Kind.FIGURE}
        case None:
            return {Kind.NOTHING}
    return {Kind.FIGURE}


def dotted(node: nodes.Node) -> str:
    """A name as it is written, its steps parted by dots; ``?`` for a step that is no name."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{dotted(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{dotted(node.node)}.{node.arg.value}"
    return "?"
