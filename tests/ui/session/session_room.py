"""A clinic in memory, the session in its window, and a clinician who works with it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QIODevice, Qt
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from app.documents.hand_out import hand_out
from app.domain.clinic import Clinic
from app.domain.clinical_image import ImageSource
from app.domain.consent import Decision, ShownText
from app.domain.encounter import CareRecord, Step
from app.domain.ids import StaffId, UseId
from app.domain.patient import Demographics, PatientIdentifier, Sex
from app.domain.picture import EncodedPicture, Inspection
from app.domain.rendition import Edits, Identifiable
from app.domain.staff import Role, Staff
from app.services import asking, checking, clinic, encounters, intake, patients
from app.services.form_library import FormLibrary
from app.services.ports import Desk
from app.services.workplace import Workplace
from app.ui.frame.main_window import MainWindow
from app.ui.room import Room
from app.ui.session.before_page import BeforePage
from app.ui.session.copy_page import CopyPage
from app.ui.session.identify_page import IdentifyPage
from app.ui.session.session_frame import SessionFrame
from app.ui.session.session_view import SessionView
from app.ui.session.sign_page import SignPage
from app.ui.session.step_page import StepPage
from app.ui.tasks import TaskRunner
from tests.builders import before_camera
from tests.fakes import FakeVault, FixedClock
from tests.ui.patient_side.asking_room import PlainPins, jpeg, shipped_form

TEACHING, COLLEAGUE = UseId("teaching-local"), UseId("colleague-advice")
YES, NO = Decision.GRANTED, Decision.REFUSED
AMARA = Demographics(
    "Okafor",
    "Amara",
    date(1992, 3, 12),
    Sex.FEMALE,
    (PatientIdentifier("MRN", "0042-771"),),
)
LEO = Demographics("Braun", "Leo", date(2015, 6, 1), Sex.MALE, (PatientIdentifier("MRN", "7"),))


class PlainPictures:
    """A decoder for bytes that are pictures by declaration."""

    def inspect(self, data, *, declared_extension=""):
        return Inspection("image/jpeg", ".jpg", 640, 480, None, None, jpeg(0, (64, 48)))

    def render(self, data, edits, *, max_side_px=None):
        return EncodedPicture(data, "image/jpeg", 640, 480)


class QuickPapers:
    """Sets papers of a few words at once.

    Attributes:
        made: How many were made.
        trouble: Raised instead of making one.
    """

    def __init__(self):
        self.made = 0
        self.trouble = None
        self.data = a_pdf(2)

    def consent(self, paper, size):
        if self.trouble is not None:
            raise self.trouble
        self.made += 1
        return self.data


def a_pdf(pages=1, size=QPageSize.PageSizeId.A4):
    """A paper with its page number in large letters."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(size))
    painter = QPainter(writer)
    for page in range(pages):
        if page:
            writer.newPage()
        painter.fillRect(1000, 1000, 3000, 3000, Qt.GlobalColor.black)
        painter.drawText(1000, 6000, f"Page number {page + 1}")
    painter.end()
    return bytes(buffer.data().data())


class SessionRoom:
    """A clinic with a vault, and what is done in it without the window."""

    def __init__(self, *, approve=True, vault=None, runner=None, pictures=None, papers=None):
        pins, form = PlainPins(), shipped_form()
        staff = Staff(StaffId("ada"), "Dr Ada Byrne", Role.ADMINISTRATOR, pins.derive("4711"))
        fresh = vault is None
        self.vault = vault or FakeVault()
        self.papers = papers or QuickPapers()
        self.form = form
        used = {
            "vault": self.vault,
            "desk": Desk(staff, self.vault.workstation, FixedClock()),
            "pins": pins,
            "forms": FormLibrary((form,)),
            "pictures": pictures or PlainPictures(),
            "papers": self.papers,
            "hand_out": hand_out,
        }
        rest = dict.fromkeys(field.name for field in fields(Workplace) if field.name not in used)
        self.room = Room(Workplace(**used, **rest), runner or TaskRunner())  # type: ignore[arg-type]
        if fresh:
            self.change(clinic.found, Clinic("St Brigid's Hospital", "Dermatology"))
            if approve:
                self.change(clinic.approve_form, form)

    def change(self, service, *arguments, **named):
        """Run a service on the store lane and wait for it."""
        vault, desk = self.room.workplace.vault, self.room.desk

        def work():
            return service(vault.unit_of_work(), desk, *arguments, **named)

        return self.room.runner.run(work, lambda _: None).result()

    def read(self, question):
        """Ask the vault."""
        with self.vault.reading() as records:
            return question(records)

    def visit(self, encounter):
        """A visit as it is stored."""
        return self.read(lambda records: records.encounters.get(encounter))

    def patient(self, person=AMARA):
        """Somebody who was here before."""
        return self.change(patients.create, person).id

    def begun(self, patient, before=None, *, care_record=CareRecord.AGREED):
        """A visit whose second step is settled."""
        visit = self.change(encounters.begin, patient)
        settled = before or before_camera(care_record)
        return self.change(encounters.settle, visit.id, settled)

    def photograph(self, visit):
        """Take one picture."""
        arrival = intake.Arrival(jpeg(1) + visit.id.encode(), ImageSource.FILE, ".jpg")
        examined = intake.examine(self.room.workplace.pictures, arrival)
        filing = intake.Filing(visit.patient, visit.id, "70559009", "L", "close-up")
        return self.change(intake.admit, examined, filing).image

    def check(self, image):
        """Find nothing in it."""
        drawn = checking.draw(self.room.workplace.pictures, jpeg(2), Edits())
        rendition = self.change(checking.keep_rendition, image.id, Edits(), drawn)
        self.change(checking.assess, rendition.id, Identifiable.NO, ())
        return rendition

    def answer(self, visit, said):
        """The patient answers everything on the patient's side; what is not said is a no."""
        draft = self.change(asking.begin, visit.id, self.form, {})
        now = self.room.desk.clock.now()
        draft = draft.understand_refusal(now)
        for statement in self.form.statements:
            text = self.form.shown_text(statement)
            draft = draft.show_text(ShownText(f"statement:{statement.id}", text, now, 4000, now))
        for picture in draft.pictures:
            draft = draft.show_picture(picture.rendition, now)
        for use in draft.uses:
            draft = draft.answer(use, said.get(use, NO))
        self.change(asking.save, visit.id, draft)

    def answered(self, said, *, patient=None, before=None):
        """A visit at the step Sign."""
        visit = self.begun(patient or self.patient(), before)
        self.check(self.photograph(visit))
        self.answer(visit, said)
        return self.change(encounters.go_to, visit.id, Step.SIGN)

    def close(self):
        """End the threads."""
        self.room.runner.shutdown()
        QCoreApplication.processEvents()
        self.room.deleteLater()
        self.room.runner.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class _Quick(StepPage):
    """Stands for a page that others test: does in one go what the step is for."""

    clinic: SessionRoom

    def begin(self):
        self.ready_changed.emit(bool(self.isEnabled()))


class QuickCapture(_Quick):
    step = Step.CAPTURE

    def finish(self):
        self.clinic.photograph(self.session.visit)
        self.finished.emit()


class QuickCheck(_Quick):
    step = Step.CHECK

    def finish(self):
        visit = self.session.visit.id
        for image in self.clinic.read(lambda records: records.images.of_encounter(visit)):
            self.clinic.check(image)
        self.finished.emit()


class QuickShow(_Quick):
    step = Step.SHOW

    def finish(self):
        self.clinic.answer(self.session.visit, {TEACHING: YES})
        self.finished.emit()


def quick_pages(made):
    """Makes the seven pages: those of this folder as they are, the others quick."""

    def make(session, cameras, preferences):
        pages = [
            IdentifyPage(session),
            BeforePage(session),
            QuickCapture(session),
            QuickCheck(session),
            QuickShow(session),
            SignPage(session),
            CopyPage(session, preferences),
        ]
        for page in pages:
            if isinstance(page, _Quick):
                page.clinic = made
        return {page.step: page for page in pages}

    return make


class Clinician:
    """Works with a session in the window: presses, types, and waits until all is stored.

    Attributes:
        closed: How often a session was closed.
    """

    def __init__(self, qtbot, made, pages=None):
        self.qtbot, self.made = qtbot, made
        self.closed = 0
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.view = SessionView(made.room, pages=pages or quick_pages(made))
        self.frame = SessionFrame(self.window, self.view)
        self.window.register("session", self.view)
        self.view.closed.connect(self._count)
        self.window.resize(1280, 800)
        self.window.show()
        self.window.show_page("session")

    def _count(self):
        self.closed += 1

    def settle(self):
        """Wait until nothing is under way."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.made.room.runner.is_busy())
            QCoreApplication.processEvents()

    def begin(self, patient=None):
        self.view.begin(patient)
        self.settle()

    def resume(self, visit):
        self.view.resume(visit.id)
        self.settle()

    def go_on(self):
        assert self.view.footer.primary.isEnabled(), self.view.footer.primary.text()
        self.view.footer.primary.click()
        self.settle()

    def back(self):
        self.view.footer.back.click()
        self.settle()

    def press(self, name):
        """Press the visible button of that name."""
        self.button(name).click()
        self.settle()

    def button(self, name):
        found = self.window.findChildren(QAbstractButton, name)
        return next(each for each in found if each.isVisible())

    def type_into(self, name, text):
        found = self.window.findChildren(QLineEdit, name)
        next(each for each in found if each.isVisible()).setText(text)
        self.settle()

    def key(self, key):
        """A key goes to whatever has the focus."""
        QTest.keyClick(self.window.focusWidget() or self.window, key)
        self.settle()

    @property
    def page(self):
        return self.view._page

    @property
    def visit(self):
        """The visit as it is stored."""
        return self.made.visit(self.view.session.visit.id)

    @property
    def notice(self):
        """What is said above the footer."""
        return self.view._notice

    def press_close(self):
        """Close the session where the banner is not shown yet."""
        self.window.close_session_requested.emit()
        self.settle()

    def settle_before(self, answer="agreed"):
        self.press(f"choice-{answer}")
        self.go_on()

    def sign_all(self):
        """Everybody signs."""
        for pane in self.page._shown:
            sign(pane.pad)
        self.settle()


def sign(pad):
    """Draw a signature with the mouse."""
    width, height = pad.width(), pad.height()
    middle = pad.rect().center()
    button = Qt.MouseButton.LeftButton
    QTest.mousePress(pad, button, pos=middle)
    for number in range(12):
        place = middle + type(middle)(number * width // 40, (number % 3) * height // 12)
        QTest.mouseMove(pad, place)
    QTest.mouseRelease(pad, button, pos=middle)


def with_role(made, role):
    """The same clinic, with somebody of another role at the desk."""
    made.room.set_staff(replace(made.room.desk.staff, role=role))
