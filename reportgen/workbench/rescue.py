"""What cannot be written into its file, kept in another beside it until it can be, also when the program is killed."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from ..disk import beside
from ..writing.files import OutputError, save, save_new

MOST = 20
"""Files beside one input with what could not be written into it."""
_MARK = "（没有写进去"


def left_beside(path: Path) -> list[str]:
    """The names of the files that lie beside an input with what was not written into it, of whatever session."""
    with suppress(OSError):
        return sorted(name for name in os.listdir(path.parent) if name.startswith(path.stem + _MARK))
    return []


class Rescue:
    """The file that is made where another cannot be written: beside it, else in the folder for temporary files."""

    def __init__(self, path: Path, ending: str) -> None:
        self.at: Path | None = None
        """Where it lies; None where there is none."""
        self._path = path
        self._ending = ending

    def keep(self, data: bytes) -> Path | None:
        """Write the file, or write it anew; None where there is no place for it at all."""
        if self.at:
            with suppress(OutputError):
                save({self.at: data})
                return self.at
        for folder in (self._path.parent, Path(tempfile.gettempdir())):
            for number in range(1, MOST):
                name = beside(self._path, f"{_MARK}{number}）{self._ending}").name
                with suppress(OutputError):
                    save_new(folder / name, data)
                    self.clear()
                    self.at = folder / name
                    return self.at
        return None

    def clear(self) -> None:
        """Remove it: all of it is written."""
        if self.at:
            with suppress(OSError):
                self.at.unlink(missing_ok=True)
        self.at = None

    def told(self, trouble: str) -> str:
        """Why something could not be written, and where it is meanwhile."""
        if self.at is None:
            return f"{trouble}能写了会自己写进去。"
        where = f"旁边的“{self.at.name}”" if self.at.parent == self._path.parent else f"“{self.at}”"
        return f"{trouble}眼下另存在{where}，能写了会自己写进去。"
