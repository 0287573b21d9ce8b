"""The picture that is checked: covers are drawn on it, it is cropped, turned and looked at near."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.rendition import Box, Cover, CoverPattern, Edits
from app.ui.check.box_drag import BoxDrag, Grip, grip_at
from app.ui.check.cover_pattern import draw_cover, step_px
from app.ui.check.geometry import BLEED_PX, Lens, Whole, as_box, as_rect, moved_box
from app.ui.design.theme import theme
from app.ui.design.tokens import Radius

_MARGIN = 12  # px around the picture, so that handles at its edge can be taken hold of
_DIM = QColor(20, 20, 20, 150)
_HANDLE_PX = 9
_NUDGE = 0.01  # of the longest side, for one press of an arrow key
_NOTCH = 1.25  # nearer by this for one notch of the wheel


class Tool(StrEnum):
    """What the pointer does."""

    LOOK = "look"
    COVER = "cover"
    CROP = "crop"


class CheckCanvas(QWidget):
    """Shows a preview of the original with the edits over it; nothing is burnt in here.

    All boxes are px of the upright original, whatever crop, turn and zoom the screen shows.

    Signals:
        cover_drawn: A new box was drawn. Argument: the Cover.
        cover_changed: A cover was moved or resized. Arguments: its place, the Cover; None when it
            is to be taken away.
        crop_changed: Argument: the Box that is kept.
        picked: Another cover is picked. Argument: its place, -1 for none.
    """

    cover_drawn = Signal(object)
    cover_changed = Signal(int, object)
    crop_changed = Signal(object)
    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview = QImage()
        self._whole = Whole(1, 1)
        self._edits = Edits()
        self._tool = Tool.LOOK
        self._pattern = CoverPattern.SOLID
        self._picked = -1
        self._lens = Lens(self._whole.box)
        self._drag: BoxDrag | None = None
        self._pan: QPointF | None = None
        self.setObjectName("check-canvas")
        self.setAccessibleName(self.tr("Picture that is checked"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setProperty("focusRadius", Radius.CARD + 2)
        theme().changed.connect(self.update)

    # from outside

    def set_picture(self, preview: QImage, whole: Whole) -> None:
        """Show a preview of an original of that size; a null image shows the ground."""
        if whole != self._whole:
            self._whole, self._picked, self._drag = whole, -1, None
            self._lens = self._fitted()
        self._preview = preview
        self.update()

    def set_edits(self, edits: Edits) -> None:
        """Show these edits."""
        before, self._edits = self._edits, edits
        if self._picked >= len(edits.covers):
            self._pick(-1)
        if (before.crop, before.quarter_turns) != (edits.crop, edits.quarter_turns):
            self._lens = self._fitted()
        self.update()

    def set_tool(self, tool: Tool) -> None:
        """Draw covers, crop, or just look."""
        self._tool = tool
        self._drag = None
        if tool is not Tool.COVER:
            self._pick(-1)
        self._lens = self._fitted()
        self.setCursor(_cursor(tool))
        self.update()

    def tool(self) -> Tool:
        """What the pointer does."""
        return self._tool

    def set_pattern(self, pattern: CoverPattern) -> None:
        """How the next cover is filled, and the picked one."""
        self._pattern = pattern
        if self._picked >= 0:
            box = self._edits.covers[self._picked].box
            self.cover_changed.emit(self._picked, Cover(box, pattern))

    def picked_cover(self) -> int:
        """The place of the picked cover, -1 for none."""
        return self._picked

    def add_cover(self) -> None:
        """A cover in the middle, to be moved with the arrow keys."""
        shown = as_rect(self._lens.shown)
        part = QRectF(0, 0, shown.width() / 4, shown.height() / 8)
        part.moveCenter(shown.center())
        box = as_box(part, self._whole.box)
        if box is not None:
            self._draw(box)

    def lens(self) -> Lens:
        """What is seen where."""
        return self._lens

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Nearer (above 1) or further, at a point of the widget."""
        room = self._room()
        self._lens = self._lens.zoomed(factor, at or room.center(), room)
        self.update()

    def to_original(self, point: QPointF) -> QPointF:
        """A point of the widget in px of the original."""
        return self._lens.to_original(point, self._room())

    def from_original(self, x: float, y: float) -> QPointF:
        """A point of the original in px of the widget."""
        return self._lens.from_original(QPointF(x, y), self._room())

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(852, 500)

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(240, 180)

    # pointer, wheel, keys

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of something, draw a new box, or move the picture."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = self.to_original(event.position())
        pans = event.button() is not Qt.MouseButton.LeftButton or self._tool is Tool.LOOK
        if self._preview.isNull() or pans:
            self._pan = event.position()
        elif self._tool is Tool.CROP:
            self._hold(self._kept(), at)
        else:
            self._press_covers(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw, move, resize, or move the picture."""
        if self._pan is not None:
            here, before = event.position(), self._pan
            self._lens = self._lens.moved(self.to_original(before) - self.to_original(here))
            self._pan = here
            self.update()
        elif self._drag is not None:
            at = self.to_original(event.position())
            self._drag = BoxDrag(self._drag.box, self._drag.grip, self._drag.start, at)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell what was drawn or changed."""
        super().mouseReleaseEvent(event)
        drag, self._drag, self._pan = self._drag, None, None
        if drag is not None and drag.start != drag.now:
            self._drop(drag)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nearer and further."""
        notches = event.angleDelta().y() / 120
        if notches:
            self.zoom(_NOTCH**notches, event.position())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Near, and back to the whole."""
        if self._tool is Tool.LOOK:
            self.zoom(1 / 8 if self._lens.zoom > 1 else 3, event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move the picked cover, with Shift they resize it; Delete takes it away."""
        moves = {
            Qt.Key.Key_Left: QPointF(-1, 0),
            Qt.Key.Key_Right: QPointF(1, 0),
            Qt.Key.Key_Up: QPointF(0, -1),
            Qt.Key.Key_Down: QPointF(0, 1),
        }
        by = moves.get(Qt.Key(event.key()))
        if self._picked >= 0 and by is not None:
            resizes = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._nudge(self._turned(by), resizes=resizes)
        elif self._picked >= 0 and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cover_changed.emit(self._picked, None)
        elif event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(_NOTCH)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom(1 / _NOTCH)
        else:
            super().keyPressEvent(event)

    # drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        well = QPainterPath()
        well.addRoundedRect(QRectF(self.rect()), Radius.CARD, Radius.CARD)
        painter.fillPath(well, QColor(theme().palette.picture))
        if self._preview.isNull():
            return
        painter.setClipPath(well)
        painter.save()
        painter.setTransform(self._lens.transform(self._room()), combine=True)
        painter.setClipRect(as_rect(self._lens.shown), Qt.ClipOperation.IntersectClip)
        painter.drawImage(as_rect(self._whole.box), self._preview)
        step = step_px(max(self._whole.width_px, self._whole.height_px))
        for cover in self._covers():
            draw_cover(painter, cover, step)
        painter.restore()
        if self._tool is Tool.CROP:
            self._draw_crop(painter)
        elif self._picked >= 0:
            self._draw_frame(painter, self._screen(as_rect(self._covers()[self._picked].box)))

    def _covers(self) -> list[Cover]:
        """As they stand, with the one that is being drawn or changed."""
        covers = list(self._edits.covers)
        if self._tool is Tool.COVER and self._drag is not None:
            box = as_box(self._drag.rect(self._whole.box), self._whole.box)
            if box is not None and self._drag.box is None:
                covers.append(Cover(box, self._pattern))
            elif box is not None and self._picked >= 0:
                covers[self._picked] = Cover(box, covers[self._picked].pattern)
        return covers

    def _draw_crop(self, painter: QPainter) -> None:
        kept = as_rect(self._kept())
        if self._drag is not None:
            kept = self._drag.rect(self._whole.box)
        frame = self._screen(kept)
        outside = QPainterPath()
        outside.addRect(self._lens.picture(self._room()))
        inside = QPainterPath()
        inside.addRect(frame)
        painter.fillPath(outside.subtracted(inside), _DIM)
        self._draw_frame(painter, frame)

    def _draw_frame(self, painter: QPainter, frame: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0, 140), 3), (QColor("#FFFFFF"), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(frame)
        painter.setPen(QPen(QColor(0, 0, 0, 160), 1))
        painter.setBrush(QColor("#FFFFFF"))
        for grip in Grip:
            if grip is Grip.INSIDE:
                continue
            spot = QRectF(0, 0, _HANDLE_PX, _HANDLE_PX)
            across, down = grip.value
            spot.moveCenter(
                QPointF(frame.left() + frame.width() * across, frame.top() + frame.height() * down)
            )
            painter.drawRect(spot)

    # boxes

    def _press_covers(self, at: QPointF) -> None:
        if not as_rect(self._lens.shown).contains(at) and self._picked < 0:
            return  # beside the picture: what the crop leaves out cannot be taken hold of
        reach = self._reach()
        order = [self._picked, *reversed(range(len(self._edits.covers)))]
        for place in order:
            if place < 0:
                continue
            box = self._edits.covers[place].box
            grip = grip_at(box, at, reach if place == self._picked else 0)
            if grip is not None:
                self._pick(place)
                self._drag = BoxDrag(box, grip, at, at)
                return
        self._pick(-1)
        self._drag = BoxDrag(None, Grip.INSIDE, at, at)

    def _hold(self, box: Box, at: QPointF) -> None:
        grip = grip_at(box, at, self._reach())
        drawn = grip is None or (grip is Grip.INSIDE and box == self._whole.box)
        self._drag = BoxDrag(None, Grip.INSIDE, at, at) if drawn else None
        if not drawn and grip is not None:
            self._drag = BoxDrag(box, grip, at, at)

    def _drop(self, drag: BoxDrag) -> None:
        rect = drag.rect(self._whole.box)
        if self._tool is Tool.CROP:
            box = as_box(rect, self._whole.box)
            if box is not None:
                self.crop_changed.emit(box)
        elif drag.box is None:
            box = as_box(rect, self._whole.box, grow_px=BLEED_PX)
            if box is not None and as_box(rect, self._whole.box) is not None:
                self._draw(box)
        else:
            box = as_box(rect, self._whole.box)
            pattern = self._edits.covers[self._picked].pattern
            if box is not None:
                self.cover_changed.emit(self._picked, Cover(box, pattern))

    def _draw(self, box: Box) -> None:
        self.cover_drawn.emit(Cover(box, self._pattern))
        self._pick(len(self._edits.covers) - 1)

    def _nudge(self, by: QPointF, *, resizes: bool) -> None:
        cover = self._edits.covers[self._picked]
        px = max(1.0, max(self._whole.width_px, self._whole.height_px) * _NUDGE)
        if resizes:
            held = BoxDrag(cover.box, Grip.BOTTOM_RIGHT, QPointF(), by * px)
            box = as_box(held.rect(self._whole.box), self._whole.box)
        else:
            box = moved_box(cover.box, by * px, self._whole.box)
        if box is not None and box != cover.box:
            self.cover_changed.emit(self._picked, Cover(box, cover.pattern))

    def _turned(self, by: QPointF) -> QPointF:
        """A direction of the screen in the original's axes."""
        for _ in range(self._edits.quarter_turns):
            by = QPointF(by.y(), -by.x())
        return by

    def _kept(self) -> Box:
        return self._edits.crop or self._whole.box

    def _pick(self, place: int) -> None:
        if place != self._picked:
            self._picked = place
            self.picked.emit(place)
            self.update()

    def _fitted(self) -> Lens:
        """The result as it will be; while cropping, all there is."""
        shown = self._whole.box if self._tool is Tool.CROP else self._kept()
        inside = shown.within(self._whole.width_px, self._whole.height_px)
        return Lens(inside or self._whole.box, self._edits.quarter_turns)

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)

    def _reach(self) -> float:
        """How near to a grip a finger must come, in px of the original."""
        transform = self._lens.transform(self._room())
        scale = abs(transform.m11()) + abs(transform.m12())
        return 14 / scale

    def _screen(self, rect: QRectF) -> QRectF:
        return self._lens.transform(self._room()).mapRect(rect)


def _cursor(tool: Tool) -> Qt.CursorShape:
    return Qt.CursorShape.OpenHandCursor if tool is Tool.LOOK else Qt.CursorShape.CrossCursor
