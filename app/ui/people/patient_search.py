"""Finding the patient: a field with the caret in it, and who fits what was typed or scanned."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.encounter import Encounter
from app.domain.ids import PatientId
from app.domain.patient import Demographics
from app.services import patients
from app.services.ports import Records
from app.ui.design.tokens import Space
from app.ui.people.person_words import DOT, age_line, born_line, name_of, numbers_line, sex_word
from app.ui.room import Room
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.cards import Card
from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.fields import SearchField
from app.ui.widgets.notices import EmptyState
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList
from app.ui.widgets.text import Label, Look

LIMIT = 50


@dataclass(frozen=True, slots=True)
class FoundPatient:
    """Somebody who fits.

    Attributes:
        unfinished: The visit that was begun and has not ended.
    """

    id: PatientId
    person: Demographics
    unfinished: Encounter | None = None


def found_patients(
    records: Records, words: str, limit: int = LIMIT
) -> tuple[str, tuple[FoundPatient, ...]]:
    """The words, and who fits them, each with an unfinished visit if there is one."""
    going_on = unfinished_visits(records)
    found = patients.find(records, words, limit=limit)
    return words, tuple(FoundPatient(p.id, p.now, going_on.get(p.id)) for p in found)


def unfinished_visits(records: Records) -> dict[PatientId, Encounter]:
    """The visit that goes on, by the patient's present record."""
    links = records.patients.links()
    return {links.survivor(visit.patient): visit for visit in records.encounters.unfinished()}


class PatientSearch(QWidget):
    """The search.

    Signals:
        found: The user chose. Argument: the `PatientId`.
        new_wanted: Somebody who is not here yet. Argument: what was typed.
        failed: The vault could not be read. Argument: the exception.
    """

    found = Signal(object)
    new_wanted = Signal(str)
    failed = Signal(Exception)

    def __init__(
        self,
        room: Room,
        parent: QWidget | None = None,
        *,
        embedded: bool = False,
        verb: str = "",
    ) -> None:
        """Build it.

        Args:
            room: The open vault.
            parent: What holds it.
            embedded: In a page that has a title and margins of its own.
            verb: What is done with whom one finds; "Choose" when it is empty.
        """
        super().__init__(parent)
        self._verb = verb or self.tr("Choose")
        self.setObjectName("patient-search")
        self._embedded = embedded
        self._room = room
        self._submitted = ""
        self.field = SearchField(self.tr("Name, date of birth or number; or scan the wristband"))
        self.field.setObjectName("patient-search-field")
        self.new_button = SecondaryButton(self.tr("New patient"), icon="user-plus")
        self.new_button.setObjectName("new-patient")
        self.list = RowList(self.tr("Patients"))
        self.list.setObjectName("patient-results")
        self.list.setProperty("bare", "true")
        self._card = Card(self.tr("Patients"), flush=True)
        self._nobody = EmptyState("users", "", "", self.tr("New patient"))
        self._empty = Card()
        self._states = QStackedWidget()
        self.setFocusProxy(self.field)
        self._build()
        self._connect()

    def clear(self) -> None:
        """Begin with an empty field."""
        self.field.clear()
        self.look()

    def look(self) -> None:
        """Look again with what stands in the field."""
        self._ask(self.field.query())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the field into the list; Enter stays here and begins no session."""
        if event.key() == Qt.Key.Key_Down and self.list.rows.rowCount():
            self.list.setCurrentIndex(self.list.rows.index(0))
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(Space.M)
        line.addWidget(self.field, 1)
        line.addWidget(self.new_button)
        self._card.body.addWidget(self.list)
        self._states.addWidget(self._card)
        self._empty.body.addWidget(self._nobody)
        self._states.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setSpacing(Space.L)
        if self._embedded:
            column.setContentsMargins(0, 0, 0, 0)
        else:
            column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.L)
            column.addWidget(Label(self.tr("Who is here?"), Look.DISPLAY))
        column.addLayout(line)
        column.addWidget(self._states, 1)

    def _connect(self) -> None:
        self.field.query_changed.connect(self._ask)
        self.field.submitted.connect(self._submit)
        self.new_button.clicked.connect(self._want_new)
        self._nobody.acted.connect(self._want_new)
        self.list.opened.connect(self._choose)
        self.list.action_requested.connect(self._choose)

    def _submit(self, words: str) -> None:
        self._submitted = words
        self._ask(words)

    def _ask(self, words: str) -> None:
        question = partial(found_patients, words=words)
        self._room.ask(question, self._show, on_failure=self.failed.emit)

    def _show(self, answer: tuple[str, tuple[FoundPatient, ...]]) -> None:
        words, found = answer
        if words != self.field.query():
            return  # an answer to what was typed before
        submitted, self._submitted = self._submitted == words and bool(words), ""
        if submitted and len(found) == 1:
            self.found.emit(found[0].id)
            return
        self.list.rows.set_rows([self._row(one) for one in found])
        self._card.set_title(self.tr("Found") if words else self.tr("Last entered"))
        more = len(found) >= LIMIT
        told = self.tr("{n}, and more: type on") if more else "{n}"
        self._card.set_trailing(told.format(n=len(found)))
        self._say_nobody(words)
        self._states.setCurrentWidget(self._card if found else self._empty)

    def _say_nobody(self, words: str) -> None:
        if words:
            title = self.tr("Nobody fits “{words}”").format(words=words)
            text = self.tr("Look at the spelling, try the number, or enter a new patient.")
        else:
            title = self.tr("No patients yet")
            text = self.tr("Enter the first one: a name, or the number on the wristband, will do.")
        self._nobody.set_text(title, text)

    def _row(self, found: FoundPatient) -> Row:
        person, today = found.person, self._room.desk.today()
        parts = (
            sex_word(person.sex),
            born_line(person),
            age_line(person, today),
            numbers_line(person),
        )
        chips = []
        if found.unfinished is not None:
            chips.append(ChipText(self.tr("Unfinished session"), ChipState.ACCENT, "clock"))
        if person.alert:
            chips.append(ChipText(person.alert, ChipState.EXPIRING, "triangle-alert"))
        return Row(
            found.id,
            name_of(person),
            DOT.join(part for part in parts if part),
            icon="user",
            chips=tuple(chips),
            action=self._verb,
        )

    def _choose(self, key: str) -> None:
        self.found.emit(PatientId(key))

    def _want_new(self) -> None:
        self.new_wanted.emit(self.field.query())
