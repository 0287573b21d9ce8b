"""Who works with the vault: the list, and for administrators adding and changing people."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.staff import Right, Staff
from app.services import staffing
from app.services.staffing import Person
from app.ui.design.theme import theme
from app.ui.design.tokens import Space
from app.ui.people.role_words import role_name
from app.ui.room import Room
from app.ui.settings_page.person_sheets import AddPersonSheet, NewPassphraseSheet, PersonSheet
from app.ui.settings_page.role_sheet import RoleSheet
from app.ui.widgets.buttons import QuietButton, SecondaryButton
from app.ui.widgets.cards import Card
from app.ui.widgets.chips import ChipState, ChipText
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList

_LEAST_HEIGHT = 48


class PeopleCard(Card):
    """One row a person.

    Signals:
        said: A short message for the foot of the window.
        failed: Argument: the exception.
    """

    said = Signal(str)
    failed = Signal(Exception)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(flush=True, parent=parent)
        self.set_title(self.tr("People"))
        self._room = room
        self._people: dict[str, Person] = {}
        self.list = RowList(self.tr("People"), compact=True)
        self.add = SecondaryButton(self.tr("Add a person…"), icon="user-plus", compact=True)
        self.roles = QuietButton(self.tr("What each role may do"), icon="list", compact=True)
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read the list again."""
        room = self._room
        self.add.setVisible(room.desk.staff.may(Right.MANAGE_STAFF))
        room.ask(
            partial(staffing.people, desk=room.desk, slots=room.workplace.slots),
            self._show,
            on_failure=self._fail,
        )

    def _show(self, people: tuple[Person, ...]) -> None:
        self._people = {person.staff.id: person for person in people}
        rows = [self._row(person) for person in people]
        self.list.rows.set_rows(rows)
        height = sum(self.list.sizeHintForRow(place) for place in range(len(rows)))
        self.list.setFixedHeight(max(height, theme().px(_LEAST_HEIGHT)))

    def _row(self, person: Person) -> Row:
        staff = person.staff
        own = staff.id == self._room.desk.staff.id
        chips: tuple[ChipText, ...] = ()
        if not staff.active:
            chips = (ChipText(self.tr("No access"), ChipState.REFUSED),)
        elif not person.can_sign_in:
            chips = (ChipText(self.tr("No passphrase yet"), ChipState.EXPIRING),)
        elif own:
            chips = (ChipText(self.tr("You"), ChipState.ACCENT, ""),)
        may = self._room.desk.staff.may(Right.MANAGE_STAFF)
        return Row(
            staff.id,
            staff.name,
            role_name(staff.role),
            icon="user" if staff.active else "user-x",
            chips=chips,
            action=self.tr("Change…") if may and not own else "",
        )

    def _open(self, key: str) -> None:
        if self._room.desk.staff.may(Right.MANAGE_STAFF):
            sheet = PersonSheet(self._room, self, self._people[key])
            sheet.done_with.connect(self._changed)
            sheet.passphrase_wanted.connect(self._ask_passphrase)
            sheet.open()

    def _ask_passphrase(self, staff: Staff) -> None:
        sheet = NewPassphraseSheet(self._room, self, staff)
        sheet.done_with.connect(self._changed)
        sheet.open()

    def _ask_add(self) -> None:
        sheet = AddPersonSheet(self._room, self)
        sheet.done_with.connect(self._changed)
        sheet.open()

    def _show_roles(self) -> None:
        RoleSheet(self).open()

    def _changed(self, said: str) -> None:
        self.refresh()
        self.said.emit(said)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

    def _build(self) -> None:
        self.list.setObjectName("people")
        self.list.setProperty("bare", "true")
        self.add.setObjectName("add-person")
        self.roles.setObjectName("show-roles")
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        foot.addWidget(self.add)
        foot.addStretch(1)
        foot.addWidget(self.roles)
        self.body.addWidget(self.list)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.list.opened.connect(self._open)
        self.list.action_requested.connect(self._open)
        self.add.clicked.connect(self._ask_add)
        self.roles.clicked.connect(self._show_roles)
