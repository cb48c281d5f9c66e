"""The narrative: Jinja templates over the figures.

A narrative is plain text, one paragraph a line. It may print figures by name, ``{{ requests.granted.total }}``,
a share of the whole, ``{{ part | share(whole) }}``, and choose words with ``{% if %}``. Nothing else of Jinja is
allowed, so that no text can run away: what is printed is never much longer than what was written, and every
name is known before anything is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from difflib import get_close_matches
from types import SimpleNamespace
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from .paragraphs import BOUND, END, GAP, LINE, TEXT, Bound, Paragraph, paragraphs

Names = Mapping[str, tuple[str, ...]]
"""The names a narrative may use, each with the keys of the cells it stands for (none for words such as year)."""

LONGEST_EXPRESSION = 400
DEEPEST_CONDITION = 20

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""An expression, a condition or a comment, as it is written."""

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


class NarrativeError(Exception):
    """A narrative that cannot be printed; ``problems`` are (line in the input file, message) pairs."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        self.problems = problems
        super().__init__("\n".join(message for _, message in problems))


@dataclass(frozen=True)
class Narrative:
    """One part of the text as the clerk wrote it, checked and ready to be printed."""

    source: str
    lines: Sequence[int]
    """The line in the input file of each line of ``source``."""
    template: nodes.Template
    bounds: tuple[Bound, ...]
    of_last: Mapping[str, int]
    """The names of last year's it uses, without ``last.``, and the line of each in the input file."""

    def render(self, values: Mapping[str, Any]) -> list[Paragraph]:
        """Print the text with ``values`` (see :func:`namespace`) and recognise its numbering.

        Raises:
            NarrativeError: a share of a whole that is zero.
        """
        if not self.bounds and "{" not in self.source:
            marked = "\n".join(
                f"{LINE}{line}{END}{text}"
                for line, text in zip(self.lines, self.source.split("\n"), strict=True)
            )
        else:
            try:
                marked = f"{LINE}{self.lines[0]}{END}" + _environment.from_string(self.template).render(
                    values
                )
            except _NoWhole as error:
                message = "占比的总数是 0，算不出占比；请改写这一句"
                raise NarrativeError([(self.bounds[error.index].line, message)]) from None
        return list(paragraphs(marked, self.bounds))


def parse(source: str, lines: Sequence[int], names: Names) -> Narrative:
    """Check a narrative and prepare it for printing.

    Raises:
        NarrativeError: it is no Jinja template, uses more of Jinja than is allowed, or an unknown name.
    """
    try:
        template = _environment.parse(source)
        expressions = _expressions(source)
        deepest, _ = _conditions(source)
    except TemplateSyntaxError as error:
        lineno, message = _explain(error, source)
        raise NarrativeError([(_line(lines, lineno), message)]) from None
    except RecursionError:
        raise NarrativeError([(lines[0], "{{ }} 或 {% %} 里嵌套太深")]) from None
    if deepest > DEEPEST_CONDITION:
        raise NarrativeError([(lines[0], "{% if %} 里嵌套太深")])
    problems: list[tuple[int, str]] = []
    for lineno, expression in expressions:
        if len(expression) > LONGEST_EXPRESSION:
            problems.append((_line(lines, lineno), f"{{{{ }}}} 里的内容太长（超过 {LONGEST_EXPRESSION} 字）"))
    if not problems:
        problems = [(_line(lines, lineno), message) for lineno, message in _faults(template, names)]
    if problems:
        raise NarrativeError(problems)
    bounds = tuple(
        Bound(expression, _line(lines, lineno), cells)
        for (lineno, expression), cells in zip(expressions, _mark(template, lines, names), strict=True)
    )
    of_last = {
        name.removeprefix("last."): _line(lines, lineno)
        for name, lineno in _used(template)
        if name.startswith("last.")
    }
    return Narrative(source, tuple(lines), template, bounds, of_last)


def namespace(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn values by dotted name into what a template can look up: ``requests.granted.total``."""
    tree: dict[str, Any] = {}
    for name, value in values.items():
        *path, last = name.split(".")
        node = tree
        for step in path:
            node = node.setdefault(step, {})
        node[last] = value

    def spaces(node: Any) -> Any:
        return SimpleNamespace(**{k: spaces(v) for k, v in node.items()}) if isinstance(node, dict) else node

    return {name: spaces(node) for name, node in tree.items()}


class Unfilled:
    """The value of a figure that is not filled in: whatever is computed from it is not filled in either."""

    def _same(self, *_: object) -> Unfilled:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __neg__ = __pos__ = _same

    def _false(self, *_: object) -> bool:
        return False

    __bool__ = __lt__ = __le__ = __gt__ = __ge__ = _false

    def __str__(self) -> str:
        return GAP


# ── Jinja ───────────────────────────────────────────────────────────────────────────────────────────


class _NoShare(Unfilled):
    """A share of a whole that is zero."""


class _NoWhole(ZeroDivisionError):
    """A share of a whole that is zero was to be printed by the expression ``index``."""

    def __init__(self, index: int) -> None:
        self.index = index
        super().__init__(index)


def share(part: Any, whole: Any, digits: int = 2) -> Any:
    """The share of ``part`` in ``whole`` as official texts print it: at most two decimals, rounded half up.

    >>> share(6, 19), share(1, 2)
    ('31.58%', '50%')
    """
    if isinstance(part, Unfilled) or isinstance(whole, Unfilled):
        return Unfilled()
    if whole == 0:
        return _NoShare()
    percent = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    text = format(percent, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


def _bind(value: Any, index: int) -> str:
    if isinstance(value, _NoShare):
        raise _NoWhole(index)
    return f"{BOUND}{index}{TEXT}{format(value, 'f') if isinstance(value, Decimal) else value}{END}"


_environment = SandboxedEnvironment(
    keep_trailing_newline=True, autoescape=False, optimized=False, cache_size=0
)
_environment.filters = {"share": share, "_bind": _bind}


def _expressions(source: str) -> list[tuple[int, str]]:
    """Every ``{{ }}`` of the source: its line in the source and what is written in it."""
    found: list[tuple[int, str]] = []
    inside: list[str] | None = None
    for lineno, kind, value in _environment.lex(source):
        if kind == "variable_begin":
            inside, start = [], lineno
        elif kind == "variable_end" and inside is not None:
            found.append((start, "".join(inside).strip()))
            inside = None
        elif inside is not None:
            inside.append(value)
    return found


def _conditions(source: str) -> tuple[int, list[int]]:
    """How deep the conditions of the source are nested, and the lines of those that are not closed."""
    deepest, opened, before = 0, list[int](), ""
    for lineno, kind, value in _environment.lex(source):
        if kind == "name" and before == "block_begin":
            if value == "if":
                opened.append(lineno)
                deepest = max(deepest, len(opened))
            elif value == "endif" and opened:
                opened.pop()
        before = before if kind == "whitespace" else kind
    return deepest, opened


def _faults(template: nodes.Template, names: Names) -> Iterator[tuple[int, str]]:
    """What a template may not do, with its line in the source."""
    for node in _walk(template):
        if isinstance(node, nodes.Filter) and node.name != "share":
            yield node.lineno, f"不认识“| {node.name}”，只能用“| share(总数)”求占比"
        elif isinstance(node, nodes.Filter) and not 1 <= len(node.args) <= 2:
            yield (
                node.lineno,
                "share 后面要写总数，例如 {{ requests.granted.total | share(requests.total_processed.total) }}",
            )
        elif isinstance(node, _NAMED):
            name = _dotted(node)
            if name not in names:
                yield node.lineno, _unknown(name, names)
        elif not isinstance(node, _ALLOWED):
            yield node.lineno, "这里的写法不能用：文字里只能用 {{ 数据名 }}、加减、| share(总数) 和 {% if %}"


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    """All nodes; a dotted name counts as one, and so does what is not allowed."""
    for child in node.iter_child_nodes():
        yield child
        if isinstance(child, _ALLOWED) and not isinstance(child, _NAMED):
            yield from _walk(child)


def _used(node: nodes.Node) -> Iterator[tuple[str, int]]:
    """The names used below ``node``, with their lines in the source."""
    return ((_dotted(inner), inner.lineno) for inner in _walk(node) if isinstance(inner, _NAMED))


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_dotted(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{_dotted(node.node)}.{node.arg.value}"
    return "?"


def _unknown(name: str, names: Names) -> str:
    if any(known.startswith(f"{name}.") for known in names):
        inner = [known for known in names if known.startswith(f"{name}.")]
        return f"“{name}”不是一个数据，后面还要写到哪一格，例如 {{{{ {inner[-1]} }}}}"
    near = get_close_matches(name, names, n=1)
    return f"不认识“{name}”" + (f"，是不是“{near[0]}”？" if near else "，请核对数据名")


def _mark(template: nodes.Template, lines: Sequence[int], names: Names) -> Iterator[tuple[str, ...]]:
    """Mark every printed expression and every new line in the template; yield the cells of each expression."""
    index = 0
    for output in template.find_all(nodes.Output):
        for i, node in enumerate(output.nodes):
            if isinstance(node, nodes.TemplateData):
                output.nodes[i] = nodes.TemplateData(_with_lines(node, lines), lineno=node.lineno)
                continue
            yield tuple(
                dict.fromkeys(cell for name, _ in _used(nodes.Output([node])) for cell in names[name])
            )
            arguments: list[nodes.Expr] = [nodes.Const(index)]
            output.nodes[i] = nodes.Filter(node, "_bind", arguments, [], None, None, lineno=node.lineno)
            index += 1


def _with_lines(node: nodes.TemplateData, lines: Sequence[int]) -> str:
    first, *rest = node.data.split("\n")
    marked = (f"\n{LINE}{_line(lines, node.lineno + i)}{END}{text}" for i, text in enumerate(rest, 1))
    return first + "".join(marked)


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
    return error.lineno, f"{cause}；如果不是要引用数据，请不要用 {{{{ 和 {{%"
