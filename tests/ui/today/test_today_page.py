from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint

from app.domain.encounter import CareRecord, Ending
from app.services import asking, encounters, intake
from app.ui.design.theme import theme
from app.ui.today.today_page import TodayPage
from app.ui.widgets.row_model import ROW_ROLE
from tests.ui.session.session_room import AMARA, LEO, SessionRoom


@pytest.fixture
def clinic(qapp):
    made = SessionRoom()
    yield made
    made.close()


@pytest.fixture
def page(qtbot, clinic):
    made = TodayPage(clinic.room)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    return made


def shown(rows):
    model = rows.rows
    return [model.data(model.index(n), ROW_ROLE) for n in range(model.rowCount())]


def test_an_empty_day_teaches(qtbot, page):
    page.refresh()

    qtbot.waitUntil(lambda: not page.unfinished.isVisible() and not page.waiting.isVisible())
    assert page.nothing_done.isVisible()


def test_an_unfinished_session_continues_with_one_tap(qtbot, clinic, page):
    visit = clinic.begun(clinic.patient())
    page.refresh()
    qtbot.waitUntil(lambda: bool(shown(page.unfinished)))

    (row,) = shown(page.unfinished)
    assert (row.title, row.action) == ("OKAFOR, Amara", "Continue")
    with qtbot.waitSignal(page.session_resumed) as resumed:
        page.unfinished.action_requested.emit(row.key)
    assert resumed.args == [visit.id]
    with qtbot.waitSignal(page.session_resumed):
        page.unfinished.opened.emit(row.key)


def test_a_declined_session_is_an_ordinary_line(qtbot, clinic, page):
    clinic.begun(clinic.patient(), care_record=CareRecord.DECLINED)
    page.refresh()
    qtbot.waitUntil(lambda: bool(shown(page.done)))

    (row,) = shown(page.done)
    assert [chip.text for chip in row.chips] == ["Declined"]
    with qtbot.waitSignal(page.patient_opened):
        page.done.opened.emit(row.key)


def test_not_now_is_taken_up_from_here(qtbot, clinic, page):
    visit = clinic.begun(clinic.patient())
    clinic.check(clinic.photograph(visit))
    draft = clinic.change(asking.begin, visit.id, clinic.form, {})
    clinic.change(asking.save, visit.id, draft.not_now())
    ended = clinic.change(encounters.complete, visit.id)
    assert ended.ending is Ending.COMPLETED
    page.refresh()
    qtbot.waitUntil(lambda: bool(shown(page.done)))

    (row,) = shown(page.done)
    assert ([chip.text for chip in row.chips], row.action) == (["Ask later"], "Ask now")
    with qtbot.waitSignal(page.session_resumed) as resumed:
        page.done.action_requested.emit(row.key)
    assert resumed.args == [visit.id]
    assert clinic.visit(visit.id).open


def test_waiting_pictures_are_counted_by_patient(qtbot, clinic, page):
    visit = clinic.begun(clinic.patient(LEO))
    image = clinic.photograph(visit)
    other = clinic.patient(AMARA)
    clinic.change(intake.refile, image.id, to=other, encounter=None, reason="wrong patient")
    page.refresh()
    qtbot.waitUntil(lambda: bool(shown(page.waiting)))

    (row,) = shown(page.waiting)
    assert row.title == "OKAFOR, Amara"
    with qtbot.waitSignal(page.session_wanted) as wanted:
        page.waiting.action_requested.emit(row.key)
    assert wanted.args == [other]
    with qtbot.waitSignal(page.patient_opened):
        page.waiting.opened.emit(row.key)


def test_a_new_session_is_the_primary_action(qtbot, page):
    with qtbot.waitSignal(page.session_wanted) as wanted:
        page.footer.primary.click()
    assert wanted.args == [None]


def test_a_found_patient_begins_a_session(qtbot, clinic, page):
    patient = clinic.patient(replace(AMARA, alert="latex"))

    with qtbot.waitSignal(page.session_wanted) as wanted:
        page.search.found.emit(patient)

    assert wanted.args == [patient]


def left_of(page, part):
    return part.mapTo(page, QPoint(0, 0)).x()


def test_large_print_puts_the_lists_under_one_another(page):
    assert left_of(page, page._done_card) > left_of(page, page.search) + page.search.width()

    theme().apply(scale=2.0)

    assert page._columns.is_folded()
    assert left_of(page, page._done_card) == left_of(page, page.search)
    assert page.search.width() > page.width() * 0.8
    assert page.search.minimumHeight() >= 320


def test_title_and_columns_begin_on_one_line(page):
    edges = {left_of(page, part) for part in (page.title, page.search)}

    assert edges == {24}
