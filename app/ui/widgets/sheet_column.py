"""The middle of a sheet that may be taller than the window: as high as it needs, or it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Space

_AROUND = 72  # px: a sheet's own margins and the scroll bar's place
_EDGE = 32  # px between a sheet and the window, both sides
_LEAST = 72


class SheetColumn(QScrollArea):
    """Wants the height of what is in it, and does with less.

    Attributes:
        body: The layout for what may scroll.
    """

    def __init__(self, host: QWidget, width: int) -> None:
        """`width` is the sheet's, px at 100 %."""
        super().__init__()
        self._host, self._sheet_width = host, width
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._holder = QWidget()
        self.body = QVBoxLayout(self._holder)
        self.body.setContentsMargins(Space.XS, Space.XS, Space.S, Space.XS)  # for the focus ring
        self.body.setSpacing(Space.M)
        self.setWidget(self._holder)
        self._holder.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """The size it wants: all of it, at the width that the sheet will have."""
        width = min(theme().px(self._sheet_width), self._host.window().width() - _EDGE) - _AROUND
        high = self.body.sizeHint().height()
        if self.body.hasHeightForWidth():
            high = self.body.heightForWidth(width)
        return QSize(width, high)

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(theme().px(_LEAST), theme().px(_LEAST))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is inside wants another size."""
        # While Python collects a window, its widgets may be called without their attributes.
        if watched is getattr(self, "_holder", None) and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return False
