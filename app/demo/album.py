"""Pictures of the screens, light and dark, as the demonstration passes them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.demo.driver import Driver
from app.ui.preferences import Preferences

LIGHT, DARK = "light", "dark"


class Album:
    """Numbers the screens in the order in which they were met.

    Attributes:
        taken: The files, in order.
    """

    def __init__(self, folder: Path | None, driver: Driver, preferences: Preferences) -> None:
        """Without a folder nothing is kept."""
        self._folder = folder
        self._driver = driver
        self._preferences = preferences
        self._count = 0
        self.taken: list[Path] = []

    def take(self, name: str) -> None:
        """Keep what the window shows now, in light and in dark colours."""
        if self._folder is None:
            return
        self._count += 1
        self._move_pointer_away()
        # Changing the colours is what takes time: one change a screen, the next begins as it is.
        here = self._preferences.settings.theme
        for look in (here, DARK if here == LIGHT else LIGHT):
            self._preferences.change(theme=look)
            self._driver.settle()
            self._keep(self._folder / f"{self._count:02}-{name}-{look}.png")

    def take_once(self, file: Path) -> None:
        """Keep what the window shows now, as it is."""
        self._keep(file)

    def _keep(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not self._driver.window.grab().save(str(file)):
            raise OSError(f"{file.name} could not be written")
        self.taken.append(file)

    def _move_pointer_away(self) -> None:
        """Nothing is to look as if the pointer stood on it."""
        window = self._driver.window
        handle = window.windowHandle()
        if handle is not None:
            QTest.mouseMove(handle, QPoint(window.width() - 1, window.height() - 1))
        QApplication.processEvents()
