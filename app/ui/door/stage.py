"""The ground of the door's pages: the mark, and a column of words and inputs in the middle."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.widgets.text import Label, Look, Paragraph

RING = 4  # px that the focus ring needs around what stands at the edge


class Mark(QWidget):
    """The aperture on its accent tile, px at 100 %."""

    def __init__(self, side: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        side = theme().px(self._side)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent))
        tile = QRectF(self.rect())
        round_px = tile.width() / 4
        painter.drawRoundedRect(tile, round_px, round_px)
        inset = tile.width() / 6
        box = tile.adjusted(inset, inset, -inset, -inset)
        draw_icon(painter, "aperture", palette.on_accent, box)


class Stage(QWidget):
    """A column of `width` px at 100 % in the middle, which scrolls when the window is small.

    Attributes:
        body: The layout for the content.
    """

    def __init__(self, width: int, *, mark: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = width
        self._column = QWidget()
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.L)
        self._build_stage(mark=mark)
        self._fit()

    def add_heading(self, title: str, text: str = "") -> tuple[Label, Paragraph]:
        """Put a title and a text in the middle under the mark."""
        heading = Label(title, Look.DISPLAY, wrap=True)
        below = Paragraph(text, Look.BODY, Role.INK_2)
        words = QVBoxLayout()
        words.setSpacing(Space.S)
        for label in (heading, below):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            words.addWidget(label)
        self.body.addLayout(words)
        below.setVisible(bool(text))
        return heading, below

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self._column.setFixedWidth(theme().px(self._width) + 2 * RING)

    def _build_stage(self, *, mark: bool) -> None:
        inner = QVBoxLayout(self._column)
        inner.setContentsMargins(RING, Space.XXL, RING, Space.XXL)
        inner.setSpacing(Space.XL)
        inner.addStretch(2)
        if mark:
            inner.addWidget(Mark(), 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addLayout(self.body)
        inner.addStretch(3)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.addStretch(1)
        row.addWidget(self._column)
        row.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
