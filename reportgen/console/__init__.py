"""What stands on the terminal, in Chinese."""

from .terminal import prepare, wrapped

__all__ = ["prepare", "wrapped"]
