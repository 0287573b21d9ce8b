"""Nothing is lost: by going back, by closing the program, by its death, by the lock."""

import shutil

import pytest
from PySide6.QtWidgets import QTabBar

from app.demo.visitor import NO, YES
from app.domain.consent import Decision
from app.domain.encounter import CareRecord, Step
from app.ui.patient_side.places import Page
from app.ui.session.capture_page import CapturePage
from app.ui.session.check_page import CheckPage
from app.ui.signature.signature_pad import SignaturePad
from tests.ui.door.doorways import PASSPHRASE


def said(room) -> dict[str, Decision]:
    """The answers so far, by use."""
    return {use: decision for (_, use), decision in room.draft().answers.items()}


def go_on_with_the_unfinished_session(room):
    room.driver.act_on_row("today-unfinished", "Okafor")


def test_going_back_to_the_first_step_and_on_again_loses_nothing(room):
    clinician, visitor = room.clinician, room.visitor
    room.ask()
    visitor.answer(YES, NO)
    visitor.press("no-to-the-rest")
    visitor.press("confirm")
    room.give_back()
    before = said(room)
    clinician.go_on()
    clinician.wait_for(Step.SIGN)
    clinician.sign_as_shown()

    for step in reversed(Step):
        if step < Step.SIGN:
            clinician.go_back()
            clinician.wait_for(step)
    room.driver.find_any("patient-card")
    for step in (Step.BEFORE, Step.CAPTURE, Step.CHECK, Step.SHOW, Step.SIGN):
        clinician.go_on()
        clinician.wait_for(step)

    signers = room.driver.find("signers", QTabBar)
    assert signers.currentIndex() == 1  # the next one who has not signed
    room.driver.press(signers, signers.tabRect(0).center())
    assert room.driver.find("signature-pad", SignaturePad).counts()
    assert said(room) == before
    assert len(room.visits()) == 1
    assert room.visits()[0].before.care_record is CareRecord.AGREED


def test_answers_are_changed_with_back_and_the_others_stay(room):
    room.ask()
    room.visitor.answer(YES, YES, NO)

    room.visitor.press("back")
    room.visitor.press("back")
    room.visitor.answer(NO)

    assert list(said(room).values()) == [Decision.GRANTED, Decision.REFUSED, Decision.REFUSED]


def test_a_closed_program_goes_on_at_the_question_where_it_was(room):
    room.ask(1, 2)
    room.visitor.answer(YES, NO)
    before = said(room)
    room.close()

    room.open(room.vault)
    go_on_with_the_unfinished_session(room)
    room.clinician.wait_for(Step.SHOW)
    room.clinician.hand_over()

    assert room.visitor.side.place.page is Page.QUESTION
    assert room.visitor.side.place.index == 2
    assert said(room) == before


def test_a_program_that_died_goes_on_with_everything_that_was_answered(room, tmp_path):
    room.ask()
    room.visitor.answer(YES, NO)
    before = said(room)
    dead = tmp_path / "after the power cut"
    dead.mkdir()
    for file in room.folder.glob("Photographs.clinigraph*"):
        shutil.copyfile(file, dead / file.name)  # as the disk holds them while the program runs
    room.close()

    room.open(dead / room.vault.name)
    go_on_with_the_unfinished_session(room)
    room.clinician.wait_for(Step.SHOW)

    assert said(room) == before
    room.clinician.hand_over()
    assert room.visitor.side.place.index == 2


@pytest.mark.parametrize("step", [Step.BEFORE, Step.CAPTURE, Step.CHECK, Step.SIGN])
def test_after_the_lock_the_session_goes_on_at_its_step(room, step):
    reach(room, step)

    room.clinician.lock()
    assert not room.driver.is_seen("session-view")
    room.clinician.unlock(PASSPHRASE)

    room.clinician.wait_for(step)
    pictures = {Step.CAPTURE: 1, Step.CHECK: 1, Step.SIGN: 1}.get(step, 0)
    with room.records() as records:
        assert len(records.images.of_encounter(room.visits()[0].id)) == pictures
    if step is Step.CAPTURE:
        assert len(room.driver.the(CapturePage).pictures.kept()) == 1
    if step is Step.CHECK:
        assert room.driver.the(CheckPage).strip.items.rowCount() == 1


def test_the_lock_covers_the_patients_side_and_the_answers_stay(room):
    room.ask()
    room.visitor.answer(YES)
    before = said(room)

    room.program.lock()
    room.driver.wait("the lock", lambda: room.program.pages is None)
    assert not room.driver.is_seen("patient-side")
    room.clinician.unlock(PASSPHRASE)

    room.clinician.wait_for(Step.SHOW)
    assert said(room) == before


def reach(room, step):
    """The way to a step, the shortest."""
    if step is Step.BEFORE:
        room.begin()
    elif step is Step.CAPTURE:
        room.photograph()
    elif step is Step.CHECK:
        room.photograph()
        room.clinician.go_on()
        room.clinician.wait_for(Step.CHECK)
    else:
        room.ask()
        room.visitor.answer(YES)
        room.visitor.press("no-to-the-rest")
        room.visitor.press("confirm")
        room.give_back()
        room.clinician.go_on()
        room.clinician.wait_for(Step.SIGN)
