"""The first start, done as whoever begins with Clinigraph does it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QTextBrowser, QWidget

from app.demo.album import Album
from app.demo.driver import Driver
from app.demo.throwaway import CLINIC, PASSPHRASE, PIN, STAFF, Throwaway


class Founder:
    """Makes the demonstration's vault with the pages of the first start."""

    def __init__(self, driver: Driver, album: Album) -> None:
        self._driver = driver
        self._album = album

    def found(self, place: Throwaway) -> None:
        """From the very first screen to the open window."""
        drive, album = self._driver, self._album
        drive.find("first-choice", QWidget)
        album.take("welcome")
        drive.click("choice-new")
        self._clinic()
        self._person()
        drive.fill("vault-name", place.vault.stem)
        drive.fill("vault-folder", str(place.folder))
        album.take("first-start-place")
        drive.click("footer-primary")
        self._recovery()
        self._form()

    def _clinic(self) -> None:
        drive = self._driver
        drive.fill("clinic-name", CLINIC.name)
        drive.fill("clinic-department", CLINIC.department)
        for name, text in (("clinic-address", CLINIC.address), ("clinic-contact", CLINIC.contact)):
            drive.press(drive.find(name, QPlainTextEdit))
            drive.type_text(text)
        self._album.take("first-start-clinic")
        drive.click("footer-primary")

    def _person(self) -> None:
        drive = self._driver
        drive.fill("your-name", STAFF)
        for name in ("new-passphrase", "new-passphrase-again"):
            drive.fill(name, PASSPHRASE)
        for name in ("new-pin", "new-pin-again"):
            drive.fill(name, PIN)
        self._album.take("first-start-you")
        drive.click("footer-primary")

    def _recovery(self) -> None:
        """Write the code down, then type back what is asked for."""
        drive = self._driver
        groups = drive.find("recovery-groups", QWidget)
        noted = dict(_read(group) for group in groups.findChildren(QWidget))
        self._album.take("first-start-recovery-code")
        drive.click("footer-primary")
        for number, letters in noted.items():
            if drive.is_seen(f"asked-group-{number}"):
                drive.fill(f"asked-group-{number}", letters)
        self._album.take("first-start-code-asked-back")
        drive.click("footer-primary")

    def _form(self) -> None:
        """Read the consent form to its end and answer for it."""
        drive = self._driver
        text = drive.find("form-text", QTextBrowser)
        self._album.take("first-start-consent-form")
        drive.press(text)
        drive.key(Qt.Key.Key_End)
        drive.click("footer-primary")


def _read(group: QWidget) -> tuple[str, str]:
    """Number and letters of a group, as a screen reader tells them."""
    number, _, letters = group.accessibleName().partition(": ")
    return number, letters.replace(" ", "")
