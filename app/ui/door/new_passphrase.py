"""Choosing a new passphrase: typed twice, its strength said in words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.design.tokens import Space
from app.ui.door.passphrase_edit import PassphraseEdit
from app.ui.door.strength import LEAST_CHARACTERS, strength
from app.ui.door.strength_bar import StrengthBar
from app.ui.widgets.fields import Field


class NewPassphrase(QWidget):
    """Two fields and a bar.

    Signals:
        changed: Something was typed.
    """

    changed = Signal()

    def __init__(self, name: str = "new-passphrase", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = PassphraseEdit(name)
        self.again = PassphraseEdit(f"{name}-again")
        self._first = Field(self.tr("New passphrase"), self.first)
        self._again = Field(self.tr("New passphrase again"), self.again)
        self._bar = StrengthBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self._first)
        column.addWidget(self._bar)
        column.addWidget(self._again)
        self.first.textChanged.connect(self._judge)
        self.again.textChanged.connect(self._forgive)

    def is_good(self) -> bool:
        """Whether it can be used; says beside the field what is missing when it cannot."""
        short = len(self.first.text()) < LEAST_CHARACTERS
        differs = self.first.text() != self.again.text()
        told = self.tr("Use at least {least} characters.").format(least=LEAST_CHARACTERS)
        self._first.set_error(told if short else "")
        self._again.set_error(self.tr("The two are not the same.") if differs and not short else "")
        if short:
            self.first.setFocus()
        elif differs:
            self.again.setFocus()
        return not short and not differs

    def take(self) -> bytearray:
        """The passphrase, as UTF-8 of its NFC form; both fields are empty then."""
        self.again.clear()
        return self.first.take()

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()
        self._first.set_error("")
        self._again.set_error("")

    def _judge(self, text: str) -> None:
        self._bar.set_strength(strength(text))
        self._forgive()

    def _forgive(self) -> None:
        self._first.set_error("")
        self._again.set_error("")
        self.changed.emit()
