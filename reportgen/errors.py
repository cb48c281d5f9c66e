"""What ends a command with a message to the clerk."""

from __future__ import annotations


class ReportgenError(Exception):
    """Something that cannot be used or done; the message (in Chinese) says what is wrong and what to do."""
