"""Recording a new patient, or correcting one with the history before one's eyes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.ids import PatientId, StaffId
from app.domain.patient import Demographics, Patient
from app.errors import KnownError
from app.services import patients
from app.services.patients import PossibleDuplicate
from app.services.ports import Desk, Records, UnitOfWork
from app.ui.design.tokens import Role, Space
from app.ui.patients.duplicates import Duplicates
from app.ui.patients.history_words import version_lines
from app.ui.people.demographics_form import DemographicsForm
from app.ui.room import Room
from app.ui.session.folding import ScrollColumn
from app.ui.widgets.fields import Field
from app.ui.widgets.notices import Notice
from app.ui.widgets.sheet import Sheet, list_height
from app.ui.widgets.text import Label, Look

WIDTH, HEIGHT = 720, 500
NO_NAMES: Mapping[StaffId, str] = {}


class PatientEditor(Sheet):
    """The form in a sheet; it stays open until the vault has taken what was typed.

    Signals:
        saved: Recorded. Argument: the `Patient`.
        opened: A record that was there already is wanted instead. Argument: the `PatientId`.
    """

    saved = Signal(object)
    opened = Signal(object)

    def __init__(
        self,
        room: Room,
        host: QWidget,
        patient: Patient | None = None,
        staff: Mapping[StaffId, str] = NO_NAMES,
    ) -> None:
        """Open on nobody, or on a patient; `staff` are the names for the history."""
        super().__init__("", "", host, width=WIDTH)
        self._room, self._patient = room, patient
        new = patient is None
        title = self.tr("New patient") if new else self.tr("Correct the patient's details")
        self.title.setText(title)
        self.setAccessibleName(title)
        self.form = DemographicsForm(room.desk.today)
        self._why = QLineEdit()
        self._why.setObjectName("correction-reason")
        self.reason = Field(
            self.tr("Why is it corrected?"), self._why, self.tr("Kept with the history.")
        )
        self._told: QWidget | None = None
        self._warned = False
        self._area = ScrollColumn()
        self._lay_out(list_height(host, HEIGHT))
        if patient is not None:
            self._fill(patient, staff)
        self._begin_anew()
        self.form.changed.connect(self._begin_anew)

    def accept(self) -> None:
        """Record it; the sheet closes when it was taken."""
        person = self.form.demographics()
        if person is None:
            return
        self.primary.setEnabled(False)
        if self._patient is not None or self._warned:
            self._save(person)
            return

        def read(records: Records) -> tuple[PossibleDuplicate, ...]:
            return patients.possible_duplicates(records, person)

        self._room.ask(read, partial(self._judge, person), on_failure=self._failed)

    def _judge(self, person: Demographics, found: tuple[PossibleDuplicate, ...]) -> None:
        """Warn once about somebody alike; pressing again records all the same."""
        if not found:
            self._save(person)
            return
        self._warned = True
        duplicates = Duplicates(found, self._room.desk)
        duplicates.opened.connect(self._open_other)
        self._tell(duplicates)
        self.primary.setText(self.tr("Record all the same"))
        self.primary.setEnabled(True)

    def _save(self, person: Demographics) -> None:
        patient, reason = self._patient, self._why.text().strip()

        def write(uow: UnitOfWork, desk: Desk) -> Patient:
            if patient is None:
                return patients.create(uow, desk, person)
            return patients.correct(uow, desk, patient.id, person, reason=reason)

        self._room.change(write, self._saved, on_failure=self._failed)

    def _saved(self, patient: Patient) -> None:
        self.saved.emit(patient)
        super().accept()

    def _open_other(self, patient: PatientId) -> None:
        self.reject()
        self.opened.emit(patient)

    def _failed(self, error: Exception) -> None:
        self.primary.setEnabled(True)
        if isinstance(error, KnownError):
            self._tell(Notice.for_error(error))
        else:
            self._room.runner.failed.emit(error)

    def _begin_anew(self) -> None:
        """What was said concerned what was typed before."""
        self._warned = False
        self._tell(None)
        self.primary.setText(self.tr("Record") if self._patient is None else self.tr("Save"))

    def _tell(self, said: QWidget | None) -> None:
        """Say something at the top instead of the last."""
        if self._told is not None:
            self._told.hide()
            self._told.deleteLater()
        self._told = said
        if said is not None:
            self._area.body.insertWidget(0, said)
            self._area.verticalScrollBar().setValue(0)

    def _lay_out(self, height: int) -> None:
        column = self._area.body
        column.setContentsMargins(Space.XS, Space.XS, Space.S, Space.XS)  # for the focus ring
        column.addWidget(self.form)
        column.addWidget(self.reason)
        column.addStretch(1)
        self.reason.setVisible(self._patient is not None)
        self._area.setMinimumHeight(height)
        self.body.addWidget(self._area)

    def _fill(self, patient: Patient, staff: Mapping[StaffId, str]) -> None:
        self.form.set_demographics(patient.now)
        column = self._area.body
        place = column.count() - 1
        lines = version_lines(patient, staff, self._room.desk)
        column.insertWidget(place, Label(self.tr("History"), Look.STRONG))
        for line in reversed(lines):
            column.insertWidget(place + 1, Label(line, Look.SMALL, Role.INK_3, wrap=True))
