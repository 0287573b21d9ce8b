"""Opening the vault with a passphrase."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.errors import KnownError
from app.ui.design.tokens import Role, Space
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
    """One field and one button; a wrong passphrase is told without telling anything else.

    Signals:
        unlock_wanted: A passphrase was entered. Argument: a bytearray to be overwritten.
        recovery_wanted: The recovery code is to be used instead.
        other_wanted: Another vault is to be opened.
        new_wanted: A new vault is to be made.
        restore_wanted: A vault is to be made from a backup.
        help_requested: Help about an error. Argument: its code.
    """

    unlock_wanted = Signal(object)
    recovery_wanted = Signal()
    other_wanted = Signal()
    new_wanted = Signal()
    restore_wanted = Signal()
    help_requested = Signal(str)

    def __init__(self, vault: Path, parent: QWidget | None = None) -> None:
        super().__init__(420, parent=parent)
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
        self._caps = False
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._build(vault)
        self._connect()

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
            self._passphrase.setFocus()

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
        self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _submit(self) -> None:
        if self._unlock.isEnabled() and self._passphrase.text():
            self.show_error(None)
            self.unlock_wanted.emit(self._passphrase.take())

    def _tick(self) -> None:
        self._left_s = max(0.0, self._until_s - time.monotonic())
        if not self._left_s:
            self._clock.stop()
        self._refresh()
        if not self._left_s:
            self._passphrase.setFocus()

    def _refresh(self) -> None:
        waiting, busy = self._left_s > 0, not self._busy.isHidden()
        self._passphrase.setEnabled(not waiting and not busy)
        self._unlock.setEnabled(not waiting and not busy and bool(self._passphrase.text()))
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
        card.body.addWidget(self._field)
        card.body.addWidget(self._unlock)
        working = QHBoxLayout()
        working.setSpacing(Space.S)
        working.addStretch(1)
        working.addWidget(self._busy)
        working.addWidget(self._busy_words)
        working.addStretch(1)
        card.body.addLayout(working)
        ways = QVBoxLayout()
        ways.setSpacing(0)
        for button in (self._recovery, self._other, self._new, self._restore):
            ways.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addLayout(head)
        self.body.addWidget(card)
        self.body.addLayout(ways)
        self.show_reason("")
        self._busy.hide()
        self._busy_words.hide()
        self._refresh()

    def _connect(self) -> None:
        self._recovery.setObjectName("use-recovery")
        self._other.setObjectName("open-other")
        self._new.setObjectName("make-new")
        self._unlock.clicked.connect(self._submit)
        self._passphrase.returnPressed.connect(self._submit)
        self._passphrase.textChanged.connect(self._refresh)
        self._passphrase.caps_lock_changed.connect(self._tell_caps)
        self._recovery.clicked.connect(self.recovery_wanted)
        self._other.clicked.connect(self.other_wanted)
        self._new.clicked.connect(self.new_wanted)
        self._restore.setObjectName("restore-backup")
        self._restore.clicked.connect(self.restore_wanted)
        self._clock.timeout.connect(self._tick)
