"""The live picture with what helps to take the same picture again: ghost, thirds, target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.camera.camera_notice import Action, CameraNotice, notice_for
from app.ui.camera.capture_session import image_pixels
from app.ui.camera.frame_source import CameraState, CameraStatus, Frame, FrameSource
from app.ui.camera.picture_fit import fitted, scaled
from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Role, Space
from app.ui.widgets.chips import ChipState, ChipText, chip_size, draw_chip

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LINE = QColor(255, 255, 255, 110)
_SHADOW = QColor(0, 0, 0, 60)  # under the lines, so that they are seen on pale skin too
_DIM = QColor(20, 20, 20, 150)  # over a picture that does not move any more
_TARGET_WIDTH, _TARGET_HEIGHT = 0.305, 0.38  # of the picture; as the mock draws it
_PERCENT = 100
_SEEN = {CameraState.LIVE, CameraState.NO_PICTURE}


class _Layer:
    """Pixels, and the same as they are drawn at the size that was asked for last."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self.height_px, self.width_px = pixels.shape[:2]
        self._pixels = pixels
        self._drawn = QImage()

    def size(self) -> tuple[int, int]:
        """Width and height in px as they came."""
        return self.width_px, self.height_px

    def at(self, size: QSize) -> QImage:
        """The picture scaled to a size in device px; scaled once for each size."""
        if self._drawn.size() != size:
            self._drawn = scaled(self._pixels, size.width(), size.height())
        return self._drawn


class Viewfinder(QWidget):
    """Shows the newest picture of a source, or why there is none and what to do.

    Signals:
        choose_requested: The user wants to choose a camera.
        help_requested: The user wants the help page. Argument: the error's code.
    """

    choose_requested = Signal()
    help_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: FrameSource | None = None
        self._status: CameraStatus | None = None
        self._live: _Layer | None = None
        self._ghost: _Layer | None = None
        self._ghost_caption = ""
        self._ghost_opacity = 40
        self._thirds = True
        self._target = False
        self._chips: tuple[Sequence[ChipText], Sequence[ChipText]] = ((), ())
        self._overlay: QImage | None = None
        self._notice = CameraNotice(self)
        self.setObjectName("viewfinder")
        self.setAccessibleName(self.tr("Live picture"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        theme().changed.connect(self._redraw)
        self._notice.acted.connect(self._act)
        self._notice.help_requested.connect(self.help_requested)
        self._reflect()

    def watch(self, source: FrameSource | None) -> None:
        """Show this source from now on; None says that no camera is chosen.

        The source stays with its owner, who starts and stops it.
        """
        if self._source is not None:
            self._source.picture_arrived.disconnect(self.show_picture)
            self._source.status_changed.disconnect(self.show_status)
        self._source = source
        self._live = None
        if source is not None:
            source.picture_arrived.connect(self.show_picture)
            source.status_changed.connect(self.show_status)
            newest = source.newest()
            if newest is not None:
                self.show_picture(newest)
        self.show_status(source.status() if source is not None else None)

    def show_picture(self, frame: Frame) -> None:
        """Show a picture; it is scaled when it is drawn, so overtaken ones cost nothing."""
        before, self._live = self._live, _Layer(frame.pixels)
        if before is None or before.size() != self._live.size():
            self._reflect()
        else:
            self.update()

    def show_status(self, status: CameraStatus | None) -> None:
        """Show where the camera stands; None says that no camera is chosen."""
        self._status = status
        if status is None or status.state not in _SEEN:
            self._live = None
        self._reflect()

    def is_live(self) -> bool:
        """Whether what is seen is now."""
        live = self._status is not None and self._status.state is CameraState.LIVE
        return live and self._live is not None

    def set_ghost(self, picture: QImage | None, caption: str = "") -> None:
        """Lay an earlier picture over the live one; None takes it away.

        Args:
            picture: Upright, of any size; it is fitted into the live picture.
            caption: When it was taken, for the pill.
        """
        empty = picture is None or picture.isNull()
        self._ghost = None if picture is None or empty else _Layer(image_pixels(picture))
        self._ghost_caption = caption
        self._redraw()

    def set_ghost_opacity(self, percent: int) -> None:
        """How strong the ghost is, 0 to 100."""
        self._ghost_opacity = min(max(percent, 0), _PERCENT)
        self._redraw()

    def set_thirds(self, on: bool) -> None:  # noqa: FBT001 - a slot of a check box
        """Show or hide the lines at one and two thirds."""
        self._thirds = on
        self._redraw()

    def set_target(self, on: bool) -> None:  # noqa: FBT001 - a slot of a check box
        """Show or hide the dashed ellipse in which the subject belongs."""
        self._target = on
        self._redraw()

    def set_chips(self, leading: Sequence[ChipText], trailing: Sequence[ChipText] = ()) -> None:
        """Show these on the picture's lower edge while it is live."""
        self._chips = (tuple(leading), tuple(trailing))
        self._describe()
        self._redraw()

    def top_chips(self) -> list[ChipText]:
        """The pills on the picture's upper edge."""
        if self._live is None or self._status is None:
            return []
        if not self.is_live():
            return [ChipText(self.tr("No picture"), ChipState.EXPIRING, "circle-alert")]
        text = self.tr("Live · {width}×{height}").format(
            width=self._live.width_px, height=self._live.height_px
        )
        chips = [ChipText(text, ChipState.ON_PICTURE, "circle-dot")]
        if self._ghost is not None:
            text = self.tr("Ghost {date} · {percent} %").format(
                date=self._ghost_caption, percent=self._ghost_opacity
            )
            chips.append(ChipText(" ".join(text.split()), ChipState.ON_PICTURE, "layers"))
        return chips

    def picture_rect(self) -> QRectF:
        """Where the picture stands in the widget; empty without one."""
        if self._live is None:
            return QRectF()
        return fitted(self._live.width_px, self._live.height_px, QRectF(self.rect()))

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(852, 500)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._notice.setGeometry(self.rect())
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        self._redraw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        well = QPainterPath()
        well.addRoundedRect(QRectF(self.rect()), Radius.CARD, Radius.CARD)
        if self._live is None:
            painter.fillPath(well, theme().color(Role.SUNKEN))
            return
        room = self.picture_rect()
        painter.fillPath(well, QColor(theme().palette.picture))
        self._draw_layer(painter, self._live, room, well)
        if not self.is_live():
            painter.fillPath(well, _DIM)
        elif self._ghost is not None and self._ghost_opacity:
            painter.setOpacity(self._ghost_opacity / _PERCENT)
            over = fitted(self._ghost.width_px, self._ghost.height_px, room)
            self._draw_layer(painter, self._ghost, over, well)
            painter.setOpacity(1.0)
        painter.drawImage(0, 0, self._overlay_for(room))

    def _overlay_for(self, room: QRectF) -> QImage:
        """Lines and pills, drawn once and laid over each picture until something changes."""
        if self._overlay is None:
            ratio = self.devicePixelRatioF()
            overlay = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
            overlay.setDevicePixelRatio(ratio)
            overlay.fill(Qt.GlobalColor.transparent)
            painter = QPainter(overlay)
            painter.setLayoutDirection(self.layoutDirection())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.is_live():
                self._draw_aids(painter, room)
                self._draw_chips(painter, self._chips[0], self._chips[1], at_top=False)
            self._draw_chips(painter, self.top_chips(), (), at_top=True)
            painter.end()
            self._overlay = overlay
        return self._overlay

    def _redraw(self) -> None:
        """Draw lines and pills anew, because they or what they stand on changed."""
        self._overlay = None
        self.update()

    def _draw_layer(
        self, painter: QPainter, layer: _Layer, room: QRectF, well: QPainterPath
    ) -> None:
        ratio = self.devicePixelRatioF()
        size = QSize(round(room.width() * ratio), round(room.height() * ratio))
        brush = QBrush(layer.at(size))
        brush.setTransform(
            QTransform.fromTranslate(room.left(), room.top()).scale(
                room.width() / size.width(), room.height() / size.height()
            )
        )
        inside = QPainterPath()
        inside.addRect(room)
        painter.fillPath(well.intersected(inside), brush)

    def _draw_aids(self, painter: QPainter, room: QRectF) -> None:
        for colour, offset in ((_SHADOW, 1), (_LINE, 0)):
            if self._thirds:
                _draw_thirds(painter, room.translated(offset, offset), colour)
            if self._target:
                _draw_target(painter, room.translated(offset, offset), colour)

    def _draw_chips(
        self,
        painter: QPainter,
        leading: Sequence[ChipText],
        trailing: Sequence[ChipText],
        *,
        at_top: bool,
    ) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for chips, on_right in ((leading, mirrored), (reversed(trailing), not mirrored)):
            along = int(Space.L)
            for chip in chips:
                size = chip_size(chip)
                left = self.width() - along - size.width() if on_right else along
                top = Space.L if at_top else self.height() - Space.L - size.height()
                draw_chip(painter, QRectF(left, top, size.width(), size.height()), chip)
                along += size.width() + Space.S

    def _act(self, action: Action) -> None:
        if action is Action.CHOOSE:
            self.choose_requested.emit()
        elif self._source is not None and action is Action.START:
            self._source.start()
        elif self._source is not None:
            self._source.retry_now()

    def _reflect(self) -> None:
        seen = self._live is not None and self._status is not None
        self._notice.setVisible(not seen)
        if not seen:
            self._notice.show_notice(notice_for(self._status))
        self._describe()
        self._redraw()

    def _describe(self) -> None:
        """Tell a screen reader what the pills say; the notice speaks for itself."""
        leading, trailing = self._chips if self.is_live() else ((), ())
        chips = [*self.top_chips(), *leading, *trailing]
        self.setAccessibleDescription(", ".join(chip.text for chip in chips))


def _draw_thirds(painter: QPainter, room: QRectF, colour: QColor) -> None:
    for share in (1 / 3, 2 / 3):
        across = round(room.left() + room.width() * share)
        down = round(room.top() + room.height() * share)
        painter.fillRect(QRectF(across, room.top(), 1, room.height()), colour)
        painter.fillRect(QRectF(room.left(), down, room.width(), 1), colour)


def _draw_target(painter: QPainter, room: QRectF, colour: QColor) -> None:
    pen = QPen(colour, 1)
    pen.setDashPattern([4, 4])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width, height = room.width() * _TARGET_WIDTH, room.height() * _TARGET_HEIGHT
    painter.drawEllipse(room.center(), width / 2, height / 2)
