"""Everybody in the vault: find somebody and open their page, or record somebody new."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import PatientId
from app.domain.patient import Patient
from app.ui.frame.page import Page
from app.ui.patients.patient_editor import PatientEditor
from app.ui.people.patient_search import PatientSearch
from app.ui.room import Room


class PatientsPage(Page):
    """The search over all patients.

    Signals:
        patient_opened: Open the patient's page. Argument: the patient.
    """

    patient_opened = Signal(object)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(help_page="patients", parent=parent)
        self._room = room
        self.set_title(
            self.tr("Patients"), self.tr("Find somebody, open their page, or record somebody new.")
        )
        self.search = PatientSearch(room, embedded=True, verb=self.tr("Open"))
        self.content.addWidget(self.search, 1)
        self.setFocusProxy(self.search)
        self.search.found.connect(self._open)
        self.search.new_wanted.connect(self._new)
        self.search.failed.connect(room.runner.failed)
        room.changed.connect(self._changed)

    def refresh(self) -> None:
        """Look again."""
        self.search.look()

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _open(self, patient: PatientId) -> None:
        self.patient_opened.emit(patient)

    def _new(self, _typed: str) -> None:
        editor = PatientEditor(self._room, self)
        editor.saved.connect(self._saved)
        editor.opened.connect(self._open)
        editor.open()

    def _saved(self, patient: Patient) -> None:
        self.patient_opened.emit(patient.id)
