"""Page templates from other hands: they print what they are given, and can do nothing else.

Jinja's sandbox, made narrower: a template reads its own folder only, calls nothing but its own macros, uses a small set
of filters and tests, cannot switch off the escaping of what it prints, and has so much to spend: each round of a loop,
each call and each character made costs, so that no template takes long or becomes large.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sized
from decimal import Decimal
from functools import wraps
from pathlib import Path
from time import process_time
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, markup_join
from jinja2.sandbox import SandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.utils import Namespace
from markupsafe import Markup

from ..form.templates import read_template

LARGEST_FILE = 2 * 1024 * 1024
"""Bytes of one file; the project's own have 13 KB, and a picture may be in it."""
MOST_CODE = 40_000
"""Characters between the braces of one file, of which the project's own have 6,000."""
MOST_WORK = 20_000_000
"""What one page may spend: characters that are made, rounds of loops, calls. A report spends 500,000."""
MOST_SECONDS = 1.5
"""Of the processor."""
BETWEEN_LOOKS = 20_000
"""The work after which the clock is looked at again, which takes longer than the work itself."""
MOST_ITEMS = 10_000
"""Of a list, and the numbers of a range."""
LARGEST_NUMBER = 10**18
PER_NODE, PER_CALL = 10, 500
"""What a piece of code in a loop costs in each round, and a call."""

_TEXT = ("escape", "e", "string", "upper", "lower", "trim", "int", "float", "abs")
"""Filters of one value."""
_LISTS = (
    "first",
    "last",
    "list",
    "map",
    "select",
    "reject",
    "selectattr",
    "rejectattr",
    "reverse",
    "sort",
    "unique",
)
_OTHERS = ("length", "count", "default", "d", "min", "max")
_TESTS = (
    *("defined", "undefined", "none", "string", "number", "boolean", "true", "false", "odd", "even", "in"),
    *(
        "==",
        "eq",
        "equalto",
        "!=",
        "ne",
        ">",
        "gt",
        "greaterthan",
        ">=",
        "ge",
        "<",
        "lt",
        "lessthan",
        "<=",
        "le",
    ),
)
_PRINTED = (str, int, float, Decimal, Undefined)
"""What may be printed: of anything else, Python's own description would be."""
_SEQUENCES = (str, list, tuple)
_PLAIN = frozenset([str, int, bool, list, tuple])
_WIDE = re.compile(r"\d{3}|\*")
"""A width in ``"%9999d" % number``."""


class Refused(Exception):
    """What a template may not do, in Chinese."""


class Unknown(StrictUndefined):
    """A name that means nothing, in Chinese."""

    @property
    def _undefined_message(self) -> str:
        return self._undefined_hint or f"没有“{self._undefined_name}”这一项"


class Sandbox(SandboxedEnvironment):
    """The templates of one folder."""

    intercepted_binops = frozenset(SandboxedEnvironment.default_binop_table)

    def __init__(self, folder: Path) -> None:
        self.code_generator_class = _Code
        self.sizes: dict[str | None, int] = {}
        """The characters of each file that was read."""
        self.begin()
        super().__init__(
            loader=_Loader(folder, self.sizes),
            autoescape=True,
            undefined=Unknown,
            finalize=self.printed,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,  # a page is printed once
        )
        self.globals = {"wbr": Markup("<wbr>"), "range": self.range, "namespace": Namespace}
        self.filters = {
            **{name: self._counted(FILTERS[name], self.scalar) for name in _TEXT},
            **{name: self._counted(FILTERS[name]) for name in (*_LISTS, *_OTHERS)},
            "join": self.join,
        }
        self.tests = {name: TESTS[name] for name in _TESTS}

    # ── what it costs ───────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """A new page: nothing is spent yet."""
        self._left, self._look, self._end = MOST_WORK, MOST_WORK, process_time() + MOST_SECONDS

    def spend(self, work: int) -> None:
        """Count some work.

        Raises:
            Refused: it is too much.
        """
        self._left -= work
        if self._left > self._look:
            return
        self._look = self._left - BETWEEN_LOOKS
        if self._left < 0 or process_time() > self._end:
            raise Refused(
                f"要印、要算的太多，超过了一页的限度（{MOST_WORK // 10_000} 万字，{MOST_SECONDS:g} 秒）"
            )

    def rounds(self, items: Iterable[Any], work: int) -> Iterable[Any]:
        """The items of a loop whose every round is so much work."""
        if isinstance(items, Sized):
            self.spend(len(items) * work)
            return items
        return self._one_by_one(items, work)

    def _one_by_one(self, items: Iterable[Any], work: int) -> Iterator[Any]:
        for item in items:
            self.spend(work)
            yield item

    def _counted(
        self, filter: Callable[..., Any], allowed: Callable[[Any], Any] | None = None
    ) -> Callable[..., Any]:
        """A filter of Jinja's that costs as much as what it is given is long."""
        place = 1 if hasattr(filter, "jinja_pass_arg") else 0

        @wraps(filter)
        def counted(*args: Any, **options: Any) -> Any:
            value = args[place]
            if not isinstance(value, Undefined):
                self.spend(len(value) if isinstance(value, Sized) else 1)
            if allowed:
                allowed(value)
            return filter(*args, **options)

        return counted

    # ── what it may print ───────────────────────────────────────────────────────────────────────────

    def printed(self, value: Any) -> Any:
        """What stands in the page for a value."""
        if type(value) is str or type(value) is Markup:
            self.spend(len(value))
            return value
        return self.scalar(value)

    def scalar(self, value: Any) -> Any:
        """The value, if it is text or a number.

        Raises:
            Refused: it is neither.
        """
        if value is None or isinstance(value, _PRINTED):
            return value
        raise Refused("这一项不是文字或数，印不出来，后面还要写到哪一项")

    def flat(self, items: Any) -> Any:
        """A list or the like as a template writes it: of texts and numbers only, so that nothing grows by nesting."""
        values = items.values() if isinstance(items, dict) else items
        for value in values:
            self.scalar(value)
        return items

    def join(self, items: Iterable[Any], between: str = "", attribute: str | None = None) -> Any:
        """The items as one text."""
        if attribute is not None:
            items = [self._inner(item, attribute) for item in self.rounds(items, PER_NODE)]
        return self.joined(items, between)

    def _inner(self, item: Any, path: str) -> Any:
        for name in path.split("."):
            item = self.getitem(item, name)
        return item

    def joined(self, items: Iterable[Any], between: str = "") -> Any:
        """Texts and numbers, one after the other, escaped where one of them is markup."""
        pieces = [self.scalar(item) for item in self.rounds(items, PER_NODE)]
        self.scalar(between)
        if len(pieces) > 1 and between:
            pieces = [piece for item in pieces for piece in (between, item)][1:]
        text = markup_join(pieces)
        self.spend(len(text))
        return text

    # ── what it may do ──────────────────────────────────────────────────────────────────────────────

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """No code, and no place on this machine."""
        if attr.startswith("_") or isinstance(value, Path):
            return False
        return (
            not callable(value) or isinstance(value, Macro | BlockReference) or isinstance(obj, LoopContext)
        )

    def is_safe_callable(self, obj: Any) -> bool:
        """Its own macros and blocks, and what the page gives it."""
        return isinstance(obj, Macro | BlockReference | LoopContext) or (
            obj is Namespace
            or obj in (self.range, self.rounds)
            or isinstance(getattr(obj, "__self__", None), LoopContext)
        )

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What Jinja's own does; most of what is asked for is a text or a list, which is soon told."""
        try:
            value = getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)
        if type(value) in _PLAIN and attribute[0] != "_":
            return value
        return (
            value if self.is_safe_attribute(obj, attribute, value) else self.unsafe_undefined(obj, attribute)
        )

    def wrap_str_format(self, value: Any) -> None:
        """Nothing to do: no method of a text is called."""

    def unsafe_undefined(self, obj: Any, attribute: str) -> Any:
        """What stands for what is refused: whoever uses it is told."""
        return self.undefined(f"“{attribute}”在模板里不能用", name=attribute, obj=obj, exc=SecurityError)

    def call(self, context: Context, obj: Any, /, *args: Any, **options: Any) -> Any:
        """Call what may be called."""
        if isinstance(obj, StrictUndefined):
            obj()  # says which name means nothing
        if not self.is_safe_callable(obj):
            raise Refused("模板里只能调用模板自己的 macro 和 block")
        self.spend(PER_CALL)
        made = context.call(obj, *args, **options)
        self.spend(len(made) if isinstance(made, str) else 0)
        return made

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate, as long as it stays small."""
        sizes = [len(side) if isinstance(side, _SEQUENCES) else 0 for side in (left, right)]
        if operator == "%" and isinstance(left, str):
            self.flat(right if isinstance(right, tuple | list | dict) else [right])
            if _WIDE.search(left):
                raise Refused("% 的宽度太大")
        elif operator == "*" and any(sizes):
            times = right if sizes[0] else left
            if isinstance(times, int):
                self._small(max(sizes) * times, isinstance(left if sizes[0] else right, str))
        elif any(sizes):
            self._small(sum(sizes), isinstance(left, str))
        elif operator == "**":
            raise Refused("模板里不能用 **")
        made = super().call_binop(context, operator, left, right)
        if isinstance(made, int | float | Decimal) and not -LARGEST_NUMBER <= made <= LARGEST_NUMBER:
            raise Refused("算出来的数太大")
        self.spend(len(made) if isinstance(made, _SEQUENCES) else 1)
        return made

    def _small(self, size: int, is_text: bool) -> None:
        """Refuse what becomes too long, before it is made."""
        if is_text:
            self.spend(size)
        elif size > MOST_ITEMS:
            raise Refused(f"列表太长，最多 {MOST_ITEMS} 项")

    def range(self, *limits: int) -> range:
        """The numbers of a loop."""
        numbers = range(*limits)
        if not all(abs(limit) <= LARGEST_NUMBER for limit in limits) or len(numbers) > MOST_ITEMS:
            raise Refused(f"range 太长，最多 {MOST_ITEMS} 个数")
        return numbers

    def _load_template(self, name: str, globals: Any) -> Any:
        """One file of the folder; one that is put into another costs what is written in it."""
        template = super()._load_template(name, globals)
        self.spend(PER_CALL + self.sizes.get(template.name, 0))
        return template


class _Code(CodeGenerator):
    """What a template is compiled to: loops and what is put together count, and what is forbidden is refused."""

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        work = PER_NODE
        for each in node.find_all(nodes.Expr):
            work += len(each.data) if isinstance(each, nodes.TemplateData) else PER_NODE
        if not node.recursive:
            rounds = nodes.EnvironmentAttribute("rounds")
            node.iter = nodes.Call(rounds, [node.iter, nodes.Const(work)], [], None, None, lineno=node.lineno)
        super().visit_For(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.joined((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:
        self.write("environment.flat(")
        super().visit_List(node, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        self.write("environment.flat(")
        super().visit_Dict(node, frame)
        self.write(")")

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:
        if node.ctx != "load":  # the names of a loop
            super().visit_Tuple(node, frame)
            return
        self.write("environment.flat(")
        super().visit_Tuple(node, frame)
        self.write(")")

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        self._known(node, node.name, self.environment.filters, "|")
        super().visit_Filter(node, frame)

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        self._known(node, node.name, self.environment.tests, "is")
        super().visit_Test(node, frame)

    def _known(self, node: nodes.Node, name: str, known: Iterable[str], mark: str) -> None:
        if name not in known:
            names = "、".join(sorted(each for each in known if each[0].isalpha()))
            self.fail(f"模板里不能用“{mark} {name}”，可以用的有：{names}", node.lineno)

    def visit_EvalContextModifier(self, node: nodes.EvalContextModifier, frame: Frame) -> None:
        self.fail("autoescape 不能改", node.lineno)

    visit_ScopedEvalContextModifier = visit_EvalContextModifier


class _Loader(BaseLoader):
    """The files of one folder, and no others."""

    def __init__(self, folder: Path, sizes: dict[str | None, int]) -> None:
        self.folder, self.sizes = folder, sizes

    def get_source(self, environment: Any, template: str) -> tuple[str, str, Callable[[], bool]]:
        path = self.folder / template
        if template != path.name:
            raise TemplateNotFound(template)
        try:
            changed = path.stat().st_mtime
        except (FileNotFoundError, ValueError):
            raise TemplateNotFound(template) from None
        source = read_template(path, LARGEST_FILE).decode("utf-8-sig")
        if _code(source) > MOST_CODE:
            message = f"大括号里的内容太多，超过 {MOST_CODE} 字"
            raise TemplateSyntaxError(message, 1, template, str(path))
        self.sizes[template] = len(source)
        return source, str(path), lambda: path.exists() and path.stat().st_mtime == changed


def _code(source: str) -> int:
    """How many characters stand between braces."""
    return sum(
        len(re.split(r"[%}]\}", piece, maxsplit=1)[0]) + 4 for piece in re.split(r"\{[{%]", source)[1:]
    )
