"""A file -> Report."""

from .encoding import Source, read_source
from .input_file import parse_input, read
from .mending import Mended, mended

__all__ = ["Mended", "Source", "mended", "parse_input", "read", "read_source"]
