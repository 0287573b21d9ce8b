"""Entering a PIN by touch, mouse or keys, without its digits ever being shown."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.widgets.buttons import Button, IconButton, Kind
from app.ui.widgets.text import Label, Look

LONGEST = 12


class _PinDots(QWidget):
    """One dot for each digit."""

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = least
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int) -> None:
        self._count = count
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(max(self._least, self._count) * theme().px(26), theme().px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        palette = theme().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, side = theme().px(26), theme().px(14)
        for place in range(max(self._least, self._count)):
            full = place < self._count
            painter.setPen(QPen(QColor(palette.accent if full else palette.outline), 2))
            painter.setBrush(QColor(palette.accent) if full else Qt.BrushStyle.NoBrush)
            middle = QRectF(place * step, 0, step, self.height()).center()
            painter.drawEllipse(middle, side / 2, side / 2)


class PinPad(QWidget):
    """Twelve keys and a row of dots; hardware digits, Backspace and Enter work too.

    Signals:
        entered: A whole PIN. Argument: its digits. The pad is empty again by then.
    """

    entered = Signal(str)

    def __init__(
        self, label: str, *, length: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._length = length
        self._digits = ""
        self._dots = _PinDots(length or 4)
        self._message = Label("", Look.SMALL, Role.DANGER, wrap=True)
        self._keys: list[Button] = []
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRadius", 12)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._build()

    def clear(self) -> None:
        """Forget what was typed."""
        self._set("")

    def set_message(self, text: str) -> None:
        """Say what is wrong, for instance how long to wait; "" says nothing."""
        self._message.setText(text)
        self.setAccessibleDescription(text)

    def set_locked(self, locked: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Refuse input, while too many wrong PINs have been tried."""
        for key in self._keys:
            key.setEnabled(not locked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys."""
        if not self._keys[0].isEnabled():
            event.accept()
        elif event.text() in set("0123456789"):
            self._press(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self._set(self._digits[:-1])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._digits:
            self._submit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(Space.S)
        for place, digit in enumerate("123456789"):
            grid.addWidget(self._key(digit), place // 3, place % 3)
        grid.addWidget(self._key("0"), 3, 1)
        erase = IconButton("delete", self.tr("Erase the last digit"))
        erase.clicked.connect(self._erase)
        done = IconButton("check", self.tr("Enter the PIN"))
        done.clicked.connect(self._submit)
        for key, column in ((erase, 0), (done, 2)):
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._keys.append(key)
            grid.addWidget(key, 3, column)
        self._message.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        column_box.setSpacing(Space.M)
        column_box.addWidget(self._dots, 0, Qt.AlignmentFlag.AlignHCenter)
        column_box.addWidget(self._message)
        column_box.addLayout(grid)
        done.setVisible(self._length is None)  # inside by now; before, it would be a window

    def _key(self, digit: str) -> Button:
        key = _DigitKey(digit)
        key.setObjectName(f"pin-{digit}")
        key.clicked.connect(self._take)
        self._keys.append(key)
        return key

    def _take(self) -> None:
        key = self.sender()
        if isinstance(key, Button):
            self._press(key.text())

    def _erase(self) -> None:
        self._set(self._digits[:-1])

    def _press(self, digit: str) -> None:
        if len(self._digits) < (self._length or LONGEST):
            self._set(self._digits + digit)
        if self._length is not None and len(self._digits) == self._length:
            self._submit()

    def _submit(self) -> None:
        digits = self._digits
        self._set("")
        if digits:
            self.set_message("")
            self.entered.emit(digits)

    def _set(self, digits: str) -> None:
        self._digits = digits
        self._dots.set_count(len(digits))


class _DigitKey(Button):
    """A key of the pad, 72 by 56 px."""

    def __init__(self, digit: str) -> None:
        super().__init__(digit, Kind.SECONDARY)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """The size it wants."""
        return QSize(theme().px(80), theme().px(56))

    def _font(self) -> QFont:
        return theme().font(20, 500)
