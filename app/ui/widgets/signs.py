"""An icon that stands by itself, and the wheel that turns while something works."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.design.icons import directed, draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import ICON, Role

_TURN_MS = 50
_TURN_DEG = 30


class Sign(QWidget):
    """An icon in a palette colour, of a size in px at 100 %; decoration for screen readers."""

    def __init__(
        self, name: str, role: Role = Role.INK_2, size: int = ICON, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_sign(self, name: str, role: Role) -> None:
        """Show another icon or colour."""
        self._name = name
        self._role = role
        self.update()

    def sizeHint(self) -> QSize:
        """The size it wants."""
        side = theme().px(self._size)
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        name = directed(self._name, self.layoutDirection())
        draw_icon(QPainter(self), name, theme().palette.hex(self._role), QRectF(self.rect()))


class Busy(QWidget):
    """A wheel that turns while it is to be seen; `label` says for screen readers what works."""

    def __init__(self, label: str, size: int = ICON, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._angle = 0
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._clock = QTimer(self)
        self._clock.setInterval(_TURN_MS)
        self._clock.timeout.connect(self._turn)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        side = theme().px(self._size)
        return QSize(side, side)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin, now that it is to be seen."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while it is not to be seen."""
        super().hideEvent(event)
        self._clock.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(QPointF(self.width() / 2, self.height() / 2))
        painter.rotate(self._angle)
        box = QRectF(-self.width() / 2, -self.height() / 2, self.width(), self.height())
        draw_icon(painter, "loader", theme().palette.accent, box)

    def _turn(self) -> None:
        self._angle = (self._angle + _TURN_DEG) % 360
        self.update()
