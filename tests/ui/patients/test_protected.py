"""Protected pictures on the patient's page: counted, opened with a reason, named by the officer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtTest import QTest

from app.domain.clinical_image import ImageFactKind
from app.domain.ids import StaffId
from app.domain.protection import GLASS_OPEN, GlassReason
from app.domain.staff import Role, Staff
from app.services import intake, sight
from app.ui.activity.activity_page import ActivityPage
from app.ui.patients.patient_page import PatientPage
from app.ui.patients.picture_sheet import PictureSheet
from app.ui.patients.protected_sheets import BreakGlassSheet, ViewersSheet, reason_words
from app.ui.widgets.row_model import ROW_ROLE
from tests.ui.session.session_room import TEACHING, YES, SessionRoom

WHY = "on call, the patient bleeds"
BEN = Staff(StaffId("ben"), "Dr Ben Okafor", Role.CLINICIAN)
OLGA = Staff(StaffId("olga"), "Olga Lind", Role.PRIVACY_OFFICER)


@pytest.fixture
def clinic(qapp):
    made = SessionRoom()
    for staff in (BEN, OLGA):
        made.change(_hire, staff)
    yield made
    made.close()


def _hire(uow, desk, staff):
    with uow:
        uow.people.set_staff(staff, desk.stamp())
        uow.record(desk.event(sight.Action.VIEWER_NAMED))
        uow.commit()


@pytest.fixture
def image(clinic):
    """A picture that Ada took, safeguarding."""
    visit = clinic.answered({TEACHING: YES})
    (filed,) = clinic.read(lambda r: r.images.of_encounter(visit.id))
    said = {ImageFactKind.SENSITIVITY: "safeguarding"}
    return clinic.change(intake.describe, filed.id, said)


@pytest.fixture
def page_of(qtbot, clinic, image):
    """The patient's page as somebody sees it: page_of(BEN)."""

    def made(staff):
        clinic.room.set_staff(staff)
        page = PatientPage(clinic.room)
        qtbot.addWidget(page)
        page.resize(1200, 780)
        page.show()
        page.show_patient(image.patient)
        qtbot.waitUntil(lambda: bool(tiles(page)))
        return page

    return made


def tiles(page):
    model = page.pictures.rows
    return [model.data(model.index(n), ROW_ROLE) for n in range(model.rowCount())]


def sheet(qtbot, page, kind):
    def there():
        return [s for s in page.window().findChildren(kind) if s.isVisible()]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[0]


def test_who_took_it_sees_it(qtbot, clinic, image, page_of):
    page = page_of(clinic.room.desk.staff)

    qtbot.waitUntil(lambda: not tiles(page)[0].picture.isNull())
    assert not tiles(page)[0].closed


@pytest.mark.parametrize("staff", [BEN, OLGA], ids=["clinician", "officer"])
def test_others_see_that_there_is_one(qtbot, page_of, staff):
    page = page_of(staff)

    (tile,) = tiles(page)
    assert tile.closed
    assert tile.title == "Protected picture"
    assert tile.picture is None
    assert [chip.text for chip in tile.chips] == ["Protected"]
    assert not page.glass.isVisible()


def test_a_reason_opens_it_for_a_while(qtbot, clinic, image, page_of):
    page = page_of(BEN)
    page.pictures.opened.emit(image.id)
    asked = sheet(qtbot, page, BreakGlassSheet)
    assert not asked.primary.isEnabled()
    asked.kind.button(GlassReason.EMERGENCY.value).click()
    QTest.keyClicks(asked.why, "short")
    assert not asked.primary.isEnabled()
    QTest.keyClicks(asked.why, ", but long enough now")

    asked.primary.click()

    qtbot.waitUntil(lambda: not tiles(page)[0].closed)
    qtbot.waitUntil(lambda: not tiles(page)[0].picture.isNull())
    assert page.glass.isVisible()
    page.pictures.opened.emit(image.id)
    sheet(qtbot, page, PictureSheet)

    clinic.room.desk.clock.at += GLASS_OPEN
    page._closing.timeout.emit()

    qtbot.waitUntil(lambda: tiles(page)[0].closed)
    assert not [s for s in page.window().findChildren(PictureSheet) if s.isVisible()]
    assert not page.glass.isVisible()
    assert image.id not in page._thumbnails


def test_the_officer_names_a_person_with_a_reason(qtbot, clinic, image, page_of):
    page = page_of(OLGA)
    page.pictures.opened.emit(image.id)
    viewers = sheet(qtbot, page, ViewersSheet)
    qtbot.waitUntil(lambda: viewers.list.rows.rowCount() > 0)
    assert actions(viewers) == {"Dr Ada Byrne": "Close it to them", BEN.name: "Name", OLGA.name: ""}

    viewers.list.action_requested.emit(BEN.id)
    qtbot.waitUntil(lambda: viewers._notice is not None)
    assert viewers._notice._code == "SIGHT-002"
    viewers.why.setPlainText("treats the patient")
    viewers.list.action_requested.emit(BEN.id)

    qtbot.waitUntil(lambda: actions(viewers)[BEN.name] == "Close it to them")
    assert viewers.said() == ""
    viewers.list.opened.emit(OLGA.id)
    desk = replace(clinic.room.desk, staff=BEN)
    assert clinic.read(lambda r: sight.may_see(r, desk, r.images.get(image.id)))


def actions(viewers):
    model = viewers.list.rows
    found = [model.data(model.index(n), ROW_ROLE) for n in range(model.rowCount())]
    return {row.title: row.action for row in found}


def test_the_officer_reads_why_it_was_opened(qtbot, clinic, image):
    ben = replace(clinic.room.desk, staff=BEN)
    clinic.room.set_staff(BEN)
    clinic.change(sight.break_glass, image.patient, GlassReason.EMERGENCY, WHY)
    clinic.room.set_staff(OLGA)
    page = ActivityPage(clinic.room)
    qtbot.addWidget(page)
    page.resize(1200, 760)
    page.show()
    page.refresh()

    qtbot.waitUntil(page.glass.isVisible)
    model = page.glass.list.rows
    row = model.data(model.index(0), ROW_ROLE)
    assert row.title.startswith(ben.staff.name)
    assert row.subtitle == f"{reason_words(GlassReason.EMERGENCY)}: {WHY}"
    clinic.room.desk.clock.at += timedelta(days=31)
    page.refresh()
    qtbot.waitUntil(lambda: not page.glass.isVisible())


def test_others_do_not_see_the_reasons(qtbot, clinic, image):
    page = ActivityPage(clinic.room)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    qtbot.waitUntil(lambda: page.rows.rows.rowCount() > 0)

    assert not page.glass.isVisible()


def test_every_reason_has_a_word():
    assert all(reason_words(reason) for reason in GlassReason)
