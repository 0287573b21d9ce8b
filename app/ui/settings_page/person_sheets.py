"""Adding a person, and changing one: name, role, passphrase, and the end of their access."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.staff import Role, Staff
from app.errors import KnownError
from app.services import staffing
from app.services.ports import Desk, UnitOfWork
from app.services.staffing import Person
from app.ui.design.tokens import Role as Colour
from app.ui.design.tokens import Space
from app.ui.door.new_passphrase import NewPassphrase
from app.ui.people.role_words import role_name, role_purpose
from app.ui.room import Room
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.cards import Rule
from app.ui.widgets.choices import Choice, ChoiceGroup
from app.ui.widgets.fields import Field
from app.ui.widgets.notices import Notice
from app.ui.widgets.sheet import Sheet, ask
from app.ui.widgets.sheet_column import SheetColumn
from app.ui.widgets.text import Label, Look

WIDTH = 620


class StaffSheet(Sheet):
    """What the sheets about one person have in common.

    Attributes:
        form: The layout for what is filled in.

    Signals:
        done_with: Something was changed. Argument: a sentence for the foot of the window.
    """

    done_with = Signal(str)

    def __init__(self, room: Room, host: QWidget, title: str, verb: str, text: str = "") -> None:
        super().__init__(title, verb, host, text=text, width=WIDTH)
        self._room = room
        self._notice: Notice | None = None
        self._column = SheetColumn(host, WIDTH)
        self.form = self._column.body
        self.body.addWidget(self._column)

    def run(self, service: Callable[[UnitOfWork, Desk], object], said: str) -> None:
        """Carry out a service; close and tell when it went well, show why when it did not."""
        self._said = said
        self.primary.setEnabled(False)
        self._room.change(service, self._went_well, on_failure=self._went_badly)

    def _went_well(self, _answer: object) -> None:
        said = self._said
        super().accept()
        self.done_with.emit(said)

    def _went_badly(self, error: Exception) -> None:
        self.primary.setEnabled(True)
        if not isinstance(error, KnownError):
            self._room.runner.failed.emit(error)
            return
        if self._notice is not None:
            self._notice.deleteLater()
        self._notice = Notice.for_error(error)
        self.form.insertWidget(0, self._notice)
        self._column.verticalScrollBar().setValue(0)


class AddPersonSheet(StaffSheet):
    """Name, role, and a passphrase that the new person types themselves."""

    def __init__(self, room: Room, host: QWidget) -> None:
        super().__init__(room, host, "", "")
        self.title.setText(self.tr("Add a person"))
        self.setAccessibleName(self.tr("Add a person"))
        self.setObjectName("add-person-sheet")
        self.primary.setText(self.tr("Add"))
        self.name = QLineEdit()
        self.name.setObjectName("person-name")
        self._name = Field(
            self.tr("Name"), self.name, self.tr("As printed under a signature; also to sign in.")
        )
        self.role = role_choice("person-role", self.tr("Role"))
        self.passphrase = NewPassphrase("person-passphrase")
        told = self.tr("Let the person choose and type it. Nobody else needs to know it.")
        for part in (self._name, self.role, Label(told, Look.SMALL, Colour.INK_2, wrap=True)):
            self.form.addWidget(part)
        self.form.addWidget(self.passphrase)
        self.name.textChanged.connect(self._forgive)

    def accept(self) -> None:
        """Add the person, unless something is missing."""
        name, role = self.name.text().strip(), self.role.value()
        self._name.set_error("" if name else self.tr("Type the name."))
        if not name or role is None or not self.passphrase.is_good():
            return
        secret, slots = self.passphrase.take(), self._room.workplace.slots

        def add(uow: UnitOfWork, desk: Desk) -> Staff:
            return staffing.add(uow, desk, slots, name, Role(role), secret)

        self.run(add, self.tr("{name} can sign in now.").format(name=name))

    def _forgive(self) -> None:
        self._name.set_error("")


class NewPassphraseSheet(StaffSheet):
    """A new passphrase for somebody who forgot theirs, or who comes back."""

    def __init__(self, room: Room, host: QWidget, staff: Staff) -> None:
        super().__init__(room, host, "", "")
        title = self.tr("New passphrase for {name}").format(name=staff.name)
        self.title.setText(title)
        self.setAccessibleName(title)
        self.setObjectName("new-passphrase-sheet")
        self.primary.setText(
            self.tr("Set the passphrase") if staff.active else self.tr("Let in again")
        )
        self._staff = staff
        self.passphrase = NewPassphrase("person-passphrase")
        told = self.tr("Let the person choose and type it. The old one opens nothing from then on.")
        self.form.addWidget(Label(told, Look.BODY, Colour.INK_2, wrap=True))
        self.form.addWidget(self.passphrase)

    def accept(self) -> None:
        """Set it, unless something is missing."""
        if not self.passphrase.is_good():
            return
        staff, secret = self._staff, self.passphrase.take()
        slots = self._room.workplace.slots

        def give(uow: UnitOfWork, desk: Desk) -> None:
            if staff.active:
                staffing.reset_passphrase(uow, desk, slots, staff.id, secret)
            else:
                staffing.enable(uow, desk, slots, staff.id, secret)

        self.run(give, self.tr("{name} can sign in now.").format(name=staff.name))


class PersonSheet(StaffSheet):
    """One person: another role, a new passphrase, or no access any more.

    Signals:
        passphrase_wanted: The person is to choose a new passphrase. Argument: the member of staff.
    """

    passphrase_wanted = Signal(object)

    def __init__(self, room: Room, host: QWidget, person: Person) -> None:
        super().__init__(room, host, "", "")
        self._host, self._person = host, person
        staff = person.staff
        self.title.setText(staff.name)
        self.setAccessibleName(staff.name)
        self.setObjectName("person-sheet")
        self.primary.setText(self.tr("Change the role"))
        self.role = role_choice("person-role", self.tr("Role"))
        self.role.set_value(staff.role.value)
        self.reset = SecondaryButton(self.tr("New passphrase…"), icon="key-round", compact=True)
        self.end = SecondaryButton(self.tr("End the access…"), icon="user-x", compact=True)
        self.back = SecondaryButton(self.tr("Let in again…"), icon="user-check", compact=True)
        self._lay_out(staff)
        self._connect()
        self._look()

    def accept(self) -> None:
        """Give the person the role that is chosen."""
        role, staff = self.role.value(), self._person.staff
        slots = self._room.workplace.slots
        if role is None or role == staff.role:
            return

        def change(uow: UnitOfWork, desk: Desk) -> Staff:
            return staffing.change_role(uow, desk, slots, staff.id, Role(role))

        told = self.tr("{name}: {role} from now on.")
        self.run(change, told.format(name=staff.name, role=role_name(Role(role))))

    def _ask_end(self) -> None:
        name = self._person.staff.name
        ask(
            self._host,
            self.tr("End the access of {name}?").format(name=name),
            self.tr(
                "The passphrase opens nothing from now on, except backups that were made before."
                " What the person recorded stays. They can be let in again later."
            ),
            self.tr("End the access"),
            self._end,
        )

    def _end(self) -> None:
        staff, slots = self._person.staff, self._room.workplace.slots

        def disable(uow: UnitOfWork, desk: Desk) -> Staff:
            return staffing.disable(uow, desk, slots, staff.id)

        self.run(disable, self.tr("{name} cannot sign in any more.").format(name=staff.name))

    def _give_passphrase(self) -> None:
        self.passphrase_wanted.emit(self._person.staff)
        self.reject()

    def _look(self) -> None:
        self.primary.setEnabled(self.role.value() != self._person.staff.role)

    def _lay_out(self, staff: Staff) -> None:
        own = staff.id == self._room.desk.staff.id
        if not staff.active:
            told = self.tr("This person cannot sign in. What they recorded stays.")
        elif own:
            told = self.tr("This is you. Another administrator changes your role or your access.")
        else:
            told = self.tr("This person can sign in.")
        if staff.active and not self._person.can_sign_in:
            told = self.tr("This person has no passphrase yet. Let them choose one.")
        self.form.addWidget(Label(told, Look.BODY, Colour.INK_2, wrap=True))
        self.form.addWidget(self.role)
        self.form.addWidget(Rule())
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for button in (self.reset, self.back, self.end):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout()
        column.addLayout(row)
        self.form.addLayout(column)
        self.role.setEnabled(not own and staff.active)
        self.primary.setVisible(not own and staff.active)
        self.reset.setVisible(not own and staff.active)
        self.end.setVisible(not own and staff.active)
        self.back.setVisible(not staff.active)

    def _connect(self) -> None:
        self.reset.setObjectName("person-reset")
        self.end.setObjectName("person-end")
        self.back.setObjectName("person-back")
        self.role.chosen.connect(self._look)
        self.reset.clicked.connect(self._give_passphrase)
        self.back.clicked.connect(self._give_passphrase)
        self.end.clicked.connect(self._ask_end)


def role_choice(name: str, label: str) -> ChoiceGroup:
    """The five roles to choose from, nothing preselected."""
    made = ChoiceGroup(
        label,
        [Choice(role.value, role_name(role), role_purpose(role)) for role in Role],
        columns=2,
    )
    made.setObjectName(name)
    return made
