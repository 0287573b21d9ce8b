"""The pages of an open vault, and the ways between them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.ids import EncounterId
from app.services.workplace import Door
from app.ui.frame.main_window import MainWindow
from app.ui.frame.page import Page
from app.ui.frame.rail import Place
from app.ui.preferences import Preferences
from app.ui.room import Room


class StaffPages(QObject):
    """Made when a vault is opened, gone when it is locked.

    Signals:
        help_wanted: Argument: a help topic or an error's code.
    """

    help_wanted = Signal(str)

    def __init__(
        self,
        window: MainWindow,
        room: Room,
        preferences: Preferences,
        door: Door,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._room = room
        room.setParent(self)
        window.register(Place.TODAY, Page(self.tr("Today"), help_page="today"))
        for place in (Place.LIBRARY, Place.RELEASE):
            window.rail.set_offered(place, offered=False)

    def show_first(self, unfinished: EncounterId | None) -> None:
        """Go on with the session that the lock interrupted, or show Today."""
        self._window.show_page(Place.TODAY)

    def unfinished(self) -> EncounterId | None:
        """The session that is open."""
        return None
