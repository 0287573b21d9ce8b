"""Strokes as they are drawn, kept in fractions of the pad's width so that they survive resizing."""

from __future__ import annotations

from dataclasses import replace

from app.domain.consent import Ink, Stroke, StrokePoint

MAX_POINTS = 20_000  # some minutes of drawing; whatever comes after is no signature
NEAR = 0.0008  # of the pad's width: points that are nearer to each other look like one


class StrokeRecorder:
    """Collects strokes.

    Attributes:
        aspect: Height by width of the pad when the first point was drawn.
    """

    def __init__(self) -> None:
        self.aspect = 0.0
        self._strokes: list[list[StrokePoint]] = []
        self._device = "mouse"
        self._points = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was drawn."""
        return not self._strokes

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """What was drawn, in fractions of the width of the pad at the first point."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def begin(self, point: StrokePoint, device: str, aspect: float) -> None:
        """Pen down."""
        if self.empty:
            self.aspect = aspect
            self._device = device
        if self._points < MAX_POINTS:
            self._strokes.append([point])
            self._points += 1

    def go_on(self, point: StrokePoint) -> bool:
        """The pen moved; whether that was far enough to be seen."""
        if self.empty or self._points >= MAX_POINTS:
            return False
        last = self._strokes[-1][-1]
        if abs(point.x - last.x) < NEAR and abs(point.y - last.y) < NEAR:
            return False
        self._strokes[-1].append(point)
        self._points += 1
        return True

    def clear(self) -> None:
        """Forget everything."""
        self._strokes.clear()
        self._points = 0
        self.aspect = 0.0

    def load(self, ink: Ink) -> None:
        """Go on with ink that was drawn before."""
        self._strokes = [list(stroke) for stroke in ink.strokes if stroke]
        self._points = sum(map(len, self._strokes))
        self._device = ink.device
        self.aspect = ink.aspect

    def ink(self) -> Ink | None:
        """The drawing; None while there is none.

        A pad that grew wider while it was drawn on has points beyond its first width: then
        everything is measured by the widest.
        """
        if self.empty:
            return None
        points = [point for stroke in self._strokes for point in stroke]
        width = max(1.0, *(point.x for point in points))
        height = max(self.aspect, *(point.y for point in points))
        strokes = tuple(
            tuple(replace(point, x=point.x / width, y=point.y / width) for point in stroke)
            for stroke in self._strokes
        )
        return Ink(strokes, height / width, self._device)
