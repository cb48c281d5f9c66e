"""A page without a browser: it calls the server as the page does, and keeps what it was told."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from reportgen.workbench.desk import Desk
from reportgen.workbench.meeting import cookie_name
from reportgen.workbench.pages import application
from reportgen.workbench.server import Server

EXAMPLE = Path(__file__).parents[2] / "inputs" / "putian-psb-2022.toml"
PORT, SECRET = 4711, "geheim"
HERE = {"Sec-Fetch-Site": "same-origin"}
BASE = f"http://127.0.0.1:{PORT}"


class Refused(Exception):
    """The server answered with an error."""

    def __init__(self, status: int, said: dict[str, Any]) -> None:
        self.status = status
        self.said = said
        super().__init__(f"{status} {said}")


class Bench:
    """One page."""

    def __init__(self, target: Path, desk: Desk | None = None) -> None:
        self.desk = desk or Desk(target)
        self.faults: list[Exception] = []
        self.app = application(self.desk, PORT, SECRET, self.faults.append)
        self.client: FlaskClient = self.app.test_client()
        self.client.set_cookie(cookie_name(PORT), SECRET, domain="127.0.0.1")
        self.report: dict[str, Any] = {}
        """What the page knows of its report."""
        if target.is_file():
            self.open(self.desk.name(target))

    def open(self, id: str) -> dict[str, Any]:
        self.report = self.call("report", id=id)
        return self.report

    def call(self, name_: str, **given: Any) -> dict[str, Any]:
        """Ask the server; whatever it says of the report is known from then on."""
        answer = self.client.post(
            f"/api/{name_}",
            data=json.dumps(given),
            content_type="application/json",
            base_url=BASE,
            headers=HERE,
        )
        said: dict[str, Any] = answer.get_json()
        assert not self.faults, self.faults
        if answer.status_code != 200:
            raise Refused(answer.status_code, said)
        return said

    def change(self, name_: str, **given: Any) -> dict[str, Any]:
        """Make a change as the page does, and take in what changed."""
        said = self.call(name_, id=self.report["id"], hash=self.report["hash"], **given)
        self.report |= said
        return said

    def type(self, **cells: str) -> dict[str, Any]:
        """Type figures; dots of cells are written as two underscores."""
        return self.change("figures", cells={cell.replace("__", "."): text for cell, text in cells.items()})

    def source(self, part: str) -> str:
        return next(str(each["source"]) for each in self.report["parts"] if each["key"] == part)

    def findings(self, rule: str) -> list[dict[str, Any]]:
        return [each for each in self.report["findings"] if each["rule"] == rule]


def example(folder: Path, name: str = "本局-2022.toml") -> Path:
    """The example, copied into a folder."""
    path = folder / name
    shutil.copy(EXAMPLE, path)
    return path


@contextmanager
def serving(target: Path, **limits: float) -> Iterator[Server]:
    """A server of its own thread, which ends with the block."""
    server = Server(Desk(target), **limits)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(10)
        assert not thread.is_alive()
