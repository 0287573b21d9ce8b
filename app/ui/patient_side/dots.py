"""Dots that count the uses: answered, on now, to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.design.theme import theme

WIDEST_PX = 22
NARROWEST_PX = 12
DOT_PX = 11


class UseDots(QWidget):
    """One dot for each use: filled when answered, with a ring in the accent while it is on.

    `label` says the same for screen readers.
    """

    def __init__(self, answered: Sequence[bool], at: int, label: str) -> None:
        super().__init__()
        self._answered = tuple(answered)
        self._at = at
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(len(self._answered) * WIDEST_PX, WIDEST_PX)

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(len(self._answered) * NARROWEST_PX, WIDEST_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = len(self._answered)
        step = min(self.width() / count, WIDEST_PX) if count else 0
        side = min(DOT_PX, step * 0.7)
        left = (self.width() - step * count) / 2
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place, answered in enumerate(self._answered):
            column = count - 1 - place if rtl else place
            middle = QRectF(left + column * step, 0, step, self.height()).center()
            lit = answered or place == self._at
            painter.setPen(QPen(QColor(palette.accent if lit else palette.line), 2))
            painter.setBrush(QColor(palette.accent) if answered else Qt.BrushStyle.NoBrush)
            if answered and place == self._at:
                painter.setBrush(QColor(palette.accent_tint))
            painter.drawEllipse(middle, side / 2, side / 2)
