"""The clinic's details, to be changed by an administrator."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.clinic import Clinic
from app.domain.staff import RIGHTS, Right
from app.services import clinic as clinics
from app.services.ports import Desk, UnitOfWork
from app.ui.door.clinic_form import ClinicForm
from app.ui.room import Room
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.cards import Card
from app.ui.widgets.text import Label, Look


class ClinicCard(Card):
    """A form that is stored as a whole; papers made before keep the old details.

    Signals:
        said: A short message for the foot of the window.
        failed: Argument: the exception.
    """

    said = Signal(str)
    failed = Signal(Exception)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("Clinic"))
        self._room = room
        self.form = ClinicForm(room.workplace.pictures, room.runner)
        self._save = SecondaryButton(self.tr("Save the details"), icon="save")
        self._save.setObjectName("clinic-save")
        self._note = Label("", Look.SMALL, wrap=True)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addWidget(self._save)
        self.body.addWidget(self.form)
        self.body.addLayout(foot)
        self._save.clicked.connect(self._store)
        self.form.changed.connect(self._touched)
        self._save.setEnabled(False)
        self._admit()

    def show_clinic(self, clinic: Clinic) -> None:
        """Show what is stored, unless something was typed that is not stored yet."""
        if not self._save.isEnabled():
            self.form.set_clinic(clinic)
            self._save.setEnabled(False)

    def _admit(self) -> None:
        may = Right.ADMINISTER in RIGHTS[self._room.desk.staff.role]
        self.form.setEnabled(may)
        self._save.setVisible(may)
        self._note.setText("" if may else self.tr("An administrator can change these."))

    def _touched(self) -> None:
        self._save.setEnabled(True)

    def _store(self) -> None:
        clinic = self.form.clinic()
        if clinic is None:
            return
        self._save.setEnabled(False)

        def work(uow: UnitOfWork, desk: Desk) -> None:
            clinics.change(uow, desk, clinic)

        self._room.change(work, self._stored, on_failure=self._refused)

    def _stored(self, _nothing: None) -> None:
        self.said.emit(self.tr("The clinic's details are stored. Papers made before keep the old."))

    def _refused(self, error: Exception) -> None:
        self._save.setEnabled(True)
        self.failed.emit(error)
