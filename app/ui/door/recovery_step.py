"""The recovery code of a new vault: shown, put on paper, asked back, and forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.paper import PageSize
from app.errors import KnownError
from app.ui.design.tokens import Role, Space
from app.ui.door.recovery_code_view import AskBack, RecoveryGroups
from app.ui.door.recovery_paper import RecoveryPaper
from app.ui.room import Room
from app.ui.widgets.buttons import SecondaryButton
from app.ui.widgets.notices import Notice, Tone
from app.ui.widgets.text import Label, Look, Paragraph


class RecoveryStep(QWidget):
    """First the code, then two questions about it.

    Attributes:
        paper: Prints and saves the sheet.

    Signals:
        help_requested: Argument: an error's code.
    """

    help_requested = Signal(str)

    def __init__(
        self, room: Room, groups: Sequence[str], size: PageSize, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._noted = QWidget()
        self._asking = QWidget()
        self.paper = RecoveryPaper(room, groups, size, self)
        self._print = SecondaryButton(self.tr("Print…"), icon="printer")
        self._save = SecondaryButton(self.tr("Save as PDF…"), icon="save")
        self._said = Label("", Look.SMALL, Role.INK_2, wrap=True)
        self._notices = QVBoxLayout()
        self._notice: Notice | None = None
        self.ask_back = AskBack(groups)
        self._build(groups)
        self._connect()

    def is_asking(self) -> bool:
        """Whether the code is hidden and asked for."""
        return not self._asking.isHidden()

    def ask(self, asking: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Hide the code and ask for two groups, or show it again."""
        self._noted.setVisible(not asking)
        self._asking.setVisible(asking)
        if asking:
            self.ask_back.setFocus()
            self.ask_back.focusNextChild()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self._room.runner.failed.emit(error)
            return
        if self._notice is not None:
            self._notice.hide()
            self._notice.deleteLater()
        self._notice = Notice.for_error(error)
        self._notice.help_requested.connect(self.help_requested)
        self._notices.addWidget(self._notice)
        self._notice.show()

    def _printed(self) -> None:
        self._said.setText(self.tr("Sent to the printer. Fetch the sheet before you go on."))

    def _saved(self) -> None:
        self._said.setText(
            self.tr("Saved. Print it or move it to the safe; do not leave the file here.")
        )

    def _build(self, groups: Sequence[str]) -> None:
        self._print.setObjectName("recovery-print-button")
        self._save.setObjectName("recovery-save-button")
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self._print)
        buttons.addWidget(self._save)
        buttons.addWidget(self._said, 1)
        first = QVBoxLayout(self._noted)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(Space.L)
        first.addWidget(RecoveryGroups(groups))
        first.addLayout(buttons)
        first.addWidget(
            Notice(
                Tone.WARN,
                self.tr("This code is shown once."),
                self.tr(
                    "Whoever holds it can open every photograph. Put it on paper, keep it in the"
                    " safe of the clinic, and make no photograph of it."
                ),
            )
        )
        second = QVBoxLayout(self._asking)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(Space.L)
        second.addWidget(
            Paragraph(self.tr("Read these two groups from your sheet."), Look.BODY, Role.INK_2)
        )
        second.addWidget(self.ask_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addLayout(self._notices)
        column.addWidget(self._noted)
        column.addWidget(self._asking)
        self._asking.hide()

    def _connect(self) -> None:
        self._print.clicked.connect(self.paper.ask_print)
        self._save.clicked.connect(self.paper.ask_save)
        self.paper.printed.connect(self._printed)
        self.paper.saved.connect(self._saved)
        self.paper.failed.connect(self._fail)
