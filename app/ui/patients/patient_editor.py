"""Recording a new patient, or correcting one with the history before one's eyes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.domain.patient import Demographics, Patient, PatientVersion
from app.errors import KnownError
from app.services import patients
from app.services.patients import PossibleDuplicate
from app.services.ports import Desk, UnitOfWork
from app.ui.design.tokens import Role, Space
from app.ui.people.demographics_form import DemographicsForm
from app.ui.people.person_words import DOT, clock_word, day_word, name_of, numbers_line
from app.ui.room import Room
from app.ui.widgets.fields import Field
from app.ui.widgets.notices import Notice, Tone
from app.ui.widgets.sheet import Sheet
from app.ui.widgets.text import Label, Look

WIDTH, HEIGHT = 720, 430


class PatientEditor(Sheet):
    """The form in a sheet; it stays open until the vault has taken what was typed.

    Signals:
        saved: Recorded. Argument: the `Patient`.
    """

    saved = Signal(object)

    def __init__(self, room: Room, host: QWidget, patient: Patient | None = None) -> None:
        super().__init__("", "", host, width=WIDTH)
        self._room, self._patient = room, patient
        new = patient is None
        title = self.tr("New patient") if new else self.tr("Correct the patient's details")
        self.title.setText(title)
        self.setAccessibleName(title)
        self.primary.setText(self.tr("Record") if new else self.tr("Save"))
        self.form = DemographicsForm(room.desk.today)
        self.reason = Field(
            self.tr("Why"), QLineEdit(), self.tr("Kept with the history; may be empty.")
        )
        self.reason.input.setObjectName("correction-reason")
        self._notice: Notice | None = None
        self._inside = QVBoxLayout()
        self._fill(patient.history if patient else ())

    def accept(self) -> None:
        """Record it; the sheet closes when it was taken."""
        person = self.form.demographics()
        if person is None:
            return
        self.primary.setEnabled(False)
        if self._patient is None:
            self._room.ask(
                lambda records: patients.possible_duplicates(records, person),
                lambda found: self._judge(person, found),
                on_failure=self._failed,
            )
        else:
            self._save(person)

    def _judge(self, person: Demographics, found: tuple[PossibleDuplicate, ...]) -> None:
        """Warn once about somebody alike; pressing again records all the same."""
        if not found or self._notice is not None:
            self._save(person)
            return
        who = found[0].patient.now
        self._say(
            Notice(
                Tone.WARN,
                self.tr("Somebody alike is here already"),
                DOT.join((name_of(who), numbers_line(who))),
            )
        )
        self.primary.setText(self.tr("Record all the same"))
        self.primary.setEnabled(True)

    def _save(self, person: Demographics) -> None:
        patient, reason = self._patient, self._reason()

        def write(uow: UnitOfWork, desk: Desk) -> Patient:
            if patient is None:
                return patients.create(uow, desk, person)
            return patients.correct(uow, desk, patient.id, person, reason=reason)

        self._room.change(write, self._saved, on_failure=self._failed)

    def _reason(self) -> str:
        typed = self.reason.input
        assert isinstance(typed, QLineEdit)
        return typed.text().strip()

    def _saved(self, patient: Patient) -> None:
        self.saved.emit(patient)
        super().accept()

    def _failed(self, error: Exception) -> None:
        self.primary.setEnabled(True)
        if isinstance(error, KnownError):
            self._say(Notice.for_error(error))
        else:
            self._room.runner.failed.emit(error)

    def _say(self, notice: Notice) -> None:
        if self._notice is not None:
            self._notice.deleteLater()
        self._notice = notice
        self._inside.insertWidget(0, notice)

    def _fill(self, history: tuple[PatientVersion, ...]) -> None:
        inside = QWidget()
        inside.setLayout(self._inside)
        self._inside.setContentsMargins(0, 0, Space.S, 0)
        self._inside.setSpacing(Space.L)
        self._inside.addWidget(self.form)
        self.reason.setVisible(self._patient is not None)
        self._inside.addWidget(self.reason)
        for version in reversed(history):
            when = version.stamp.at.astimezone(self._room.desk.zone).date()
            time = clock_word(version.stamp.at, self._room.desk)
            said = (f"{day_word(when)}, {time}", name_of(version.demographics), version.reason)
            line = DOT.join(part for part in said if part)
            self._inside.addWidget(Label(line, Look.SMALL, Role.INK_3, wrap=True))
        self._inside.addStretch(1)
        if self._patient is not None:
            self.form.set_demographics(self._patient.now)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMinimumHeight(HEIGHT)
        area.setWidget(inside)
        self.body.addWidget(area)
