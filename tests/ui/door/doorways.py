"""A program on real vaults in a folder of its own, and hands that type and press."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from app.bootstrap import Program, program
from app.domain.clinic import Clinic
from app.services import clinic as clinics
from app.services.workplace import FirstEntries
from app.settings import Settings
from app.store.argon2id import QuickParametersForTests
from app.store.pins import Argon2Pins
from app.ui.preferences import Preferences
from app.ui.program_window import ProgramWindow

PASSPHRASE = "purple otter climbs"
NAME = "Dr Ada Byrne"
PIN = "2468"
CLINIC = Clinic(
    "St Brigid's Hospital", "Dermatology", "14 Harbour Street", "Consent office, 01 555 0188"
)
LONG_MS = 20_000


def a_program(folder: Path) -> Program:
    """A program whose passphrases and PINs cost next to nothing."""
    made = program(settings_file=folder / "settings.toml", argon2=QuickParametersForTests())
    made.pins = Argon2Pins(memory_kib=1024)
    return made


class Doorway:
    """One person's computer.

    Attributes:
        core: The program without its window.
        folder: Where vaults and settings lie.
        groups: The recovery code of the vault that was made last.
    """

    def __init__(self, qtbot, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.core = a_program(folder)
        self.groups: tuple[str, ...] = ()
        self._windows: list[ProgramWindow] = []

    def vault(self, name: str = "Photographs", *, pin: str = PIN, approved: bool = False) -> Path:
        """Make a vault, locked."""
        path = self.folder / f"{name}.clinigraph"
        first = FirstEntries(CLINIC, NAME, bytearray(PASSPHRASE.encode()), pin)
        founded = self.core.create(path, first)
        self.groups = founded.recovery_groups
        place = founded.workplace
        if approved:
            clinics.approve_form(place.vault.unit_of_work(), place.desk, place.forms.forms[0])
        place.close()
        return path

    def start(self, vault: Path | None = None, **settings: object) -> ProgramWindow:
        """Start the window."""
        kept = Settings(**{"theme": "light", **settings})  # type: ignore[arg-type]
        window = ProgramWindow(self.core, Preferences(kept, self.core.change_settings), vault)
        window.window.resize(1280, 800)
        self._windows.append(window)
        with self.qtbot.waitExposed(window.window, timeout=LONG_MS):
            window.start()
        window.window.activateWindow()
        self.until(window.window.isActiveWindow)
        return window

    def unlocked(self, **settings: object) -> ProgramWindow:
        """Start the window with a vault and open it."""
        window = self.start(self.vault(), **settings)
        self.unlock(window)
        return window

    def unlock(self, window: ProgramWindow, passphrase: str = PASSPHRASE) -> None:
        """Type a passphrase, press Enter, and wait for the pages."""
        with self.qtbot.waitSignal(window.unlocked, timeout=LONG_MS):
            type_in(window.window, "passphrase", passphrase)
            press_enter(window.window, "passphrase")

    def until(self, met) -> None:
        """Wait for a condition."""
        self.qtbot.waitUntil(lambda: bool(met()), timeout=LONG_MS)

    def close(self) -> None:
        """Close every window and end what runs."""
        for window in self._windows:
            window.end()
            window.window.close()
            window.window.deleteLater()
            window.deleteLater()
        self._windows.clear()
        self.core.close()
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QCoreApplication.processEvents()


@contextmanager
def a_doorway(qtbot, folder: Path) -> Iterator[Doorway]:
    """A computer that is left tidy."""
    made = Doorway(qtbot, folder)
    try:
        yield made
    finally:
        made.close()


def seen(root: QWidget, name: str) -> Any:
    """The widget of that name that is to be seen."""
    found = [widget for widget in root.findChildren(QWidget, name) if widget.isVisible()]
    assert found, f"no {name} to be seen"
    return found[-1]


def type_in(root: QWidget, name: str, text: str) -> None:
    """Type a text into a field, in place of what is there."""
    field = seen(root, name)
    if isinstance(field, QLineEdit):
        field.clear()
        QTest.keyClicks(field, text)
    else:
        field.setPlainText(text)


def press(root: QWidget, name: str) -> None:
    """Press a button."""
    button = seen(root, name)
    assert isinstance(button, QAbstractButton)
    assert button.isEnabled(), f"{name} cannot be pressed"
    button.click()


def press_enter(root: QWidget, name: str) -> None:
    """Press Enter in a field."""
    QTest.keyClick(seen(root, name), Qt.Key.Key_Return)
