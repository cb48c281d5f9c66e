"""Every rule, by code: whatever the modules listed here define with :func:`~.rule.rule`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import ModuleType

from . import (
    contacts,
    formalities,
    idle_waivers,
    leftovers,
    listed_parts,
    numbering,
    personal_data,
    punctuation,
    report_year,
    sections,
    similarity,
    stale_years,
    structure,
    totals,
    wording,
    years,
)
from .claims import rules as claims
from .rule import GROUPS, Rule

MODULES = (
    totals,
    years,
    similarity,
    stale_years,
    report_year,
    claims,
    structure,
    listed_parts,
    sections,
    numbering,
    formalities,
    leftovers,
    punctuation,
    wording,
    contacts,
    personal_data,
    idle_waivers,
)
"""The families of rules, one module each."""

TEXT_ALONE = (
    similarity,
    stale_years,
    structure,
    listed_parts,
    sections,
    numbering,
    punctuation,
    wording,
    contacts,
    personal_data,
)
"""Those of them that look at no figure but as it is printed in the text."""


def collected(modules: Iterable[ModuleType]) -> dict[str, Rule]:
    """The rules of the modules by group, then by code: the rule on waivers last, it needs what the others found.

    Raises:
        ValueError: two rules have one code, or a code is of no known group.
    """
    found: dict[str, Rule] = {}
    for rule in (named for module in modules for named in vars(module).values() if isinstance(named, Rule)):
        if rule.code in found or rule.code[0] not in GROUPS:
            raise ValueError(f"rule code {rule.code} is taken or of no known group")
        found[rule.code] = rule
    return {code: found[code] for code in sorted(found, key=lambda code: (list(GROUPS).index(code[0]), code))}


RULES: Mapping[str, Rule] = collected(MODULES)

OF_TEXT = frozenset(collected(TEXT_ALONE))
"""The codes of the rules that say the same of the same text, whatever stands in the tables."""
