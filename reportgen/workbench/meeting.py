"""Where a second ``open`` of the same file finds the first, and how the browser learns the address.

Both use a folder that only this user can read: the secret stands in no list of processes and in no folder of others.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html import escape
from pathlib import Path

from ..locks import lock

PATIENCE = 5.0
"""Seconds to wait for another ``open`` that is just beginning."""
ANSWERS = 2.0
"""Seconds within which a server that is there answers."""
TAKEN = 120.0
"""Seconds after which a browser that was started has read its way in."""
ADDRESS = "127.0.0.1"
BY_PAGE = "by-page"
"""Says in the address that a page leads there; a browser older than the header for it does not."""


def cookie_name(port: int) -> str:
    """Of the cookie that holds the secret: cookies are shared by all ports of a machine."""
    return f"reportgen-{port}"


@dataclass(frozen=True)
class Running:
    """A server that was left word of."""

    port: int
    secret: str

    @property
    def address(self) -> str:
        """Where a browser finds it, with the secret."""
        return f"http://{ADDRESS}:{self.port}/?secret={self.secret}"

    def is_there(self) -> bool:
        """Whether it answers, and to this secret."""
        asking = http.client.HTTPConnection(ADDRESS, self.port, timeout=ANSWERS)
        headers = {
            "Content-Type": "application/json",
            "Sec-Fetch-Site": "none",
            "Cookie": f"{cookie_name(self.port)}={self.secret}",
        }
        try:
            asking.request("POST", "/api/poll", b"{}", headers)
            return asking.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asking.close()


def private_folder() -> Path | None:
    """A folder of this user's alone; None where there is none."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or tempfile.gettempdir()
        folder = Path(base) / "reportgen"
    else:
        run = os.environ.get("XDG_RUNTIME_DIR", "")
        folder = Path(run) / "reportgen" if os.path.isdir(run) else _in_temporary_folder()
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        about = folder.lstat()
    except OSError:
        return None
    is_own = sys.platform == "win32" or (
        about.st_uid == os.getuid() and not about.st_mode & 0o077 and not folder.is_symlink()
    )
    return folder if is_own and folder.is_dir() else None


def _in_temporary_folder() -> Path:
    return Path(tempfile.gettempdir()) / f"reportgen-{os.getuid() if sys.platform != 'win32' else ''}"


@contextmanager
def word_of(target: Path) -> Iterator[Path | None]:
    """The file in which word is left of the server for a target, held while one looks and leaves it."""
    folder = private_folder()
    if folder is None:
        yield None
        return
    mark = hashlib.sha256(os.fsencode(os.path.realpath(target))).hexdigest()[:24]
    path = folder / f"{mark}.open"
    with lock(path.with_suffix(".lock"), PATIENCE):
        yield path


def found(path: Path | None) -> Running | None:
    """The server of which word was left, if it is still there."""
    if path is None:
        return None
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        running = Running(int(said["port"]), str(said["secret"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return running if running.is_there() else None


def leave(path: Path | None, running: Running) -> None:
    """Leave word of a server; where that cannot be, a second ``open`` has a server of its own."""
    if path is None:
        return
    with suppress(OSError):
        _write(path, json.dumps({"port": running.port, "secret": running.secret}))


def forget(path: Path | None, running: Running) -> None:
    """Take back the word of a server that ends, unless it is another's by now."""
    if path is None:
        return
    with suppress(OSError, ValueError, TypeError, KeyError):
        if json.loads(path.read_text(encoding="utf-8"))["secret"] == running.secret:
            path.unlink(missing_ok=True)


def way_in(address: str) -> Path | None:
    """A page that leads to the address, for a browser to be started with; None where it cannot be written."""
    folder = private_folder()
    if folder is None:
        return None
    _clear_away(folder)
    path = folder / f"{os.urandom(8).hex()}.html"
    led = escape(f"{address}&{BY_PAGE}=1")
    page = (
        '<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>年报工作台</title>'
        f'<meta http-equiv="refresh" content="0; url={led}">'
        f'<p><a href="{led}">打开工作台</a></p></html>\n'
    )
    try:
        _write(path, page)
    except OSError:
        return None
    return path


def _clear_away(folder: Path) -> None:
    """Remove the ways in that browsers have taken long ago."""
    with suppress(OSError):
        for path in folder.glob("*.html"):
            if time.time() - path.stat().st_mtime > TAKEN:
                path.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    """Write a file that nobody else can read, whole or not at all."""
    whole = path.with_suffix(f".{os.urandom(6).hex()}.tmp")
    with open(whole, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(text)
    whole.replace(path)
