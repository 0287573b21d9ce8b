"""Entering a patient who is not here yet, with a look at who might be the same person."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.ids import PatientId
from app.domain.patient import Demographics, Likeness
from app.services import patients
from app.services.patients import PossibleDuplicate
from app.services.ports import Records
from app.ui.design.tokens import Role, Space
from app.ui.people.demographics_form import DemographicsForm
from app.ui.people.person_words import DOT, born_line, name_of, numbers_line
from app.ui.room import Room
from app.ui.session.folding import FoldingRow
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.cards import Card
from app.ui.widgets.signs import Sign
from app.ui.widgets.text import Label, Look

PAUSE_MS = 300  # typing pauses this long before the vault is asked
SHOWN = 4
SIDE_WIDTH = 320


class _Duplicate(Card):
    """Somebody who may be the same person.

    Signals:
        wanted: It is that person. Argument: the `PatientId`.
    """

    wanted = Signal(object)

    def __init__(self, duplicate: PossibleDuplicate, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._id = duplicate.patient.id
        person = duplicate.patient.now
        self.setAccessibleName(name_of(person))
        self.body.setSpacing(Space.XS)
        facts = DOT.join(part for part in (born_line(person), numbers_line(person)) if part)
        self.body.addWidget(Label(name_of(person), Look.EMPHASIS, wrap=True))
        self.body.addWidget(Label(facts, Look.BODY, Role.INK_2, wrap=True))
        self.body.addWidget(Label(self._why(duplicate.why), Look.SMALL, Role.INK_3, wrap=True))
        use = SecondaryButton(self.tr("Use this record"))
        use.setObjectName("use-this-record")
        use.clicked.connect(self._want)
        self.body.addSpacing(Space.XS)
        self.body.addWidget(use)

    def _why(self, why: Likeness) -> str:
        words = {
            Likeness.SAME_IDENTIFIER: self.tr("The same number"),
            Likeness.SAME_NAME_AND_BIRTH: self.tr("The same name and date of birth"),
            Likeness.SIMILAR: self.tr("A very similar name"),
        }
        return words[why]

    def _want(self) -> None:
        self.wanted.emit(self._id)


class NewPatient(QWidget):
    """The form, and who might be the same person beside it.

    Signals:
        found: The user chose a record that is there. Argument: the `PatientId`.
        failed: The vault could not be read. Argument: the exception.
    """

    found = Signal(object)
    failed = Signal(Exception)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("new-patient-page")
        self._room = room
        self.form = DemographicsForm(room.desk.today)
        self._shown: tuple[PossibleDuplicate, ...] = ()
        self._cards: list[_Duplicate] = []
        self._typed: str | None = None
        self._side = QWidget()
        self._duplicates = QVBoxLayout(self._side)
        self._warning = _warning(self.tr("Perhaps it is one of these"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self.setFocusProxy(self.form)
        self._build()
        self._pause.timeout.connect(self._look)
        self.form.changed.connect(self._pause.start)

    def begin(self, typed: str) -> None:
        """What was typed into the search; coming back to the same, everything is still there."""
        if typed == self._typed:
            return
        self.forget()
        self._typed = typed
        self.form.set_demographics(_guess(typed))
        self._pause.stop()
        if typed:
            self._look()

    def forget(self) -> None:
        """An empty form."""
        self._typed = None
        self.form.set_demographics(Demographics())
        self._show((self.form.entered(), ()))
        self._pause.stop()

    def stop(self) -> None:
        """The page leaves the screen."""
        self._pause.stop()

    def duplicates(self) -> tuple[PatientId, ...]:
        """Who might be the same person, as shown."""
        return tuple(each.patient.id for each in self._shown)

    def _look(self) -> None:
        entered = self.form.entered()

        def read(records: Records) -> tuple[Demographics, tuple[PossibleDuplicate, ...]]:
            return entered, patients.possible_duplicates(records, entered)

        self._room.ask(read, self._show, on_failure=self.failed.emit)

    def _show(self, answer: tuple[Demographics, tuple[PossibleDuplicate, ...]]) -> None:
        entered, duplicates = answer
        shown = duplicates[:SHOWN]
        if entered != self.form.entered() or (shown == self._shown and self._cards):
            return
        self._shown = shown
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = [_Duplicate(each) for each in shown]
        for card in self._cards:
            card.wanted.connect(self.found)
            self._duplicates.insertWidget(self._duplicates.count() - 1, card)
        self._side.setVisible(bool(self._cards))

    def _build(self) -> None:
        card = Card(padding=Space.XL)
        card.body.addWidget(self.form)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.setSpacing(Space.L)
        column.addWidget(Label(self.tr("New patient"), Look.DISPLAY))
        column.addWidget(card)
        column.addStretch(1)
        self._duplicates.setContentsMargins(0, Space.S, 0, 0)
        self._duplicates.setSpacing(Space.M)
        self._duplicates.addWidget(self._warning)
        self._duplicates.addStretch(1)
        self._side.hide()
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(FoldingRow(main, self._side, SIDE_WIDTH))


def _warning(text: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(Space.XS, Space.S, 0, 0)
    row.setSpacing(Space.S)
    row.addWidget(Sign("circle-alert", Role.EXPIRING))
    row.addWidget(Label(text, Look.STRONG, wrap=True), 1)
    return line


def _guess(typed: str) -> Demographics:
    """What was typed into the search, as a name; numbers are typed again, into their own field."""
    if any(letter.isdigit() for letter in typed):
        return Demographics()
    family, _, given = typed.replace(",", " ").strip().partition(" ")
    return Demographics(family=family, given=given.strip())
