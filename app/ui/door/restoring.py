"""Restoring at the door: from an empty computer and a folder of backups to a vault."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.backup import BackupPoint, Restored
from app.errors import KnownError
from app.services.backups import Wanted
from app.services.workplace import Door
from app.ui.backup.backup_words import moment_word, slot_words, teller
from app.ui.door.restore_pages import DonePage, OpenPage, PointPage
from app.ui.tasks import Progress, Step, Task, TaskRunner
from app.ui.widgets.notices import Notice, Tone


class Restoring(QWidget):
    """Three pages: the point, what opens it, and what became of it.

    Signals:
        left: Back from the first page.
        restored: The new vault is to be opened. Argument: its path.
        help_requested: Argument: an error's code.
    """

    left = Signal()
    restored = Signal(object)
    help_requested = Signal(str)

    def __init__(self, door: Door, runner: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("restoring")
        self._door = door
        self._runner = runner
        self._folder = Path()
        self._point: BackupPoint | None = None
        self._task: Task[Restored] | None = None
        self.point_page = PointPage()
        self.open_page: OpenPage | None = None
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._stack.addWidget(self.point_page)
        self.point_page.left.connect(self.left)
        self.point_page.help_requested.connect(self.help_requested)
        self.point_page.folder_chosen.connect(self._look)
        self.point_page.point_chosen.connect(self._show_open)

    @property
    def page(self) -> QWidget:
        """The page that is on."""
        page = self._stack.currentWidget()
        assert page is not None
        return page

    def _look(self, folder: Path) -> None:
        self._folder = folder
        self._runner.run(
            partial(self._door.backups.points, folder),
            self.point_page.show_points,
            lane="work",
            on_failure=self._nothing_there,
        )

    def _nothing_there(self, error: Exception) -> None:
        if isinstance(error, KnownError):
            self.point_page.show_points(())
            self.point_page.show_error(error)
        else:
            self._runner.failed.emit(error)

    def _show_open(self, point: BackupPoint) -> None:
        self._point = point
        page = OpenPage(moment_word(point.at, None))
        page.place.name.setText(point.set_name)
        page.left.connect(self._back)
        page.help_requested.connect(self.help_requested)
        page.restore_wanted.connect(self._restore)
        page.cancel_wanted.connect(self._cancel)
        self.open_page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def _back(self) -> None:
        page, self.open_page = self.open_page, None
        if page is not None:
            self._stack.setCurrentWidget(self.point_page)
            self._stack.removeWidget(page)
            page.deleteLater()

    def _restore(self, passphrase: bytearray | None, code: str, path: Path) -> None:
        assert self._point is not None
        assert self.open_page is not None
        wanted = Wanted(self._folder, self._point.id, passphrase, code)
        door = self._door.backups

        def work(progress: Progress) -> Restored:
            return door.restore(wanted, path, teller(progress))

        self.open_page.show_busy(True)  # noqa: FBT003 - a Qt setter
        self._task = self._runner.run_with_progress(
            work,
            partial(self._done, path),
            on_step=self._step,
            lane="slow",
            on_failure=self._refused,
            on_cancelled=self._stopped,
        )

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _step(self, step: Step) -> None:
        if self.open_page is not None:
            self.open_page.strip.report(step.done, step.total, step.what)

    def _stopped(self) -> None:
        self._task = None
        if self.open_page is not None:
            self.open_page.show_busy(False)  # noqa: FBT003 - a Qt setter

    def _refused(self, error: Exception) -> None:
        self._stopped()
        if not isinstance(error, KnownError):
            self._runner.failed.emit(error)
        elif self.open_page is not None:
            self.open_page.show_error(error)

    def _done(self, path: Path, result: Restored) -> None:
        self._stopped()
        page = DonePage(
            self._notice(result), self.tr("It lies in {folder}.").format(folder=str(path.parent))
        )
        page.primary.clicked.connect(partial(self.restored.emit, path))
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.primary.setFocus()

    def _notice(self, result: Restored) -> Notice:
        if not result.sound:
            told = self.tr("Its check found faults: {count}.")
            text = self.tr("Look at them with clinigraph verify before the vault is used.")
            found = len(result.report.findings)
            return Notice(Tone.WARN, told.format(count=found), f"{text} {slot_words(result)}")
        told = self.tr("Every record, picture and paper was checked.")
        words = slot_words(result) or self.tr(
            "It opens with the passphrases and the recovery code of that day."
        )
        return Notice(Tone.GRANTED, told, words)
