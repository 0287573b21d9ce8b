"""Vaults that released programs made are opened, read, checked and written by this one."""

import shutil
from pathlib import Path

import pytest

from app.domain.encounter import Ending
from app.domain.patient import PatientIdentifier
from app.domain.standing import Picture, State, standing
from app.store.errors import NewerVaultError
from app.store.migrations import released, schema_version
from app.store.sealed_vault import SealedVault
from app.store.vault import ClosedVault
from app.store.verification import verify
from tests.builders import PUBLICATION, TEACHING, TODAY
from tests.contracts.workbench import ADA, Workbench
from tests.fakes import WORKSTATION
from tests.store.fixtures.make import HERE, NAME
from tests.store.furnishing import PAPER, PHOTOGRAPH
from tests.store.vault_parts import a_passphrase

SCHEMAS = sorted(folder.name for folder in HERE.glob("schema-*"))


def opened(path: Path) -> SealedVault:
    closed = ClosedVault(path)
    unlocked = closed.unlock(a_passphrase())
    assert unlocked.owners == (ADA,)
    return SealedVault(closed.open(unlocked.key), WORKSTATION)


@pytest.fixture(params=SCHEMAS)
def path(request, tmp_path):
    """A copy of the vault of one released schema: the original stays as it was made."""
    for file in (HERE / request.param).iterdir():
        shutil.copyfile(file, tmp_path / file.name)
    return tmp_path / NAME


@pytest.fixture
def vault(path):
    with opened(path) as vault:
        yield vault


def test_every_released_schema_has_its_vault():
    assert [f"schema-{number + 1:04d}" for number in range(len(released()))] == SCHEMAS


def test_schema_is_brought_up_to_date(vault):
    assert schema_version(vault.opened.database.writer()) == len(released())


def test_vault_is_sound(vault):
    *_, report = verify(vault)

    assert report.findings == ()
    assert report.sound


def test_patients_are_found(vault):
    with vault.reading() as records:
        for typed in ("okafor", "byrne", "0042771", "12.03.1992", "amara oka"):
            assert [p.now.given for p in records.patients.search(typed)] == ["Amara"]
        assert [p.now.display_name for p in records.patients.search("大文")] == ["陳大文"]
        assert len(records.patients.with_identifier(PatientIdentifier("MRN", "0042-771"))) == 1


def test_what_was_agreed_still_stands_as_it_did(vault):
    with vault.reading() as records:
        (patient,) = records.patients.search("amara")
        image, moved = (
            next(i for i in records.images.all() if i.patient == person.id)
            for person in (patient, *records.patients.search("陳"))
        )
        (rendition,) = records.images.renditions(image.id)
        links, history = records.patients.links(), records.consents.history([patient.id])
        of_other = records.consents.history([moved.patient])

    picture = Picture(rendition, image)
    found = {
        use: standing(picture, use, history, links, on=TODAY).state
        for use in (TEACHING, PUBLICATION)
    }
    assert found == {TEACHING: State.WITHDRAWN, PUBLICATION: State.REFUSED}
    assert [type(fact).__name__ for fact in history] == ["Consent", "Withdrawal"]
    assert [type(fact).__name__ for fact in of_other] == ["Refiling"]


def test_pictures_papers_and_visits_are_read(vault):
    with vault.reading() as records:
        (visit,) = records.encounters.all()
        (paper,) = records.documents.of_encounter(visit.id)
        (image,) = records.images.of_encounter(visit.id)[:1]
        assert visit.ending is Ending.COMPLETED
        assert records.encounters.draft(visit.id).grants_anything
        assert records.blobs.read(paper.blob) == PAPER
        assert records.blobs.read(image.image.original) == PHOTOGRAPH
        assert len(records.documents.hand_overs(paper.id)) == 1
        assert len(records.images.quarantine()) == 1
        assert len(list(records.disclosures.all())) == 1
        assert records.people.clinic().department == "Dermatology"
        assert records.people.staff(ADA).name == "Ada Byrne"


def test_trail_is_whole_and_goes_on(vault):
    with vault.reading() as records:
        before = records.audit.head(WORKSTATION)
        (patient,) = records.patients.search("amara")
        assert len(records.audit.newest(patient=patient.id)) == 1
        assert records.audit.faults([before]) == ()

    Workbench(vault).patient("Newcomer")

    with vault.reading() as records:
        assert records.audit.head(WORKSTATION).sequence == before.sequence + 1
        assert records.audit.faults([before]) == ()
        assert len(records.patients.search("newcomer")) == 1


def test_vault_of_a_newer_program_is_refused_and_left_as_it_is(path):
    with opened(path) as vault:
        vault.opened.database.writer().execute(f"PRAGMA user_version = {len(released()) + 1}")
        vault.opened.database.checkpoint()
    before = path.read_bytes()

    with pytest.raises(NewerVaultError):
        opened(path)

    assert path.read_bytes() == before
