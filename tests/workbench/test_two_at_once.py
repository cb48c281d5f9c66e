"""Two programs over one file, both typed into at random: what is typed is in the file, typed over by who saw it, or asked."""

from __future__ import annotations

import http.client
import json
import random
import re
import threading
import urllib.parse
from pathlib import Path
from typing import Any

from reportgen.reading import read
from reportgen.workbench.meeting import cookie_name

from .bench import Bench, example
from .test_ending import Opened

STEPS = 60
CELLS = [f"requests.{row}.{column}" for row in ("granted", "denied_state_secret") for column in ("natural", "other")]  # fmt: skip
SENTENCES = 6
PART = "problems"
VALUE = re.compile(r"数是(\d+)。")
START = "".join(f"第{'甲乙丙丁戊己'[number]}处的数是{number}。" for number in range(SENTENCES))


class Hand:
    """Somebody who types into the page of one program, as the page sends it."""

    def __init__(self, address: str, chance: random.Random, first: int) -> None:
        asked = urllib.parse.urlparse(address)
        assert asked.port
        self.port = asked.port
        self.secret = urllib.parse.parse_qs(asked.query)["secret"][0]
        self.chance = chance
        self.next = first
        self.report: dict[str, Any] = {}
        self.typed: dict[str, str] = {}
        """What this one typed -> what stood at the place when it was typed, as far as the page knew."""
        self.faults: list[object] = []

    def call(self, name: str, **given: object) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "Cookie": f"{cookie_name(self.port)}={self.secret}",
            "Content-Type": "application/json",
            "Sec-Fetch-Site": "same-origin",
        }
        connection.request("POST", f"/api/{name}", json.dumps(given), headers)
        answer = connection.getresponse()
        said = json.loads(answer.read())
        connection.close()
        if answer.status != 200:
            self.faults.append((name, given, said))
            raise AssertionError(said)
        return said

    def change(self, name: str, **given: object) -> None:
        self.report |= self.call(name, id=self.report["id"], hash=self.report["hash"], **given)

    def type(self) -> None:
        """Open the report and type at random places, going on in some of them."""
        id = self.call("start")["single"]
        self.report = self.call("report", id=id)
        for _ in range(STEPS):
            if self.chance.random() < 0.5:
                self.type_figure(self.chance.choice(CELLS))
            else:
                self.type_sentence()

    def value(self, seen: str) -> str:
        self.next += 1
        self.typed[str(self.next)] = seen
        return str(self.next)

    def type_figure(self, cell: str) -> None:
        was = self.value(self.report["figures"][cell])
        self.change("figures", cells={cell: was})
        if self.chance.random() < 0.5:
            self.change("figures", cells={cell: self.value(was)}, was={cell: was})

    def type_sentence(self) -> None:
        text = next(each["source"] for each in self.report["parts"] if each["key"] == PART)
        seen = self.chance.choice(VALUE.findall(text))
        was = text.replace(f"数是{seen}。", f"数是{(value := self.value(seen))}。")
        self.change("text", part=PART, source=was)
        if self.chance.random() < 0.5:
            self.change(
                "text", part=PART, source=was.replace(f"是{value}。", f"是{self.value(value)}。"), was=was
            )


def test_nothing_typed_by_two_is_lost_without_a_question(tmp_path: Path) -> None:
    path = example(tmp_path)
    bench = Bench(path)
    bench.change("text", part=PART, source=START)
    bench.type(**{cell.replace(".", "__"): "0" for cell in CELLS})
    runs = [tmp_path / "甲", tmp_path / "乙"]
    for run in runs:
        run.mkdir()  # neither program knows of the other
    with Opened(path, run=runs[0]) as one, Opened(path, run=runs[1]) as other:
        assert one.first != other.first
        hands = [
            Hand(each.first, random.Random(n), 100_000 * n) for n, each in enumerate((one, other), start=1)
        ]
        threads = [threading.Thread(target=hand.type) for hand in hands]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not any(hand.faults for hand in hands)
    bench = Bench(path)
    report = read(path)
    asked = bench.report["conflict"]["items"] if bench.report["conflict"] else []
    typed = hands[0].typed | hands[1].typed
    assert len(typed) > STEPS
    left = re.findall(r"\d+", " ".join([
        *(str(report.figures[cell]) for cell in CELLS), report.narrative[PART].source, *(each["ours"] for each in asked),
    ]))  # fmt: skip
    kept = set()
    for value in left:  # and what whoever typed it saw there, and so on
        while value and value not in kept:
            kept.add(value)
            value = typed.get(value, "")
    assert set(typed) - kept == set()
    assert asked, "they never met: the test tries nothing"
