"""kill -9 at any moment: every change that was answered is in the file, and the file always reads."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import random
import signal
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from reportgen.reading import read
from reportgen.workbench.desk import Desk
from reportgen.workbench.meeting import Running, cookie_name
from reportgen.workbench.server import Server

from .bench import Bench, example

ROUNDS = 50
CELLS = ["requests.granted.natural", "requests.granted.other", "active_disclosure.licensing", "requests.carried_over.natural"]  # fmt: skip


def serve(path: Path, seconds: float, pipe: Connection) -> None:
    """Serve a file, and be killed so long after the first change."""
    server = Server(Desk(path))
    pipe.send((server.running.port, server.running.secret, server.desk.name(path)))

    def end() -> None:
        pipe.recv()
        time.sleep(seconds)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=end, daemon=True).start()
    server.run()


class Typing:
    """A page that types as fast as it can, over one connection."""

    def __init__(self, running: Running, id: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
        self.headers = {
            "Cookie": f"{cookie_name(running.port)}={running.secret}",
            "Content-Type": "application/json",
            "Sec-Fetch-Site": "same-origin",
        }
        self.id = id
        self.hash = ""
        self.answered: dict[str, int] = {}
        """What the server said is in the file."""
        self.asked: dict[str, int] = {}
        """What was sent last; the file may have it or not."""

    def call(self, name: str, **given: object) -> None:
        self.connection.request("POST", f"/api/{name}", json.dumps({"id": self.id, **given}), self.headers)
        said = json.loads(self.connection.getresponse().read())
        assert "error" not in said, said
        self.hash = said["hash"]

    def type_until_killed(self, chance: random.Random, pipe: Connection) -> None:
        try:
            self.call("report")
            while True:
                cell, figure = chance.choice(CELLS), chance.randrange(10_000)
                self.asked = {cell: figure}
                self.call("figures", hash=self.hash, cells={cell: str(figure)})
                if not self.answered:
                    pipe.send("typing")  # however slow the computer is, something was typed
                self.answered |= self.asked
                self.asked = {}
        except (OSError, http.client.HTTPException):
            pass
        finally:
            self.connection.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the server is started by forking")
def test_nothing_answered_is_lost_and_the_file_always_reads(tmp_path: Path) -> None:
    path = example(tmp_path)
    Bench(path)  # what every child would have to load first
    context = multiprocessing.get_context("fork")
    chance = random.Random(13)
    kept = 0
    said: dict[str, int] = {}
    for _ in range(ROUNDS):
        here, there = context.Pipe()
        process = context.Process(target=serve, args=(path, chance.uniform(0.02, 0.4), there))
        process.start()
        port, secret, id = here.recv()
        page = Typing(Running(port, secret), id)
        page.type_until_killed(chance, here)
        process.join(30)
        here.close()
        there.close()
        assert process.exitcode == -signal.SIGKILL
        figures = read(path).figures
        said |= page.answered
        for cell, figure in said.items():
            assert figures[cell] in (figure, page.asked.get(cell)), cell
        said |= {cell: int(figures[cell]) for cell in page.asked}
        kept += len(page.answered)
    assert kept > ROUNDS / 2, "hardly anything was typed: the test tries nothing"
    bench = Bench(path)
    bench.type(requests__granted__natural="1")
    left = [name for name in os.listdir(tmp_path) if name.startswith(".reportgen") and name.endswith(".tmp")]
    assert left == [], "the next change clears away what killed servers have left"
