"""The way in: ``python -m reportgen`` is the same as ``reportgen``.

Whoever interrupts the program while it is still being loaded is told so, too.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Load and run the command line, and exit."""
    try:
        from . import cli

        cli.main()
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.reconfigure(errors="replace")  # type: ignore[union-attr]
            print("已中断，没有写任何文件。", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
