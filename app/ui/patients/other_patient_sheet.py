"""A change that concerns a second patient: found by searching, shown large, then confirmed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.ids import PatientId
from app.services import patients
from app.services.ports import Desk, Records, UnitOfWork
from app.ui.design.tokens import Role, Space
from app.ui.patients.comparison import RecordInBrief
from app.ui.patients.reason_sheet import ReasonSheet
from app.ui.people.patient_search import PatientSearch
from app.ui.people.person_words import name_of, person_line
from app.ui.room import Room
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.cards import Card
from app.ui.widgets.notices import Notice, Tone
from app.ui.widgets.sheet import list_height
from app.ui.widgets.text import Label, Look

WIDTH = 720
HEIGHT = 260  # px at 100 %: three people

DeedWithOther = Callable[[UnitOfWork, Desk, PatientId, str], object]


def record_in_brief(records: Records, patient: PatientId) -> RecordInBrief:
    """A record, with how much was recorded under it."""
    everyone = patients.everyone(records, patient)
    return RecordInBrief(
        patients.shown_demographics(records, patient),
        len(records.encounters.of_patients(everyone)),
        len(records.images.of_patients(everyone)),
    )


class OtherPatientSheet(ReasonSheet):
    """Asks who else, and why; the patient it begins with cannot be chosen.

    Attributes:
        search: Finds the other.
        card: Shows who was chosen.
        another: Chooses again.
    """

    def __init__(
        self,
        room: Room,
        host: QWidget,
        title: str,
        verb: str,
        deed: DeedWithOther,
        *,
        text: str,
        but: frozenset[PatientId],
    ) -> None:
        self._other: PatientId | None = None
        self._with_other, self._but = deed, but
        super().__init__(room, host, title, verb, self._do_with_other, text=text, width=WIDTH)
        self.search = PatientSearch(room, embedded=True)
        self.search.new_button.hide()
        self.search.setMinimumHeight(list_height(host, HEIGHT))
        self.card = Card()
        self.about = QVBoxLayout()
        self.about.setSpacing(Space.XS)
        self.another = QuietButton(self.tr("Choose somebody else"), icon="search", compact=True)
        self.another.setObjectName("another-patient")
        self.card.body.addLayout(self.about)
        self.card.body.addWidget(self.another, 0, Qt.AlignmentFlag.AlignLeading)
        self.card.body.setSpacing(Space.M)
        self.card.hide()
        self.body.insertWidget(0, self.search)
        self.body.insertWidget(1, self.card)
        self.reason.hide()
        self.search.found.connect(self._choose)
        self.search.failed.connect(self._failed)
        self.another.clicked.connect(self._choose_again)
        self.search.look()

    def ready(self) -> bool:
        """Whether everything is said that it takes."""
        return self._other is not None and super().ready()

    def shown(self, other: RecordInBrief) -> tuple[QWidget, ...]:
        """What the card says about who was chosen, one below another."""
        return (
            Label(name_of(other.person), Look.TITLE, wrap=True),
            Label(
                person_line(other.person, self._room.desk.today()),
                Look.BODY,
                Role.INK_2,
                wrap=True,
            ),
        )

    def _do_with_other(self, uow: UnitOfWork, desk: Desk, reason: str) -> object:
        assert self._other is not None
        return self._with_other(uow, desk, self._other, reason)

    def _choose(self, patient: PatientId) -> None:
        if patient in self._but:
            self.say(Notice(Tone.WARN, self.tr("This is the same patient. Choose another.")))
            return
        question = partial(record_in_brief, patient=patient)
        self._room.ask(question, partial(self._show_other, patient), on_failure=self._failed)

    def _show_other(self, patient: PatientId, other: RecordInBrief) -> None:
        self._other = patient
        while (item := self.about.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for widget in self.shown(other):
            self.about.addWidget(widget)
        self.say(None)
        self._swap(chosen=True)
        self.reason.input.setFocus()

    def _choose_again(self) -> None:
        self._other = None
        self._swap(chosen=False)
        self.search.field.setFocus()

    def _swap(self, *, chosen: bool) -> None:
        self.search.setVisible(not chosen)
        self.card.setVisible(chosen)
        self.reason.setVisible(chosen)
        self._look()
