"""A file -> Report."""

from .input_file import parse_input, read
from .text import Source, read_source

__all__ = ["Source", "parse_input", "read", "read_source"]
