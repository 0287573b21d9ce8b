"""A marked patient goes through the whole program, and outside the vault nobody heard of them."""

import logging
import tempfile

import pytest

from app import logs, paths
from app.domain.consent import Consent, Withdrawal
from app.domain.encounter import Ending
from app.domain.ids import ConsentId, ImageId
from app.domain.patient import Demographics, PatientIdentifier
from app.domain.standing import Picture, State, best_standing
from app.errors import KnownError
from app.services import consents, extracts, intake, patients, withdrawals
from tests.command_line import Rooms
from tests.flows import traces
from tests.flows.story import Person, Story
from tests.imaging.builders import camera_jpeg

MARKED = Person("Qwzxmarked", "Vjkqpatient", "QW-4242-ZX")
WORDS = traces.of_words(MARKED.family, MARKED.given, MARKED.number)
log = logging.getLogger("app.of_this_flow")


@pytest.fixture
def rooms(tmp_path):
    folder = tmp_path / "vault"
    folder.mkdir()
    return Rooms.made_in(folder)


@pytest.fixture
def outside(home, tmp_path, monkeypatch):
    """Where things may lie that are not the vault: home with settings, logs and cache, and temp."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    handler = logs.start(paths.log_folder())
    yield (home, temporary)
    logs.stop(handler)


def told(workplace) -> Story:
    story = Story.begin(workplace, MARKED, camera_jpeg(5))
    for chapter in story.chapters():
        log.info("chapter %s", chapter)
    return story


def test_whole_story_is_kept_in_the_vault(rooms, outside):
    with rooms.opened() as workplace:
        story = told(workplace)
        assert story.patient is not None
        assert story.consent is not None
        person = story.patient.id
        with workplace.vault.reading() as records:
            (found,) = patients.find(records, MARKED.family)
            (visit,) = records.encounters.of_patients([person])
            consent, withdrawal = records.consents.history([person])
            (filed,) = records.images.of_patients([person])
            rendition = records.images.renditions(filed.id)[-1]
            stands = best_standing(
                [Picture(rendition, filed)],
                {answer.use for answer in story.consent.answers},
                (consent, withdrawal),
                records.patients.links(),
                on=workplace.desk.today(),
            )
            kept = records.blobs.read(filed.image.original)

    assert found.now.plain_name == MARKED.name
    assert visit.ending is Ending.COMPLETED
    assert isinstance(consent, Consent)
    assert isinstance(withdrawal, Withdrawal)
    assert {stand.state for stand in stands.values()} == {State.WITHDRAWN}
    assert kept == story.photograph
    assert story.printed.startswith(b"%PDF-")


def test_outside_the_vault_nobody_has_heard_of_the_patient(rooms, outside, capfd):
    with rooms.opened() as workplace:
        story = told(workplace)
        for failure in failures(workplace, story):
            log.info("expected", exc_info=failure)

    assert traces.found(WORDS, *outside) == []
    assert traces.found(WORDS, rooms.folder) == []
    said = capfd.readouterr()
    assert MARKED.family not in said.out + said.err
    assert (paths.log_folder() / "clinigraph.log").read_text("utf-8").count("expected") == 6


def test_failures_that_meet_the_patient_do_not_tell_who_it_is(rooms, outside):
    with rooms.opened() as workplace:
        met = failures(workplace, told(workplace))

    assert len(met) == 6
    for failure in met:
        words = f"{failure!s} {failure!r} {failure.args} {logs.described(failure)}".lower()
        for word in (MARKED.family, MARKED.given, MARKED.number):
            assert word.lower() not in words


def test_commands_tell_the_name_only_when_they_are_asked(rooms, outside):
    with rooms.opened() as workplace:
        story = told(workplace)
    assert story.consent is not None
    copy = outside[1] / "copy.pdf"

    asked = rooms("list", "patients", "--json")
    others = [
        rooms("verify"),
        rooms("verify", "--json"),
        rooms("list", "encounters", "--json"),
        rooms("list", "images", "--json"),
        rooms("list", "consents", "--json"),
        rooms("export-consent", story.consent.id, "--out", copy),
        rooms("export-original", "no-such", "--reason", "r", "--recipient", "r", "--out", "x"),
    ]

    assert [row["family"] for row in asked.json] == [MARKED.family]
    for ended in others:
        assert MARKED.family not in ended.out + ended.err
    assert copy.read_bytes() == story.printed
    assert traces.found(WORDS, *outside, but=[copy]) == []


def failures(workplace, story) -> list[KnownError]:
    """What can go wrong with this patient, as the services say it."""
    uow, desk = workplace.vault.unit_of_work, workplace.desk
    same = Demographics(
        MARKED.family, MARKED.given, identifiers=(PatientIdentifier("MRN", MARKED.number),)
    )
    attempts = (
        lambda: patients.create(uow(), desk, same),
        lambda: patients.merge(
            uow(), desk, story.patient.id, into=story.patient.id, reason=MARKED.name
        ),
        lambda: withdrawals.withdraw(
            uow(), desk, story.patient.id, frozenset(), by_name=MARKED.name
        ),
        lambda: extracts.extract(
            uow(), desk, ImageId(MARKED.family), reason=MARKED.name, recipient=MARKED.name
        ),
        lambda: looked_up(workplace, intake.known, ImageId(MARKED.family)),
        lambda: looked_up(workplace, consents.known, ConsentId(MARKED.family)),
    )
    return [failure for attempt in attempts if (failure := failed(attempt)) is not None]


def looked_up(workplace, known, which):
    with workplace.vault.reading() as records:
        return known(records, which)


def failed(attempt) -> KnownError | None:
    try:
        attempt()
    except KnownError as error:
        return error
    return None
