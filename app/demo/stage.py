"""The real window of the program, set up to be driven."""

from __future__ import annotations

import signal
from types import FrameType, TracebackType
from typing import Self

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.demo.driver import Driver, StuckError
from app.demo.throwaway import Throwaway
from app.ui.camera.media_backend import prepare_media
from app.ui.preferences import Preferences
from app.ui.program_window import ProgramWindow
from app.ui.tasks import TaskRunner

WIDTH, HEIGHT = 1280, 800
WATCH_MS = 200
INTERRUPTED = 130  # as shells name a program that Ctrl+C ended


class Stage:
    """Shows the window, watches over it, and ends it.

    Attributes:
        place: The vault.
        app: The application.
        program: The window.
        driver: Hands and eyes before it.
    """

    def __init__(self, place: Throwaway) -> None:
        self.place = place
        self._interrupted = False
        self._handlers: dict[signal.Signals, signal._HANDLER] = {}
        prepare_media()
        self.app = QApplication.instance() or QApplication(["clinigraph"])
        QApplication.setApplicationName("clinigraph")
        QApplication.setApplicationDisplayName("Clinigraph")
        QApplication.setCursorFlashTime(0)
        core = place.core
        vault = place.vault if place.vault.exists() else None
        self.program = ProgramWindow(core, Preferences(core.settings, core.change_settings), vault)
        self.driver = Driver(self.program.window, busy=self._busy, watch=self._watch)

    def __enter__(self) -> Self:
        for kind in (signal.SIGINT, signal.SIGTERM):
            self._handlers[kind] = signal.signal(kind, self._interrupt)
        self.program.window.resize(WIDTH, HEIGHT)
        self.program.start()
        self.program.window.activateWindow()
        QTest.qWaitForWindowActive(self.program.window)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.program.end()
        self.program.window.close()
        for each, handler in self._handlers.items():
            signal.signal(each, handler)

    def run(self) -> int:
        """Let the user work until the window is closed; the exit code."""
        watch = QTimer()
        watch.setInterval(WATCH_MS)  # lets Python see Ctrl+C while Qt waits for events
        watch.timeout.connect(self._end_when_interrupted)
        watch.start()
        self.app.exec()
        return INTERRUPTED if self._interrupted else 0

    def _end_when_interrupted(self) -> None:
        if self._interrupted:
            self.app.exit()

    def _busy(self) -> bool:
        return any(runner.is_busy() for runner in self.program.findChildren(TaskRunner))

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        self._interrupted = True

    def _watch(self) -> None:
        if self._interrupted:
            raise KeyboardInterrupt
        if self.driver.is_seen("fault"):
            raise StuckError("the program met a fault of its own")
