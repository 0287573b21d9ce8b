"""Hears from the system that the computer is about to sleep, or that its screen was locked.

Linux: the signals of logind on the system bus, and of the screen saver on the user's bus. Elsewhere
nothing is heard yet; `IdleLock` still notices, from its clock, that the computer slept.

Source: freedesktop.org, org.freedesktop.login1 (PrepareForSleep, Lock), org.freedesktop.ScreenSaver
(ActiveChanged).
"""

from __future__ import annotations

import sys

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

LOGIN = "org.freedesktop.login1"
MANAGER = "org.freedesktop.login1.Manager"
SESSION = "org.freedesktop.login1.Session"
SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")


class SystemSession(QObject):
    """What the system says about the session that the program runs in.

    Signals:
        sleeping: The computer is about to sleep, or somebody else's session comes to the screen.
        locked: The screen was locked.
    """

    sleeping = Signal()
    locked = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        system: QDBusConnection | None = None,
        user: QDBusConnection | None = None,
    ) -> None:
        """Listen on these buses; on the computer's own when none are given."""
        super().__init__(parent)
        if system is None and user is None and sys.platform == "linux":
            system, user = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        self._buses = (system, user)  # a connection that nobody holds hears nothing
        if system is not None and system.isConnected():
            self._listen(system, "", MANAGER, "PrepareForSleep", "sleep(bool)")
            self._listen(system, "", SESSION, "Lock", "lock()")
        if user is not None and user.isConnected():
            for saver in SCREEN_SAVERS:
                self._listen(user, "", saver, "ActiveChanged", "cover(bool)")

    def _listen(
        self, bus: QDBusConnection, path: str, interface: str, name: str, slot: str
    ) -> None:
        bus.connect("", path, interface, name, self, SLOT(slot))  # type: ignore[call-overload]

    @Slot(bool)
    def sleep(self, begins: bool) -> None:  # noqa: FBT001 - D-Bus's signature
        """PrepareForSleep."""
        if begins:
            self.sleeping.emit()

    @Slot()
    def lock(self) -> None:
        """Lock, from `loginctl lock-session` and from desktops."""
        self.locked.emit()

    @Slot(bool)
    def cover(self, active: bool) -> None:  # noqa: FBT001 - D-Bus's signature
        """ActiveChanged."""
        if active:
            self.locked.emit()
