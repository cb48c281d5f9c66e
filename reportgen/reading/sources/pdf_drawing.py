"""What a page of a PDF draws, as far as it makes lines: strokes, thin boxes and shapes that are filled, rows of dots.

Positions are in points from the lower left corner of a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from .ruled import Segment

THIN = 2.0
"""Points: a filled box that is thinner is a line."""
NEAREST_DOTS, FEWEST_DOTS = 6.0, 4
"""Points between dots that make one line, and how many of them make one."""


def moved(x: float, y: float, cm: Sequence[float]) -> tuple[float, float]:
    return cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]


class Drawing:
    """Follows what a page draws, as far as it makes lines: paths that are stroked, thin boxes that are filled."""

    def __init__(self) -> None:
        self._segments: list[Segment] = []
        self._dots: list[tuple[float, float]] = []
        self._shape: list[tuple[float, float]] = []
        """The corners of the shape that is being drawn."""
        self._lines: list[tuple[float, float, float, float]] = []
        self._boxes: list[tuple[float, float, float, float]] = []
        self._at = (0.0, 0.0)
        self._start = (0.0, 0.0)

    def on(self, operator: bytes, operands: Any, cm: Sequence[float]) -> None:
        """Take one operation (ISO 32000-1, 8.5)."""
        match operator:
            case b"m":
                self._at = self._start = moved(float(operands[0]), float(operands[1]), cm)
                self._end_shape()
                self._shape.append(self._at)
            case b"l":
                to = moved(float(operands[0]), float(operands[1]), cm)
                self._lines.append((*self._at, *to))
                self._shape.append(to)
                self._at = to
            case b"h":
                self._lines.append((*self._at, *self._start))
            case b"re":
                x, y, width, height = map(float, operands[:4])
                self._boxes.append((*moved(x, y, cm), *moved(x + width, y + height, cm)))
            case b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*":
                for line in self._lines:
                    self._add(*line)
                for x0, y0, x1, y1 in self._boxes:
                    for side in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                        self._add(*side)
                self._clear()
            case b"f" | b"F" | b"f*":
                self._end_shape()
                for x0, y0, x1, y1 in self._boxes:
                    if min(abs(x1 - x0), abs(y1 - y0)) <= THIN:
                        self._add(x0, y0, x1, y1)
                self._clear()
            case b"n":
                self._clear()

    def _clear(self) -> None:
        self._lines, self._boxes, self._shape = [], [], []

    def _end_shape(self) -> None:
        """A shape of corners as the box around it: browsers draw borders with slanting ends."""
        if len(self._shape) > 2:
            xs, ys = [x for x, _ in self._shape], [y for _, y in self._shape]
            self._boxes.append((min(xs), min(ys), max(xs), max(ys)))
        self._shape = []

    def _add(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Add a line if it runs across or down, as its middle."""
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        if y1 - y0 <= THIN < x1 - x0:
            self._segments.append(Segment(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
        elif x1 - x0 <= THIN < y1 - y0:
            self._segments.append(Segment((x0 + x1) / 2, y0, (x0 + x1) / 2, y1))
        elif max(x1 - x0, y1 - y0) <= THIN:
            self._dots.append(((x0 + x1) / 2, (y0 + y1) / 2))

    @property
    def segments(self) -> list[Segment]:
        """The lines across and down, dotted ones too."""
        across = (Segment(a, y, b, y) for a, b, y in _rows_of(self._dots))
        down = (Segment(x, a, x, b) for a, b, x in _rows_of([(y, x) for x, y in self._dots]))
        return [*self._segments, *across, *down]


def _rows_of(dots: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float, float]]:
    """Where rows of dots begin, end and stand; of each dot the place along the row comes first."""
    rows: dict[float, set[float]] = defaultdict(set)
    for along, place in dots:
        rows[round(place, 1)].add(along)
    for place, row in rows.items():
        start, count, last = 0.0, 0, float("-inf")
        for along in (*sorted(row), float("inf")):
            if along - last > NEAREST_DOTS:
                if count >= FEWEST_DOTS:
                    yield start, last, place
                start, count = along, 0
            count += 1
            last = along
