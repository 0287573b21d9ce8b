"""A session from end to end on a real vault, with the program closed in the middle."""

from datetime import datetime

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

LONG_MS = 20_000  # the decoder and the paper take their time on a busy computer


@pytest.fixture
def decoder():
    made = ChildDecoder()
    yield made
    made.close()


@pytest.fixture
def programs(tmp_path, tmp_path_factory, decoder, qtbot):
    """Open the program on one and the same vault, as often as one likes."""
    empty = EmptyVault.made_in(tmp_path_factory.mktemp("vault"))
    path = empty.copied_to(tmp_path)
    begun = []

    def close(work):
        work.made.room.runner.run(work.made.vault.close, lambda _: None).result()
        work.made.close()

    class Programs:
        """Starts and ends."""

        def start(self):
            runner = TaskRunner()
            vault = runner.run(lambda: empty.opened(path), lambda _: None).result()
            made = SessionRoom(
                vault=vault, runner=runner, pictures=decoder, papers=ReportLabPapers()
            )
            made.room.set_staff(Staff(ANNA, "Dr Ada Byrne", Role.ADMINISTRATOR))
            begun.append((Clinician(qtbot, made, pages=step_pages), close))
            return begun[-1][0]

        def end(self, work):
            """The window stays alive until the test ends: it is this thread's to destroy."""
            work.window.close()
            close(work)
            begun[begun.index((work, close))] = (work, lambda _work: None)

    yield Programs()
    for work, ending in begun:
        ending(work)


def until_the_check(work, photograph):
    """From a patient to a picture that is to be checked."""
    work.made.change(clinic.found, Clinic("St Brigid's Hospital", "Dermatology"))
    work.made.change(clinic.approve_form, work.made.form)
    work.begin(work.made.patient(PERSON.demographics))
    work.go_on()
    work.settle_before()
    work.page.import_files([photograph])
    work.qtbot.waitUntil(work.view.footer.primary.isEnabled, timeout=LONG_MS)
    work.go_on()
    return work.view.session.visit


def from_the_check_to_the_copy(work, visit):
    """Nobody can be recognised, the patient answers, everybody signs."""
    work.qtbot.waitUntil(work.page.question.isEnabled, timeout=LONG_MS)
    work.press("choice-no")
    work.go_on()
    primary = work.view.footer.primary
    work.qtbot.waitUntil(lambda: primary.text() == "Show to the patient", timeout=LONG_MS)
    work.made.answer(visit, {TEACHING: YES})
    work.go_on()
    work.go_on()
    work.sign_all()
    work.go_on()
    work.qtbot.waitUntil(lambda: work.page._copy is not None, timeout=LONG_MS)


def test_a_session_survives_the_end_of_the_program_and_ends_with_a_copy(programs, tmp_path):
    photograph = tmp_path / "from the card.jpg"
    photograph.write_bytes(sample_picture(PERSON, 5, datetime(2026, 11, 23, 10)))  # noqa: DTZ001 - a camera's clock
    first = programs.start()
    visit = until_the_check(first, photograph)
    programs.end(first)

    work = programs.start()
    work.resume(visit)
    resumed = work.view.step
    from_the_check_to_the_copy(work, visit)
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
    assert work.made.visit(visit.id).ending is Ending.COMPLETED
    assert not work.view.is_open
