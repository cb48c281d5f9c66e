"""A file -> Report. :func:`read` is all that others need."""

from .input_file import read

__all__ = ["read"]
