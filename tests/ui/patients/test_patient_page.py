from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit

from app.domain.clinical_image import Laterality
from app.domain.encounter import CareRecord
from app.domain.standing import State
from app.services import asking, consents, encounters, papers, patients, withdrawals
from app.ui.body_map.site_sheet import SiteSheet
from app.ui.paper_view.paper_sheet import PaperSheet
from app.ui.patients.merge_sheet import MergeSheet, PartSheet
from app.ui.patients.patient_editor import PatientEditor
from app.ui.patients.patient_facts import patient_facts
from app.ui.patients.patient_page import PatientPage
from app.ui.patients.patients_page import PatientsPage
from app.ui.patients.picture_sheet import PictureSheet
from app.ui.patients.refile_sheet import RefileSheet
from app.ui.patients.standing_words import state_chip
from app.ui.patients.withdraw_sheet import WithdrawSheet
from app.ui.widgets.notices import Notice
from app.ui.widgets.row_model import ROW_ROLE
from app.ui.widgets.sheet import Sheet
from tests.builders import an_attestation
from tests.ui.session.session_room import AMARA, COLLEAGUE, LEO, TEACHING, YES, SessionRoom, a_pdf


@pytest.fixture
def clinic(qapp):
    made = SessionRoom()
    made.papers.withdrawal = lambda *_: a_pdf(1)
    yield made
    made.close()


@pytest.fixture
def page(qtbot, clinic):
    made = PatientPage(clinic.room)
    qtbot.addWidget(made)
    made.resize(1200, 780)
    made.show()
    return made


def shown(rows):
    model = rows.rows
    return [model.data(model.index(n), ROW_ROLE) for n in range(model.rowCount())]


def signed(clinic, said, patient=None):
    visit = clinic.answered(said, patient=patient)
    clinic.change(consents.sign, visit.id, clinic.form, an_attestation())
    return clinic.change(encounters.complete, visit.id)


def opened(qtbot, page, patient):
    page.show_patient(patient)
    qtbot.waitUntil(lambda: page.title.text() == "OKAFOR, Amara")


def sheet(qtbot, page, kind):
    """The sheet of a kind that is open over the page."""

    def there():
        return [s for s in page.window().findChildren(kind) if s.isVisible()]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[0]


def typed(field, text):
    assert isinstance(field.input, QLineEdit)
    field.input.setText(text)


def facts(clinic, patient):
    room = clinic.room
    return clinic.read(lambda r: patient_facts(r, room.desk, room.workplace.forms, patient))


def test_every_state_has_a_word():
    assert all(state_chip(state).text for state in State)


def test_the_page_shows_what_stands_sessions_and_pictures(qtbot, clinic, page):
    visit = signed(clinic, {TEACHING: YES})

    opened(qtbot, page, visit.patient)

    chips = {row.title: [c.text for c in row.chips] for row in shown(page.uses)}
    assert chips["Teaching in this department"] == ["Granted"]
    assert chips["Social media"] == ["Refused"]
    assert [row.title for row in shown(page.pictures)] == ["Forearm, volar, left"]
    assert [[c.text for c in row.chips] for row in shown(page.visits)] == [["Completed"]]


def test_a_patient_who_was_never_asked_has_nothing_to_withdraw(qtbot, clinic, page):
    opened(qtbot, page, clinic.patient())

    assert page.never_asked.isVisible()
    assert not page.withdraw.isEnabled()
    with qtbot.waitSignal(page.session_wanted):
        page.footer.primary.click()


def test_withdrawing_everything_takes_two_steps_and_leaves_a_paper(qtbot, clinic, page):
    visit = signed(clinic, {TEACHING: YES, COLLEAGUE: YES})
    opened(qtbot, page, visit.patient)
    page.withdraw.click()
    first = sheet(qtbot, page, WithdrawSheet)
    assert not first.primary.isEnabled()

    first.everything.click()
    first.primary.click()
    second = sheet(qtbot, page, PaperSheet)
    second.decline_button.click()

    qtbot.waitUntil(lambda: bool(second.findChildren(Notice)))
    qtbot.waitUntil(lambda: "Confirmation of withdrawal" in [r.title for r in shown(page.papers)])
    after = facts(clinic, visit.patient)
    states = {line.best.state for line in after.uses if line.count}
    assert states == {State.WITHDRAWN, State.REFUSED}
    assert [g.way for p in after.papers for g in p.given] == ["declined"]
    second.accept()


def test_withdrawing_one_use_by_a_relative_leaves_the_others(qtbot, clinic, page):
    visit = signed(clinic, {TEACHING: YES, COLLEAGUE: YES})
    opened(qtbot, page, visit.patient)
    page.withdraw.click()
    first = sheet(qtbot, page, WithdrawSheet)

    first.uses[TEACHING].click()
    first.who.button("other").click()
    assert not first.primary.isEnabled()
    typed(first.by_name, "Ngozi Okafor")
    typed(first.relationship, "mother")
    first.primary.click()

    sheet(qtbot, page, PaperSheet).accept()
    found = {line.use.id: line.best for line in facts(clinic, visit.patient).uses}
    assert found[TEACHING].state is State.WITHDRAWN
    assert found[COLLEAGUE].state is State.GRANTED
    assert found[TEACHING].withdrawal.relationship == "mother"


def test_a_paper_that_failed_is_made_again_without_withdrawing_twice(qtbot, clinic, page):
    visit = signed(clinic, {TEACHING: YES})
    opened(qtbot, page, visit.patient)
    page.withdraw.click()
    first = sheet(qtbot, page, WithdrawSheet)
    first.everything.click()
    first.add_note.click()
    typed(first.note, "moves away")

    def fail(*_):
        raise papers.NoSuchDocumentError

    clinic.papers.withdrawal = fail
    first.primary.click()
    qtbot.waitUntil(lambda: bool(first.findChildren(Notice)))
    assert not first.everything.isEnabled()

    clinic.papers.withdrawal = lambda *_: a_pdf(1)
    first.primary.click()

    sheet(qtbot, page, PaperSheet).accept()
    after = facts(clinic, visit.patient)
    (taken,) = {line.best.withdrawal for line in after.uses if line.best.withdrawal}
    assert taken.reason == "moves away"
    assert [line.document.withdrawal for line in after.papers] == [taken.id]


def test_what_was_taken_back_meanwhile_is_said_in_the_sheet(qtbot, clinic, page):
    visit = signed(clinic, {TEACHING: YES})
    opened(qtbot, page, visit.patient)
    page.withdraw.click()
    first = sheet(qtbot, page, WithdrawSheet)
    clinic.change(withdrawals.withdraw, visit.patient, frozenset(), by_name="Amara Okafor")
    first.everything.click()
    first.primary.click()

    qtbot.waitUntil(lambda: bool(first.findChildren(Notice)))
    first.reject()


def test_correcting_details_keeps_the_history(qtbot, clinic, page):
    patient = clinic.patient()
    opened(qtbot, page, patient)
    page.edit.click()
    editor = sheet(qtbot, page, PatientEditor)

    editor.form.set_demographics(replace(AMARA, given="Amarachi"))
    typed(editor.reason, "misspelt")
    editor.primary.click()

    qtbot.waitUntil(lambda: page.title.text() == "OKAFOR, Amarachi")
    history = clinic.read(lambda r: r.patients.get(patient)).history
    assert [(v.demographics.given, v.reason) for v in history] == [
        ("Amara", ""),
        ("Amarachi", "misspelt"),
    ]


def test_correcting_the_place_of_a_picture_needs_a_reason(qtbot, clinic, page):
    visit = signed(clinic, {TEACHING: YES})
    opened(qtbot, page, visit.patient)
    page.pictures.opened.emit(shown(page.pictures)[0].key)
    picture = sheet(qtbot, page, PictureSheet)

    correction = picture.correction
    correction.place.click()
    chosen = sheet(qtbot, page, SiteSheet)
    chosen.site_chosen.emit("70559009", Laterality.RIGHT)
    chosen.reject()
    correction.view.button("context").click()
    assert not correction.correct.isEnabled()
    typed(correction.reason, "was mirrored")
    correction.correct.click()

    qtbot.waitUntil(lambda: picture.title.text() == "Forearm, volar, right")
    assert "side: right · was mirrored" in picture.history.text()
    assert "side: left" in picture.history.text()
    assert correction.said() == {}
    qtbot.waitUntil(picture.picture.has_picture)
    picture.accept()


def choose(qtbot, asked, patient, why):
    """Choose somebody in a sheet that asks for a second patient."""
    asked.search.found.emit(patient)
    qtbot.waitUntil(asked.card.isVisible)
    assert not asked.primary.isEnabled()
    typed(asked.reason, why)
    asked.primary.click()


def test_a_misfiled_picture_moves_and_its_consent_is_void(qtbot, clinic, page):
    visit = signed(clinic, {TEACHING: YES})
    right = clinic.patient(replace(AMARA, given="Chidi", identifiers=()))
    opened(qtbot, page, visit.patient)
    page.pictures.opened.emit(shown(page.pictures)[0].key)
    picture = sheet(qtbot, page, PictureSheet)
    picture.refile.click()

    choose(qtbot, sheet(qtbot, page, RefileSheet), right, "wrong wristband")

    qtbot.waitUntil(lambda: not shown(page.pictures))
    found = {line.best.state for line in facts(clinic, right).uses}
    assert found == {State.VOID, State.NEVER_ASKED}
    page.show_patient(right)
    qtbot.waitUntil(lambda: page.title.text() == "OKAFOR, Chidi")
    assert [c.text for row in shown(page.pictures) for c in row.chips] == ["Waiting"]
    assert not page.withdraw.isEnabled()


def test_two_records_merge_and_part_again(qtbot, clinic, page):
    patient = clinic.patient()
    other = signed(clinic, {TEACHING: YES}, clinic.patient(replace(LEO, given="Leonie"))).patient
    opened(qtbot, page, patient)
    page.merge.click()
    asked = sheet(qtbot, page, MergeSheet)
    asked.search.found.emit(patient)
    assert asked.findChildren(Notice)
    asked.search.found.emit(other)
    qtbot.waitUntil(asked.card.isVisible)
    asked.another.click()
    assert asked.search.isVisible()

    choose(qtbot, asked, other, "same person, maiden name")

    qtbot.waitUntil(page.merged_card.isVisible)
    assert [row.title for row in shown(page.merged)] == ["BRAUN, Leonie"]
    assert len(shown(page.pictures)) == 1
    assert page.withdraw.isEnabled()
    page.merged.action_requested.emit(other)
    part = sheet(qtbot, page, PartSheet)
    part.accept()
    typed(part.reason, "sisters")
    part.primary.click()
    qtbot.waitUntil(lambda: not page.merged_card.isVisible())
    assert not shown(page.pictures)


def test_what_cannot_be_parted_is_said_in_the_sheet(qtbot, clinic, page):
    patient = clinic.patient()
    opened(qtbot, page, patient)
    asked = PartSheet(clinic.room, page, patient)
    asked.open()
    typed(asked.reason, "sisters")

    asked.primary.click()

    qtbot.waitUntil(lambda: bool(asked.findChildren(Notice)))
    assert asked.primary.isEnabled()
    asked.reject()


def test_unfinished_and_put_off_sessions_go_on_from_here(qtbot, clinic, page):
    visit = clinic.begun(clinic.patient())
    opened(qtbot, page, visit.patient)
    (row,) = shown(page.visits)
    with qtbot.waitSignal(page.session_resumed):
        page.visits.action_requested.emit(row.key)

    clinic.check(clinic.photograph(visit))
    draft = clinic.change(asking.begin, visit.id, clinic.form, {})
    clinic.change(asking.save, visit.id, draft.not_now())
    clinic.change(encounters.complete, visit.id)
    page.refresh()
    qtbot.waitUntil(lambda: shown(page.visits)[0].action == "Ask now")
    with qtbot.waitSignal(page.session_resumed):
        page.visits.action_requested.emit(visit.id)


def test_declined_stopped_and_discarded_are_plain_words(qtbot, clinic, page):
    patient = clinic.patient()
    clinic.begun(patient, care_record=CareRecord.DECLINED)
    stopped = clinic.begun(patient)
    clinic.photograph(stopped)
    clinic.change(encounters.abandon, stopped.id, keep_pictures=False)
    opened(qtbot, page, patient)

    assert {c.text for row in shown(page.visits) for c in row.chips} == {"Declined", "Stopped"}
    assert [c.text for row in shown(page.pictures) for c in row.chips] == ["Discarded"]
    page.pictures.opened.emit(shown(page.pictures)[0].key)
    sheet(qtbot, page, PictureSheet).accept()


def test_the_list_finds_and_opens(qtbot, clinic):
    page = PatientsPage(clinic.room)
    qtbot.addWidget(page)
    page.show()
    patient = clinic.patient()

    with qtbot.waitSignal(page.patient_opened) as told:
        page.search.found.emit(patient)

    assert told.args == [patient]


def test_somebody_alike_is_pointed_out_before_recording(qtbot, clinic):
    clinic.patient(replace(AMARA, identifiers=()))
    page = PatientsPage(clinic.room)
    qtbot.addWidget(page)
    page.resize(1200, 780)
    page.show()
    page.search.new_wanted.emit("")
    editor = sheet(qtbot, page, PatientEditor)
    editor.form.set_demographics(AMARA)

    editor.primary.click()
    qtbot.waitUntil(lambda: editor.primary.text() == "Record all the same")
    with qtbot.waitSignal(page.patient_opened):
        editor.primary.click()


def test_an_identifier_of_somebody_else_is_refused_in_the_sheet(qtbot, clinic, page):
    clinic.patient()
    other = clinic.patient(replace(AMARA, family="Braun", identifiers=()))
    page.show_patient(other)
    qtbot.waitUntil(lambda: page.title.text() == "BRAUN, Amara")
    page.edit.click()
    editor = sheet(qtbot, page, PatientEditor)
    editor.form.set_demographics(replace(AMARA, family="Braun"))

    editor.primary.click()

    qtbot.waitUntil(lambda: bool(editor.findChildren(Notice)))
    assert isinstance(editor, Sheet)
    editor.reject()
    assert clinic.read(lambda r: patients.known(r, other)).now.identifiers == ()


def test_a_picture_that_was_never_drawn_shows_its_original(qtbot, clinic, page):
    visit = clinic.begun(clinic.patient())
    clinic.photograph(visit)
    opened(qtbot, page, visit.patient)

    page.pictures.opened.emit(shown(page.pictures)[0].key)

    picture = sheet(qtbot, page, PictureSheet)
    qtbot.waitUntil(picture.picture.has_picture)
    picture.accept()


def test_a_picture_that_cannot_be_drawn_is_said_in_the_sheet(qtbot, clinic, page, monkeypatch):
    def refuse(*_, **__):
        raise papers.NoSuchDocumentError

    monkeypatch.setattr(clinic.room.workplace.pictures, "render", refuse)
    visit = clinic.begun(clinic.patient())
    clinic.photograph(visit)
    opened(qtbot, page, visit.patient)

    page.pictures.opened.emit(shown(page.pictures)[0].key)

    picture = sheet(qtbot, page, PictureSheet)
    qtbot.waitUntil(lambda: bool(picture.findChildren(Notice)))
    picture.accept()


def test_a_kept_paper_opens_again(qtbot, clinic, page):
    visit = signed(clinic, {TEACHING: YES})
    (consent,) = clinic.read(lambda r: r.consents.of_encounter(visit.id))
    clinic.change(papers.keep_consent_copy, consent.id, a_pdf(2))
    opened(qtbot, page, visit.patient)

    page.papers.opened.emit(shown(page.papers)[0].key)

    paper = sheet(qtbot, page, PaperSheet)
    assert paper.view.page_count() == 2
    paper.accept()
