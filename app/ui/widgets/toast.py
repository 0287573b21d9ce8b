"""The short message at the foot of the window that says what was done and offers Undo."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Radius, Role, Space, Type
from app.ui.widgets.text import Label, Look

SHOWN_MS = 8_000


class Toast(QWidget):
    """One message at a time over its host; goes by itself, stays while the pointer is on it.

    Signals:
        undo_requested: The user pressed Undo.
    """

    undo_requested = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._label = Label("", Look.BODY)
        self._undo = _ToastButton(self.tr("Undo"), self)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.hide)
        self._undo.clicked.connect(self._ask_undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.XS, Space.L, Space.XS)
        row.setSpacing(Space.L)
        row.addWidget(self._label)
        row.addWidget(self._undo)
        host.installEventFilter(self)
        self.hide()

    def tell(self, text: str, *, undo: bool = False, shown_ms: int = SHOWN_MS) -> None:
        """Show a message, also to screen readers."""
        self._label.setText(text)
        self._label.setStyleSheet(f"color: {theme().palette.surface};")
        self._undo.setVisible(undo)
        self.setMinimumHeight(theme().px(44))
        self._place()
        self.show()
        self.raise_()
        self._clock.start(shown_ms)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def text(self) -> str:
        """The message that is or was shown."""
        return self._label.text()

    def forget(self) -> None:
        """Take the message away, also from memory."""
        self._clock.stop()
        self._label.setText("")
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch another widget."""
        # While Python collects a window, its widgets may be called without their attributes.
        host = getattr(self, "_host", None)
        if watched is host and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def enterEvent(self, event: QEvent) -> None:
        """The pointer came."""
        self._clock.stop()
        super().enterEvent(event)  # type: ignore[arg-type]

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left."""
        self._clock.start(SHOWN_MS)
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color(Role.INK))
        painter.drawRoundedRect(QRectF(self.rect()), Radius.CARD, Radius.CARD)

    def _place(self) -> None:
        self.adjustSize()
        self.resize(min(self.width(), self._host.width() - 2 * Space.XL), self.height())
        left = (self._host.width() - self.width()) // 2
        self.move(left, self._host.height() - self.height() - theme().px(64) - Space.XL)

    def _ask_undo(self) -> None:
        self.hide()
        self.undo_requested.emit()


class _ToastButton(QPushButton):
    """Undo, on the toast's dark ground."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(theme().px(44))
        self.setProperty("ownFocus", 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme().font(Type.BODY, 600))
        colour = QColor(palette.surface)
        painter.setPen(colour)
        if self.hasFocus() or self.underMouse():
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 6, -1, -6), 6, 6)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
