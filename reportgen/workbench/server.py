"""The server of the workbench: where it listens and when it ends."""

from __future__ import annotations

import logging
import secrets
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from waitress.server import create_server

from ..errors import ReportgenError
from .desk import Desk
from .folder import overview
from .meeting import ADDRESS, Running
from .pages import LARGEST_REQUEST, application

SILENCE = 300.0
"""Seconds without a sign of life of any page, after which the server ends."""
LOOKS = 5.0
"""Seconds between two looks at whether it may end."""
THREADS = 6
MOST_CONNECTIONS = 400
"""At once; fewer than every system can watch."""
IDLE = 20
"""Seconds after which a connection is closed over which nothing comes; the page sends a sign of life more often."""
MOST_HEADERS = 64 * 1024
"""Bytes of the head of a request."""


class Server:
    """A server that listens at a port of its own."""

    def __init__(
        self,
        desk: Desk,
        *,
        silence: float = SILENCE,
        looks: float = LOOKS,
        on_fault: Callable[[Exception], None] | None = None,
    ) -> None:
        self.desk = desk
        self.silence = silence
        self.looks = looks
        self._ended = threading.Event()
        logging.getLogger("waitress").setLevel(logging.CRITICAL)  # a browser that hangs up is no fault
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.bind((ADDRESS, 0))
        self.running = Running(listening.getsockname()[1], secrets.token_urlsafe(32))
        self._server = create_server(  # type: ignore[no-untyped-call]
            application(desk, self.running.port, self.running.secret, on_fault),
            sockets=[listening],
            threads=THREADS,
            max_request_body_size=LARGEST_REQUEST + 1024 * 1024,
            max_request_header_size=MOST_HEADERS,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=IDLE,
            cleanup_interval=IDLE // 2,
            ident=None,
        )

    @property
    def address(self) -> str:
        """Where a browser finds it, with the secret."""
        return self.running.address

    def run(self) -> None:
        """Serve until no page has been heard of for so long, or somebody interrupts."""
        for work in (self._watch, self._look_ahead):
            threading.Thread(target=work, daemon=True).start()
        try:
            self._server.run()
        except OSError:
            if not self._ended.is_set():
                raise
        finally:
            self._ended.set()

    def stop(self) -> None:
        """End it; every change that was answered is in its file."""
        self._ended.set()
        with suppress(OSError):
            self._server.close()

    def _watch(self) -> None:
        while not self._ended.is_set():
            time.sleep(self.looks)
            if self.desk.silence >= self.silence and self.desk.is_saved():
                self.stop()

    def _look_ahead(self) -> None:
        """Read and check what the page will ask for first while the browser starts."""
        with suppress(ReportgenError):
            if self.desk.single:
                _ = self.desk.file(self.desk.name(self.desk.single)).state
            else:
                overview(self.desk)
