"""The command line. Exit status: 0 done and no error found, 1 the report has errors, 2 it cannot be used."""

from __future__ import annotations

import gc
import signal
import sys
from typing import NoReturn

import click

from . import disk
from .console import ending, terminal
from .console.commands import build, commands
from .console.commands.arguments import DONE, UNUSABLE
from .errors import ReportgenError


def main() -> NoReturn:
    """Run the command line and exit, with a net below it for what nobody foresaw.

    What is loaded stays to the end: looking for garbage in it, at the end once more, takes longer than it frees.
    """
    gc.set_threshold(50_000)
    terminal.prepare()
    try:
        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        ending.say_interrupted()
        status = UNUSABLE
    except Exception as error:
        status = ending.say_fault(error, commands, sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and said
    gc.freeze()
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status; whatever may go wrong has become a message."""
    disk.written.clear()
    try:
        return int(commands.main(arguments, prog_name="reportgen", standalone_mode=False) or DONE)
    except terminal.UnheardError:
        pass
    except ReportgenError as error:
        from .console.outcome import say_failure

        say_failure(error, builds=arguments[:1] == [build.name])
    except click.ClickException as error:
        ending.say_misuse(error)
    except (click.Abort, KeyboardInterrupt):
        ending.say_interrupted()
    return UNUSABLE
