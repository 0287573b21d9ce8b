"""Taking a yes back is as easy as giving it, whole or by use (R23, R24)."""

from app.demo.visitor import NO, YES
from app.domain.ids import UseId
from app.domain.standing import Picture, State, best_standing
from app.ui.frame.rail import Place
from tests.flows.consulting_room import text_of

ADVICE, TEACHING = UseId("colleague-advice"), UseId("teaching-local")


def stands(room) -> dict[UseId, State]:
    """The best that stands for each use, over the patient's pictures."""
    with room.records() as records:
        history = records.consents.history([room.person])
        pictures = [
            Picture(rendition, filed)
            for filed in records.images.of_patients([room.person])
            for rendition in records.images.renditions(filed.id)[-1:]
        ]
        links, today = records.patients.links(), room.program.pages.room.desk.today()
        found = best_standing(pictures, {ADVICE, TEACHING}, history, links, on=today)
    return {use: standing.state for use, standing in found.items()}


def take_back(room, *uses, paper=None):
    room.clinician.go(Place.PATIENTS)
    room.clinician.open_patient("Okafor")
    room.clinician.choose_to_withdraw(*uses)
    room.clinician.withdraw()
    if paper is not None:
        room.clinician.save_paper(paper)
    room.clinician.close_sheet()


def test_one_use_is_taken_back_and_the_other_stands(room, tmp_path):
    room.agree(answers=(YES, YES))

    take_back(room, ADVICE, paper=tmp_path / "back.pdf")

    assert stands(room) == {ADVICE: State.WITHDRAWN, TEACHING: State.GRANTED}
    paper = text_of(tmp_path / "back.pdf")
    assert "Advice from another clinician" in paper
    assert "Teaching in this department" not in paper
    (withdrawal,) = room.withdrawals()
    assert withdrawal.id in paper.replace("\n", "")


def test_everything_is_taken_back_at_once(room):
    room.agree(answers=(YES, YES))

    take_back(room)

    assert stands(room) == {ADVICE: State.WITHDRAWN, TEACHING: State.WITHDRAWN}
    assert not room.driver.find_any("patient-withdraw").isEnabled()


def test_consented_twice_and_taken_back_once_is_taken_back(room):
    room.agree(1, answers=(YES, NO))
    room.agree(2, answers=(YES, YES))

    take_back(room, ADVICE)

    assert stands(room) == {ADVICE: State.WITHDRAWN, TEACHING: State.GRANTED}
    assert len(room.consents()) == 2
