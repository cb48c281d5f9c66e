"""Corrections of a draft that came back -> the input file: merged, traced to their source, written in place."""

from .merge import Conflict, Merge, Reviewed, merge
from .rewriting import rewrite

__all__ = ["Conflict", "Merge", "Reviewed", "merge", "rewrite"]
