"""The two pages of restoring at the door: which point, then what opens it and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from app.domain.backup import BackupPoint
from app.errors import KnownError
from app.ui.backup.point_list import PointList
from app.ui.design.tokens import Space
from app.ui.door.code_input import CodeInput
from app.ui.door.passphrase_edit import PassphraseEdit
from app.ui.door.stage import Stage
from app.ui.door.vault_place import VaultPlace
from app.ui.widgets.buttons import PrimaryButton, QuietButton, SecondaryButton
from app.ui.widgets.cards import Card
from app.ui.widgets.choices import Choice, Segmented
from app.ui.widgets.fields import Field
from app.ui.widgets.notice_place import NoticePlace
from app.ui.widgets.notices import Notice
from app.ui.widgets.progress import ProgressStrip

BY_PASSPHRASE, BY_CODE = "by-passphrase", "by-code"


class RestoreStage(Stage):
    """A heading, a card, notices above it, and Back with a primary button below.

    Signals:
        left: Back.
        help_requested: Argument: an error's code.
    """

    left = Signal()
    help_requested = Signal(str)

    def __init__(self, title: str, text: str, verb: str, icon: str) -> None:
        super().__init__(560, mark=False)
        self.add_heading(title, text)
        self.card = Card(padding=Space.XL)
        self.card.body.setSpacing(Space.L)
        self.primary = PrimaryButton(verb, icon=icon)
        self.back = QuietButton(self.tr("Back"), icon="chevron-left")
        self.primary.setObjectName("restore-primary")
        self.back.setObjectName("restore-back")
        self._notices = NoticePlace()
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.primary)
        self.body.addLayout(self._notices)
        self.body.addWidget(self.card)
        self.body.addLayout(foot)
        self.back.clicked.connect(self.left)

    def show_error(self, error: KnownError | None) -> None:
        """Show an error with code, advice and Help; None takes it away."""
        notice = None
        if error is not None:
            notice = Notice.for_error(error)
            notice.help_requested.connect(self.help_requested)
        self.show_notice(notice)

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice instead of the one before."""
        self._notices.show_notice(notice)

    def notice(self) -> Notice | None:
        """What is shown."""
        return self._notices.notice()


class PointPage(RestoreStage):
    """Which folder, and which point in it.

    Signals:
        folder_chosen: Argument: the folder.
        point_chosen: Argument: the BackupPoint.
    """

    folder_chosen = Signal(object)
    point_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(
            self.tr("Restore from a backup"),
            self.tr("Choose the folder that the backups are in, and the point to go back to."),
            self.tr("Continue"),
            "",
        )
        self.folder = QLineEdit()
        self.folder.setObjectName("restore-folder")
        self._browse = SecondaryButton(self.tr("Choose…"), icon="folder-open")
        self._browse.setObjectName("restore-browse")
        self.points = PointList()
        self._looked_in = ""
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(Field(self.tr("Folder"), self.folder), 1)
        row.addWidget(self._browse, 0, Qt.AlignmentFlag.AlignBottom)
        self.card.body.addLayout(row)
        self.card.body.addWidget(self.points)
        self.points.hide()
        self.primary.setEnabled(False)
        self.primary.clicked.connect(self._submit)
        self._browse.clicked.connect(self._ask)
        self.folder.editingFinished.connect(self._look_again)
        self.points.picked.connect(self.primary.setEnabled)

    def show_points(self, points: Sequence[BackupPoint]) -> None:
        """Show what is in the folder."""
        self.show_error(None)
        self.points.setVisible(bool(points))
        self.primary.setEnabled(False)
        self.points.show_points(points)

    def showEvent(self, event: QShowEvent) -> None:
        """It came on screen: the caret stands in the field."""
        super().showEvent(event)
        self.folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_in(self, folder: str) -> None:
        """Look into a folder."""
        self.folder.setText(folder)
        self._look()

    def _look_again(self) -> None:
        """The caret left the field, perhaps because the window closes: only what is new counts."""
        if self.folder.text().strip() != self._looked_in:
            self._look()

    def _look(self) -> None:
        self._looked_in = self.folder.text().strip()
        if self._looked_in:
            self.folder_chosen.emit(Path(self._looked_in))

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Folder with backups"))
        dialog.setObjectName("restore-folder-dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.look_in)
        dialog.open()

    def _submit(self) -> None:
        point = self.points.point()
        if point is not None:
            self.point_chosen.emit(point)


class OpenPage(RestoreStage):
    """What opens the backup, and where the new vault is to lie.

    Signals:
        restore_wanted: Arguments: passphrase (a bytearray, or None), code, path of the new vault.
        cancel_wanted: Break it off.
    """

    restore_wanted = Signal(object, str, object)
    cancel_wanted = Signal()

    def __init__(self, when: str) -> None:
        told = self.tr("{when}. It opens with a passphrase or the recovery code of that day.")
        super().__init__(
            self.tr("Open the backup"), told.format(when=when), self.tr("Restore"), "history"
        )
        self.way = Segmented(
            self.tr("Opened with"),
            (
                Choice(BY_PASSPHRASE, self.tr("Passphrase")),
                Choice(BY_CODE, self.tr("Recovery code")),
            ),
            BY_PASSPHRASE,
        )
        self.way.setObjectName("restore-way")
        self.passphrase = PassphraseEdit("restore-passphrase")
        self._passphrase = Field(self.tr("Passphrase of that day"), self.passphrase)
        self.code = CodeInput()
        self.place = VaultPlace()
        self.strip = ProgressStrip()
        for widget in (self.way, self._passphrase, self.code, self.place, self.strip):
            self.card.body.addWidget(widget)
        self.way.chosen.connect(self._turn)
        self.passphrase.textChanged.connect(self._refresh)
        self.passphrase.returnPressed.connect(self._submit)
        self.code.changed.connect(self._refresh)
        self.primary.clicked.connect(self._submit)
        self.strip.cancel_requested.connect(self.cancel_wanted)
        self._turn(BY_PASSPHRASE)

    def showEvent(self, event: QShowEvent) -> None:
        """It came on screen: the caret stands in the field."""
        super().showEvent(event)
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_busy(self, busy: bool) -> None:  # noqa: FBT001 - a Qt setter
        """Show that it works, or let the user go on."""
        for widget in (self.way, self._passphrase, self.code, self.place, self.back):
            widget.setEnabled(not busy)
        if busy:
            self.show_error(None)
            self.strip.begin(self.tr("Opening the backup…"))
            self.primary.setEnabled(False)
        else:
            self.strip.finish()
            self._refresh()

    def _turn(self, way: str) -> None:
        self._passphrase.setVisible(way == BY_PASSPHRASE)
        self.code.setVisible(way == BY_CODE)
        self._refresh()
        if way == BY_CODE:
            self.code.setFocus()
            self.code.focusNextChild()
        else:
            self.passphrase.setFocus()

    def _refresh(self) -> None:
        typed = self.passphrase.text() if self._by_passphrase() else self.code.is_full()
        self.primary.setEnabled(bool(typed))

    def _by_passphrase(self) -> bool:
        return self.way.value() == BY_PASSPHRASE

    def _submit(self) -> None:
        path = self.place.path()
        if not self.primary.isEnabled() or not self.place.is_good() or path is None:
            return
        if self._by_passphrase():
            self.restore_wanted.emit(self.passphrase.take(), "", path)
        else:
            self.restore_wanted.emit(None, self.code.code(), path)


class DonePage(RestoreStage):
    """What was found, and the way to the restored vault."""

    def __init__(self, notice: Notice, text: str) -> None:
        super().__init__(self.tr("The vault is restored"), text, self.tr("Open it"), "lock-open")
        self.card.hide()
        self.back.hide()
        self.show_notice(notice)
