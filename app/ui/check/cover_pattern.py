"""Draws covers on the screen as the decoder burns them in."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from app.domain.rendition import Box, Cover, CoverPattern
from app.ui.check.geometry import as_rect

# The same as the decoder's: near-black, never anything computed from what is underneath.
GROUND = QColor(0x1B, 0x1B, 0x1B)
LINE = QColor(0x4F, 0x4F, 0x4F)
STEPS_ACROSS = 60
LEAST_STEP_PX = 8


def step_px(longest_px: int) -> int:
    """Width of a pattern's step in px of the original."""
    return max(LEAST_STEP_PX, longest_px // STEPS_ACROSS)


def draw_cover(painter: QPainter, cover: Cover, step: int) -> None:
    """Draw one cover; the painter's units are px of the original."""
    box = as_rect(cover.box)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(box, GROUND)
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setBrush(LINE)
    if cover.pattern is CoverPattern.HATCHED:
        _hatch(painter, cover.box, step)
    elif cover.pattern is CoverPattern.CHECKED:
        _check(painter, cover.box, step)
    painter.restore()


def _hatch(painter: QPainter, box: Box, step: int) -> None:
    """Stripes where row + column lies in the first quarter of a step."""
    first = (box.left + box.top) // step * step
    for start in range(first, box.right + box.bottom, step):
        above, below = start - box.top, start - box.bottom
        thick = step // 4
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(above, box.top),
                    QPointF(above + thick, box.top),
                    QPointF(below + thick, box.bottom),
                    QPointF(below, box.bottom),
                ]
            )
        )


def _check(painter: QPainter, box: Box, step: int) -> None:
    """Squares where the steps down and across add up to an even number."""
    for down in range(box.top // step, box.bottom // step + 1):
        for across in range(box.left // step, box.right // step + 1):
            if (down + across) % 2 == 0:
                painter.drawRect(QRectF(across * step, down * step, step, step))
