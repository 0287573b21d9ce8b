"""Who is signed in: PIN, passphrase and the vault's recovery code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.staff import Right, Staff
from app.services import clinic as clinics
from app.services.ports import Desk, UnitOfWork
from app.services.workplace import Door
from app.ui.design.tokens import Role as Colour
from app.ui.door.new_passphrase import NewPassphrase
from app.ui.door.new_pin import NewPin
from app.ui.door.passphrase_edit import PassphraseEdit
from app.ui.door.recovery_step import RecoveryStep
from app.ui.people.role_words import role_name
from app.ui.preferences import Preferences
from app.ui.room import Room
from app.ui.settings_page.setting_line import setting_line
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.cards import Card, Rule
from app.ui.widgets.fields import Field
from app.ui.widgets.sheet import Sheet, ask
from app.ui.widgets.text import Label, Look


class PersonCard(Card):
    """Name and role, and what only this person can change.

    Signals:
        said: A short message for the foot of the window.
        failed: Argument: the exception.
        help_requested: Argument: an error's code.
    """

    said = Signal(str)
    failed = Signal(Exception)
    help_requested = Signal(str)

    def __init__(
        self, room: Room, door: Door, preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("You"))
        self._room = room
        self._door = door
        self._preferences = preferences
        self._who = Label("", Look.EMPHASIS)
        self._role = Label("", Look.SMALL, Colour.INK_2)
        self._pin_words = Label("", Look.SMALL, Colour.INK_3, wrap=True)
        self._pin = SecondaryButton("", compact=True)
        self._passphrase = SecondaryButton(self.tr("Change…"), compact=True)
        self._recovery = SecondaryButton(self.tr("Make a new one…"), compact=True)
        self._new_pin: NewPin | None = None
        self._old: PassphraseEdit | None = None
        self._new: NewPassphrase | None = None
        self._step: RecoveryStep | None = None
        self._sheet: Sheet | None = None
        self._build()
        self.show_staff()

    def show_staff(self) -> None:
        """Show who is signed in."""
        staff = self._room.desk.staff
        self._who.setText(staff.name)
        self._role.setText(role_name(staff.role))
        has = bool(staff.pin_verifier)
        self._pin.setText(self.tr("Change…") if has else self.tr("Set a PIN…"))
        self._pin_words.setText(
            self.tr("Gives the screen back to you from the patient's side.")
            if has
            else self.tr("Not set: the screen cannot be handed to a patient yet.")
        )
        self._recovery.setEnabled(staff.may(Right.ADMINISTER))

    # PIN

    def _ask_pin(self) -> None:
        sheet = self._open(
            self.tr("Staff PIN"),
            self.tr("Set the PIN"),
            self.tr(
                "It gives the screen back from the patient's side, and brings you back after a lock"
                " for want of input. It opens no vault that is closed."
            ),
        )
        self._new_pin = NewPin(required=True)
        sheet.body.addWidget(self._new_pin)
        sheet.primary.clicked.connect(self._set_pin)
        sheet.open()

    def _set_pin(self) -> None:
        assert self._new_pin is not None
        if not self._new_pin.is_good():
            return
        pin, pins = self._new_pin.take(), self._room.workplace.pins

        def work(uow: UnitOfWork, desk: Desk) -> Staff:
            return clinics.set_pin(uow, desk, pins, pin)

        self._close()
        self._room.change(work, self._pin_set, on_failure=self._refused)

    def _pin_set(self, staff: Staff) -> None:
        self._room.set_staff(staff)
        self.show_staff()
        self.said.emit(self.tr("The staff PIN is set."))

    # passphrase

    def _ask_passphrase(self) -> None:
        sheet = self._open(
            self.tr("Change the passphrase"),
            self.tr("Change the passphrase"),
            self.tr("The old one opens nothing any more, except in backups made before."),
        )
        self._old = PassphraseEdit("old-passphrase")
        self._new = NewPassphrase()
        sheet.body.addWidget(Field(self.tr("Present passphrase"), self._old))
        sheet.body.addWidget(self._new)
        sheet.primary.clicked.connect(self._change_passphrase)
        sheet.open()

    def _change_passphrase(self) -> None:
        assert self._old is not None
        assert self._new is not None
        if not self._new.is_good():
            return
        work = partial(
            self._door.change_passphrase, self._room.workplace, self._old.take(), self._new.take()
        )
        self._close()
        self._room.runner.run(work, self._passphrase_changed, on_failure=self._refused)

    def _passphrase_changed(self, _nothing: None) -> None:
        self.said.emit(self.tr("The passphrase is changed."))

    # recovery code

    def _ask_recovery(self) -> None:
        ask(
            self,
            self.tr("Make a new recovery code?"),
            self.tr(
                "The code on the present sheet opens nothing from then on. The new one is shown"
                " once: have a printer ready."
            ),
            self.tr("Make a new code"),
            self._make_recovery,
            danger=False,
        )

    def _make_recovery(self) -> None:
        work = partial(self._door.renew_recovery_code, self._room.workplace)
        self._room.runner.run(work, self._show_recovery, on_failure=self._refused)

    def _show_recovery(self, groups: Sequence[str]) -> None:
        sheet = self._open(self.tr("Recovery code"), self.tr("It is on paper"), "")
        self._step = RecoveryStep(self._room, groups, self._preferences.paper_size())
        self._step.help_requested.connect(self.help_requested)
        sheet.body.addWidget(self._step)
        sheet.primary.clicked.connect(self._ask_back)
        sheet.secondary.hide()
        sheet.open()

    def _ask_back(self) -> None:
        assert self._step is not None
        assert self._sheet is not None
        if not self._step.is_asking():
            self._step.ask(asking=True)
            self._sheet.primary.setText(self.tr("Continue"))
        elif self._step.ask_back.is_good():
            self._close()
            self.said.emit(self.tr("The new recovery code holds. Destroy the old sheet."))

    # sheets

    def _open(self, title: str, verb: str, text: str) -> Sheet:
        sheet = Sheet(title, verb, self, text=text, width=600)
        sheet.primary.clicked.disconnect()  # it closes when what was typed will do
        sheet.finished.connect(self._forget)
        self._sheet = sheet
        return sheet

    def _close(self) -> None:
        if self._sheet is not None:
            self._sheet.accept()

    def _forget(self) -> None:
        self._sheet = self._new_pin = self._old = self._new = self._step = None

    def _refused(self, error: Exception) -> None:
        self.failed.emit(error)

    def _build(self) -> None:
        self.body.addWidget(self._who)
        self.body.addWidget(self._role)
        secret = self.tr("Opens the vault on this and every other computer.")
        paper = self.tr("On paper; opens the vault when the passphrase is forgotten.")
        lines = (
            (self.tr("Staff PIN"), self._pin_words, self._pin),
            (
                self.tr("Passphrase"),
                Label(secret, Look.SMALL, Colour.INK_3, wrap=True),
                self._passphrase,
            ),
            (
                self.tr("Recovery code"),
                Label(paper, Look.SMALL, Colour.INK_3, wrap=True),
                self._recovery,
            ),
        )
        for name, words, button in lines:
            self.body.addWidget(Rule())
            self.body.addLayout(setting_line(name, words, button))
        self._pin.setObjectName("change-pin")
        self._passphrase.setObjectName("change-passphrase")
        self._recovery.setObjectName("renew-recovery")
        self._pin.clicked.connect(self._ask_pin)
        self._passphrase.clicked.connect(self._ask_passphrase)
        self._recovery.clicked.connect(self._ask_recovery)
