"""Keeps the schedule of backups while a vault is open, and runs one job at a time for the pages."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.backup import BackupMade, BackupSchedule, BackupTimeliness, Restored
from app.errors import KnownError
from app.services import backups
from app.services.backups import BackupStanding
from app.services.ports import Desk, Records, UnitOfWork
from app.ui.backup.backup_words import teller
from app.ui.preferences import Preferences
from app.ui.room import Room
from app.ui.tasks import Progress, Step, Task

log = logging.getLogger(__name__)

_SOON_MS = 20_000  # after unlocking: the first patient comes first
_LOOK_MS = 30 * 60_000
_OF_MEDIUM = "BACKUP-"


class BackupKeeper(QObject):
    """Backs up by itself when it is due, on the lane that gives way to all others.

    Attributes:
        standing: How the backups stand; None until it was looked up.
        failure: Why the last backup was not made; None when it was.

    Signals:
        changed: Standing, failure or whether something runs is another one.
        stepped: How far the job is. Argument: a Step.
        failed: A job that somebody asked for failed. Argument: the exception.
        made: A backup was made because somebody asked. Argument: the BackupMade.
        rehearsed: Argument: the Restored.
        restored: Arguments: the Restored, and the path of the new vault.
    """

    changed = Signal()
    stepped = Signal(object)
    failed = Signal(Exception)
    made = Signal(object)
    rehearsed = Signal(object)
    restored = Signal(object, object)

    def __init__(self, room: Room, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._preferences = preferences
        self._task: Task[Any] | None = None
        self._asked = False
        self.standing: BackupStanding | None = None
        self.failure: KnownError | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.keep)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.keep)
        preferences.changed.connect(self.look)

    @property
    def schedule(self) -> BackupSchedule:
        """As this workstation's settings have it."""
        settings = self._preferences.settings
        return BackupSchedule(settings.backup_folder, settings.backup_days)

    @property
    def running(self) -> bool:
        """Whether a job is under way."""
        return self._task is not None

    def start(self) -> None:
        """Look now how the backups stand, and keep the schedule from soon on."""
        self.look()
        self._soon.start(_SOON_MS)
        self._timer.start()

    def look(self, *_settings: object) -> None:
        """Look how the backups stand."""
        self._ask(self._seen)

    def keep(self) -> None:
        """Make a backup if one is due."""
        self._ask(self._seen_and_keep)

    def back_up(self) -> None:
        """Make a backup now, because somebody asked."""
        self._back_up(asked=True)

    def rehearse(self) -> None:
        """Try the newest point out."""
        folder, backups_ = Path(self.schedule.folder), self._room.workplace.backups
        desk = self._room.desk

        def work(progress: Progress) -> Restored:
            return backups.rehearse(desk, backups_, folder, "", teller(progress))

        self._run(work, self._rehearsed)

    def restore(self, point: str, to: Path) -> None:
        """Make a new vault from a point."""
        folder, backups_ = Path(self.schedule.folder), self._room.workplace.backups
        desk = self._room.desk

        def work(progress: Progress) -> Restored:
            return backups.restore(desk, backups_, folder, point, to, teller(progress))

        self._run(work, partial(self._restored, to))

    def cancel(self) -> None:
        """Stop the job; what was copied is not copied again."""
        if self._task is not None:
            self._task.cancel()

    # looking

    def _ask(self, answer: Callable[[BackupStanding], None]) -> None:
        desk, schedule = self._room.desk, self.schedule

        def question(records: Records) -> BackupStanding:
            return backups.standing(records, desk, schedule)

        self._room.ask(question, answer, on_failure=self._not_seen)

    def _seen(self, standing: BackupStanding) -> None:
        self.standing = standing
        self.changed.emit()

    def _seen_and_keep(self, standing: BackupStanding) -> None:
        self._seen(standing)
        waits = standing.timeliness in {BackupTimeliness.DUE, BackupTimeliness.OVERDUE}
        if waits and not self.running:
            self._back_up(asked=False)

    def _not_seen(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self._room.runner.failed.emit(error)
            return
        log.info("how the backups stand could not be read: %s", error.code)

    # jobs

    def _back_up(self, *, asked: bool) -> None:
        schedule, backups_, desk = self.schedule, self._room.workplace.backups, self._room.desk

        def work(progress: Progress) -> BackupMade:
            return backups.keep_schedule(desk, backups_, schedule, teller(progress))

        self._run(work, self._made, asked=asked)

    def _run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        asked: bool = True,
    ) -> None:
        if self.running:
            return
        self._asked = asked
        self._task = self._room.runner.run_with_progress(
            work,
            partial(self._done, done),
            on_step=self._step,
            lane="slow",
            on_failure=self._not_done,
            on_cancelled=self._stopped,
        )
        self.changed.emit()

    def _step(self, step: Step) -> None:
        self.stepped.emit(step)

    def _done(self, then: Callable[[Any], None], result: object) -> None:
        self._task = None
        then(result)
        self.changed.emit()

    def _stopped(self) -> None:
        self._task = None
        self.changed.emit()

    def _not_done(self, error: Exception) -> None:
        self._task = None
        if not isinstance(error, KnownError):
            self._room.runner.failed.emit(error)
        elif error.code.startswith(_OF_MEDIUM):
            known = self.failure is not None and self.failure.code == error.code
            self.failure = error
            if self._asked or not known:  # it is tried again every half hour
                self._record(partial(backups.note_failed, code=error.code))
        if self._asked and isinstance(error, KnownError):
            self.failed.emit(error)
        self.changed.emit()

    def _made(self, made: BackupMade) -> None:
        self.failure = None
        self._record(partial(backups.note_made, made=made))
        if self._asked or made.unreadable:
            self.made.emit(made)

    def _rehearsed(self, result: Restored) -> None:
        self._record(partial(backups.note_rehearsed, restored=result))
        self.rehearsed.emit(result)

    def _restored(self, to: Path, result: Restored) -> None:
        self._record(partial(backups.note_restored, point=result.point.id))
        self.restored.emit(result, to)

    def _record(self, note: Callable[[UnitOfWork, Desk], None]) -> None:
        self._room.change(note, self.look)
