"""Choosing a staff PIN: digits, typed twice."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.services.clinic import MIN_PIN_DIGITS
from app.ui.design.tokens import Space
from app.ui.widgets.fields import Field
from app.ui.widgets.pin import LONGEST


class NewPin(QWidget):
    """Two fields side by side.

    Attributes:
        required: Whether it may be left empty.

    Signals:
        changed: Something was typed.
    """

    changed = Signal()

    def __init__(self, *, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.required = required
        self.first = self._digits("new-pin")
        self.again = self._digits("new-pin-again")
        self._first = Field(
            self.tr("Staff PIN"),
            self.first,
            self.tr("{least} digits or more").format(least=MIN_PIN_DIGITS),
        )
        self._again = Field(self.tr("Staff PIN again"), self.again)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(self._first, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._again, 1, Qt.AlignmentFlag.AlignTop)

    def is_good(self) -> bool:
        """Whether it can be used, or be left empty; says beside the field what is wrong."""
        typed, again = self.first.text(), self.again.text()
        if not typed and not again and not self.required:
            return True
        short = len(typed) < MIN_PIN_DIGITS
        told = self.tr("Use at least {least} digits.").format(least=MIN_PIN_DIGITS)
        self._first.set_error(told if short else "")
        differs = not short and typed != again
        self._again.set_error(self.tr("The two are not the same.") if differs else "")
        if short:
            self.first.setFocus()
        elif differs:
            self.again.setFocus()
        return not short and not differs

    def take(self) -> str:
        """The PIN, empty when none was typed; both fields are empty then."""
        pin = self.first.text()
        self.clear()
        return pin

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()

    def _digits(self, name: str) -> QLineEdit:
        edit = pin_edit(name)
        edit.textChanged.connect(self._forgive)
        return edit

    def _forgive(self) -> None:
        self._first.set_error("")
        self._again.set_error("")
        self.changed.emit()


def pin_edit(name: str) -> QLineEdit:
    """A field for a PIN: digits only, hidden."""
    edit = QLineEdit()
    edit.setObjectName(name)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
    edit.setMaxLength(LONGEST)
    edit.setValidator(QRegularExpressionValidator(QRegularExpression(r"[0-9]*"), edit))
    return edit
