"""Opening the vault with a passphrase."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.errors import KnownError
from app.ui.design.tokens import Role, Space
from app.ui.door.new_pin import pin_edit
from app.ui.door.passphrase_edit import PassphraseEdit
from app.ui.door.stage import Stage
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.cards import Card
from app.ui.widgets.fields import Field
from app.ui.widgets.notices import Notice
from app.ui.widgets.signs import Busy
from app.ui.widgets.text import ElidedLabel, Label, Look

_TICK_MS = 250


class UnlockPage(Stage):
    """Name, passphrase and one button; what was wrong is told without telling anything else.

    The name is asked where several people use the vault, and never filled in. After an idle lock
    the PIN of whoever was there will do, until it is said that it does not any more.

    Signals:
        unlock_wanted: Arguments: the passphrase, a bytearray to be overwritten; the name as typed.
        pin_given: Argument: the PIN.
        recovery_wanted: The recovery code is to be used instead.
        other_wanted: Another vault is to be opened.
        new_wanted: A new vault is to be made.
        restore_wanted: A vault is to be made from a backup.
        help_requested: Help about an error. Argument: its code.
    """

    unlock_wanted = Signal(object, str)
    pin_given = Signal(str)
    recovery_wanted = Signal()
    other_wanted = Signal()
    new_wanted = Signal()
    restore_wanted = Signal()
    help_requested = Signal(str)

    def __init__(self, vault: Path, parent: QWidget | None = None) -> None:
        super().__init__(420, parent=parent)
        self._name = QLineEdit()
        self._name.setObjectName("user-name")
        self._name_field = Field(self.tr("Your name"), self._name)
        self._pin = pin_edit("unlock-pin")
        self._pin_field = Field(
            self.tr("Staff PIN"), self._pin, self.tr("Of the person who worked here last.")
        )
        self._other_way = QuietButton(self.tr("Sign in with a passphrase"), icon="key-round")
        self._passphrase = PassphraseEdit("passphrase")
        self._field = Field(self.tr("Passphrase"), self._passphrase)
        self._unlock = PrimaryButton(self.tr("Unlock"), icon="lock-open")
        self._unlock.setObjectName("unlock")
        self._unlock.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._busy = Busy(self.tr("Working"))
        self._busy_words = Label("", Look.BODY, Role.INK_2)
        self._reason = Label("", Look.SMALL, Role.INK_2, wrap=True)
        self._recovery = QuietButton(self.tr("Use the recovery code"), icon="key-round")
        self._other = QuietButton(self.tr("Open another vault"), icon="folder-open")
        self._new = QuietButton(self.tr("Create a new vault"), icon="plus")
        self._restore = QuietButton(self.tr("Restore from a backup"), icon="history")
        self._notices = QVBoxLayout()
        self._notice: Notice | None = None
        self._left_s = self._until_s = 0.0
        self._caps = self._by_pin = False
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._build(vault)
        self._connect()

    def ask_name(self, several: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Ask for the name, too, or for the passphrase alone."""
        self._name_field.setVisible(several and not self._by_pin)
        self._name.setEnabled(several)
        self._refresh()
        if several and self.isVisible():
            self._take_focus()

    def ask_pin(self, by_pin: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Ask for the PIN of whoever was there before the lock, or for name and passphrase."""
        self._by_pin = by_pin
        self._pin.clear()
        for field in (self._pin_field, self._other_way):
            field.setVisible(by_pin)
        self._field.setHidden(by_pin)
        self._name_field.setVisible(self._name.isEnabled() and not by_pin)
        for button in (self._recovery, self._other, self._new, self._restore):
            button.setHidden(by_pin)
        self._refresh()
        self._take_focus()

    def asks_pin(self) -> bool:
        """Whether the PIN is asked for."""
        return self._by_pin

    def show_reason(self, text: str) -> None:
        """Say why the vault is locked."""
        self._reason.setText(text)
        self._reason.setVisible(bool(text))

    def show_busy(self, words: str) -> None:
        """Show that something works; "" lets the user go on."""
        self._busy_words.setText(words)
        self._busy.setVisible(bool(words))
        self._busy_words.setVisible(bool(words))
        self._refresh()
        if not words:
            self._take_focus()

    def show_error(self, error: KnownError | None) -> None:
        """Show an error with code, advice and Help; None takes it away."""
        if self._notice is not None:
            self._notices.removeWidget(self._notice)
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None
        if error is not None:
            self._notice = Notice.for_error(error)
            self._notice.help_requested.connect(self.help_requested)
            self._notices.addWidget(self._notice)
            self._notice.show()

    def notice(self) -> Notice | None:
        """The error that is shown."""
        return self._notice

    def wait(self, seconds: float) -> None:
        """Admit no try for so long, and count down."""
        self._until_s = time.monotonic() + seconds
        self._left_s = seconds
        if seconds > 0:
            self._clock.start()
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """It came on screen: the caret stands in the field."""
        super().showEvent(event)
        self._take_focus()

    def _take_focus(self) -> None:
        """The caret stands where something is to be typed first."""
        first: QLineEdit = self._passphrase
        if self._by_pin:
            first = self._pin
        elif not self._name_field.isHidden() and not self._name.text():
            first = self._name
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        """Enter in the field of the name: the passphrase comes next."""
        if self._passphrase.text():
            self._submit()
        else:
            self._passphrase.setFocus()

    def _submit(self) -> None:
        if not self._unlock.isEnabled():
            return
        self.show_error(None)
        if self._by_pin:
            pin = self._pin.text()
            self._pin.clear()
            self.pin_given.emit(pin)
        else:
            name = "" if self._name_field.isHidden() else self._name.text().strip()
            self.unlock_wanted.emit(self._passphrase.take(), name)

    def _leave_pin(self) -> None:
        self.show_error(None)
        self.ask_pin(False)  # noqa: FBT003 - a Qt setter

    def _tick(self) -> None:
        self._left_s = max(0.0, self._until_s - time.monotonic())
        if not self._left_s:
            self._clock.stop()
        self._refresh()
        if not self._left_s:
            self._take_focus()

    def _refresh(self) -> None:
        waiting, busy = self._left_s > 0, not self._busy.isHidden()
        named = self._name_field.isHidden() or bool(self._name.text().strip())
        typed = bool(self._pin.text()) if self._by_pin else named and bool(self._passphrase.text())
        self._pin.setEnabled(not busy)
        self._name.setReadOnly(busy)
        self._passphrase.setEnabled(not waiting and not busy)
        self._unlock.setEnabled(not busy and typed and (self._by_pin or not waiting))
        for button in (self._recovery, self._other, self._new, self._restore):
            button.setEnabled(not busy)
        self._field.set_hint(self._hint())

    def _hint(self) -> str:
        if self._left_s > 0:
            told = self.tr("The next try is possible in {seconds} s.")
            return told.format(seconds=int(self._left_s) + 1)
        return self.tr("Caps Lock seems to be on.") if self._caps else ""

    def _tell_caps(self, on: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._caps = on
        self._refresh()

    def _build(self, vault: Path) -> None:
        name = ElidedLabel(vault.stem, Look.DISPLAY)
        name.setObjectName("vault-name")
        name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        head = QVBoxLayout()
        head.setSpacing(Space.XS)
        head.addWidget(name)
        head.addWidget(self._reason)
        card = Card(padding=Space.XL)
        card.body.setSpacing(Space.L)
        card.body.addLayout(self._notices)
        for field in (self._name_field, self._field, self._pin_field, self._unlock):
            card.body.addWidget(field)
        card.body.addLayout(self._working())
        ways = QVBoxLayout()
        ways.setSpacing(0)
        for button in (self._other_way, self._recovery, self._other, self._new, self._restore):
            ways.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addLayout(head)
        self.body.addWidget(card)
        self.body.addLayout(ways)
        self.show_reason("")
        self._name.setEnabled(False)
        for hidden in (self._name_field, self._pin_field, self._other_way):
            hidden.hide()
        self._busy.hide()
        self._busy_words.hide()
        self._refresh()

    def _working(self) -> QHBoxLayout:
        working = QHBoxLayout()
        working.setSpacing(Space.S)
        working.addStretch(1)
        working.addWidget(self._busy)
        working.addWidget(self._busy_words)
        working.addStretch(1)
        return working

    def _connect(self) -> None:
        self._recovery.setObjectName("use-recovery")
        self._other.setObjectName("open-other")
        self._new.setObjectName("make-new")
        self._other_way.setObjectName("use-passphrase")
        self._unlock.clicked.connect(self._submit)
        self._other_way.clicked.connect(self._leave_pin)
        self._name.returnPressed.connect(self._go_on)
        self._name.textChanged.connect(self._refresh)
        self._pin.returnPressed.connect(self._submit)
        self._pin.textChanged.connect(self._refresh)
        self._passphrase.returnPressed.connect(self._submit)
        self._passphrase.textChanged.connect(self._refresh)
        self._passphrase.caps_lock_changed.connect(self._tell_caps)
        self._recovery.clicked.connect(self.recovery_wanted)
        self._other.clicked.connect(self.other_wanted)
        self._new.clicked.connect(self.new_wanted)
        self._restore.setObjectName("restore-backup")
        self._restore.clicked.connect(self.restore_wanted)
        self._clock.timeout.connect(self._tick)
