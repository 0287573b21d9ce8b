"""Today: find or scan a patient, go on with what is unfinished, see what waits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.encounter import Ending
from app.domain.ids import EncounterId, PatientId
from app.services import encounters
from app.ui.design.theme import theme
from app.ui.design.tokens import Space
from app.ui.frame.page import Page
from app.ui.frame.steps import step_words
from app.ui.people.patient_search import PatientSearch
from app.ui.people.person_words import DOT, clock_word, day_word, name_of, person_line
from app.ui.room import Room
from app.ui.today.today_facts import TodayFacts, VisitLine, WaitingLine, today_facts
from app.ui.widgets.cards import Card
from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.notices import EmptyState
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList
from app.ui.widgets.two_columns import TwoColumns

LEAST = 760  # px at 100 %
FOLDED_SEARCH, FOLDED_DONE = 320, 240


def _fit(rows: RowList, *, most: int) -> None:
    """As high as its rows, up to some of them; the rest scrolls."""
    count = min(rows.rows.rowCount(), most)
    rows.setFixedHeight(max(rows.sizeHintForRow(0), 1) * count + 2)


class TodayPage(Page):
    """The first page: the caret is in the search field, so a scan lands there.

    Signals:
        session_wanted: Begin a session. Argument: the patient, or None to look for one.
        session_resumed: Go on with an unfinished session. Argument: the visit.
        patient_opened: Open the patient's page. Argument: the patient.
    """

    session_wanted = Signal(object)
    session_resumed = Signal(object)
    patient_opened = Signal(object)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(help_page="today", parent=parent)
        self._room = room
        self.set_title(self.tr("Today"), day_word(room.desk.today()))
        self.search = PatientSearch(room, embedded=True)
        self.unfinished = RowList(self.tr("Unfinished sessions"))
        self.done = RowList(self.tr("Sessions of today"))
        self.waiting = RowList(self.tr("Pictures that wait"), compact=True)
        self.nothing_done = EmptyState(
            "calendar-days",
            self.tr("No session has ended today"),
            self.tr("Find the patient, or start with somebody new."),
        )
        self._unfinished_card = Card(self.tr("Go on"), flush=True)
        self._done_card = Card(self.tr("Done today"), flush=True)
        self._waiting_card = Card(self.tr("Pictures that wait for a session"), flush=True)
        self._columns = TwoColumns(LEAST, margins=(Space.XS,) * 4)
        self._lines: dict[EncounterId, VisitLine] = {}
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read again what waits and what was done."""
        desk = self._room.desk
        self.search.look()
        self._room.ask(lambda records: today_facts(records, desk), self._show)

    def _build(self) -> None:
        for name, rows in (
            ("today-unfinished", self.unfinished),
            ("today-done", self.done),
            ("today-waiting", self.waiting),
        ):
            rows.setObjectName(name)
            rows.setProperty("bare", "true")
        self.search.setObjectName("today-search")
        self._unfinished_card.body.addWidget(self.unfinished)
        self._done_card.body.addWidget(self.done, 1)
        self._done_card.body.addWidget(self.nothing_done, 1)
        self._waiting_card.body.addWidget(self.waiting)
        side = QVBoxLayout()
        side.setSpacing(Space.M)
        side.addWidget(self._unfinished_card)
        side.addWidget(self._done_card, 1)
        side.addWidget(self._waiting_card)
        self._columns.first.addWidget(self.search, 1)
        self._columns.second.addLayout(side, 1)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.addWidget(self._columns, 1)
        self.use_footer(self.tr("New session")).set_back("")
        self.setFocusProxy(self.search)

    def _fold(self, folded: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Under one another, lists keep room for some rows: names are to be read whole."""
        self.search.setMinimumHeight(theme().px(FOLDED_SEARCH) if folded else 0)
        self._done_card.setMinimumHeight(theme().px(FOLDED_DONE) if folded else 0)

    def _connect(self) -> None:
        self._columns.folded_changed.connect(self._fold)
        self.search.found.connect(self._choose)
        self.search.new_wanted.connect(self._new)
        self.primary_requested.connect(self._new)
        for rows in (self.unfinished, self.done):
            rows.opened.connect(self._open_visit)
            rows.action_requested.connect(self._act_on_visit)
        self.waiting.opened.connect(self._open_patient)
        self.waiting.action_requested.connect(self._begin)
        self._room.changed.connect(self._changed)

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _choose(self, patient: PatientId) -> None:
        self.session_wanted.emit(patient)

    def _new(self, *_words: object) -> None:
        self.session_wanted.emit(None)

    def _begin(self, patient: str) -> None:
        self.session_wanted.emit(PatientId(patient))

    def _open_patient(self, patient: str) -> None:
        self.patient_opened.emit(PatientId(patient))

    def _show(self, facts: TodayFacts) -> None:
        self._lines = {line.visit.id: line for line in (*facts.unfinished, *facts.today)}
        self.unfinished.rows.set_rows([self._going_on(line) for line in facts.unfinished])
        self.done.rows.set_rows([self._ended(line) for line in facts.today])
        self.waiting.rows.set_rows([self._wait(line) for line in facts.waiting])
        self._unfinished_card.setVisible(bool(facts.unfinished))
        self._waiting_card.setVisible(bool(facts.waiting))
        self._waiting_card.set_trailing(str(sum(line.count for line in facts.waiting)))
        self.done.setVisible(bool(facts.today))
        self.nothing_done.setVisible(not facts.today)
        _fit(self.unfinished, most=3)
        _fit(self.waiting, most=4)

    def _going_on(self, line: VisitLine) -> Row:
        step = step_words()[line.visit.step]
        since = clock_word(line.visit.opened.at, self._room.desk)
        return Row(
            line.visit.id,
            name_of(line.person),
            self.tr("At the step “{step}”, since {time}").format(step=step, time=since),
            icon="camera",
            action=self.tr("Continue"),
        )

    def _ended(self, line: VisitLine) -> Row:
        visit, desk = line.visit, self._room.desk
        assert visit.closed is not None
        asked_later = line.put_off and visit.ending is Ending.COMPLETED
        return Row(
            visit.id,
            name_of(line.person),
            DOT.join((clock_word(visit.closed.at, desk), person_line(line.person, desk.today()))),
            chips=(self._ending_chip(line),),
            action=self.tr("Ask now") if asked_later else "",
        )

    def _ending_chip(self, line: VisitLine) -> ChipText:
        if line.put_off and line.visit.ending is Ending.COMPLETED:
            return ChipText(self.tr("Ask later"), ChipState.EXPIRING)
        words = {
            Ending.COMPLETED: ChipText(self.tr("Completed"), ChipState.GRANTED),
            Ending.DECLINED: ChipText(self.tr("Declined"), ChipState.REFUSED),
            Ending.ABANDONED: ChipText(self.tr("Stopped"), ChipState.REFUSED),
        }
        assert line.visit.ending is not None
        return words[line.visit.ending]

    def _wait(self, line: WaitingLine) -> Row:
        received = day_word(line.oldest.astimezone(self._room.desk.zone).date())
        return Row(
            line.patient,
            name_of(line.person),
            self.tr("Pictures: {count}").format(count=line.count)
            + DOT
            + self.tr("since {day}").format(day=received),
            icon="inbox",
            action=self.tr("Begin session"),
        )

    def _open_visit(self, key: str) -> None:
        line = self._lines[EncounterId(key)]
        if line.visit.open:
            self.session_resumed.emit(line.visit.id)
        else:
            self.patient_opened.emit(line.visit.patient)

    def _act_on_visit(self, key: str) -> None:
        line = self._lines[EncounterId(key)]
        if line.visit.open:
            self.session_resumed.emit(line.visit.id)
            return
        self._room.change(
            lambda uow, desk: encounters.take_up_again(uow, desk, line.visit.id),
            self._taken_up,
        )

    def _taken_up(self, visit: object) -> None:
        self.session_resumed.emit(getattr(visit, "id", None))
