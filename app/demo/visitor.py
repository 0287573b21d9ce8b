"""The patient before the patient's side of the screen: reads, answers, gives it back."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

from app.demo.driver import Driver
from app.ui.patient_side.patient_side import PatientSide
from app.ui.patient_side.places import Page

YES, NO = "answer-yes", "answer-no"


class Visitor:
    """Presses what stands on the patient's side, page by page."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    @property
    def side(self) -> PatientSide:
        """The patient's side, as soon as the screen was handed over."""
        return self._driver.find("patient-side", PatientSide)

    @property
    def page(self) -> Page:
        """Which page is on."""
        return self.side.place.page

    def press(self, name: str) -> None:
        """Press the button of that name."""
        self._driver.click(name, self.side)

    def look_through_pictures(self) -> None:
        """See each picture once."""
        while self.page is Page.WELCOME:
            self.press("go-on")

    def understand(self) -> None:
        """Say that refusing changes nothing, as understood."""
        self.look_through_pictures()
        while self.page is Page.UNDERSTANDING:
            self.press("confirm")

    def read(self) -> None:
        """All that comes before the questions."""
        self.understand()
        while self.page is Page.STATEMENTS:
            self.press("go-on")

    def answer(self, *answers: str) -> None:
        """Answer the next questions."""
        for answer in answers:
            self.press(answer)

    def leave_picture_out(self, number: int) -> None:
        """“Not this picture”, for the picture of that number, from 1."""
        for _ in range(number - 1):
            self.press("picture-chevron-right")
        self.press("not-this-picture")

    def question(self) -> str:
        """The question that is asked."""
        return self.side.page().accessibleName()

    def give_back(self, pin: str) -> None:
        """Hand the screen back: staff types the PIN."""
        drive = self._driver
        for digit in pin:
            self.press(f"pin-{digit}")
        drive.press(drive.named("Enter the PIN", QAbstractButton, self.side))
        drive.wait("the staff's side", lambda: not drive.is_seen("patient-side"))
