"""Pictures of the screens, light and dark, as the demonstration passes them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from app.demo.driver import Driver, StuckError
from app.demo.results import Results
from app.ui.preferences import Preferences

LIGHT, DARK = "light", "dark"


class Album:
    """Numbers the screens in the order in which they were met.

    Attributes:
        taken: How many screens there are by now.
    """

    def __init__(self, results: Results, driver: Driver, preferences: Preferences) -> None:
        self._results = results
        self._driver = driver
        self._preferences = preferences
        self.taken = 0

    def take(self, name: str) -> None:
        """Keep what the window shows now, in light and in dark colours."""
        self.taken += 1
        self._move_pointer_away()
        # Changing the colours is what takes time: one change a screen, the next begins as it is.
        here = self._preferences.settings.theme
        for look in (here, DARK if here == LIGHT else LIGHT):
            self._preferences.change(theme=look)
            self._driver.settle()
            self._keep(self._results.screen(f"{self.taken:02}-{name}-{look}"))

    def take_as_it_is(self, name: str) -> Path:
        """Keep what the window shows, when it does no longer what is expected."""
        file = self._results.screen(name)
        self._keep(file)
        return file

    def _keep(self, file: Path) -> None:
        if not self._driver.window.grab().save(str(file)):
            raise StuckError(f"to write {file.name}")

    def _move_pointer_away(self) -> None:
        """Nothing is to look as if the pointer stood on it."""
        window = self._driver.window
        handle = window.windowHandle()
        if handle is not None:
            QTest.mouseMove(handle, QPoint(window.width() - 1, window.height() - 1))
