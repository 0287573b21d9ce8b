"""The last picture of the same place over the live one, and how strong it is."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QDate, QEvent, QLocale, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from app.domain.clinical_image import FiledImage
from app.domain.ids import ImageId
from app.ui.camera.viewfinder import Viewfinder
from app.ui.capture.description import Description
from app.ui.capture.large_picture import LargePicture
from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import Space
from app.ui.room import Room

USUAL_PERCENT = 40
_STEP = 10
_SIGN_PX = 18


def last_of(earlier: tuple[FiledImage, ...], wanted: Description) -> FiledImage | None:
    """The newest picture of the same place; one of the same view goes before all others."""
    here = [one for one in earlier if wanted.same_place(one)]
    same_view = [one for one in here if one.view is wanted.view]
    return next(iter(reversed(same_view or here)), None)


class GhostSlider(QWidget):
    """A slider on a dark pill in the corner of the live picture.

    Signals:
        changed: Argument: percent, 0 to 100.
    """

    changed = Signal(int)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("ghost-opacity")
        self._slider.setAccessibleName(self.tr("Strength of the earlier picture"))
        self._slider.setToolTip(self.tr("Strength of the earlier picture"))
        self._slider.setRange(0, 100)
        self._slider.setSingleStep(_STEP)
        self._slider.setPageStep(_STEP)
        self._slider.setValue(USUAL_PERCENT)
        self._slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._slider.setFixedWidth(theme().px(120))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M + _SIGN_PX + Space.S, 0, Space.L, 0)
        row.addWidget(self._slider)
        self._slider.valueChanged.connect(self.changed)
        host.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        host = getattr(self, "_host", None)  # gone while Python collects the window
        if watched is host and event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._place()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Stand in the corner."""
        super().showEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(22, 20, 19, 190))
        half = self.height() / 2
        painter.drawRoundedRect(QRectF(self.rect()), half, half)
        draw_icon(painter, "layers", "#FFFFFF", QRectF(self._sign_left(), 0, _SIGN_PX, 2 * half))

    def _sign_left(self) -> int:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return self.width() - Space.M - _SIGN_PX if rtl else Space.M

    def _place(self) -> None:
        self.adjustSize()
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = Space.L if rtl else self._host.width() - self.width() - Space.L
        self.move(left, self._host.height() - self.height() - Space.L)


class Ghost(QObject):
    """Chooses, fetches and shows the earlier picture; its slider is there while it is."""

    def __init__(self, room: Room, viewfinder: Viewfinder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewfinder = viewfinder
        self._zone: tzinfo = room.desk.zone
        self._large = LargePicture(room, parent=self)
        self._image = ImageId("")
        self._caption = ""
        self.slider = GhostSlider(viewfinder)
        viewfinder.set_ghost_opacity(USUAL_PERCENT)
        self._large.arrived.connect(self._show)
        self.slider.changed.connect(viewfinder.set_ghost_opacity)

    def look_for(self, earlier: tuple[FiledImage, ...], wanted: Description) -> None:
        """Show the last picture of the place that is wanted next, or none."""
        last = last_of(earlier, wanted)
        if last is None:
            self.clear()
        elif last.id != self._image:
            self._image = last.id
            taken = last.image.received.at.astimezone(self._zone).date()
            day = QDate(taken.year, taken.month, taken.day)
            self._caption = QLocale().toString(day, "d MMM yyyy")
            self._viewfinder.set_ghost(None)
            self._large.fetch(last.id)

    def clear(self) -> None:
        """Show none, and hold none."""
        self._image = ImageId("")
        self._large.forget()
        self._viewfinder.set_ghost(None)
        self.slider.hide()

    def _show(self, image: str, picture: QImage) -> None:
        if image == self._image:
            self._viewfinder.set_ghost(picture, self._caption)
            self.slider.show()
