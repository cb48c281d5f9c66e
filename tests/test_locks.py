"""Two runs at once, and an interruption."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from reportgen.locks import Lock, lock, uninterrupted

HOLD = (
    "import sys, time, pathlib\n"
    "from reportgen.locks import lock\n"
    "with lock(pathlib.Path(sys.argv[1]), 0):\n"
    "    print('held', flush=True); time.sleep(60)\n"
)


def holder(path: Path) -> subprocess.Popen[bytes]:
    """Another process that holds a lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    process.stdout.close()
    return process


def test_what_another_process_holds_is_not_to_be_had_until_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    other = holder(path)
    with lock(path, 0.05) as found:
        assert found is Lock.TAKEN
    other.kill()
    other.wait()
    assert path.exists(), "a run that was killed leaves its file"
    with lock(path, 0) as found:
        assert found is Lock.HELD, "which holds up nobody"
    assert not path.exists()


def test_a_file_that_was_left_behind_holds_up_nobody(tmp_path: Path) -> None:
    (tmp_path / "lock").write_bytes(b"left")
    with lock(tmp_path / "lock", 0) as found:
        assert found is Lock.HELD


def test_where_no_lock_can_be_made_there_is_none(tmp_path: Path) -> None:
    with lock(tmp_path / "no" / "lock", 5) as found:
        assert found is Lock.NONE


def test_one_holds_it_at_a_time(tmp_path: Path) -> None:
    path, count, most, failed = tmp_path / "lock", [0], [0], []

    def work() -> None:
        for _ in range(30):
            with lock(path, 30) as found:
                count[0] += 1
                most[0] = max(most[0], count[0])
                failed.extend([found] if found is not Lock.HELD else [])
                count[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, failed) == ([1], [])


def test_an_interruption_waits_until_all_is_done() -> None:
    done = []
    before = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # ignored where tests run in the background

    def work() -> None:
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.01)
            done.append("all")

    try:
        with pytest.raises(KeyboardInterrupt):
            work()
        assert done == ["all"]
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
