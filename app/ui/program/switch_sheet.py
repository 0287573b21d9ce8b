"""Letting somebody else work on, without closing the vault: who, then passphrase or PIN."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import StaffId
from app.errors import KnownError
from app.services import staffing
from app.services.staffing import Person
from app.services.workplace import Door, Workplace
from app.ui.design.tokens import Role
from app.ui.door.new_pin import pin_edit
from app.ui.door.passphrase_edit import PassphraseEdit
from app.ui.people.role_words import role_name
from app.ui.room import Room
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.fields import Field
from app.ui.widgets.notices import Notice
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList
from app.ui.widgets.sheet import Sheet, list_height
from app.ui.widgets.text import Label, Look

LIST_HEIGHT = 220


class SwitchSheet(Sheet):
    """A tap chooses the person; what they type is compared before anything changes.

    Signals:
        switched: Somebody else is signed in. Argument: the workplace.
    """

    switched = Signal(object)

    def __init__(self, room: Room, door: Door, host: QWidget, *, session_of: str = "") -> None:
        """`session_of` names the person whose session is open, "" when none is."""
        super().__init__("", "", host)
        title = self.tr("Who works here now?")
        self.title.setText(title)
        self.setAccessibleName(title)
        self.setObjectName("switch-sheet")
        self.primary.setText(self.tr("Sign in"))
        self._room, self._door = room, door
        self._people: dict[str, Person] = {}
        self._by_pin = False
        self._notice: Notice | None = None
        self.list = RowList(self.tr("People"), compact=True)
        self._nobody = Label(
            self.tr("Nobody else can sign in. An administrator adds people in Settings."),
            Look.BODY,
            Role.INK_2,
            wrap=True,
        )
        self.passphrase = PassphraseEdit("switch-passphrase")
        self.pin = pin_edit("switch-pin")
        self._passphrase = Field(self.tr("Passphrase"), self.passphrase)
        self._pin = Field(self.tr("Staff PIN"), self.pin)
        self._instead = QuietButton(self.tr("Passphrase instead"), icon="key-round", compact=True)
        self._lay_out(session_of)
        self._connect()
        self._look()
        room.ask(
            partial(staffing.people, desk=room.desk, slots=room.workplace.slots),
            self._show,
            on_failure=self._failed,
        )

    def accept(self) -> None:
        """Compare what was typed, and change who works here."""
        person = self._chosen()
        if person is None or not self.primary.isEnabled():
            return
        if self._by_pin:
            secret = bytearray(self.pin.text().encode())
            self.pin.clear()
        else:
            secret = self.passphrase.take()
        self._work(True)  # noqa: FBT003 - a switch
        who, place = person.staff.id, self._room.workplace
        self._room.runner.run(
            partial(self._door.switch, place, who, secret, is_pin=self._by_pin),
            self._switched,
            on_failure=self._failed,
        )

    def _switched(self, workplace: Workplace) -> None:
        super().accept()
        self.switched.emit(workplace)

    def _show(self, people: tuple[Person, ...]) -> None:
        own = self._room.desk.staff.id
        others = [p for p in people if p.can_sign_in and p.staff.id != own]
        self._people = {person.staff.id: person for person in others}
        self.list.rows.set_rows(
            [Row(p.staff.id, p.staff.name, role_name(p.staff.role), icon="user") for p in others]
        )
        self._nobody.setVisible(not others)
        self.list.setVisible(bool(others))
        rows = min(len(others), 4) or 1
        height = self.list.sizeHintForRow(0) * rows + 2 if others else 0
        self.list.setFixedHeight(min(height, list_height(self, LIST_HEIGHT)))
        if len(others) == 1:
            self.list.pick(others[0].staff.id)
        else:
            self.list.setFocus()

    def _choose(self, key: str) -> None:
        person = self._people[key]
        self._by_pin = bool(person.staff.pin_verifier) and self._door.pin_will_do(StaffId(key))
        self.pin.clear()
        self.passphrase.clear()
        self._say(None)
        self._look()
        (self.pin if self._by_pin else self.passphrase).setFocus()

    def _take_passphrase(self) -> None:
        self._by_pin = False
        self._look()
        self.passphrase.setFocus()

    def _chosen(self) -> Person | None:
        key = self.list.current_key()
        return self._people.get(key) if key else None

    def _work(self, working: bool) -> None:  # noqa: FBT001 - a switch
        for part in (self.list, self.passphrase, self.pin):
            part.setEnabled(not working)
        self._look()

    def _look(self) -> None:
        chosen = self._chosen() is not None
        self._pin.setVisible(chosen and self._by_pin)
        self._instead.setVisible(chosen and self._by_pin)
        self._passphrase.setVisible(chosen and not self._by_pin)
        typed = self.pin.text() if self._by_pin else self.passphrase.text()
        self.primary.setEnabled(chosen and bool(typed) and self.list.isEnabled())

    def _failed(self, error: Exception) -> None:
        self._work(False)  # noqa: FBT003 - a switch
        if not isinstance(error, KnownError):
            self._room.runner.failed.emit(error)
            return
        person = self._chosen()
        if self._by_pin and person is not None and not self._door.pin_will_do(person.staff.id):
            self._by_pin = False
        self._look()
        self._say(error)
        (self.pin if self._by_pin else self.passphrase).setFocus()

    def _say(self, error: KnownError | None) -> None:
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None
        if error is not None:
            self._notice = Notice.for_error(error)
            self.body.insertWidget(0, self._notice)

    def _lay_out(self, session_of: str) -> None:
        if session_of:
            told = self.tr(
                "The open session stays with {name}: it can be continued from Today."
            ).format(name=session_of)
            self.body.addWidget(Label(told, Look.BODY, Role.INK_2, wrap=True))
        self.list.setObjectName("switch-people")
        self._instead.setObjectName("switch-instead")
        for part in (self.list, self._nobody, self._passphrase, self._pin, self._instead):
            self.body.addWidget(part)
        self._nobody.hide()

    def _connect(self) -> None:
        self.list.picked.connect(self._choose)
        self._instead.clicked.connect(self._take_passphrase)
        self.passphrase.textChanged.connect(self._look)
        self.pin.textChanged.connect(self._look)
        self.passphrase.returnPressed.connect(self.accept)
        self.pin.returnPressed.connect(self.accept)
