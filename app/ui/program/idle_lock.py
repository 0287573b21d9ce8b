"""Notices that nobody is at the screen any more."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_LOOK_MS = 5_000
_ASLEEP_S = 60.0  # the timer comes so late only when the computer slept
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


def awake_or_not_s() -> float:
    """Seconds that go on while the computer sleeps, whatever somebody sets the clock to.

    Source: clock_gettime(2), CLOCK_BOOTTIME. Where there is none, the clock on the wall.
    """
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.time() if boot is None else time.clock_gettime(boot)


class IdleLock(QObject):
    """Watches the program's input while it is started.

    Signals:
        idle: There was no input for the time that was set.
        woken: The computer slept in between.
    """

    idle = Signal()
    woken = Signal()

    def __init__(
        self,
        minutes: int,
        parent: QObject | None = None,
        *,
        clock_s: Callable[[], float] = awake_or_not_s,
    ) -> None:
        """Watch with `clock_s`, which goes on while the computer sleeps."""
        super().__init__(parent)
        self._minutes = minutes
        self._clock_s = clock_s
        self._touched_s = self._looked_s = clock_s()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def set_minutes(self, minutes: int) -> None:
        """Change how long nobody may be there."""
        self._minutes = minutes

    def start(self) -> None:
        """Begin to watch."""
        self._touched_s = self._looked_s = self._clock_s()
        self._timer.start()
        # All input comes through a window of the system. Watching every object instead would hand
        # every event of the program to Python: changing the colours alone sends 40,000.
        for window in QGuiApplication.topLevelWindows():
            self._watch(window)
        _application().focusWindowChanged.connect(self._watch)

    def stop(self) -> None:
        """Watch no more."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        _application().focusWindowChanged.disconnect(self._watch)
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)

    def look(self) -> None:
        """Compare the clocks; the timer does so every few seconds."""
        now = self._clock_s()
        slept = now - self._looked_s > _ASLEEP_S
        self._looked_s = now
        if slept:
            self.woken.emit()
        elif now - self._touched_s >= self._minutes * 60:
            self.idle.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note the time of every input."""
        if event.type() in _INPUT:
            self._touched_s = self._clock_s()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)


def _application() -> QGuiApplication:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication), "a window needs an application"
    return app
