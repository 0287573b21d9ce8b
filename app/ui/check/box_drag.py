"""Moving and resizing a box by the eight grips at its edge, in px of the original."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF

from app.domain.rendition import Box
from app.ui.check.geometry import LEAST_PX, as_rect, moved_box


class Grip(Enum):
    """Where a box is held: how far along its width and height, None for an edge's other axis."""

    TOP_LEFT = (0.0, 0.0)
    TOP = (0.5, 0.0)
    TOP_RIGHT = (1.0, 0.0)
    RIGHT = (1.0, 0.5)
    BOTTOM_RIGHT = (1.0, 1.0)
    BOTTOM = (0.5, 1.0)
    BOTTOM_LEFT = (0.0, 1.0)
    LEFT = (0.0, 0.5)
    INSIDE = (0.5, 0.5)


def grips(box: Box) -> dict[Grip, QPointF]:
    """The eight grips of a box."""
    rect = as_rect(box)
    return {
        grip: QPointF(
            rect.left() + rect.width() * grip.value[0], rect.top() + rect.height() * grip.value[1]
        )
        for grip in Grip
        if grip is not Grip.INSIDE
    }


def grip_at(box: Box, point: QPointF, reach: float) -> Grip | None:
    """Where a point takes hold of a box; corners before edges, edges before the inside."""
    found = grips(box)
    near = [grip for grip, at in found.items() if _near(at, point, reach)]
    corners = [grip for grip in near if 0.5 not in grip.value]  # noqa: PLR2004 - half way
    if near:
        return next(iter(corners or near))
    return Grip.INSIDE if as_rect(box).contains(point) else None


@dataclass(frozen=True, slots=True)
class BoxDrag:
    """A box that is being drawn, moved or resized.

    Attributes:
        box: As it was when it was taken hold of; None for one that is being drawn.
        grip: Where it is held.
        start: Where it was taken hold of.
        now: Where the pointer is.
    """

    box: Box | None
    grip: Grip
    start: QPointF
    now: QPointF

    def rect(self, within: Box) -> QRectF:
        """The rectangle as it is now, kept inside."""
        if self.box is None:
            return QRectF(self.start, self.now).normalized().intersected(as_rect(within))
        by = self.now - self.start
        if self.grip is Grip.INSIDE:
            return as_rect(moved_box(self.box, by, within))
        return self._resized(by, within)

    def _resized(self, by: QPointF, within: Box) -> QRectF:
        assert self.box is not None
        rect, room = as_rect(self.box), as_rect(within)
        across, down = self.grip.value
        if across == 0:
            rect.setLeft(min(max(rect.left() + by.x(), room.left()), rect.right() - LEAST_PX))
        elif across == 1:
            rect.setRight(max(min(rect.right() + by.x(), room.right()), rect.left() + LEAST_PX))
        if down == 0:
            rect.setTop(min(max(rect.top() + by.y(), room.top()), rect.bottom() - LEAST_PX))
        elif down == 1:
            rect.setBottom(max(min(rect.bottom() + by.y(), room.bottom()), rect.top() + LEAST_PX))
        return rect


def _near(one: QPointF, other: QPointF, reach: float) -> bool:
    apart = one - other
    return max(abs(apart.x()), abs(apart.y())) <= reach
