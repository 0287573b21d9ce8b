"""A setting that is on or off, as a row with a switch at its end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import TARGET, Palette, Space, Type
from app.ui.widgets.text import wrapping

_TRACK = QSize(40, 24)


class ToggleRow(QCheckBox):
    """Title and description, with a switch; the whole row can be hit. `toggled` tells."""

    def __init__(self, title: str, description: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._description = description
        self._switch = QWidget(self)  # where the switch is drawn: the focus ring stands around it
        self._switch.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleDescription(description)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that its text needs in a width."""
        title, below = self._heights(width)
        return max(title + below + 2 * Space.S, theme().px(TARGET))

    def sizeHint(self) -> QSize:
        """The size it wants."""
        width = theme().px(280)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The least size it can do with."""
        return QSize(theme().px(160), self.heightForWidth(max(self.width(), theme().px(160))))

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be hit."""
        return self.rect().contains(pos)

    def ringed(self) -> QWidget:
        """The part that the focus ring stands around."""
        return self._switch

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._place_switch()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style and direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            self._place_switch()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_switch(painter, palette)
        title, below = self._heights(self.width())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - self._room(self.width()) if rtl else 0
        top = (self.height() - title - below) // 2
        painter.setFont(theme().font(Type.BODY, 500))
        painter.setPen(QColor(palette.ink if self.isEnabled() else palette.ink_3))
        painter.drawText(
            QRect(left, top, self._room(self.width()), title), wrapping(self), self.text()
        )
        painter.setFont(theme().font(Type.SMALL))
        painter.setPen(QColor(palette.ink_3))
        box = QRect(left, top + title, self._room(self.width()), below)
        painter.drawText(box, wrapping(self), self._description)

    def _place_switch(self) -> None:
        if hasattr(self, "_switch"):  # Qt tells of the style before the rest is there
            wide, high = theme().px(_TRACK.width()), theme().px(_TRACK.height())
            rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            left = 0 if rtl else self.width() - wide
            self._switch.setGeometry(left, (self.height() - high) // 2, wide, high)
            self._switch.setProperty("focusRadius", high // 2 + 2)

    def _draw_switch(self, painter: QPainter, palette: Palette) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        track = QRectF(self._switch.geometry()).adjusted(0.5, 0.5, -0.5, -0.5)
        high = self._switch.height()
        on = self.isChecked()
        painter.setPen(QColor(palette.accent if on else palette.outline))
        painter.setBrush(QColor(palette.accent if on else palette.sunken))
        if not self.isEnabled():
            painter.setPen(QColor(palette.line))
            painter.setBrush(QColor(palette.line if on else palette.sunken))
        painter.drawRoundedRect(track, high / 2, high / 2)
        side = high - 8
        at = track.right() - side - 4 if on != rtl else track.left() + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.on_accent if on else palette.outline))
        painter.drawEllipse(QRectF(at, track.center().y() - side / 2, side, side))

    def _room(self, width: int) -> int:
        return max(60, width - theme().px(_TRACK.width()) - Space.L)

    def _heights(self, width: int) -> tuple[int, int]:
        room = QRect(0, 0, self._room(width), 10_000)
        title = QFontMetrics(theme().font(Type.BODY, 500)).boundingRect(
            room, wrapping(self), self.text()
        )
        if not self._description:
            return title.height(), 0
        metrics = QFontMetrics(theme().font(Type.SMALL))
        return title.height(), metrics.boundingRect(
            room, wrapping(self), self._description
        ).height() + 2
