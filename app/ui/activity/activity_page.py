"""The activity page: who did what, newest first, and whether the trail is whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.audit import ChainFault, Outcome
from app.services import activity
from app.services.activity import Entry
from app.services.ports import Desk, Records
from app.ui.activity.glass_card import GlassCard
from app.ui.activity.words import group_of, groups, sentences
from app.ui.design.tokens import Role, Space
from app.ui.frame.page import Page
from app.ui.people.person_words import DOT, clock_word, day_word
from app.ui.room import Room
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.cards import Card
from app.ui.widgets.chips import ChipState, ChipText, FilterChip
from app.ui.widgets.fields import SearchField
from app.ui.widgets.notices import EmptyState, Notice, Tone
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList
from app.ui.widgets.text import Label, Look

PAGE = 200
SHORT_ID = 8


class ActivityPage(Page):
    """Lists the events of the audit trail; filters by kind and by a word."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(
            help_page="activity",
            parent=parent,
        )
        self.set_title(
            self.tr("Activity"),
            self.tr("Who did what in this vault. Nothing here can be edited."),
        )
        self._room = room
        self._limit = PAGE
        self._entries: tuple[Entry, ...] = ()
        self.glass = GlassCard(room)
        self.search = SearchField(self.tr("Name or event"))
        self.rows = RowList(self.tr("Events"), compact=True)
        self.empty = EmptyState(
            "scroll-text",
            self.tr("Nothing matches"),
            self.tr("Take a filter away or type another word."),
        )
        self.verdict = Notice(Tone.GRANTED, "", closable=True)
        self.more = SecondaryButton(self.tr("Show older events"), icon="history")
        self.check = SecondaryButton(self.tr("Check the trail"), icon="shield-check")
        self.count = Label("", Look.SMALL, Role.INK_3)
        self._filters = {g.key: FilterChip(g.name, g.icon) for g in groups()}
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read the newest events again."""
        limit, desk = self._limit, self._room.desk
        self.glass.refresh()
        self._room.ask(lambda records: activity.newest(records, desk, limit=limit), self._show)

    def _build(self) -> None:
        self.search.setObjectName("activity-search")
        self.rows.setObjectName("activity-rows")
        self.more.setObjectName("activity-more")
        self.check.setObjectName("activity-check")
        self.heading.addWidget(self.check)
        bar = QHBoxLayout()
        bar.setSpacing(Space.S)
        bar.addWidget(self.search, 1)
        for key, chip in self._filters.items():
            chip.setObjectName(f"activity-filter-{key}")
            bar.addWidget(chip)
        self.rows.setProperty("bare", "true")
        card = Card(padding=1)
        card.body.addWidget(self.rows, 1)
        card.body.addWidget(self.empty, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.more)
        self.content.addWidget(self.glass)
        self.content.addLayout(bar)
        self.content.addWidget(self.verdict)
        self.content.addWidget(card, 1)
        self.content.addLayout(foot)
        self.verdict.hide()
        self.empty.hide()
        self.setFocusProxy(self.search)

    def _connect(self) -> None:
        self.search.query_changed.connect(self._filter)
        for chip in self._filters.values():
            chip.toggled.connect(self._filter)
        self.more.clicked.connect(self._show_more)
        self.check.clicked.connect(self._check)
        self.verdict.closed.connect(self.verdict.hide)
        self._room.changed.connect(self._changed)

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _show_more(self) -> None:
        self._limit += PAGE
        self.refresh()

    def _show(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        self.more.setVisible(len(entries) == self._limit)
        self._filter()

    def _filter(self) -> None:
        chosen = [g for g in groups() if self._filters[g.key].isChecked()]
        prefixes = tuple(p for g in chosen for p in g.prefixes)
        word = self.search.query().strip().casefold()
        rows = [
            row
            for entry in self._entries
            if not prefixes or entry.action.startswith(prefixes)
            if word in (row := _row(entry, self._room.desk)).spoken().casefold()
        ]
        self.rows.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.count.setText(self.tr("Events shown: {count}").format(count=len(rows)))

    def _check(self) -> None:
        self.check.setEnabled(False)
        self._room.ask(_judged, self._tell, on_failure=self._failed)

    def _tell(self, judged: tuple[int, Sequence[ChainFault]]) -> None:
        count, faults = judged
        self.check.setEnabled(True)
        self.content.removeWidget(self.verdict)
        self.verdict.deleteLater()
        if not faults:
            self.verdict = Notice(
                Tone.GRANTED,
                self.tr("The trail is whole"),
                self.tr("No gap and no change. Events: {count}.").format(count=count),
                closable=True,
            )
        else:
            first = faults[0]
            self.verdict = Notice(
                Tone.DANGER,
                self.tr("The trail is not as it was written"),
                self.tr("The first event that does not fit is number {number}: {what}.").format(
                    number=first.sequence, what=first.what
                ),
                closable=True,
            )
        self.verdict.setObjectName("activity-verdict")
        self.verdict.closed.connect(self.verdict.hide)
        self.content.insertWidget(self.content.count() - 2, self.verdict)

    def _failed(self, error: Exception) -> None:
        self.check.setEnabled(True)
        self._room.runner.failed.emit(error)


def _judged(records: Records) -> tuple[int, Sequence[ChainFault]]:
    """How many events there are, and the faults of their chains."""
    found = activity.faults(records)
    audit = records.audit
    return sum(1 for w in audit.workstations() for _ in audit.records(w)), found


def _row(entry: Entry, desk: Desk) -> Row:
    refused = QCoreApplication.translate("ActivityPage", "Refused")
    failed = entry.outcome is Outcome.FAILURE
    when = f"{day_word(entry.at.astimezone(desk.zone).date())}, {clock_word(entry.at, desk)}"
    return Row(
        key=f"{entry.workstation}/{entry.sequence}",
        title=sentences()[entry.action],
        subtitle=DOT.join(part for part in (entry.staff, entry.patient) if part),
        icon=group_of(entry.action).icon,
        chips=(ChipText(refused, ChipState.EXPIRING),) if failed else (),
        trailing=f"{when}{DOT}{entry.workstation[-SHORT_ID:]}",
    )
