"""“Is this the right person?”: name and date of birth, large, before anything is begun."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.encounter import Encounter
from app.domain.patient import Demographics
from app.services.ports import Desk
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.frame.steps import step_words
from app.ui.people.person_words import (
    age_line,
    born_line,
    clock_word,
    day_word,
    name_of,
    numbers_line,
    sex_word,
)
from app.ui.session.folding import ScrollColumn
from app.ui.widgets.cards import Card, Rule
from app.ui.widgets.notices import Notice, Tone
from app.ui.widgets.text import Label, Look

WIDTH = 640
BAR = 12  # px left free for the scroll bar


class PatientCard(QWidget):
    """Who was chosen, to be read aloud and compared with wristband or card."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patient-card")
        self._desk = desk
        self._question = Label("", Look.EMPHASIS, Role.INK_2)
        self._name = Label("", Look.PATIENT_QUESTION, wrap=True)
        self._born = Label("", Look.PATIENT_HEADING, wrap=True)
        self._numbers = Label("", Look.PATIENT_BODY, Role.INK_2, wrap=True)
        self._alert = Notice(Tone.WARN, "")
        self._unfinished = Notice(Tone.INFO, "")
        self._card = Card(padding=Space.XXL)
        self._build()

    def show_person(
        self, person: Demographics, unfinished: Encounter | None = None, *, bound: bool = False
    ) -> None:
        """Show who was chosen.

        Args:
            unfinished: A visit that can be gone on with.
            bound: Whether the session belongs to this patient already.
        """
        today = self._desk.today()
        self._question.setText(
            self.tr("This session belongs to") if bound else self.tr("Is this the right person?")
        )
        self._name.setText(name_of(person))
        born = (born_line(person), age_line(person, today), sex_word(person.sex))
        self._born.setText(", ".join(part for part in born if part))
        self._numbers.setText(numbers_line(person))
        self._numbers.setVisible(bool(person.identifiers))
        self._alert.set_message(person.alert)
        self._alert.setVisible(bool(person.alert))
        self._unfinished.setVisible(unfinished is not None)
        if unfinished is not None:
            self._tell_unfinished(unfinished)
        self.setAccessibleName(f"{self._question.text()} {self._name.text()}, {self._born.text()}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._card.setFixedWidth(min(theme().px(WIDTH), self.width() - 2 * Space.XL - BAR))

    def _tell_unfinished(self, visit: Encounter) -> None:
        begun = visit.opened.at
        words = self.tr("Begun {day}, {time}; it stands at “{step}”.")
        self._unfinished.set_message(
            self.tr("This patient has an unfinished session."),
            words.format(
                day=day_word(begun.astimezone(self._desk.zone).date()),
                time=clock_word(begun, self._desk),
                step=step_words()[visit.step],
            ),
        )

    def _build(self) -> None:
        body = self._card.body
        body.setSpacing(Space.M)
        for part in (self._question, self._name, self._born, self._numbers):
            body.addWidget(part)
        body.addSpacing(Space.S)
        body.addWidget(Rule())
        hint = self.tr("Ask for name and date of birth, and compare them with wristband or card.")
        body.addWidget(Label(hint, Look.BODY, Role.INK_3, wrap=True))
        body.addWidget(self._alert)
        body.addWidget(self._unfinished)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card)
        row.addStretch(1)
        scroll = ScrollColumn()
        scroll.body.setContentsMargins(0, Space.L, 0, Space.L)
        scroll.body.addStretch(2)
        scroll.body.addLayout(row)
        scroll.body.addStretch(3)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, 0, Space.XL, 0)
        column.addWidget(scroll)
