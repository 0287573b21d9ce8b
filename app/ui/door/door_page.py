"""The door: which of its pages is on, and what the vault's answers mean."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.domain.paper import PageSize
from app.errors import KnownError
from app.services.workplace import Door, Workplace
from app.ui.door.recover_page import RecoverPage
from app.ui.door.start_page import StartPage
from app.ui.door.unlock_page import UnlockPage
from app.ui.tasks import TaskRunner


class DoorPage(QWidget):
    """What stands before the vault: the first start, or its lock.

    Signals:
        opened: A vault is open. Arguments: the workplace and the vault's path.
        finished: Nothing more is to be settled; the window may show the pages.
        help_requested: Argument: an error's code or a help topic.
    """

    opened = Signal(object, object)
    finished = Signal()
    help_requested = Signal(str)

    def __init__(
        self,
        door: Door,
        runner: TaskRunner,
        vault: Path | None,
        size: PageSize,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._door = door
        self._runner = runner
        self._size = size
        self._vault = vault
        self._closing = False
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._help = QShortcut(QKeySequence("F1"), self)
        self._help.activated.connect(self._ask_help)
        if vault is None:
            self._show_start()
        else:
            self._show_unlock(vault)

    @property
    def page(self) -> QWidget:
        """The page that is on."""
        page = self._stack.currentWidget()
        assert page is not None
        return page

    def help_topic(self) -> str:
        """What F1 opens."""
        if self.page.objectName() == "restoring":
            return "backup"
        return "unlock" if isinstance(self.page, (UnlockPage, RecoverPage)) else "first-start"

    def show_locking(self, reason: str) -> None:
        """Say that the vault is being closed; nothing can be typed until `set_ready`."""
        page = self.page
        if isinstance(page, UnlockPage):
            self._closing = True
            page.show_reason(reason)
            page.show_busy(self.tr("Locking…"))

    def set_ready(self, runner: TaskRunner) -> None:
        """The vault is closed; the next one is opened on these lanes."""
        self._runner = runner
        self._closing = False
        if isinstance(self.page, UnlockPage):
            self.page.show_busy("")
            self._look()  # the lanes that were asked before may be gone without an answer

    def _ask_help(self) -> None:
        self.help_requested.emit(self.help_topic())

    # pages

    def _show(self, page: QWidget) -> None:
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def _show_start(self) -> None:
        page = StartPage()
        page.new_wanted.connect(self._show_founding)
        page.open_wanted.connect(self._choose_vault)
        page.restore_wanted.connect(self._show_restoring)
        self._show(page)

    def _show_founding(self) -> None:
        from app.ui.door.founding import Founding  # noqa: PLC0415 - once in a vault's life

        page = Founding(self._door, self._runner, self._size)
        page.left.connect(self._leave)
        page.opened.connect(self.opened)
        page.finished.connect(self.finished)
        page.help_requested.connect(self.help_requested)
        self._show(page)

    def _show_restoring(self) -> None:
        from app.ui.door.restoring import Restoring  # noqa: PLC0415 - seldom in a vault's life

        page = Restoring(self._door, self._runner)
        page.left.connect(self._leave)
        page.restored.connect(self._show_unlock)
        page.help_requested.connect(self.help_requested)
        self._show(page)

    def _show_unlock(self, vault: Path) -> None:
        self._vault = vault
        page = UnlockPage(vault)
        page.unlock_wanted.connect(self._unlock)
        page.pin_given.connect(self._unlock_with_pin)
        page.recovery_wanted.connect(self._show_recover)
        page.other_wanted.connect(self._choose_vault)
        page.new_wanted.connect(self._show_founding)
        page.restore_wanted.connect(self._show_restoring)
        page.help_requested.connect(self.help_requested)
        self._show(page)
        if self._door.takes_pin(vault):
            page.ask_pin(True)  # noqa: FBT003 - a Qt setter
        page.wait(self._door.wait_s(vault))
        self._look()

    def _look(self) -> None:
        """Ask whether the vault can be opened, and whether by name."""
        assert self._vault is not None
        look, seen = partial(_looked_at, self._door, self._vault), partial(self._seen, self._vault)
        self._runner.run(look, seen, lane="work", on_failure=self._refused)

    def _show_recover(self) -> None:
        page = RecoverPage()
        page.checked.connect(self._check_code)
        page.recover_wanted.connect(self._recover)
        page.left.connect(self._leave)
        page.help_requested.connect(self.help_requested)
        self._show(page)

    def _leave(self) -> None:
        if self._vault is None:
            self._show_start()
        else:
            self._show_unlock(self._vault)

    def _choose_vault(self) -> None:
        dialog = QFileDialog(self.window(), self.tr("Open a vault"))
        dialog.setObjectName("vault-file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Vaults (*.clinigraph *.clinigraph-keys)"))
        if self._vault is not None:
            dialog.setDirectory(str(self._vault.parent))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, name: str) -> None:
        path = Path(name)
        self._show_unlock(path.with_suffix(".clinigraph") if path.suffix else path)

    # the vault's answers

    def _seen(self, vault: Path, several: bool) -> None:  # noqa: FBT001 - an answer
        """It can be opened."""
        if isinstance(self.page, UnlockPage) and vault == self._vault:
            self.page.ask_name(several)

    def _unlock(self, passphrase: bytearray, name: str) -> None:
        assert self._vault is not None
        self._try(partial(self._door.unlock, self._vault, passphrase, name))

    def _unlock_with_pin(self, pin: str) -> None:
        assert self._vault is not None
        self._try(partial(self._door.unlock_with_pin, self._vault, pin))

    def _try(self, opening: Callable[[], Workplace]) -> None:
        self._busy(self.tr("Opening the vault…"))
        self._runner.run(opening, self._opened, on_failure=self._refused)

    def _check_code(self, code: str) -> None:
        page = self.page
        assert isinstance(page, RecoverPage)
        try:
            self._door.check_recovery_code(code)
        except KnownError as error:
            page.show_error(error)
        else:
            page.show_right()

    def _recover(self, code: str, passphrase: bytearray, name: str) -> None:
        assert self._vault is not None
        self._try(partial(self._door.unlock_with_recovery, self._vault, code, passphrase, name))

    def _opened(self, workplace: Workplace) -> None:
        self.opened.emit(workplace, self._vault)
        self.finished.emit()

    def _refused(self, error: Exception) -> None:
        self._busy("")
        page = self.page
        if not isinstance(error, KnownError):
            self._runner.failed.emit(error)
            return
        if isinstance(page, (UnlockPage, RecoverPage)):
            page.show_error(error)
        if isinstance(page, UnlockPage) and self._vault is not None:
            if page.asks_pin() and not self._door.takes_pin(self._vault):
                page.ask_pin(False)  # noqa: FBT003 - a Qt setter
            page.wait(self._door.wait_s(self._vault))

    def _busy(self, words: str) -> None:
        page = self.page
        if isinstance(page, UnlockPage):
            page.show_busy(self.tr("Locking…") if self._closing else words)
        elif isinstance(page, RecoverPage):
            page.show_busy(bool(words))


def _looked_at(door: Door, vault: Path) -> bool:
    """Whether a name has to be typed. Raises what keeps the vault from being opened."""
    door.look_at(vault)
    return door.several_people(vault)
