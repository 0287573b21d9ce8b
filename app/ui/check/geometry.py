"""Between the screen and the upright original: crop, quarter turns, zoom, in one mapping."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

from app.domain.rendition import Box

BLEED_PX = 8
"""How much wider a cover is than what was drawn: the camera's own compression mixes a few px
across its border (half of a 16 px block of ITU-T T.81 with halved colour)."""

LEAST_PX = 16  # of a crop or a cover; smaller ones are slips of the hand


@dataclass(frozen=True, slots=True)
class Whole:
    """The upright original.

    Attributes:
        width_px: Before any turn.
        height_px: Before any turn.
    """

    width_px: int
    height_px: int

    @property
    def box(self) -> Box:
        """All of it."""
        return Box(0, 0, self.width_px, self.height_px)


@dataclass(frozen=True, slots=True)
class Lens:
    """What part of the original stands where on the screen.

    Attributes:
        shown: The part that is seen, in px of the original.
        quarter_turns: Clockwise.
        zoom: 1 fits the whole part into the room.
        middle: The point of the original in the middle of the room, as a share of `shown`.
    """

    shown: Box
    quarter_turns: int = 0
    zoom: float = 1.0
    middle: tuple[float, float] = (0.5, 0.5)

    def transform(self, room: QRectF) -> QTransform:
        """From px of the original to px of the widget."""
        sideways = self.quarter_turns % 2 == 1
        width = self.shown.height if sideways else self.shown.width
        height = self.shown.width if sideways else self.shown.height
        fit = min(room.width() / width, room.height() / height)
        made = QTransform()
        made.translate(room.center().x(), room.center().y())
        made.scale(fit * self.zoom, fit * self.zoom)
        made.rotate(90 * self.quarter_turns)
        across, down = self.middle
        return made.translate(
            -self.shown.left - self.shown.width * across,
            -self.shown.top - self.shown.height * down,
        )

    def picture(self, room: QRectF) -> QRectF:
        """Where the shown part stands on the screen."""
        return self.transform(room).mapRect(as_rect(self.shown))

    def to_original(self, point: QPointF, room: QRectF) -> QPointF:
        """A point of the widget in px of the original; it may lie outside."""
        back, _ = self.transform(room).inverted()
        return back.map(point)

    def from_original(self, point: QPointF, room: QRectF) -> QPointF:
        """A point of the original in px of the widget."""
        return self.transform(room).map(point)

    def zoomed(self, factor: float, at: QPointF, room: QRectF, *, most: float = 8.0) -> Lens:
        """Nearer or further, the point under the pointer staying where it is."""
        zoom = min(max(self.zoom * factor, 1.0), most)
        if zoom == 1.0:
            return Lens(self.shown, self.quarter_turns)
        held = self.to_original(at, room)
        nearer = Lens(self.shown, self.quarter_turns, zoom, self.middle)
        moved = nearer.to_original(at, room)
        return nearer.moved(held - moved)

    def moved(self, by: QPointF) -> Lens:
        """Another point in the middle; `by` in px of the original. It stays on the picture."""
        reach = 0.5 / self.zoom
        across = self.middle[0] + by.x() / self.shown.width
        down = self.middle[1] + by.y() / self.shown.height
        clamped = (
            min(max(across, reach), 1 - reach),
            min(max(down, reach), 1 - reach),
        )
        return Lens(self.shown, self.quarter_turns, self.zoom, clamped)


def as_rect(box: Box) -> QRectF:
    """A box of the original as a rectangle."""
    return QRectF(box.left, box.top, box.width, box.height)


def as_box(rect: QRectF, within: Box, *, grow_px: int = 0) -> Box | None:
    """Whole px that hold a rectangle, grown and kept inside; None for what is too small."""
    rect = rect.normalized()
    left = max(math.floor(rect.left()) - grow_px, within.left)
    top = max(math.floor(rect.top()) - grow_px, within.top)
    right = min(math.ceil(rect.right()) + grow_px, within.right)
    bottom = min(math.ceil(rect.bottom()) + grow_px, within.bottom)
    if right - left < LEAST_PX or bottom - top < LEAST_PX:
        return None
    return Box(left, top, right - left, bottom - top)


def moved_box(box: Box, by: QPointF, within: Box) -> Box:
    """A box of the same size elsewhere, kept inside."""
    left = min(max(round(box.left + by.x()), within.left), within.right - box.width)
    top = min(max(round(box.top + by.y()), within.top), within.bottom - box.height)
    return Box(left, top, box.width, box.height)


def covered_share(covers: tuple[Box, ...], shown: Box) -> float:
    """How much of the shown part covers hide, 0 to 1; where they overlap it counts twice."""
    parts = (as_rect(box).intersected(as_rect(shown)) for box in covers)
    area = sum(part.width() * part.height() for part in parts)
    return min(area / (shown.width * shown.height), 1.0)
