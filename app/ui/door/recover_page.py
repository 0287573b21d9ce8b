"""Opening the vault with the printed recovery code, and setting a new passphrase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import KnownError
from app.ui.design.tokens import Role, Space
from app.ui.door.code_input import CodeInput
from app.ui.door.new_passphrase import NewPassphrase
from app.ui.door.stage import Stage
from app.ui.widgets.buttons import PrimaryButton, QuietButton
from app.ui.widgets.cards import Card
from app.ui.widgets.fields import Field
from app.ui.widgets.notices import Notice
from app.ui.widgets.signs import Busy
from app.ui.widgets.text import Label, Look


class RecoverPage(Stage):
    """Nine groups, whose check characters are looked at as soon as they are full.

    Signals:
        checked: A whole code was typed. Argument: the code.
        recover_wanted: Arguments: the code, the new passphrase as a bytearray, the name as typed.
        left: Back to the passphrase.
        help_requested: Argument: an error's code.
    """

    checked = Signal(str)
    recover_wanted = Signal(str, object, str)
    left = Signal()
    help_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(560, mark=False, parent=parent)
        self.code = CodeInput()
        self.name = QLineEdit()
        self.name.setObjectName("recover-name")
        self._name = Field(
            self.tr("Your name"),
            self.name,
            self.tr("An administrator's. It can stay empty where there is only one."),
        )
        self.passphrase = NewPassphrase()
        self._recover = PrimaryButton(self.tr("Open the vault"), icon="lock-open")
        self._back = QuietButton(self.tr("Back"), icon="chevron-left")
        self._busy = Busy(self.tr("Working"))
        told = self.tr("The code is typed right. Now set a new passphrase.")
        self._said = Label(told, Look.SMALL, Role.GRANTED, wrap=True)
        self._notices = QVBoxLayout()
        self._notice: Notice | None = None
        self._build_page()
        self._connect()

    def show_busy(self, busy: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Show that something works."""
        self._busy.setVisible(busy)
        self._recover.setEnabled(not busy and not self.passphrase.isHidden())
        self._back.setEnabled(not busy)

    def show_right(self) -> None:
        """The check characters fit."""
        self.show_error(None)
        self._said.show()
        self._name.show()
        self.passphrase.show()
        self._recover.setEnabled(True)
        self.passphrase.first.setFocus()

    def show_error(self, error: KnownError | None) -> None:
        """Show an error with code, advice and Help; None takes it away."""
        self._said.hide()
        self._name.hide()
        self.passphrase.hide()
        self._recover.setEnabled(False)
        if self._notice is not None:
            self._notices.removeWidget(self._notice)
            self._notice.hide()
            self._notice.deleteLater()
            self._notice = None
        if error is None:
            self.code.mark(())
            return
        self._notice = Notice.for_error(error)
        self._notice.help_requested.connect(self.help_requested)
        self._notices.addWidget(self._notice)
        self._notice.show()
        groups = str(error.facts.get("groups", ""))
        self.code.mark(int(group) for group in groups.split(",") if group.strip().isdigit())

    def notice(self) -> Notice | None:
        """The error that is shown."""
        return self._notice

    def showEvent(self, event: QShowEvent) -> None:
        """It came on screen: the caret stands in the first group."""
        super().showEvent(event)
        self.code.setFocus()
        self.code.focusNextChild()

    def _submit(self) -> None:
        if self._recover.isEnabled() and self.passphrase.is_good():
            name = self.name.text().strip()
            self.recover_wanted.emit(self.code.code(), self.passphrase.take(), name)

    def _typed(self) -> None:
        if not self.code.is_full():
            self.show_error(None)

    def _build_page(self) -> None:
        self.add_heading(
            self.tr("Use the recovery code"),
            self.tr(
                "Type the nine groups from the printed sheet. Capitals and small letters are the"
                " same."
            ),
        )
        card = Card(padding=Space.XL)
        card.body.setSpacing(Space.L)
        card.body.addLayout(self._notices)
        card.body.addWidget(self.code)
        card.body.addWidget(self._said)
        card.body.addWidget(self._name)
        card.body.addWidget(self.passphrase)
        self.body.addWidget(card)
        foot = QHBoxLayout()
        foot.setSpacing(Space.M)
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._busy)
        foot.addWidget(self._recover)
        self.body.addLayout(foot)
        self._busy.hide()
        self.show_error(None)

    def _connect(self) -> None:
        self._recover.setObjectName("recover")
        self._back.setObjectName("recover-back")
        self._recover.clicked.connect(self._submit)
        self._back.clicked.connect(self.left)
        self.passphrase.again.returnPressed.connect(self._submit)
        self.code.changed.connect(self._typed)
        self.code.completed.connect(self.checked)
