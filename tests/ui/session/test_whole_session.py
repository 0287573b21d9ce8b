"""A session from end to end on a real vault, with the program closed in the middle."""

from datetime import UTC, datetime

import pytest

from app.demo.earlier_sessions import sample_picture
from app.demo.people import AMARA as PERSON
from app.documents.papers import ReportLabPapers
from app.domain.clinic import Clinic
from app.domain.disclosure import HandOver
from app.domain.encounter import Ending, Step
from app.domain.staff import Role, Staff
from app.imaging.decoder import ChildDecoder
from app.services import clinic
from app.ui.session.step_pages import step_pages
from app.ui.tasks import TaskRunner
from tests.sealed_vaults import EmptyVault
from tests.store.vault_parts import ANNA
from tests.ui.session.session_room import TEACHING, YES, Clinician, SessionRoom


@pytest.fixture
def decoder():
    made = ChildDecoder()
    yield made
    made.close()


@pytest.fixture
def start(tmp_path, tmp_path_factory, decoder, qtbot):
    """Open the program on one and the same vault: start() gives who works with it."""
    empty = EmptyVault.made_in(tmp_path_factory.mktemp("vault"))
    path = empty.copied_to(tmp_path)
    running = []

    def begin():
        runner = TaskRunner()
        vault = runner.run(lambda: empty.opened(path), lambda _: None).result()
        made = SessionRoom(vault=vault, runner=runner, pictures=decoder, papers=ReportLabPapers())
        made.room.set_staff(Staff(ANNA, "Dr Ada Byrne", Role.ADMINISTRATOR))
        running.append(made)
        return made, Clinician(qtbot, made, pages=step_pages)

    def end(made):
        running.remove(made)
        made.room.runner.run(made.vault.close, lambda _: None).result()
        made.close()

    yield begin, end
    for made in tuple(running):
        end(made)


def test_a_session_survives_the_end_of_the_program_and_ends_with_a_copy(start, tmp_path):
    begin, end = start
    made, work = begin()
    made.change(clinic.found, Clinic("St Brigid's Hospital", "Dermatology"))
    made.change(clinic.approve_form, made.form)
    work.begin(made.patient(PERSON.demographics))
    work.go_on()
    work.settle_before()
    taken_at = datetime(2026, 11, 23, 10, tzinfo=UTC).replace(tzinfo=None)
    photograph = tmp_path / "from the card.jpg"
    photograph.write_bytes(sample_picture(PERSON, 5, taken_at))
    work.page.import_files([photograph])
    work.qtbot.waitUntil(lambda: work.view.footer.primary.isEnabled(), timeout=20_000)
    work.go_on()
    visit = work.view.session.visit
    work.window.close()
    end(made)

    made, work = begin()
    work.resume(visit)
    resumed = work.view.step
    work.qtbot.waitUntil(lambda: work.page.question.isEnabled(), timeout=20_000)
    work.press("choice-no")
    work.go_on()
    work.qtbot.waitUntil(
        lambda: work.view.footer.primary.text() == "Show to the patient", timeout=20_000
    )
    made.answer(visit, {TEACHING: YES})
    work.go_on()
    work.go_on()
    work.sign_all()
    work.go_on()
    work.qtbot.waitUntil(lambda: work.page._copy is not None, timeout=20_000)
    work.press("save-copy")
    file = tmp_path / "copy.pdf"
    work.page._hand_over.dialog.fileSelected.emit(str(file))
    work.page._hand_over.dialog.reject()
    work.settle()
    given = [each.way for each in work.page._copy.handed_over]
    work.go_on()

    assert resumed is Step.CHECK
    assert file.read_bytes().startswith(b"%PDF")
    assert given == [HandOver.SAVED]
    assert made.visit(visit.id).ending is Ending.COMPLETED
    assert not work.view.is_open
