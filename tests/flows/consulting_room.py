"""A room with a patient in it: the real window on a real vault, and hands for both sides of it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from app.demo.clinician import AGREED, Clinician
from app.demo.driver import Driver
from app.demo.visitor import Visitor
from app.domain.consent import Consent, Decision, Withdrawal
from app.domain.consent_draft import ConsentDraft
from app.domain.encounter import Encounter, Step
from app.domain.ids import PatientId, UseId
from app.domain.patient import Demographics, PatientIdentifier
from app.domain.rendition import Identifiable
from app.services import patients
from app.services.ports import Records
from app.ui.frame.rail import Place
from app.ui.program_window import ProgramWindow
from app.ui.tasks import TaskRunner
from tests.imaging.builders import camera_jpeg
from tests.ui.door.doorways import PASSPHRASE, PIN, Doorway

PERSON = Demographics(
    "Okafor", "Amara", date(1992, 3, 12), identifiers=(PatientIdentifier("MRN", "0042-771"),)
)
REFUSAL = "Saying no changes nothing about your care"


class ConsultingRoom:
    """Window, clinician and patient.

    Attributes:
        clinician: Works the staff's side.
        visitor: Works the patient's side.
        person: The patient's record.
    """

    def __init__(self, doorway: Doorway) -> None:
        self.doorway = doorway
        self.folder = doorway.folder
        self.vault = doorway.vault(approved=True)
        self.person = self._enter(self.vault)
        self.open(self.vault)

    def open(self, vault: Path) -> None:
        """Start the program and unlock a vault."""
        self.program: ProgramWindow = self.doorway.start(vault)
        self.driver = Driver(self.program.window, busy=self._busy)
        self.clinician = Clinician(self.program, self.driver)
        self.visitor = Visitor(self.driver)
        self.clinician.unlock(PASSPHRASE)

    def close(self) -> None:
        """Close the program."""
        self.program.end()
        self.program.window.close()

    # the way to a step

    def begin(self) -> None:
        """To the question before the camera."""
        self.clinician.begin_session()
        self.clinician.find_patient("Okafor")
        self.clinician.confirm_patient()

    def photograph(self, *seeds: int) -> None:
        """To the capture page with pictures on it."""
        self.begin()
        self.clinician.ask_before_camera(AGREED)
        self.clinician.open_camera()
        self.clinician.bring_files([self.picture(seed) for seed in seeds or (1,)])

    def check(self, *seeds: int) -> None:
        """To the page from which the screen is handed over."""
        self.photograph(*seeds)
        self.clinician.go_on()
        self.clinician.wait_for(Step.CHECK)
        self.clinician.check_all(Identifiable.NO)

    def ask(self, *seeds: int) -> None:
        """To the first question on the patient's side."""
        self.check(*seeds)
        self.clinician.hand_over()
        self.visitor.read()

    def give_back(self) -> None:
        """The patient gives the screen back."""
        self.visitor.give_back(PIN)

    def agree(self, *seeds: int, answers: tuple[str, ...]) -> None:
        """A whole session with these answers to the first uses and no to the rest."""
        self.ask(*seeds)
        self.visitor.answer(*answers)
        self.visitor.press("no-to-the-rest")
        self.visitor.press("confirm")
        self.give_back()
        self.clinician.go_on()
        self.clinician.wait_for(Step.SIGN)
        self.clinician.sign()
        self.clinician.go_on()
        self.clinician.wait_for_page(Place.TODAY)

    # what is there

    def picture(self, seed: int) -> Path:
        """A photograph as it lies on a card."""
        card = self.folder / "card"
        card.mkdir(exist_ok=True)
        file = card / f"{seed}.jpg"
        if not file.exists():
            file.write_bytes(camera_jpeg(seed))
        return file

    @contextmanager
    def records(self) -> Iterator[Records]:
        """The vault, read."""
        assert self.program.pages is not None
        self.driver.settle()
        with self.program.pages.room.workplace.vault.reading() as records:
            yield records

    def visits(self) -> tuple[Encounter, ...]:
        """The patient's visits, oldest first."""
        with self.records() as records:
            return records.encounters.of_patients([self.person])

    def consents(self) -> list[Consent]:
        """The patient's consents, oldest first."""
        with self.records() as records:
            history = records.consents.history([self.person])
        return [fact for fact in history if isinstance(fact, Consent)]

    def withdrawals(self) -> list[Withdrawal]:
        """The patient's withdrawals, oldest first."""
        with self.records() as records:
            history = records.consents.history([self.person])
        return [fact for fact in history if isinstance(fact, Withdrawal)]

    def draft(self) -> ConsentDraft:
        """The asking of the newest visit, as it is stored."""
        visit = self.visits()[-1].id
        with self.records() as records:
            found = records.encounters.draft(visit)
        assert found is not None
        return found

    def _enter(self, vault: Path) -> PatientId:
        place = self.doorway.core.unlock(vault, bytearray(PASSPHRASE.encode()))
        try:
            return patients.create(place.vault.unit_of_work(), place.desk, PERSON).id
        finally:
            place.close()

    def _busy(self) -> bool:
        return any(runner.is_busy() for runner in self.program.findChildren(TaskRunner))


def decisions(consent: Consent) -> dict[UseId, set[Decision]]:
    """What was said to each use, over all pictures."""
    said: dict[UseId, set[Decision]] = {}
    for answer in consent.answers:
        said.setdefault(answer.use, set()).add(answer.decision)
    return said


def text_of(pdf: Path) -> str:
    """What a reader of the PDF sees, line by line as it is laid out."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
