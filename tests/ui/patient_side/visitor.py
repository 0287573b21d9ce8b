"""Somebody who sits before the patient's side and presses what is on it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from app.domain.consent import Decision
from app.domain.consent_draft import ConsentDraft
from app.domain.ids import UseId
from app.ui.patient_side.ending_page import EndingPage
from app.ui.patient_side.patient_side import PatientSide
from app.ui.patient_side.places import Page
from app.ui.patient_side.print_size import SideOptions
from app.ui.patient_side.question_page import QuestionPage
from app.ui.widgets.pin import PinPad
from app.ui.widgets.text import Paragraph
from tests.ui.patient_side.asking_room import PIN, AskingRoom

YES, NO = Decision.GRANTED, Decision.REFUSED


class Visitor:
    """Presses buttons by their names, and waits until everything is stored.

    Attributes:
        side: The patient's side.
        finished: The drafts with which staff got the screen back.
        failures: What went wrong behind the patient's back.
    """

    def __init__(
        self,
        qtbot,
        made: AskingRoom,
        named: dict[UseId, str] | None = None,
        options: SideOptions | None = None,
        speech=None,
    ) -> None:
        self.qtbot = qtbot
        self.made = made
        self.finished: list[ConsentDraft] = []
        self.failures: list[Exception] = []
        forms = [
            form.approved(by="Dr Ada Byrne", on=made.room.desk.today())
            for form in made.room.workplace.forms.forms
        ]
        self.side = PatientSide(
            made.room, made.encounter.id, made.begin(named), forms, options=options, speech=speech
        )
        self.side.finished.connect(self.finished.append)
        self.side.failed.connect(self.failures.append)

    @property
    def draft(self) -> ConsentDraft:
        return self.side.draft

    @property
    def page(self) -> Page:
        return self.side.place.page

    @property
    def question(self) -> QuestionPage:
        page = self.side.page()
        assert isinstance(page, QuestionPage)
        return page

    def open(self, width: int = 1280, height: int = 800) -> None:
        self.qtbot.addWidget(self.side)
        self.side.resize(width, height)
        self.side.show()
        self.qtbot.waitExposed(self.side)
        self.settle()

    def settle(self) -> None:
        """Until everything is drawn and stored, and every answer has come back."""
        runner = self.made.room.runner
        for _ in range(2):  # what is drawn is stored only then
            self.made.stored()
            self.qtbot.waitUntil(lambda: not runner.is_busy())

    def button(self, name: str) -> QAbstractButton:
        found = self.side.findChildren(QAbstractButton, name)
        shown = [button for button in found if button.isVisible()]
        assert len(shown) == 1, f"{name}: {len(shown)} to be seen"
        return shown[0]

    def offers(self, name: str) -> bool:
        return any(each.isVisible() for each in self.side.findChildren(QAbstractButton, name))

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(self.button(name), Qt.MouseButton.LeftButton)
        self.settle()

    def answer(self, *decisions: Decision) -> None:
        for decision in decisions:
            self.press("answer-yes" if decision is YES else "answer-no")

    def look_through_pictures(self) -> None:
        while self.page is Page.WELCOME:
            self.qtbot.waitUntil(self.button("go-on").isEnabled)
            self.press("go-on")

    def to_statements(self) -> None:
        self.look_through_pictures()
        while self.page is Page.UNDERSTANDING:
            self.press("confirm")

    def to_questions(self) -> None:
        self.to_statements()
        while self.page is Page.STATEMENTS:
            self.press("go-on")

    def enter_pin(self, digits: str = PIN) -> None:
        page = self.side.page()
        assert isinstance(page, EndingPage)
        self.qtbot.keyClicks(page.pad, digits)
        self.qtbot.keyClick(page.pad, Qt.Key.Key_Return)
        self.settle()

    def label(self, name: str) -> str:
        """The words of a label that is on."""
        found = [each for each in self.side.page().findChildren(QLabel, name) if each.isVisible()]
        return words(found[0])

    def labels(self, name: str) -> list[str]:
        """The words of every label of that name that is on, in their order on the screen."""
        found = self.side.page().findChildren(QLabel, name)
        return [words(each) for each in found if each.isVisible()]

    def cut_off(self) -> list[str]:
        """What does not fit the screen or its own place."""
        wrong = [
            f"scrolls by {area.verticalScrollBar().maximum()}"
            for area in self.side.findChildren(QScrollArea)
            if area.isVisible() and area.verticalScrollBar().maximum() > 0
        ]
        for widget in self.side.findChildren(QWidget):
            in_pad = isinstance(widget.parent(), PinPad)  # of the staff; grows with their font
            if isinstance(widget, QLabel | QAbstractButton) and widget.isVisible() and not in_pad:
                wrong += self._faults(widget)
        return wrong

    def _faults(self, widget: QLabel | QAbstractButton) -> list[str]:
        name = widget.text() or widget.accessibleName() or widget.objectName()
        corner = widget.mapTo(self.side, QPoint(0, 0))
        inside = self.side.rect().contains(widget.rect().translated(corner))
        faults = [] if inside else [f"{name}: off the screen"]
        if isinstance(widget, QLabel) and widget.wordWrap():
            fits = widget.heightForWidth(widget.width()) <= widget.height()
        elif isinstance(widget, QLabel) or widget.objectName() not in {"answer-no", "answer-yes"}:
            wanted = widget.sizeHint()
            fits = wanted.width() <= widget.width() and wanted.height() <= widget.height()
        else:
            fits = True
        return faults if fits else [*faults, f"{name}: no room"]


def words(label: QLabel) -> str:
    """The words of a label as they were given."""
    return label.plain_text() if isinstance(label, Paragraph) else label.text()
