"""What a narrative may say in ``{{ }}`` and ``{% %}``: read with Jinja, checked, made ready to be printed.

It may print figures by name, ``{{ requests.granted.total }}`` or ``{{ 予以公开.总计 }}``, a share of the whole,
``{{ part | share(whole) }}``, and choose words with ``{% if %}``. Nothing else of Jinja is allowed, so that no text
can run away: what is printed is never much longer than what was written, and every name is known before anything is
printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from jinja2.visitor import NodeTransformer

from .expression_kinds import dotted, misuses
from .expression_slips import slips
from .findings import cut
from .names import Names
from .narrative import Narrative, NarrativeError, Problem
from .paragraphs import BOUND, END, TEXT, Bound, mark
from .values import MOST_DECIMALS, NoShare, NoWhole, Share, share

Token = tuple[int, str, str]
"""Of Jinja: its line, its kind and what is written."""

LONGEST_EXPRESSION = 400
DEEPEST_CONDITION = 20
MOST_TAGS = 2000
"""Expressions, conditions and comments in one part of the text."""
MOST_BRANCHES = 100
"""``{% elif %}`` and ``{% else %}`` of one part of the text."""
MOST_PROBLEMS = 30
"""Of one part of the text; after so many the rest of it is not read."""
MOST_POSSIBLE = 6
"""Names that are offered for one that may mean several."""

_ALLOWED = (
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.Filter,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Add,
    nodes.Sub,
)

_NAMED = (nodes.Name, nodes.Getattr, nodes.Getitem)
_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,8})?")


def parse(source: str, lines: Sequence[int], names: Names) -> Narrative:
    """Check a narrative and prepare it for printing.

    Raises:
        NarrativeError: it is no Jinja template, uses more of Jinja than is allowed, or an unknown name.
    """
    return _parsed(source, tuple(lines), names)


@lru_cache(maxsize=32)
def _parsed(source: str, lines: tuple[int, ...], names: Names) -> Narrative:
    """The same; a part of the text that has not changed is not read anew when another part has."""
    if "{" not in source and "｛" not in source:
        return Narrative(source, lines, None, (), {})
    mended, found = slips(source, lines, names)
    if found:
        raise NarrativeError([*found, *_problems_of(mended, lines, names)])
    try:
        tokens = list(_environment.lex(source))
        if faults := list(islice(_excesses(source, tokens), MOST_PROBLEMS)):
            raise NarrativeError([Problem(_line(lines, lineno), message) for lineno, message in faults])
        template = _environment.parse(source)
    except TemplateSyntaxError as error:
        lineno, message = _explain(error, source)
        raise NarrativeError([Problem(_line(lines, lineno), message)]) from None
    except RecursionError:
        raise NarrativeError([Problem(lines[0], "{{ }} 或 {% %} 里嵌套太深")]) from None
    typed, expressions = _pieces(source, tokens)
    for check in (_faults, misuses):
        if faults := list(islice(check(template, names), MOST_PROBLEMS)):
            raise NarrativeError([Problem(_line(lines, lineno), message) for lineno, message in faults])
    template = _InKeys(names).visit(template)
    bounds = tuple(
        Bound(expression, _line(lines, lineno), cells, start, end)
        for (lineno, expression, start, end), cells in zip(
            expressions, _mark(template, typed, names), strict=True
        )
    )
    of_last = {
        name.removeprefix("last."): _line(lines, lineno)
        for name, lineno in _used(template)
        if name.startswith("last.")
    }
    return Narrative(source, lines, _environment.from_string(template), bounds, of_last)


def _problems_of(mended: str, lines: Sequence[int], names: Names) -> list[Problem]:
    """What else is wrong; how a mended line would read is no correction of the line that was typed."""
    try:
        parse(mended, lines, names)
    except NarrativeError as error:
        return [problem._replace(correction=None) for problem in error.problems]
    return []


# ── printing ────────────────────────────────────────────────────────────────────────────────────────


def _bind(value: Any, index: int) -> str:
    if isinstance(value, NoShare):
        raise NoWhole(index)
    text = format(value, "f") if isinstance(value, Decimal) else value
    return f"{BOUND}{index}{TEXT}{value.marked if isinstance(value, Share) else text}{END}"


_environment = SandboxedEnvironment(
    keep_trailing_newline=True, autoescape=False, optimized=False, cache_size=0
)
_environment.filters = {"share": share, "_bind": _bind, "_exact": Decimal}


# ── checking ────────────────────────────────────────────────────────────────────────────────────────


def _pieces(source: str, tokens: Iterable[Token]) -> tuple[list[int], list[tuple[int, str, int, int]]]:
    """Where each stretch of typed text begins; and every ``{{ }}``: line, what is written in it, start and end."""
    typed: list[int] = []
    expressions: list[tuple[int, str, int, int]] = []
    begin = (1, 0, 0)
    end = 0
    for lineno, kind, value in tokens:
        start = source.index(value, end)  # the blanks that {{- takes away are no token
        end = start + len(value)
        if kind == "data":
            typed.append(start)
        elif kind == "variable_begin":
            begin = lineno, start, end
        elif kind == "variable_end":
            line, outside, inside = begin
            expressions.append((line, source[inside:start].strip(), outside, start + len(value.rstrip())))
    return typed, expressions


def _excesses(source: str, tokens: Iterable[Token]) -> Iterator[tuple[int, str]]:
    """What is too long, too deep or too much to be read, and what nobody prints, with its line in the source."""
    depth = length = tags = branches = 0
    before = ""
    for lineno, kind, value in tokens:
        if kind.endswith("_begin"):
            length, tags = 0, tags + 1
            if tags > MOST_TAGS:
                yield lineno, f"{{{{ }}}} 和 {{% %}} 太多，一部分文字里最多 {MOST_TAGS} 个；从这里起没有读"
                return
        elif kind not in ("data", "comment"):
            length += len(value)
            if LONGEST_EXPRESSION < length <= LONGEST_EXPRESSION + len(value):
                yield lineno, f"{{{{ }}}} 里的内容太长（超过 {LONGEST_EXPRESSION} 字）"
        if kind == "name" and before == "block_begin":
            depth = max(0, depth + {"if": 1, "endif": -1}.get(value, 0))
            branches += value in ("elif", "else")
            if depth > DEEPEST_CONDITION:
                yield lineno, f"{{% if %}} 里嵌套太深，最多 {DEEPEST_CONDITION} 层"
                return
            if branches > MOST_BRANCHES:
                yield lineno, f"{{% elif %}} 和 {{% else %}} 太多，一部分文字里最多 {MOST_BRANCHES} 个"
                return
        elif kind in ("integer", "float") and not _NUMBER.fullmatch(value):
            yield lineno, f"“{cut(value)}”不是可以印的数：最多 12 位，小数最多 8 位，不用 e 的写法"
        elif kind == "string" and ("\\" in value or "\n" in value):
            yield lineno, "{{ }} 里引号中的文字不能有反斜杠 \\，也不能换行"
        before = before if kind == "whitespace" else kind


def _faults(template: nodes.Template, names: Names) -> Iterator[tuple[int, str]]:
    """What a template may not do, with its line in the source."""
    for node in _walk(template):
        if isinstance(node, nodes.Filter) and node.name != "share":
            yield node.lineno, f"不认识“| {node.name}”，只能用“| share(总数)”求占比"
        elif isinstance(node, nodes.Filter) and (not 1 <= len(node.args) <= 2 or node.dyn_args):
            yield node.lineno, "share 后面的括号里要写总数：{{ 部分 | share(总数) }}"
        elif isinstance(node, nodes.Filter) and not _asks_decimals(node.args[1:]):
            example = "例如 {{ 部分 | share(总数, 1) }}"
            yield node.lineno, f"share 的括号里，总数后面只能写小数位数，0 到 {MOST_DECIMALS}，{example}"
        elif isinstance(node, _NAMED):
            name = dotted(node)
            if len(names.meant(name)) != 1:
                yield node.lineno, _unknown(name, names)
        elif not isinstance(node, _ALLOWED) or (isinstance(node, nodes.Operand) and node.op.endswith("in")):
            yield (
                next((inner.lineno for inner in (node, *node.find_all(nodes.Node)) if inner.lineno), 1),
                "这里的写法不能用：文字里只能用 {{ 数据名 }}、加减、| share(总数) 和 {% if %}",
            )


def _asks_decimals(written: Sequence[nodes.Expr]) -> bool:
    """Whether nothing or a possible number of decimals is written."""
    return all(
        isinstance(one, nodes.Const) and type(one.value) is int and 0 <= one.value <= MOST_DECIMALS
        for one in written
    )


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """All nodes; a dotted name counts as one, and so does what is not allowed."""
    for child in node.iter_child_nodes():
        yield child
        if isinstance(child, _ALLOWED) and not isinstance(child, _NAMED):
            yield from _walk(child)


def _used(node: nodes.Node) -> Iterator[tuple[str, int]]:
    """The names used below ``node``, with their lines in the source."""
    return ((dotted(inner), inner.lineno) for inner in _walk(node) if isinstance(inner, _NAMED))


def _unknown(name: str, names: Names) -> str:
    if any(known.startswith(f"{name}.") for known in names):
        inner = [known for known in names if known.startswith(f"{name}.")]
        return f"“{name}”不是一个数据，后面还要写到哪一格，例如 {{{{ {inner[-1]} }}}}"
    if not name.isascii() and (possible := names.possible(name)):
        if all(known.startswith(f"{name}.") for known in possible):
            return f"“{name}”不是一个数据，后面还要写到哪一格，例如 {{{{ {possible[-1]} }}}}"
        if len(possible) == 1:
            return f"不认识“{name}”，是不是“{possible[0]}”？"
        more = "等" if len(possible) > MOST_POSSIBLE else ""
        return f"“{name}”说的是哪一格，看不出来，可以写：{'、'.join(possible[:MOST_POSSIBLE])}{more}"
    near = get_close_matches(name, names if name.isascii() else names.keys_by_spelling, n=1)
    return f"不认识“{name}”" + (
        f"，是不是“{near[0]}”？" if near else "，请核对数据名；全部数据名见 reportgen names"
    )


class _InKeys(NodeTransformer):
    """Puts the keys of the input file in the place of Chinese names, and exact numbers in that of rounded ones."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def visit_Name(self, node: nodes.Expr) -> nodes.Expr:
        written = dotted(node)
        (key,) = self.names.meant(written)
        if key == written:
            return node
        first, *steps = key.split(".")
        named: nodes.Expr = nodes.Name(first, "load", lineno=node.lineno)
        for step in steps:
            named = nodes.Getattr(named, step, "load", lineno=node.lineno)
        return named

    visit_Getattr = visit_Getitem = visit_Name

    def visit_Const(self, node: nodes.Const) -> nodes.Expr:
        if not isinstance(node.value, float):
            return node
        written = nodes.Const(str(Decimal(str(node.value))), lineno=node.lineno)
        return nodes.Filter(written, "_exact", [], [], None, None, lineno=node.lineno)


def _mark(template: nodes.Template, typed: Sequence[int], names: Names) -> Iterator[tuple[str, ...]]:
    """Mark every printed expression and all that was ``typed`` there; yield the cells of each expression."""
    index = 0
    starts = iter(typed)
    for output in template.find_all(nodes.Output):
        for i, node in enumerate(output.nodes):
            if isinstance(node, nodes.TemplateData):
                output.nodes[i] = nodes.TemplateData(mark(node.data, next(starts)), lineno=node.lineno)
                continue
            yield tuple(
                dict.fromkeys(cell for name, _ in _used(nodes.Output([node])) for cell in names[name])
            )
            arguments: list[nodes.Expr] = [nodes.Const(index)]
            output.nodes[i] = nodes.Filter(node, "_bind", arguments, [], None, None, lineno=node.lineno)
            index += 1


def _line(lines: Sequence[int], lineno: int) -> int:
    return lines[min(lineno, len(lines)) - 1]


def _explain(error: TemplateSyntaxError, source: str) -> tuple[int, str]:
    """The line in the source and the cause of a syntax error, in the clerk's words."""
    if "end of template" in (error.message or ""):
        opened = [
            lineno for lineno, kind, value in _environment.lex(source) if (kind, value) == ("name", "if")
        ]
        return (opened or [error.lineno])[-1], "{% if %} 没有用 {% endif %} 结束"
    cause = "{{ }} 或 {% %} 里的写法不对：里面只能写数据名、加减、| share(总数) 和 {% if %}…{% endif %}"
    line = source.split("\n")[min(error.lineno, source.count("\n") + 1) - 1]
    return error.lineno, f"{cause}；如果不是要引用数据，请不要用 {{{{ 和 {{%\n    原文：{cut(line)}"
