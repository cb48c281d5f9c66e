"""What the page asks for, checked against the signature of the function that answers: no name more, none less."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from ..errors import ReportgenError

LONGEST_TEXT = 2_000_000
"""Characters of one value; the content of a file is longer and has its own kind."""
MOST_ITEMS = 20_000


class ParameterError(ReportgenError):
    """A request that no page of this program makes."""


class Content(str):
    """The content of a file, in Base64; it may be as long as a request may be."""


def arguments(function: Callable[..., Any], given: object) -> dict[str, Any]:
    """The arguments of a call, without the first, from an object of JSON.

    Raises:
        ParameterError: one is missing, unknown, of another type or too long.
    """
    if not isinstance(given, Mapping):
        raise ParameterError("请求要写成一个对象。")
    hints = get_type_hints(function)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    known = {each.name for each in parameters}
    if unknown := sorted(set(given) - known):
        raise ParameterError(f"不认识参数“{unknown[0][:40]}”。")
    found = {}
    for each in parameters:
        if each.name not in given:
            if each.default is inspect.Parameter.empty:
                raise ParameterError(f"缺少参数“{each.name}”。")
            continue
        value = given[each.name]
        if not _is(value, hints[each.name]):
            raise ParameterError(f"参数“{each.name}”的类型不对，或者太长。")
        found[each.name] = value
    return found


def _is(value: object, kind: Any) -> bool:
    """Whether a value is of a type; true and false are no numbers."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (UnionType, Union):
        return any(_is(value, each) for each in inner)
    if kind is NoneType:
        return value is None
    if kind is Content:
        return isinstance(value, str)
    if kind is str:
        return isinstance(value, str) and len(value) <= LONGEST_TEXT
    if kind in (int, bool):
        return type(value) is kind
    if origin is list:
        return (
            isinstance(value, list)
            and len(value) <= MOST_ITEMS
            and all(_is(each, inner[0]) for each in value)
        )
    if origin is dict:
        return (
            isinstance(value, dict)
            and len(value) <= MOST_ITEMS
            and all(_is(key, inner[0]) and _is(each, inner[1]) for key, each in value.items())
        )
    raise TypeError(kind)
