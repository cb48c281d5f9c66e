"""The report as a web page of its own, and as a fragment to paste into a content management system.

Both come from Jinja templates beside the form, which the clerk may copy and change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..disk import why
from ..errors import ReportgenError
from ..model.document import Document
from ..model.findings import Finding, cut
from ..model.opinions import Opinion
from ..model.paragraphs import GAP
from . import TemplateError
from .page_view import listed, opinions_listed, sections
from .qr import qr_code

if TYPE_CHECKING:
    from jinja2 import Template, TemplateSyntaxError

    from .sandbox import Sandbox

PAGE = "report.html"
FRAGMENT = "fragment.html"
BLOCKS = {PAGE: ("title", "meta", "draft", "findings", "content"), FRAGMENT: ("content",)}
"""The blocks each template must have."""


def render(
    document: Document,
    *,
    draft: str | None = None,
    findings: Sequence[Finding] = (),
    opinions: Sequence[Opinion] = (),
) -> str:
    """The complete, self-contained page.

    ``draft`` is the draft's name such as 送审稿1: then gaps are marked, ``findings`` are listed, and the
    ``opinions`` that wait for an answer, with links to the places they speak of. None: the final, without any of it.

    Raises:
        TemplateError: the template is missing, misses a block or fails.
    """
    shown = findings if draft else ()
    parts = sections(document, shown)
    publication = document.publication
    return _print(
        document,
        PAGE,
        sections=parts,
        findings=listed(shown, parts),
        opinions=opinions_listed(opinions if draft else (), document, parts),
        draft=draft or "",
        publication=publication,
        column=publication.column or document.agency.get("column", ""),
        downloads=[
            (name, address)
            for name, address in (("Word 版", link(publication.word)), ("PDF 版", link(publication.pdf)))
            if address
        ],
        qr=qr_code(link(publication.url)),
    )


def fragment(document: Document) -> str:
    """The body alone, with inline styles and table attributes only, for a system that strips all else.

    Raises:
        TemplateError: the template is missing, misses a block or fails.
    """
    return _print(document, FRAGMENT, sections=sections(document, ()))


def link(address: str) -> str:
    r"""``address`` as a safe link: http, https or relative to the page; empty where it is neither.

    >>> link("年报 2022.docx"), link("java\tscript:alert(1)")
    ('%E5%B9%B4%E6%8A%A5%202022.docx', '')
    """
    from urllib.parse import quote

    scheme, colon, _ = address.partition(":")
    if colon and scheme.lower() not in ("http", "https") and not re.search("[/?#]", scheme):
        return ""
    return quote(address.strip(), safe="%/:?#[]@!$&'()*+,;=~")


def _print(document: Document, name: str, **values: Any) -> str:
    return print_template(document, document.form.file(name).parent, name, **values)


def print_template(document: Document, folder: Path, name: str, **values: Any) -> str:
    """What the template ``name`` in ``folder`` makes of the document and of ``values``.

    Raises:
        TemplateError: the template is missing, misses a block or fails.
    """
    return print_page(folder, name, document=document, agency=document.agency["name"], gap=GAP, **values)


def print_page(folder: Path, name: str, **values: Any) -> str:
    """What the template ``name`` in ``folder`` makes of ``values``.

    Raises:
        TemplateError: the template is missing, misses a block or fails.
    """
    environment = _environment(folder)
    environment.begin()
    template = _template(environment, folder, name)
    try:
        return template.render(**values)
    except Exception as error:  # a template may fail in any way; whatever it is, the clerk is told where
        raise TemplateError(_failure(folder, name, error)) from error


def _template(environment: Sandbox, folder: Path, name: str) -> Template:
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    path = folder / name
    try:
        template = environment.get_template(name)
    except TemplateNotFound as error:
        raise TemplateError(
            f"{folder / str(error)}：没有这个模板文件。请从原来的模板文件夹复制一份。"
        ) from None
    except TemplateSyntaxError as error:
        raise TemplateError(
            f"{folder / (error.name or name)} 第 {error.lineno} 行：{_slip(error)}。"
            "请改正这一行，或从原来的模板文件夹复制一份。"
        ) from None
    except UnicodeDecodeError:
        raise TemplateError(f"{path}：不是 UTF-8 编码。请在记事本里另存为，编码选 UTF-8。") from None
    except OSError as error:
        raise TemplateError(f"{path}：模板文件读不出来（{why(error)}）。") from None
    except ReportgenError:
        raise
    except Exception as error:  # nearly anything, for what is nested or long beyond measure
        raise TemplateError(
            f"{path}：大括号里写的东西套得太深，或者数字太长，读不出来。请从原来的模板文件夹复制一份。"
        ) from error
    for block in BLOCKS.get(name, ()):
        if block not in template.blocks:
            raise TemplateError(
                f"{path}：模板里缺少 {{% block {block} %}}。请从原来的模板文件夹找回这一块，放回原处。"
            )
    return template


@lru_cache(maxsize=8)
def _environment(folder: Path) -> Sandbox:
    from .sandbox import Sandbox

    return Sandbox(folder)


def _slip(error: TemplateSyntaxError) -> str:
    """What is wrong with the way a line is written; Jinja's own words for it are English."""
    message = error.message or ""
    if not message.isascii():
        return message
    lines = (error.source or "").splitlines()
    written = f"（{cut(lines[error.lineno - 1])}）" if 0 < error.lineno <= len(lines) else ""
    return f"模板的写法不对{written}"


def _failure(folder: Path, name: str, error: Exception) -> str:
    """Where a template failed: the innermost line of a template on the way to the error."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError

    path, line = folder / name, 0
    trace = error.__traceback__
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.parent == folder:
            path, line = file, trace.tb_lineno
        trace = trace.tb_next
    place = f"{path} 第 {line} 行" if line else str(path)
    if isinstance(error, TemplateSyntaxError):
        said = f"{error.name} 第 {error.lineno} 行：{_slip(error)}"
    elif isinstance(error, TemplateNotFound):
        said = f"没有“{error}”这个模板文件"
    elif isinstance(error, RecursionError):
        said = "模板套得太深，没有尽头"
    else:
        said = str(error) if str(error) and not str(error).isascii() else "这里的数、文字或列表不能这样用"
    return f"{place}：模板执行不下去（{said}）。请核对这一行，或从原来的模板文件夹复制一份。"
