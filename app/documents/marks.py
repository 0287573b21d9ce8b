"""Drawn marks: the signs of an answer, and handwriting as lines."""

from __future__ import annotations

from collections.abc import Iterator

from app.documents.design import GRANTED, INK, REFUSED, WHITE
from app.documents.sheet import Sheet
from app.domain.paper import PaperSignature, Stroke, StrokePoint
from app.domain.paper_labels import PrintedAnswer

MARK = 15.0  # diameter of an answer's sign, in pt
PEN_WIDTH = 1.1  # in pt; about that of a ballpoint pen
PRESSURE_STEPS = 3  # shown coarsely: the course of the pressure is biometric data

_TICK = ((0.27, 0.53), (0.44, 0.69), (0.75, 0.35))


def answer_mark(sheet: Sheet, answer: PrintedAnswer, x: float, y: float) -> None:
    """A tick on a disc for yes, a dash on a disc for no, an empty ring where there is no answer."""
    left = sheet.left(x, MARK)
    if answer is PrintedAnswer.GRANTED:
        sheet.disc(x, y, MARK, GRANTED)
        sheet.way([(left + MARK * u, y + MARK * v) for u, v in _TICK], WHITE, 1.7)
    elif answer is PrintedAnswer.REFUSED:
        sheet.disc(x, y, MARK, REFUSED)
        sheet.way(
            [(left + MARK * 0.28, y + MARK / 2), (left + MARK * 0.72, y + MARK / 2)], WHITE, 1.7
        )
    else:
        sheet.ring(x, y, MARK, REFUSED)


def tick(sheet: Sheet, x: float, y: float, size: float, colour: str) -> None:
    """A tick without a ground."""
    left = sheet.left(x, size)
    sheet.way([(left + size * u, y + size * v) for u, v in _TICK], colour, 1.3)


def handwriting(
    sheet: Sheet, signature: PaperSignature, x: float, y: float, width: float, height: float
) -> None:
    """The strokes of a signature, as large as a box allows, standing on its lower edge."""
    drawn = min(width, height * signature.aspect)
    tall = drawn / signature.aspect
    left, top = sheet.left(x, drawn), y + height - tall
    for stroke in signature.strokes:
        for thick, part in _by_pressure(stroke):
            points = [(left + p.x * drawn, top + p.y * tall) for p in part]
            if len(points) == 1:
                points.append((points[0][0] + 0.01, points[0][1]))
            sheet.way(points, INK, thick)


def _by_pressure(stroke: Stroke) -> Iterator[tuple[float, list[StrokePoint]]]:
    """A stroke in parts of one width each; every part begins where the one before it ends."""
    part: list[StrokePoint] = []
    thick = 0.0
    for point in stroke:
        here = _width(point.pressure)
        if part and here != thick:
            yield thick, [*part, point]
            part = []
        thick = here
        part.append(point)
    if part:
        yield thick, part


def _width(pressure: float | None) -> float:
    if pressure is None:
        return PEN_WIDTH
    step = round(pressure * PRESSURE_STEPS) / PRESSURE_STEPS
    return PEN_WIDTH * (0.6 + 0.8 * step)
