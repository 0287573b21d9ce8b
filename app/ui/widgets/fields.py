"""Form fields: label above, input, hint or error below; and the search field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.ui.design.icons import draw_icon
from app.ui.design.theme import theme
from app.ui.design.tokens import TARGET, Role, Space
from app.ui.widgets.buttons import IconButton
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
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._clear = IconButton("x", self.tr("Clear"), parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(QUIET_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._wait)
        self.returnPressed.connect(self._submit)
        self._fit()

    def query(self) -> str:
        """The text without outer spaces."""
        return self.text().strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys; Enter with a text is answered here and presses no button of a sheet."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.query():
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        super().paintEvent(event)
        side = theme().px(18)
        left = self.width() - Space.M - side if self._rtl() else Space.M
        box = QRectF(left, 0, side, self.height())
        draw_icon(QPainter(self), "search", theme().palette.ink_3, box)

    def _rtl(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _fit(self) -> None:
        lead, end = theme().px(18) + Space.S, theme().px(TARGET) - Space.M
        self.setTextMargins(end if self._rtl() else lead, 0, lead if self._rtl() else end, 0)
        clear = self._clear.sizeHint()
        left = 0 if self._rtl() else self.width() - clear.width()
        self._clear.setGeometry(
            left, (self.height() - clear.height()) // 2, clear.width(), clear.height()
        )

    def _wait(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._pause.start()

    def _tell(self) -> None:
        self.query_changed.emit(self.query())

    def _submit(self) -> None:
        self._pause.stop()
        if self.query():
            self.submitted.emit(self.query())
