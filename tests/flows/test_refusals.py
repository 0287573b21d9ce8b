"""No is an ordinary answer: it costs nothing, needs no reason, and is kept."""

import pytest

from app.demo.clinician import DECLINED
from app.demo.visitor import NO, YES
from app.domain.clinical_image import ImageState
from app.domain.consent import Decision
from app.domain.consent_draft import Asking
from app.domain.encounter import Ending, Step
from app.domain.ids import UseId
from app.store.errors import BlobErasedError
from app.ui.frame.rail import Place
from app.ui.patient_side.places import Page
from app.ui.session.copy_page import CopyPage
from tests.flows.consulting_room import decisions


def to_the_copy(room):
    """Nothing was granted: nobody signs."""
    room.clinician.go_on()
    room.clinician.wait_for(Step.SIGN)
    room.driver.find_any("nothing-to-sign")
    room.clinician.go_on()
    room.clinician.wait_for(Step.COPY)


def test_none_of_these_is_one_press_and_needs_no_signature(room):
    room.ask()

    room.visitor.press("none-of-these")
    room.give_back()
    to_the_copy(room)

    (consent,) = room.consents()
    assert set.union(*decisions(consent).values()) == {Decision.REFUSED}
    assert consent.attestation is None
    assert room.driver.the(CopyPage)
    assert room.clinician.session.footer.primary.text() == "Finish without a copy"
    room.clinician.go_on()
    assert [visit.ending for visit in room.visits()] == [Ending.COMPLETED]


def test_no_to_the_rest_keeps_what_was_answered(room):
    room.ask()
    room.visitor.answer(NO, YES)

    room.visitor.press("no-to-the-rest")
    room.visitor.press("confirm")
    room.give_back()

    draft = room.draft()
    assert draft.state is Asking.ANSWERED
    said = {use: decision for (_, use), decision in draft.answers.items()}
    assert {use for use in said if said[use] is Decision.GRANTED} == {UseId("teaching-local")}
    assert set(said) == set(draft.uses)


def test_not_now_is_taken_up_again_from_today(room):
    room.ask()
    room.visitor.answer(YES)
    room.visitor.press("not-now")
    room.give_back()
    room.clinician.go_on()
    room.clinician.wait_for_page(Place.TODAY)
    assert room.consents() == []
    assert [visit.ending for visit in room.visits()] == [Ending.COMPLETED]

    room.driver.act_on_row("today-done", "Okafor")
    room.clinician.wait_for(Step.SHOW)
    room.clinician.hand_over()
    assert room.visitor.page is Page.QUESTION
    room.visitor.press("none-of-these")
    room.give_back()
    to_the_copy(room)

    (consent,) = room.consents()
    assert set.union(*decisions(consent).values()) == {Decision.REFUSED}


def test_stop_erases_todays_photographs(room):
    room.ask(1, 2)
    room.visitor.answer(YES)
    with room.records() as records:
        images = records.images.of_encounter(room.visits()[0].id)

    room.visitor.press("stop")
    room.give_back()
    room.clinician.go_on()
    room.driver.click("sheet-primary")
    room.clinician.wait_for_page(Place.TODAY)

    assert room.consents() == []
    assert [visit.ending for visit in room.visits()] == [Ending.ABANDONED]
    with room.records() as records:
        for image in images:
            assert records.images.get(image.id).state is ImageState.DISCARDED
            blobs = [each.blob for each in records.images.renditions(image.id)]
            for blob in (image.image.original, image.image.thumbnail, *blobs):
                with pytest.raises(BlobErasedError):
                    records.blobs.read(blob)


def test_stop_may_keep_the_photographs_for_care_with_a_reason(room):
    room.ask()
    room.visitor.press("stop")
    room.give_back()

    room.driver.click("choice-keep")
    room.driver.fill("keep-reason", "The mole is to be compared in spring")
    room.clinician.go_on()
    room.clinician.wait_for_page(Place.TODAY)

    (visit,) = room.visits()
    assert (visit.ending, visit.ending_reason) == (
        Ending.ABANDONED,
        "The mole is to be compared in spring",
    )
    with room.records() as records:
        (image,) = records.images.of_encounter(visit.id)
        assert image.state is ImageState.KEPT
        assert records.blobs.read(image.image.original)
    assert room.consents() == []


def test_declined_before_the_camera_is_an_ordinary_ending(room):
    room.begin()
    room.clinician.ask_before_camera(DECLINED)

    room.clinician.go_on()

    room.driver.find_any("declined-page")
    assert [visit.ending for visit in room.visits()] == [Ending.DECLINED]
    room.clinician.go_on()
    room.clinician.wait_for_page(Place.TODAY)


def test_the_session_can_be_closed_and_its_photographs_erased(room):
    room.photograph()

    room.driver.click("close-session")
    room.driver.click("sheet-primary")
    room.clinician.wait_for_page(Place.TODAY)

    (visit,) = room.visits()
    assert visit.ending is Ending.ABANDONED
    with room.records() as records:
        (image,) = records.images.of_encounter(visit.id)
        assert image.state is ImageState.DISCARDED
