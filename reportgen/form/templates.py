"""The folder of templates, and one file of it read: a file of its own, whole, and of a size that a template has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any

from .grid import FormError

PACKAGE = Path(__file__).resolve().parents[1]
AGAIN = "请从原来的模板再复制一份。"
"""What helps whoever spoilt a file."""


LARGEST_TOML = 256 * 1024
"""Bytes of a file of data; the project's own have 50 KB at most."""
MOST_DOTS = 100
"""On one line: the parser takes memory that grows with the square of the parts of a dotted key."""


@cache
def templates_folder() -> Path:
    """The folder with one folder for each format: inside an installed package, or beside it in a checkout."""
    installed = PACKAGE / "templates"
    return installed if installed.is_dir() else PACKAGE.parent / "templates"


def read_template(path: Path, largest: int) -> bytes:
    """The bytes of one file of a folder of templates, which may have come from anywhere.

    Raises:
        OSError: it is not there, or cannot be read.
        FormError: it is larger than ``largest`` bytes, no file but a pipe or a device, or a link: what it leads to
            was perhaps never meant to be printed. (An installed package may consist of links.)
    """
    if not path.is_relative_to(templates_folder()) and (path.is_symlink() or path.parent.is_symlink()):
        raise FormError(f"{path}：是指向别处的链接，没有读。{AGAIN}")
    if not S_ISREG(path.stat().st_mode):
        raise FormError(f"{path}：不是文件，没有读。{AGAIN}")
    with path.open("rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise FormError(f"{path}：文件太大，超过 {largest // 1024} KB，没有读。{AGAIN}")
    return data


def read_toml(path: Path, what: str = "") -> tuple[str, Mapping[str, Any]]:
    """The text and the data of one file of data in a folder of templates; messages call it ``what``.

    Raises:
        OSError: it is not there, or cannot be read.
        FormError: it is no file of data.
    """
    try:
        text = read_template(path, LARGEST_TOML).decode("utf-8-sig")
        return text, parsed(text)
    except UnicodeDecodeError:
        wrong = "不是 UTF-8 编码。请在记事本里另存为，编码选 UTF-8。"
    except RecursionError:
        wrong = f"括号套得太深。{AGAIN}"
    except ValueError as error:
        wrong = f"{_slip(str(error))}。{AGAIN}"
    raise FormError(f"{path}：{what}读不出来：{wrong}")


def _slip(said: str) -> str:
    """What is wrong with the way a file of data is written; the words of the parser and of Python are English."""
    if line := re.search(r"line (\d+)", said):
        return f"第 {line[1]} 行的写法不对"
    if "end of document" in said:
        return "末尾的写法不对，或者前面有引号、括号没有配对"
    return "里面有一个数太长" if said.isascii() else said


@lru_cache(maxsize=8)
def parsed(text: str) -> Mapping[str, Any]:
    """The data of a text in TOML; not to be changed, as whoever reads the same text gets the same.

    Raises:
        ValueError: it is none, or takes far too much to read.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise ValueError(f"第 {number} 行里的点太多，超过 {MOST_DOTS} 个")
    return tomllib.loads(text)
