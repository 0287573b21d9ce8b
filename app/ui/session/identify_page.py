"""The first step: find the patient, or enter a new one, and be sure that it is the right person."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.encounter import Encounter, Step
from app.domain.ids import PatientId
from app.domain.patient import Demographics, Patient
from app.services import encounters, patients
from app.services.encounters import PatientBusyError
from app.services.ports import Records
from app.ui.people.patient_search import PatientSearch, unfinished_visits
from app.ui.session.inner_steps import InnerSteps
from app.ui.session.new_patient import NewPatient
from app.ui.session.patient_card import PatientCard
from app.ui.session.step_page import Session


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Who is to be confirmed."""

    id: PatientId
    person: Demographics
    unfinished: Encounter | None = None


class IdentifyPage(InnerSteps):
    """Search, new patient, confirmation; the session is bound to the patient by Continue.

    Signals:
        unfinished_found: The session that goes on is to be continued. Argument: its id.
    """

    step = Step.IDENTIFY
    unfinished_found = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("identify-page")
        self._wanted: PatientId | None = None
        self._chosen: _Chosen | None = None
        self._storing = False
        self._search = PatientSearch(session.room)
        self._new = NewPatient(session.room)
        self._card = PatientCard(session.room.desk)
        self._screens = QStackedWidget()
        for screen in (self._search, self._new, self._card):
            self._screens.addWidget(screen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._screens)
        for finder in (self._search, self._new):
            finder.found.connect(self._look_at)
            finder.failed.connect(self.failed)
        self._search.new_wanted.connect(self._begin_new)

    # from the shell

    def look_for(self, patient: PatientId | None) -> None:
        """Begin with the search, or with the confirmation of one patient."""
        self.forget()
        self._wanted = patient

    def take_over(self, patient: PatientId, person: Demographics) -> None:
        """A session goes on: it belongs to this patient already."""
        self._wanted = None
        self._chosen = _Chosen(patient, person)

    def forget(self) -> None:
        """Nobody is being identified any more."""
        self._wanted = self._chosen = None
        self._storing = False
        self._search.field.clear()
        self._search.list.rows.set_rows([])
        self._new.forget()
        self._screens.setCurrentWidget(self._search)

    def begin(self) -> None:
        """Show where the identification stands."""
        if self.session.encounter is not None:
            self._chosen = _Chosen(self.session.encounter.patient, self.session.demographics)
        if self._chosen is not None:
            self._confirm(self._chosen)
            return
        self._show(self._search)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._look_at(wanted)
        else:
            self._search.look()

    def leave(self) -> None:
        """Typing is over."""
        self._new.stop()

    def back(self) -> bool:
        """From the confirmation or the form back to the search."""
        if self._screens.currentWidget() is self._search or self.session.encounter is not None:
            return False
        self._chosen = None
        self._new.stop()
        self._show(self._search)
        self._search.look()
        return True

    def finish(self) -> None:
        """Enter the new patient, go on with the unfinished session, or begin one."""
        if self._storing:
            return
        if self._screens.currentWidget() is self._new:
            self._enter()
        elif self.session.encounter is not None:
            self.finished.emit()
        elif self._chosen is not None and self._chosen.unfinished is not None:
            self.unfinished_found.emit(self._chosen.unfinished.id)
        elif self._chosen is not None:
            self._begin_session(self._chosen)

    def primary_text(self) -> str:
        """The words on the primary button."""
        screen = self._screens.currentWidget()
        if screen is self._new:
            return self.tr("Save the patient")
        if screen is self._search:
            return ""
        if self._chosen is not None and self._chosen.unfinished is not None:
            return self.tr("Continue that session")
        return self.tr("Continue")

    def back_text(self) -> str:
        """The words on Back."""
        screen = self._screens.currentWidget()
        if screen is self._search:
            return self.tr("Cancel")
        if self.session.encounter is not None:
            return ""
        return self.tr("Somebody else") if screen is self._card else self.tr("Back")

    # choosing

    def _look_at(self, patient: PatientId) -> None:
        def read(records: Records) -> _Chosen:
            found = patients.known(records, patient)
            person = patients.shown_demographics(records, found.id)
            return _Chosen(found.id, person, unfinished_visits(records).get(found.id))

        self.session.room.ask(read, self._confirm, on_failure=self._fail)

    def _confirm(self, chosen: _Chosen) -> None:
        self._storing = False
        self._chosen = chosen
        bound = self.session.encounter is not None
        self._card.show_person(chosen.person, chosen.unfinished, bound=bound)
        self._show(self._card)
        self._card.setFocus()

    def _begin_new(self, typed: str) -> None:
        self._new.begin(typed)
        self._show(self._new)
        self._new.setFocus()

    def _enter(self) -> None:
        person = self._new.form.demographics()
        if person is None:
            return
        self._storing = True
        self.session.room.change(
            lambda uow, desk: patients.create(uow, desk, person),
            self._entered,
            on_failure=self._fail,
        )

    def _entered(self, patient: Patient) -> None:
        self._new.forget()
        self._confirm(_Chosen(patient.id, patient.now))

    def _begin_session(self, chosen: _Chosen) -> None:
        self._storing = True
        self.session.room.change(
            lambda uow, desk: encounters.begin(uow, desk, chosen.id),
            self._begun,
            on_failure=self._fail,
        )

    def _begun(self, encounter: Encounter) -> None:
        assert self._chosen is not None
        self._storing = False
        self.session.demographics = self._chosen.person
        self.session.stands(encounter)
        self.finished.emit()

    def _fail(self, error: Exception) -> None:
        self._storing = False
        if isinstance(error, PatientBusyError) and self._chosen is not None:
            self._look_at(self._chosen.id)  # which now offers to continue that session
        self.failed.emit(error)

    def _show(self, screen: QWidget) -> None:
        self._screens.setCurrentWidget(screen)
        self.setFocusProxy(screen)
        self.primary_changed.emit(self.primary_text())
        self.back_changed.emit(self.back_text())
        self.ready_changed.emit(not self._storing)
