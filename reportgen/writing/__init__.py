"""From the composed document to files: Word and HTML."""


class TemplateError(Exception):
    """A template that cannot be used; the message (in Chinese) names the file and what is wrong in it."""
