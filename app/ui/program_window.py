"""The window of the program: opens and locks the vault, and shows what nobody else shows.

What stands behind the door is loaded behind it: while the passphrase is typed.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication

from app.domain.ids import EncounterId, StaffId
from app.errors import KnownError
from app.services.workplace import Door, Workplace
from app.settings import Settings
from app.ui.camera.media_backend import prepare_media
from app.ui.door.door_page import DoorPage
from app.ui.frame.main_window import MainWindow
from app.ui.help import show_help
from app.ui.preferences import Preferences
from app.ui.program.capture_hint import hide_from_capture
from app.ui.program.clipboard_guard import ClipboardGuard
from app.ui.program.failures import Failures
from app.ui.program.garbage import Garbage
from app.ui.program.idle_lock import IdleLock
from app.ui.program.notice_shelf import NoticeShelf
from app.ui.program.system_session import SystemSession
from app.ui.room import Room
from app.ui.tasks import TaskRunner
from app.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from app.ui.camera.camera_choice import StreamDoor
    from app.ui.capture.cameras import Cameras
    from app.ui.program.staff_pages import StaffPages

BEHIND_THE_DOOR: Final = "app.ui.program.staff_pages"


class ProgramWindow(QObject):
    """One window, one vault at a time; while it is locked nothing of it is left in the window.

    Attributes:
        window: The frame.
        preferences: The settings.
        failures: The end of every failure that nobody handled.
        idle: Locks when nobody is there.
        pages: The staff's pages; None while the vault is closed.
        door_page: What covers the window while the vault is closed.

    Signals:
        unlocked: The pages are shown.
        locked: The vault is closed, its pages are gone.
    """

    unlocked = Signal()
    locked = Signal()

    def __init__(
        self,
        door: Door,
        preferences: Preferences,
        vault: Path | None = None,
        make_cameras: Callable[[], Cameras] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.preferences = preferences
        preferences.setParent(self)
        preferences.apply()
        self._door = door
        self._make_cameras = make_cameras
        self._cameras: Cameras | None = None
        self._vault = vault or _last_vault(preferences.settings)
        self._retired: list[TaskRunner] = []
        self._workplace: Workplace | None = None
        self._unfinished: EncounterId | None = None
        self._left_open: dict[StaffId, EncounterId] = {}  # by those who let somebody else work on
        self._ended = False
        self.window = MainWindow()
        staff_side = self.window.toast.parentWidget()
        assert staff_side is not None
        self.notices = NoticeShelf(staff_side)
        self.failures = Failures(self.window, self)
        self._runner = self._new_runner()
        self.idle = IdleLock(preferences.settings.idle_minutes, self)
        self._system = SystemSession(self)
        self._clipboard = ClipboardGuard(self)
        self._garbage = Garbage(self)
        self.pages: StaffPages | None = None
        self.door_page: DoorPage | None = None
        self._connect()

    def start(self) -> None:
        """Show the window with its door."""
        self.failures.install()
        self._garbage.take_over()
        self._show_door()
        self.window.show()
        hide_from_capture(int(self.window.winId()))

    def lock(self, reason: str = "", *, for_pin: bool = False) -> None:
        """Close the vault and forget everything that was on the screen.

        Args:
            reason: Why, for the lock's page.
            for_pin: Whether the PIN of who works here may open it again.
        """
        if self._workplace is None or self.pages is None:
            return
        if for_pin:
            self._door.keep_for_pin(self._workplace)
        else:
            self._door.forget_pins()
        self._left_open.clear()
        self._unfinished = self.pages.unfinished()
        self.pages.suspend()
        self.idle.stop()
        self.failures.mute(muted=True)
        self._close_what_lies_over()
        self._clipboard.clear()
        door_page = self._show_door()
        door_page.show_locking(reason)
        workplace, self._workplace = self._workplace, None
        self._runner.run(workplace.close, self._closed, on_failure=self._closed_badly)

    def end(self) -> None:
        """Close the vault and end all threads; the window is about to go."""
        if self._ended:
            return
        self._ended = True
        self.idle.stop()
        if self.pages is not None:
            self.pages.suspend()
        self.failures.mute(muted=True)
        self._close_what_lies_over()
        workplace, self._workplace = self._workplace, None
        if workplace is not None:
            self._runner.run(workplace.close, _nothing, on_failure=_nothing)
        for runner in (*self._retired, self._runner):
            runner.shutdown()
        self._forget_pages()
        self._garbage.give_back()
        self.failures.uninstall()

    # opening

    def _show_door(self) -> DoorPage:
        page = DoorPage(self._door, self._runner, self._vault, self.preferences.paper_size())
        page.opened.connect(self._take)
        page.finished.connect(self._enter)
        page.help_requested.connect(self._help)
        self.door_page = page
        self.window.show_lock(page)
        return page

    def _take(self, workplace: Workplace, vault: Path) -> None:
        """A vault is open, though the door may have more to settle."""
        if vault != self._vault:
            self._unfinished = None  # the session that was open belongs to the other vault
        self._workplace = workplace
        self._vault = vault
        self.preferences.change(last_vault=str(vault))

    def _enter(self) -> None:
        assert self._workplace is not None, "the door opened a vault before"
        from app.ui.program.staff_pages import StaffPages

        if self._cameras is None and self._make_cameras is not None:
            self._cameras = self._make_cameras()
            self._cameras.setParent(self)
        room = Room(self._workplace, self._runner)
        self.pages = StaffPages(self.window, room, self.preferences, self._door, self._cameras)
        self.pages.help_wanted.connect(self._help)
        self.pages.lock_wanted.connect(self._lock_by_hand)
        self.pages.switched.connect(self._switch)
        self.door_page = None
        self.window.unlock()
        self.pages.show_first(self._unfinished)
        self._unfinished = None
        self.idle.start()
        self.unlocked.emit()

    def _switch(self, workplace: Workplace) -> None:
        """Somebody else works on in the open vault: nothing of who was there is left on screen."""
        assert self.pages is not None
        unfinished = self.pages.unfinished()
        if unfinished is not None:
            self._left_open[self.pages.room.desk.staff.id] = unfinished
        self.pages.suspend()
        self.idle.stop()
        self._close_what_lies_over()
        self._forget_pages()
        self._workplace = workplace
        self._unfinished = self._left_open.pop(workplace.desk.staff.id, None)
        self._enter()
        told = self.tr("{name} is signed in.").format(name=workplace.desk.staff.name)
        self.window.toast.tell(told)

    # locking

    def _closed(self, _nothing: None) -> None:
        self._forget_pages()
        self._runner.failed.disconnect(self.failures.meet)
        self._runner.retire()
        self._retired.append(self._runner)
        self._runner.busy_changed.connect(self._drop_idle_runners)
        QTimer.singleShot(0, self._drop_idle_runners)
        self._runner = self._new_runner()
        self.failures.mute(muted=False)
        if self.door_page is not None:
            self.door_page.set_ready(self._runner)
        self.locked.emit()

    def _closed_badly(self, error: Exception) -> None:
        self._closed(None)
        self.failures.meet(error)

    def _forget_pages(self) -> None:
        self.window.forget_pages()
        self.notices.clear()
        QPixmapCache.clear()
        if self.pages is not None:
            self.pages.deleteLater()
            self.pages = None

    def _close_what_lies_over(self) -> None:
        """Sheets, menus, file dialogs, the patient's side: nothing may lie over the lock."""
        side = self.window.leave_patient_side()
        if side is not None:
            side.deleteLater()
        for sheet in self.window.findChildren(Sheet):
            sheet.blockSignals(True)  # noqa: FBT003 - Qt's signature
            sheet.reject()
        for other in QApplication.topLevelWidgets():
            if other is not self.window and other.isVisible():
                other.close()

    def _drop_idle_runners(self) -> None:
        for runner in tuple(self._retired):
            if not runner.is_busy():
                self._retired.remove(runner)
                runner.shutdown()
                runner.deleteLater()

    # what the window asks for

    def _lock_by_hand(self) -> None:
        self.lock()

    def _lock_idle(self) -> None:
        told = self.tr("Locked after {minutes} minutes without input.")
        self.lock(told.format(minutes=self.preferences.settings.idle_minutes), for_pin=True)

    def _lock_woken(self) -> None:
        self.lock(self.tr("Locked while the computer was asleep."))

    def _lock_asleep(self) -> None:
        self.lock(self.tr("Locked because the computer was put to sleep."))

    def _lock_covered(self) -> None:
        self.lock(self.tr("Locked with the computer's screen."))

    def _follow(self, settings: Settings) -> None:
        self.idle.set_minutes(settings.idle_minutes)

    def _say_not_kept(self) -> None:
        self.window.toast.tell(self.tr("The settings could not be kept for the next start."))

    def _show_failure(self, error: KnownError) -> None:
        self.notices.show_error(error)

    def _help(self, topic: str) -> None:
        show_help(self.window, topic)

    def _new_runner(self) -> TaskRunner:
        runner = TaskRunner(self)
        runner.failed.connect(self.failures.meet)
        return runner

    def _connect(self) -> None:
        self.failures.known.connect(self._show_failure)
        self.notices.help_requested.connect(self._help)
        self.preferences.changed.connect(self._follow)
        self.preferences.not_kept.connect(self._say_not_kept)
        self.idle.idle.connect(self._lock_idle)
        self.idle.woken.connect(self._lock_woken)
        self._system.sleeping.connect(self._lock_asleep)
        self._system.locked.connect(self._lock_covered)
        self.window.lock_requested.connect(self._lock_by_hand)
        self.window.help_requested.connect(self._help)
        self.window.closing.connect(self.end)


def open_window(
    door: Door,
    settings: Settings,
    change_settings: Callable[[Settings], None],
    streams: StreamDoor,
    vault: Path | None = None,
) -> int:
    """Run the window until it is closed; the program's exit code.

    Args:
        door: Creates and opens vaults.
        settings: As they were kept.
        change_settings: Keeps them.
        streams: The way to network cameras.
        vault: To be opened; None for the one that was open last.
    """
    prepare_media()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    app.setApplicationName("clinigraph")
    QApplication.setApplicationDisplayName("Clinigraph")
    preferences = Preferences(settings, change_settings)
    program = ProgramWindow(door, preferences, vault, lambda: _cameras(streams, preferences))
    program.start()
    Thread(target=import_module, args=(BEHIND_THE_DOOR,), name="load").start()
    try:
        return app.exec()
    finally:
        program.end()
        program.window.deleteLater()
        program.deleteLater()


def _cameras(streams: StreamDoor, preferences: Preferences) -> Cameras:
    from app.ui.camera.video_inputs import VideoInputs
    from app.ui.capture.cameras import Cameras

    return Cameras(VideoInputs(), streams, preferences)


def _last_vault(settings: Settings) -> Path | None:
    return Path(settings.last_vault) if settings.last_vault else None


def _nothing(_answer: object) -> None:
    """What becomes of the vault is of no interest to a window that is gone."""
