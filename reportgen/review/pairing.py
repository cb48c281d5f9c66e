"""Which input file a published file was made of, by the body and the year of its title."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..errors import ReportgenError
from ..model.findings import unusable
from ..reading import read
from ..reading.published import read_published


class Inputs:
    """Input files, found by the title of what was made of them; those that cannot be read are nobody's."""

    def __init__(self, paths: Iterable[Path], templates: Path | None = None) -> None:
        self._templates = templates
        self._found: dict[tuple[str, int], list[Path]] = {}
        for path in paths:
            try:
                report = read(path, templates)
            except ReportgenError:
                continue
            self._found.setdefault((_plain(report.agency["name"]), report.year), []).append(path)

    def of(self, file: Path) -> Path:
        """The input file of a published one.

        Raises:
            InputError: the file cannot be read, or there is no input of its body and year, or more than one.
        """
        published = read_published(file, self._templates)
        name = published.agency.get("name", "")
        found = self._found.get((_plain(name), published.year or 0), [])
        if len(found) == 1:
            return found[0]
        if not name or not published.year:
            message = "没有找到报告的标题，不知道是哪个单位哪一年的。"
        elif found:
            message = (
                f"“{name}”{published.year}年的输入文件有 {len(found)} 个：{'、'.join(map(str, found))}。"
            )
        else:
            message = f"没有找到“{name}”{published.year}年的输入文件。"
        raise unusable(file, message, "请在命令里写出它的输入文件，单独核对。")


def _plain(name: str) -> str:
    return "".join(name.split())
