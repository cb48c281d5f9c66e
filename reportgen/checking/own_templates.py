"""What a clerk's own templates check less than the project's: it is said with every result, and no setting hides it."""

from __future__ import annotations

from collections.abc import Iterator

from ..form.model import Form
from ..form.vocabulary_file import load_lexicon, words_lacking
from ..model.findings import Finding, Severity

OF_TEMPLATES = "I08"
"""The code of what is said of templates, whatever the report."""


def missing_checks(form: Form) -> Iterator[Finding]:
    """The finding that a form or its words are less than they were.

    Raises:
        FormError: the words cannot be read.
    """
    if form.project is None:
        return
    words = words_lacking(form, load_lexicon(form))
    said = [str(form.lacking)] if form.lacking else []
    if words:
        said.append(f"核对文字用的说法 {words} 种")
    if said:
        yield Finding(
            OF_TEMPLATES,
            Severity.WARNING,
            f"这次用的模板比原来的 {form.project.format} 年格式少了{'、'.join(said)}，少了的没有检查。",
            "请核对是不是有意改的。",
            how=f"模板在 {form.folder}；不是有意的，请从原来的模板再复制一份。",
        )
