"""What stands on the terminal, in Chinese."""

from .terminal import columns, prepare, say, wrapped

__all__ = ["columns", "prepare", "say", "wrapped"]
