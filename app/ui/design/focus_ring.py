"""The focus ring: 2 px in the accent colour around whatever has the focus, outside its edge."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QTextEdit,
    QWidget,
)

RING = 2.0  # px
OWN_RING = (
    QLineEdit,
    QComboBox,
    QAbstractSpinBox,
    QTextEdit,
    QPlainTextEdit,
    QAbstractItemView,
)
"""Widgets whose own edge turns into the ring (see the style sheet)."""


class _AboveStyle(QProxyStyle):
    """Lets the ring lie on the window, or on what scrolls, not in the parent that would cut it."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        """What the style says."""
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returned)


class _Ring(QFocusFrame):
    def __init__(self, target: QWidget, style: QStyle) -> None:
        super().__init__(target)
        self.setStyle(style)
        self._radius = float(target.property("focusRadius") or 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.mask().isEmpty():
            self.clearMask()  # the style cuts a square hole, which would clip round corners
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().accent().color(), RING))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(self.rect()).adjusted(RING / 2, RING / 2, -RING / 2, -RING / 2)
        painter.drawRoundedRect(box, self._radius, self._radius)


class FocusRings(QObject):
    """Moves the ring to the widget that has the focus.

    A widget sets the dynamic property `focusRadius` (px) to the radius of its own corners plus 2,
    and `ownFocus` when it draws its ring itself. A widget of which only a part is to be ringed has
    a method `ringed` that gives the part.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._ring: _Ring | None = None
        self._style = _AboveStyle("Fusion")
        app.focusChanged.connect(self._move)

    def _move(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._drop()
        if new is None or isinstance(new, OWN_RING) or new.property("ownFocus") or new.isWindow():
            return
        if not new.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return  # a page that holds the focus for its keys
        part = new.ringed() if hasattr(new, "ringed") else new
        self._ring = _Ring(part, self._style)
        self._ring.setWidget(part)
        self._ring.destroyed.connect(self._forget)

    def _drop(self) -> None:
        ring, self._ring = self._ring, None
        if ring is not None:
            ring.destroyed.disconnect(self._forget)
            ring.setWidget(None)  # type: ignore[arg-type]
            ring.deleteLater()

    def _forget(self) -> None:
        self._ring = None
