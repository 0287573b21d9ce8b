"""Whether the system lets this program use cameras."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, Qt

if TYPE_CHECKING:
    from collections.abc import Callable


class Permission(StrEnum):
    """The system's answer."""

    GRANTED = "granted"
    DENIED = "denied"
    UNASKED = "unasked"


_ANSWERS = {
    Qt.PermissionStatus.Granted: Permission.GRANTED,
    Qt.PermissionStatus.Denied: Permission.DENIED,
    Qt.PermissionStatus.Undetermined: Permission.UNASKED,
}


class CameraPermission(QObject):
    """Asks the system; only macOS has its own question, elsewhere the answer is yes."""

    def now(self) -> Permission:
        """The answer at this moment."""
        app = QCoreApplication.instance()
        assert app is not None, "permission is the program's"
        return _ANSWERS[app.checkPermission(QCameraPermission())]

    def ask(self, answered: Callable[[], None]) -> None:
        """Let the system put its question; call back, on this thread, when it is answered."""
        app = QCoreApplication.instance()
        assert app is not None, "permission is the program's"
        app.requestPermission(QCameraPermission(), self, lambda _permission: answered())
