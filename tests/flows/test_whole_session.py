"""From the first screen of a visit to the paper in the patient's hand."""

from app.demo.clinician import AGREED
from app.demo.visitor import NO, YES
from app.domain.consent import Decision
from app.domain.disclosure import HandOver
from app.domain.encounter import Ending, Step
from app.domain.ids import UseId
from app.domain.rendition import Identifiable
from app.ui.frame.rail import Place
from tests.flows.consulting_room import REFUSAL, decisions, text_of
from tests.ui.door.doorways import CLINIC

ADVICE, TEACHING = UseId("colleague-advice"), UseId("teaching-local")
PRINTED = {
    "Your care record": "Yes",
    "Advice from another clinician": "Yes",
    "Teaching in this department": "Yes",
    "Talks and courses elsewhere": "No",
    "Checking the quality of our work": "No",
    "A named research study": "Not asked",
    "Building computer programs (AI)": "No",
    "One named journal or book": "Not asked",
    "Our website and leaflets": "No",
    "Social media": "No",
}


def a_session(room, paper):
    """One yes, one yes without the second picture, and no to the rest; signed, saved, finished."""
    clinician, visitor = room.clinician, room.visitor
    room.ask(1, 2)
    visitor.answer(YES)
    visitor.leave_picture_out(2)
    visitor.answer(YES, NO)
    visitor.press("no-to-the-rest")
    visitor.press("confirm")
    room.give_back()
    clinician.go_on()
    clinician.wait_for(Step.SIGN)
    clinician.sign()
    clinician.save_copy(paper)
    clinician.go_on()
    clinician.wait_for_page(Place.TODAY)


def test_a_session_ends_with_a_paper_that_says_every_answer(room, tmp_path):
    a_session(room, tmp_path / "copy.pdf")

    (consent,) = room.consents()
    said = decisions(consent)
    assert said.pop(ADVICE) == {Decision.GRANTED}
    one, two = (answer.decision for answer in consent.answers if answer.use == TEACHING)
    assert (one, two) == (Decision.GRANTED, Decision.REFUSED)
    assert set.union(*(said[use] for use in said if use != TEACHING)) == {Decision.REFUSED}
    assert [visit.ending for visit in room.visits()] == [Ending.COMPLETED]
    paper = text_of(tmp_path / "copy.pdf")
    assert answers_on(paper) == PRINTED
    assert "Picture 2" in paper
    assert REFUSAL in paper
    assert CLINIC.contact in paper
    assert consent.id in paper.replace("\n", "")
    with room.records() as records:
        (document,) = records.documents.of_patients([room.person])
        (given,) = records.documents.hand_overs(document.id)
        assert given.way is HandOver.SAVED
        assert records.blobs.read(document.blob) == (tmp_path / "copy.pdf").read_bytes()


def test_a_changed_picture_is_shown_again_before_anybody_signs(room):
    room.ask()
    room.visitor.answer(YES)
    room.visitor.press("no-to-the-rest")
    room.visitor.press("confirm")
    room.give_back()
    room.clinician.go_back()
    room.clinician.wait_for(Step.CHECK)

    room.clinician.cover(0.45, 0.45, 0.55, 0.55)
    room.clinician.check_all(Identifiable.NO)

    assert room.clinician.session.footer.primary.text() == "Hand the screen to the patient"
    room.clinician.hand_over()
    room.visitor.read()
    assert not room.visitor.side.draft.answers


def test_a_session_can_be_begun_from_the_patients_page(room):
    room.clinician.go(Place.PATIENTS)
    room.clinician.open_patient("Okafor")

    room.clinician.go_on()
    room.clinician.confirm_patient()
    room.clinician.ask_before_camera(AGREED)
    room.clinician.open_camera()

    (visit,) = room.visits()
    assert (visit.patient, visit.step) == (room.person, Step.CAPTURE)


def answers_on(paper: str) -> dict[str, str]:
    """The answer that stands at the end of each use's first line."""
    words = ("Not asked", "Yes", "No")
    found: dict[str, str] = {}
    for line in map(str.strip, paper.splitlines()):
        for word in words:
            title, gap, rest = line.rpartition(f"  {word}")
            if gap and not rest:
                found.setdefault(title.strip(), word)
                break
    return found
