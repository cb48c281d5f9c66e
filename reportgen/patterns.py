"""Regular expressions that are compiled when they are first used: the rules have many, and a report needs few."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    regex = re.compile
else:

    class regex:
        """Stands for ``re.compile(source, flags)``."""

        def __init__(self, source: str, flags: int = 0) -> None:
            self._source = (source, flags)

        def __getattr__(self, name: str) -> Any:
            """Compile, and keep the method: from then on it is found at once."""
            found = getattr(re.compile(*self._source), name)
            setattr(self, name, found)
            return found
