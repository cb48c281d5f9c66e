"""From the composed document to files: Word and HTML."""

from ..errors import ReportgenError


class TemplateError(ReportgenError):
    """A template that cannot be used; the message names the file and what is wrong in it."""
