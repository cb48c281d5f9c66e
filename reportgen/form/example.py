"""The shipped example input, as data: what a clerk who copied it may have left as it was."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .templates import PACKAGE

NAME = "putian-psb-2022.toml"


@lru_cache(maxsize=1)
def example() -> Mapping[str, Any]:
    """What the example says, as written; nothing where it is not there."""
    import tomllib

    installed = PACKAGE / "inputs" / NAME
    path = installed if installed.is_file() else PACKAGE.parent / "inputs" / NAME
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
