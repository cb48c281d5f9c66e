"""Page templates from other hands: they print what they are given, and can do nothing else.

Jinja's sandbox, made narrower: a template reads its own folder only, calls nothing but its own macros, uses a small set
of filters and tests, cannot switch off the escaping of what it prints, and has so much to spend: each round of a loop,
each call and each character made costs, so that no template takes long or becomes large.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Sized
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, markup_join
from jinja2.sandbox import SandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.utils import Namespace
from markupsafe import Markup

from .sandbox_code import PER_NODE, Code
from .sandbox_files import Loader
from .sandbox_work import Refused, Work

MOST_ITEMS = 10_000
"""Of a list, and the numbers of a range."""
LARGEST_NUMBER = 10**18
PER_CALL = 500
"""What a call costs."""

_TEXT = ("escape", "e", "string", "upper", "lower", "trim", "int", "float", "abs")
"""Filters of one value."""
_LISTS = (
    *("first", "last", "list", "map", "select", "reject", "selectattr"),
    *("rejectattr", "reverse", "sort", "unique"),
)
_OTHERS = ("length", "count", "default", "d", "min", "max")
_TESTS = (
    *("defined", "undefined", "none", "string", "number", "boolean", "true", "false", "odd", "even", "in"),
    *("==", "eq", "equalto", "!=", "ne", ">", "gt", "greaterthan", ">=", "ge", "<", "lt", "lessthan", "<=", "le"),
)  # fmt: skip
_PRINTED = (str, int, float, Decimal, Undefined)
"""What may be printed: of anything else, Python's own description would be."""
_SEQUENCES = (str, list, tuple)
_PLAIN = frozenset([str, int, bool, list, tuple])
_WIDE = re.compile(r"\d{3}|\*")
"""A width in ``"%9999d" % number``."""


class Unknown(StrictUndefined):
    """A name that means nothing, in Chinese."""

    @property
    def _undefined_message(self) -> str:
        return self._undefined_hint or f"没有“{self._undefined_name}”这一项"


class Sandbox(SandboxedEnvironment):
    """The templates of one folder."""

    intercepted_binops = frozenset(SandboxedEnvironment.default_binop_table)

    def __init__(self, folder: Path) -> None:
        self.code_generator_class = Code
        self.sizes: dict[str | None, int] = {}
        """The characters of each file that was read."""
        work = Work()
        self.begin, self.spend, self.rounds = work.begin, work.spend, work.rounds
        super().__init__(
            loader=Loader(folder, self.sizes),
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
        self.tests = {name: self._counted(TESTS[name]) for name in _TESTS}

    def _counted(self, filter: Any, allowed: Callable[[Any], Any] | None = None) -> Callable[..., Any]:
        """A filter or test of Jinja's that costs as much as what it is given is long."""
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
        self.spend(_length(pieces) + len(pieces) * _length([between]))
        if len(pieces) > 1 and between:
            pieces = [piece for item in pieces for piece in (between, item)][1:]
        return markup_join(pieces)

    def measured(self, value: Any) -> Any:
        """What costs as much as it is long: what is compared, cut out or calculated."""
        self.spend(len(value) if isinstance(value, _SEQUENCES) else 1)
        return value

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
            or obj in (self.range, self.rounds, self.measured)
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
            filled = right if isinstance(right, tuple | list | dict) else [right]
            self.flat(filled)
            self.spend(left.count("%") * _length(filled.values() if isinstance(filled, dict) else filled))
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
        return self.measured(made)

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

    def _compile(self, source: str, filename: str) -> Any:
        """The code of a template; what Python thinks of it is nothing for a terminal."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return super()._compile(source, filename)

    def _load_template(self, name: str, globals: Any) -> Any:
        """One file of the folder; one that is put into another costs what is written in it."""
        template = super()._load_template(name, globals)
        self.spend(PER_CALL + self.sizes.get(template.name, 0))
        return template


def _length(values: Iterable[Any]) -> int:
    """The characters of all texts among some values."""
    return sum(len(value) for value in values if isinstance(value, str))
