"""The column of cards beside the main thing; it scrolls by itself when large print needs it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Space

WIDTH = 288
GROWTH = 1.4  # beyond this factor the main thing would have no room left at 1280 px


class SideColumn(QScrollArea):
    """Cards under one another, 288 px wide; it grows less than the font does.

    Attributes:
        body: The layout for the cards; what is added stays at the top.
    """

    def __init__(self, width: int = WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = width
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.M)
        column.addLayout(self.body)
        column.addStretch(1)
        self.setWidget(holder)
        self._fit()

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(self.width(), 400)

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(round(self._wanted * min(theme().scale, GROWTH)))
