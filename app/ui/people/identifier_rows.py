"""The numbers of a patient, each with who issued it, row by row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.patient import PatientIdentifier
from app.ui.design.tokens import Role, Space
from app.ui.widgets.buttons import IconButton, QuietButton
from app.ui.widgets.text import Label, Look, restyle

ISSUER = "MRN"  # what most clinics call their own number


class _IdentifierRow(QWidget):
    """One number.

    Signals:
        changed: It was typed in.
        removed: It is not wanted any more.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, issuer: str, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.issuer = QLineEdit(issuer)
        self.issuer.setObjectName("identifier-issuer")
        self.issuer.setAccessibleName(self.tr("Kind of number, or who issued it"))
        self.issuer.setPlaceholderText(self.tr("MRN, NHS, passport …"))
        self.value = QLineEdit(value)
        self.value.setObjectName("identifier-value")
        self.value.setAccessibleName(self.tr("Number"))
        self.value.setPlaceholderText(self.tr("Number"))
        self._remove = IconButton("x", self.tr("Remove this number"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.issuer, 2)
        row.addWidget(self.value, 5)
        row.addWidget(self._remove)
        for edit in (self.issuer, self.value):
            edit.textChanged.connect(self.changed)
        self._remove.clicked.connect(self.removed)

    def identifier(self) -> PatientIdentifier | None:
        """The number; None while one half of it is missing."""
        issuer, value = self.issuer.text().strip(), self.value.text().strip()
        return PatientIdentifier(issuer, value) if issuer and value else None

    def half(self) -> bool:
        """Whether a number has no issuer; an issuer without a number counts as nothing."""
        return bool(self.value.text().strip()) and not self.issuer.text().strip()

    def mark(self, *, wrong: bool) -> None:
        """Show that the issuer is missing."""
        self.issuer.setProperty("state", "error" if wrong else "")
        restyle(self.issuer)


class IdentifierRows(QWidget):
    """As many rows as there are numbers, and one more on request.

    Signals:
        changed: A number was typed, added or removed.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_IdentifierRow] = []
        self._more = QuietButton(self.tr("Another number"), icon="plus", compact=True)
        self._more.setObjectName("add-identifier")
        self._error = Label("", Look.SMALL, Role.DANGER, wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Label(self.tr("Numbers"), Look.SMALL, Role.INK_2))
        column.addLayout(self._lines)
        column.addWidget(self._error)
        column.addWidget(self._more)
        self._more.clicked.connect(self._add_empty)
        self.set_identifiers(())

    def identifiers(self) -> tuple[PatientIdentifier, ...] | None:
        """The numbers, each once; None, and said which, when one has no issuer."""
        half = [row for row in self._rows if row.half()]
        for row in self._rows:
            row.mark(wrong=row in half)
        self._error.setText(self.tr("Say what kind of number it is.") if half else "")
        self._error.setVisible(bool(half))
        if half:
            return None
        return self.complete()

    def complete(self) -> tuple[PatientIdentifier, ...]:
        """The numbers that have an issuer, each once."""
        found = {i.key: i for row in self._rows if (i := row.identifier()) is not None}
        return tuple(found.values())

    def set_identifiers(self, identifiers: Sequence[PatientIdentifier]) -> None:
        """Show these; without any, one row that waits for the clinic's own number."""
        for row in tuple(self._rows):
            self._drop(row)
        for each in identifiers:
            self._add(each.issuer, each.value)
        if not identifiers:
            self._add(ISSUER, "")
        self._error.hide()

    def _add_empty(self) -> None:
        self._add("" if self._rows else ISSUER, "").issuer.setFocus()
        self.changed.emit()

    def _add(self, issuer: str, value: str) -> _IdentifierRow:
        row = _IdentifierRow(issuer, value)
        row.changed.connect(self.changed)
        row.removed.connect(self._remove)
        self._rows.append(row)
        self._lines.addWidget(row)
        return row

    def _remove(self) -> None:
        row = self.sender()
        if isinstance(row, _IdentifierRow):
            self._drop(row)
            self.changed.emit()

    def _drop(self, row: _IdentifierRow) -> None:
        self._rows.remove(row)
        self._lines.removeWidget(row)
        row.hide()
        row.deleteLater()
