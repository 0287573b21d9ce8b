"""Typing the recovery code: nine small fields that pass the caret on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.ui.design.tokens import Space
from app.ui.door.recovery_code_view import COLUMNS, mono
from app.ui.widgets.fields import Field
from app.ui.widgets.text import restyle

GROUPS = 9
GROUP_LENGTH = 4
_SPACES = re.compile(r"[\s\-\u00a0\u2010-\u2014\u2212]+")


class CodeInput(QWidget):
    """A code may be typed through, or pasted whole into any field.

    Signals:
        changed: Something was typed.
        completed: All groups are full. Argument: the code.
    """

    changed = Signal()
    completed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recovery-code")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._edits = [self._edit(number) for number in range(1, GROUPS + 1)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.M)
        for place, edit in enumerate(self._edits):
            label = self.tr("Group {number}").format(number=place + 1)
            grid.addWidget(Field(label, edit), place // COLUMNS, place % COLUMNS)

    def code(self) -> str:
        """What was typed, groups joined by hyphens."""
        return "-".join(edit.text().strip() for edit in self._edits)

    def is_full(self) -> bool:
        """Whether every group has its four characters."""
        return all(len(edit.text()) == GROUP_LENGTH for edit in self._edits)

    def mark(self, groups: Iterable[int]) -> None:
        """Show these groups, from 1, as mistyped; the caret goes to the first."""
        wrong = set(groups)
        for number, edit in enumerate(self._edits, start=1):
            edit.setProperty("state", "error" if number in wrong else "")
            restyle(edit)
        if wrong:
            first = self._edits[min(wrong) - 1]
            first.setFocus()
            first.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        for edit in self._edits:
            edit.clear()
        self.mark(())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Backspace in an empty field go back to the one before."""
        back = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Backspace
        if back and event.type() == QEvent.Type.KeyPress and watched in self._edits:
            place = self._edits.index(watched)
            if place and not self._edits[place].text():
                self._edits[place - 1].setFocus()
        return False

    def _edit(self, number: int) -> QLineEdit:
        edit = QLineEdit()
        edit.setObjectName(f"code-group-{number}")
        edit.setFont(mono(15))
        edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        edit.textEdited.connect(self._typed)
        edit.installEventFilter(self)
        return edit

    def _typed(self, text: str) -> None:
        edit = self.sender()
        assert isinstance(edit, QLineEdit)
        self._spread(self._edits.index(edit), _SPACES.sub("", text).upper())
        self.mark(())
        self.changed.emit()
        if self.is_full():
            self.completed.emit(self.code())

    def _spread(self, place: int, text: str) -> None:
        """Put what is too long for one group into those behind it."""
        while True:
            edit = self._edits[place]
            here, text = text[:GROUP_LENGTH], text[GROUP_LENGTH:]
            if edit.text() != here:
                edit.setText(here)
            if len(here) < GROUP_LENGTH or place == GROUPS - 1:
                return
            place += 1
            self._edits[place].setFocus()
            if not text or (len(text) < GROUP_LENGTH and self._edits[place].text()):
                return
