"""Pictures of the screens in the order in which the demonstration meets them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from app.demo.driver import Driver, StuckError
from app.demo.results import Results

LIGHT, DARK = "light", "dark"


class Album:
    """Numbers the screens.

    Attributes:
        taken: How many screens there are by now.
    """

    def __init__(self, results: Results, driver: Driver, look: str) -> None:
        """Keep pictures in the results; `look` names the colours in which they are taken."""
        self._results = results
        self._driver = driver
        self._look = look
        self.taken = 0

    def take(self, name: str) -> None:
        """Keep what the window shows now."""
        self.taken += 1
        self._move_pointer_away()
        self._driver.settle()
        self._keep(f"{self.taken:02}-{name}-{self._look}")

    def take_stuck(self) -> Path:
        """Keep what the window shows when it does no longer what is expected."""
        return self._keep(f"stuck-{self._look}")

    def _keep(self, name: str) -> Path:
        file = self._results.screen(name)
        if not self._driver.window.grab().save(str(file)):
            raise StuckError(f"{file.name} could not be written")
        return file

    def _move_pointer_away(self) -> None:
        """Nothing is to look as if the pointer stood on it."""
        window = self._driver.window
        handle = window.windowHandle()
        if handle is not None:
            QTest.mouseMove(handle, QPoint(window.width() - 1, window.height() - 1))
