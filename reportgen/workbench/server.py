"""The server of the workbench: where it listens, how the browser finds it, when it ends."""

from __future__ import annotations

import secrets
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from waitress.server import create_server

from .desk import Desk
from .pages import LARGEST_REQUEST, application

ADDRESS = "127.0.0.1"
SILENCE = 300.0
"""Seconds without a sign of life of any page, after which the server ends."""
LOOKS = 5.0
"""Seconds between two looks at whether it may end."""
THREADS = 6


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
        self.secret = secrets.token_urlsafe(32)
        self.silence = silence
        self.looks = looks
        self._ended = threading.Event()
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.bind((ADDRESS, 0))
        self.port: int = listening.getsockname()[1]
        self._server = create_server(  # type: ignore[no-untyped-call]
            application(desk, self.port, self.secret, on_fault),
            sockets=[listening],
            threads=THREADS,
            max_request_body_size=LARGEST_REQUEST + 1024 * 1024,
            ident=None,
            clear_untrusted_proxy_headers=True,
        )

    @property
    def address(self) -> str:
        """Where a browser finds it, with the secret."""
        return f"http://{ADDRESS}:{self.port}/?secret={self.secret}"

    def run(self) -> None:
        """Serve until no page has been heard of for so long, or somebody interrupts."""
        threading.Thread(target=self._watch, daemon=True).start()
        try:
            self._server.run()
        except (OSError, SystemExit):
            if not self._ended.is_set():
                raise
        finally:
            self.stop()

    def stop(self) -> None:
        """End it, once everything is in its file."""
        self._ended.set()
        with suppress(OSError):
            self._server.close()

    def _watch(self) -> None:
        while not self._ended.is_set():
            time.sleep(self.looks)
            if self.desk.silence >= self.silence and self.desk.is_saved():
                self.stop()
