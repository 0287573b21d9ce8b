"""Form fields: label above, input, hint or error below; and the search field."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.design.icons import icon
from app.ui.design.tokens import Role, Space
from app.ui.widgets.signs import Sign
from app.ui.widgets.text import Label, Look, restyle

QUIET_MS = 150  # typing pauses this long before a search starts


class Field(QWidget):
    """An input with its label, a hint, and the line that says what is wrong with it.

    Attributes:
        input: The widget that was given; it gets the label as accessible name.
    """

    def __init__(
        self, label: str, input_widget: QWidget, hint: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.input = input_widget
        self._hint = hint
        self._label = Label(label, Look.SMALL, Role.INK_2)
        self._label.setBuddy(input_widget)
        self._sign = Sign("circle-alert", Role.DANGER, 14)
        self._below = Label(hint, Look.SMALL, Role.INK_3, wrap=True)
        input_widget.setAccessibleName(label)
        self._build()
        self.set_error("")

    def error(self) -> str:
        """What is wrong, "" when nothing is."""
        return self._below.text() if self._below.tone() is Role.DANGER else ""

    def set_error(self, text: str) -> None:
        """Say what is wrong and what is wanted; "" takes it back and shows the hint again."""
        self._below.setText(text or self._hint)
        self._below.set_tone(Role.DANGER if text else Role.INK_3)
        self._below.setVisible(bool(text or self._hint))
        self._sign.setVisible(bool(text))
        self.input.setAccessibleDescription(text or self._hint)
        self.input.setProperty("state", "error" if text else "")
        restyle(self.input)

    def set_hint(self, hint: str) -> None:
        """Change the hint."""
        self._hint = hint
        self.set_error(self.error())

    def _build(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(Space.XS)
        below.addWidget(self._sign)
        below.addWidget(self._below, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._label)
        column.addWidget(self.input)
        column.addLayout(below)


class SearchField(QLineEdit):
    """Finds while one types; a scan, which ends in Enter, is told at once.

    Signals:
        query_changed: The text after typing paused. Argument: the text without outer spaces.
        submitted: Enter was pressed, or a scanner sent it. Argument: the text without outer spaces.
    """

    query_changed = Signal(str)
    submitted = Signal(str)

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("search", "true")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.addAction(icon("search", Role.INK_3), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icon("x", Role.INK_3), self.tr("Clear"), self)
        self._clear.triggered.connect(self.clear)
        self._clear.setVisible(False)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(QUIET_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._wait)
        self.returnPressed.connect(self._submit)

    def query(self) -> str:
        """The text without outer spaces."""
        return self.text().strip()

    def _wait(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._pause.start()

    def _tell(self) -> None:
        self.query_changed.emit(self.query())

    def _submit(self) -> None:
        self._pause.stop()
        if self.query():
            self.submitted.emit(self.query())
