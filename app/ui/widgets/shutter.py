"""The shutter: the round button that takes the picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import mix

_SIDE = 72
_RING = 4.0


class ShutterButton(QPushButton):
    """Takes a picture; pressing fills it with the accent colour."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setToolTip(label)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("focusRadius", _SIDE)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(_SIDE), theme().px(_SIDE))

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        ring = palette.accent if self.isEnabled() else palette.line
        fill = palette.accent if self.isDown() else palette.raised
        if self.underMouse() and not self.isDown() and self.isEnabled():
            fill = mix(palette.raised, palette.accent, 0.1)
        sign = palette.on_accent if self.isDown() else ring
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(ring), _RING))
        painter.setBrush(QColor(fill))
        box = QRectF(self.rect()).adjusted(_RING / 2, _RING / 2, -_RING / 2, -_RING / 2)
        painter.drawEllipse(box)
        side = theme().px(28)
        middle = QRectF(0, 0, side, side)
        middle.moveCenter(box.center())
        draw_icon(painter, "camera", sign, middle)
