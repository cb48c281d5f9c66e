"""A file -> Report."""

from .encoding import Source, read_source
from .input_file import parse_input, read

__all__ = ["Source", "parse_input", "read", "read_source"]
