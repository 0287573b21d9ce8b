"""The clinic's details, as printed on every paper."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.clinic import Clinic
from app.services.ports import Pictures
from app.ui.design.tokens import Space
from app.ui.door.logo_field import LogoField
from app.ui.tasks import TaskRunner
from app.ui.widgets.fields import Field


class Lines(QPlainTextEdit):
    """A few lines of text; Tab goes on to the next field."""

    def __init__(self, name: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setObjectName(name)
        self.setTabChangesFocus(True)
        self._fit()

    def text(self) -> str:
        """The lines, without spaces around them."""
        return "\n".join(line.strip() for line in self.toPlainText().strip().splitlines())

    def changeEvent(self, event: QEvent) -> None:
        """Follow style and font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def _fit(self) -> None:
        margins = self.contentsMargins()
        edge = margins.top() + margins.bottom() + 2 * int(self.document().documentMargin())
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + edge + Space.L)


class ClinicForm(QWidget):
    """Name, department, address, contact and logo.

    Signals:
        changed: Something was typed or chosen.
    """

    changed = Signal()

    def __init__(
        self, pictures: Pictures, runner: TaskRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._base = Clinic("-")
        self.name = QLineEdit()
        self.department = QLineEdit()
        self.address = Lines("clinic-address", 3)
        self.contact = Lines("clinic-contact", 3)
        self.logo = LogoField(pictures, runner)
        self._name = Field(self.tr("Name of the clinic"), self.name)
        self._contact = Field(
            self.tr("Contact for questions and withdrawal"),
            self.contact,
            self.tr("Person, telephone, e-mail. Patients read here how to take a yes back."),
        )
        self._build()

    def set_clinic(self, clinic: Clinic) -> None:
        """Show these details."""
        self._base = clinic
        self.name.setText(clinic.name)
        self.department.setText(clinic.department)
        self.address.setPlainText(clinic.address)
        self.contact.setPlainText(clinic.contact)
        self.logo.set_logo(clinic.logo)

    def clinic(self) -> Clinic | None:
        """The details; None while one is missing, which is then said beside its field."""
        name, contact = self.name.text().strip(), self.contact.text()
        self._name.set_error("" if name else self.tr("The name stands on every paper."))
        self._contact.set_error(
            "" if contact else self.tr("A patient's copy cannot be made without a contact.")
        )
        if not name or not contact:
            (self.contact if name else self.name).setFocus()
            return None
        return replace(
            self._base,
            name=name,
            department=self.department.text().strip(),
            address=self.address.text(),
            contact=contact,
            logo=self.logo.logo(),
        )

    def _build(self) -> None:
        self.name.setObjectName("clinic-name")
        self.department.setObjectName("clinic-department")
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(Space.L)
        first.addWidget(self._name, 3, Qt.AlignmentFlag.AlignTop)
        department = Field(self.tr("Department"), self.department)
        first.addWidget(department, 2, Qt.AlignmentFlag.AlignTop)
        top = Qt.AlignmentFlag.AlignTop
        address = Field(self.tr("Address"), self.address, self.tr("Optional"))
        second.addWidget(address, 1, top)
        second.addWidget(self._contact, 1, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.logo)
        for edit in (self.name, self.department):
            edit.textEdited.connect(self._forgive)
        for lines in (self.address, self.contact):
            lines.textChanged.connect(self._forgive)
        self.logo.changed.connect(self.changed)

    def _forgive(self) -> None:
        self._name.set_error("")
        self._contact.set_error("")
        self.changed.emit()
