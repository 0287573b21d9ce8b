"""Draws ink smoothly: curves through the middles of its segments, wider where pressed harder."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.domain.consent import Stroke, StrokePoint

LINE = 2.4  # px at 100 %; a ball pen on a sheet of the pad's size
DOT = 1.4  # times the line: a tap has to be seen


def draw_ink(
    painter: QPainter,
    strokes: Iterable[Stroke],
    colour: QColor,
    origin: QPointF,
    unit_px: float,
    *,
    line_px: float = LINE,
) -> None:
    """Draw strokes.

    Args:
        painter: Its pen is changed.
        strokes: In fractions of the pad's width.
        colour: Of the ink.
        origin: Where the pad's top left corner is.
        unit_px: Width of the pad.
        line_px: Width of the line where the device has no pressure.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, line_px)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    for stroke in strokes:
        _draw_stroke(painter, stroke, pen, origin, unit_px)


def width_at(pressure: float | None, line_px: float) -> float:
    """The width of the line under a pressure from 0 to 1."""
    return line_px if pressure is None else line_px * (0.45 + 1.1 * pressure)


def _draw_stroke(
    painter: QPainter, stroke: Stroke, pen: QPen, origin: QPointF, unit_px: float
) -> None:
    line_px = pen.widthF()
    points = [_place(point, origin, unit_px) for point in stroke]
    pen = QPen(pen)
    if len(points) == 1:
        pen.setWidthF(width_at(stroke[0].pressure, line_px) * DOT)
        painter.setPen(pen)
        painter.drawPoint(points[0])
        return
    middles = [(a + b) / 2 for a, b in pairwise(points)]
    starts = [points[0], *middles]
    ends = [*middles, points[-1]]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        path = QPainterPath(start)
        path.quadTo(points[number], end)
        pen.setWidthF(width_at(stroke[number].pressure, line_px))
        painter.strokePath(path, pen)


def _place(point: StrokePoint, origin: QPointF, unit_px: float) -> QPointF:
    return origin + QPointF(point.x, point.y) * unit_px
