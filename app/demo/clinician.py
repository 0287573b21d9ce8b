"""The clinician before the window: unlocks it, leads through a session, signs, finishes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QWidget,
)

from app.demo.driver import Driver, StuckError
from app.demo.signing import drawn_signature
from app.domain.clinical_image import Laterality, View
from app.domain.encounter import CareRecord, Step
from app.domain.ids import UseId
from app.domain.rendition import Identifiable
from app.ui.body_map.body_figure import BodyFigure
from app.ui.body_map.figure import FigureView, region_of
from app.ui.body_map.site_sheet import SiteSheet
from app.ui.check.canvas import CheckCanvas
from app.ui.frame.rail import Place
from app.ui.paper_view.paper_sheet import PaperSheet
from app.ui.patients.withdraw_sheet import WithdrawSheet
from app.ui.program.staff_pages import PATIENT
from app.ui.program_window import ProgramWindow
from app.ui.session.capture_page import CapturePage
from app.ui.session.check_page import CheckPage
from app.ui.session.session_view import SessionView
from app.ui.signature.signature_pad import SignaturePad

AGREED, DECLINED = CareRecord.AGREED, CareRecord.DECLINED


class Clinician:
    """Presses what stands on the staff's side.

    Attributes:
        program: The window of the program.
        driver: Hands and eyes.
    """

    def __init__(self, program: ProgramWindow, driver: Driver) -> None:
        self.program = program
        self.driver = driver

    # the vault

    def unlock(self, passphrase: str, name: str = "") -> None:
        """Open the vault that the unlock page names; with a name where it asks for one."""
        drive = self.driver
        if name:
            drive.fill("user-name", name)
        drive.fill("passphrase", passphrase)
        drive.click("unlock")
        drive.wait("the pages of the vault", lambda: self.program.pages is not None)
        drive.settle()

    def lock(self) -> None:
        """Lock with Ctrl+L."""
        drive = self.driver
        drive.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        drive.wait("the lock", lambda: self.program.pages is None)
        drive.settle()

    def go(self, place: str) -> None:
        """Go to a place of the rail."""
        self.driver.click(f"rail-{place}")

    # the session

    @property
    def session(self) -> SessionView:
        """The session that is open."""
        return self.driver.find("session-view", SessionView)

    def go_on(self) -> None:
        """The primary action of the page."""
        self.driver.click("footer-primary")

    def go_back(self) -> None:
        """Back, bottom left."""
        self.driver.click("footer-back")

    def wait_for(self, step: Step) -> None:
        """Wait until a step is on and everything on it is read."""
        drive = self.driver
        drive.wait(f"the step {step.name}", lambda: self.session.step is step)
        drive.settle()

    def begin_session(self) -> None:
        """Begin with looking for the patient: “New session” on Today."""
        self.go(Place.TODAY)
        self.go_on()
        self.wait_for(Step.IDENTIFY)

    def find_patient(self, typed: str, row: str = "") -> None:
        """Type into the search, and take the patient in whose row it, or `row`, stands."""
        drive = self.driver
        drive.fill("patient-search-field", typed)
        drive.pick_row("patient-results", row or typed)
        drive.find("patient-card", QWidget)

    def enter_new_patient(self) -> None:
        """Open the form for somebody who is not here yet."""
        self.driver.click("new-patient")
        self.driver.find_any("demographics-form")

    def confirm_patient(self) -> None:
        """“Is this the right person?” Yes."""
        self.go_on()
        self.wait_for(Step.BEFORE)

    def ask_before_camera(self, answer: CareRecord) -> None:
        """Ask whether photographs may be taken for the care record."""
        group = self.driver.find("care-record", QWidget)
        self.driver.click(f"choice-{answer}", group)

    def open_camera(self) -> None:
        """Go on to the camera."""
        self.go_on()
        self.wait_for(Step.CAPTURE)

    def open_body_map(self) -> None:
        """Open the body map."""
        self.driver.click("site-change")
        self.driver.the(SiteSheet)

    def tap_site(self, code: str, side: Laterality, view: FigureView) -> None:
        """Tap a place on the body map that is open."""
        drive, sheet = self.driver, self.driver.the(SiteSheet)
        region = region_of(view, code, side)
        if region is None:
            raise StuckError("the figure does not show that place")
        figure = drive.find("body-figure", BodyFigure, sheet)
        drive.press(figure, figure.place_of(region).toPoint())
        drive.click("sheet-primary", sheet)

    def say_view(self, view: View) -> None:
        """Context, close-up or dermoscopic."""
        self.driver.click(f"view-{view}")

    def bring_files(self, files: Sequence[Path]) -> None:
        """Drag files onto the capture page, and wait until all are stored."""
        drive, page = self.driver, self.driver.the(CapturePage)
        before = len(page.pictures.kept())
        drive.drop(page, files)
        wanted = before + len(files)
        drive.wait("the pictures to be stored", lambda: len(page.pictures.kept()) == wanted)
        drive.wait("the import to end", lambda: not page.queue.is_busy())
        drive.settle()

    def cover(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw a cover; corners are shares of the space in which the picture stands."""
        drive = self.driver
        if drive.find("choice-cover", QAbstractButton).isChecked() is False:
            drive.click("choice-cover", drive.find("check-tools", QWidget))
        drive.draw(drive.the(CheckCanvas), [[(left, top), (right, bottom)]])

    def say_identifiable(self, answer: Identifiable) -> None:
        """“Could somebody recognise the person?”, and the picture is done."""
        self.driver.click(f"choice-{answer}", self.driver.find("identifiable", QWidget))

    def check_all(self, answer: Identifiable) -> None:
        """Answer the question for every picture that is open, and go on to the patient."""
        drive = self.driver
        page = drive.the(CheckPage)
        while page.primary_text() == page.tr("Picture done"):
            self.say_identifiable(answer)
            self.go_on()
        self.go_on()
        self.wait_for(Step.SHOW)

    def hand_over(self) -> None:
        """Hand the screen to the patient."""
        self.go_on()
        self.driver.find("patient-side", QWidget)
        self.driver.settle()

    def sign_as_shown(self) -> None:
        """Sign on the pad that is on, with a scribble that follows from the name beside it."""
        pad = self.driver.find("signature-pad", SignaturePad)
        ink = drawn_signature(pad.accessibleName())
        lines = [[(point.x, point.y / ink.aspect) for point in stroke] for stroke in ink.strokes]
        self.driver.draw(pad, lines)

    def _no_ink_on_screen(self) -> bool:
        """Whether the pad is empty or gone: the signature before was taken."""
        pads = self.driver.window.findChildren(SignaturePad)
        return not any(pad.isVisible() and pad.counts() for pad in pads)

    def sign(self) -> None:
        """Everybody who has not signed yet signs, one after the other."""
        while self.session.step is Step.SIGN:
            self.sign_as_shown()
            self.go_on()
            self.driver.wait("the next signature", self._no_ink_on_screen)
        self.wait_for(Step.COPY)

    def save_copy(self, file: Path) -> None:
        """Save the patient's copy into a file."""
        self.driver.click("save-copy")
        self._save_as(file)

    # the patient's page

    def wait_for_page(self, name: str) -> None:
        """Wait until a page of the window is on and read."""
        drive, window = self.driver, self.program.window
        drive.wait(f"the page “{name}”", lambda: window.current_name() == name)
        drive.settle()

    def open_patient(self, words: str) -> None:
        """Find a patient on the page of all patients, and open the page."""
        drive = self.driver
        drive.fill("patient-search-field", words)
        drive.pick_row("patient-results", words)
        self.wait_for_page(PATIENT)

    def choose_to_withdraw(self, *uses: UseId) -> None:
        """Begin a withdrawal: some uses, or everything when none is named."""
        drive = self.driver
        drive.click("patient-withdraw")
        for use in uses or ("everything",):
            drive.click(f"withdraw-{use}")

    def withdraw(self) -> None:
        """Take it back; its paper is made and shown."""
        drive = self.driver
        drive.click("sheet-primary", drive.the(WithdrawSheet))
        drive.the(PaperSheet)
        drive.settle()

    def save_paper(self, file: Path) -> None:
        """Save the paper that is shown."""
        self.driver.click("paper-save")
        self._save_as(file)

    def close_sheet(self) -> None:
        """Done with the sheet that is open."""
        self.driver.click("sheet-primary")

    # outside the window

    def _save_as(self, file: Path) -> None:
        self.answer_file_dialog("save-dialog", file)
        self.driver.settle()
        if not file.is_file():
            raise StuckError(f"{file.name} was not saved")

    def answer_file_dialog(self, name: str, file: Path) -> None:
        """Put a path into a file dialog and accept it."""
        self.driver.wait(f"the dialog “{name}”", lambda: bool(_dialogs(name)))
        dialog = _dialogs(name)[0]
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        if line is None:
            raise StuckError("the file dialog is the system's own and cannot be typed into")
        line.setText(str(file))  # typed, it would open a list of what is in the folder
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.driver.wait("the dialog to close", lambda: not _dialogs(name))


def _dialogs(name: str) -> list[QFileDialog]:
    windows = QApplication.topLevelWidgets()
    found = [each for each in windows if isinstance(each, QFileDialog) and each.isVisible()]
    return [each for each in found if each.objectName() == name]
