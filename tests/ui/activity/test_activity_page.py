import pytest

from app.domain.audit import Action, ChainFault
from app.domain.ids import WorkstationId
from app.services import activity
from app.ui.activity.activity_page import ActivityPage
from app.ui.activity.words import group_of, sentences
from app.ui.widgets.row_model import ROW_ROLE
from tests.ui.session.session_room import SessionRoom


@pytest.fixture
def clinic(qapp):
    made = SessionRoom()
    made.begun(made.patient())
    yield made
    made.close()


@pytest.fixture
def page(qtbot, clinic):
    made = ActivityPage(clinic.room)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    made.refresh()
    qtbot.waitUntil(lambda: bool(titles(made)))
    return made


def titles(page):
    model = page.rows.rows
    return [model.data(model.index(n), ROW_ROLE).title for n in range(model.rowCount())]


def test_every_action_has_a_sentence_and_a_kind():
    assert set(sentences()) == set(Action)
    assert all(group_of(action) for action in Action)


def test_the_newest_event_stands_first(page):
    assert titles(page)[0] == "Settled what comes before the camera"
    assert "Recorded a new patient" in titles(page)


def test_kinds_and_words_filter(qtbot, page):
    page._filters["patients"].click()
    assert titles(page) == ["Recorded a new patient"]
    page._filters["patients"].click()

    page.search.setText("began a")
    qtbot.waitUntil(lambda: titles(page) == ["Began a session"])
    page.search.setText("nothing like this")
    qtbot.waitUntil(page.empty.isVisible)


def test_a_refused_pin_is_marked(qtbot, clinic, page):
    clinic.change(_refuse)
    page.refresh()

    qtbot.waitUntil(lambda: titles(page)[0] == "Typed a wrong staff PIN")
    row = page.rows.rows.data(page.rows.rows.index(0), ROW_ROLE)
    assert [chip.text for chip in row.chips] == ["Refused"]


def _refuse(uow, desk):
    with uow:
        uow.record(desk.failure(Action.PIN_REFUSED))
        uow.commit()


def test_a_whole_trail_is_said(qtbot, page):
    page.check.click()

    qtbot.waitUntil(lambda: page.verdict.title() == "The trail is whole")


def test_a_broken_trail_names_the_first_event(qtbot, page, monkeypatch):
    broken = (ChainFault(WorkstationId("ws-1"), 7, "changed"),)
    monkeypatch.setattr(activity, "faults", lambda _records: broken)

    page.check.click()

    qtbot.waitUntil(lambda: "number 7" in page.verdict.text())


def test_older_events_come_on_request(qtbot, clinic, page, monkeypatch):
    monkeypatch.setattr("app.ui.activity.activity_page.PAGE", 1)
    page._limit = 1
    page.refresh()
    qtbot.waitUntil(lambda: len(titles(page)) == 1)

    page.more.click()

    qtbot.waitUntil(lambda: len(titles(page)) == 2)
