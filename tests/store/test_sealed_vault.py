import random
from pathlib import Path

import pytest

from app.store.connection import PAGE_BYTES
from app.store.errors import (
    BlobDamagedError,
    NewerVaultError,
    PageDamagedError,
    StoreClosedError,
)
from app.store.migrations import released
from app.store.unit_of_work import SilentWriteError

PICTURE = random.Random(1).randbytes(1_000_000)  # noqa: S311


@pytest.fixture
def damaged(bench, empty_vault, tmp_path):
    """A vault in which one page in the middle of a picture was damaged, open again."""
    patient = bench.patient()
    database = bench.vault.opened.database
    database.checkpoint()
    before = database.path.stat().st_size
    picture = bench.photograph(patient, data=PICTURE)
    other = bench.photograph(patient, data=b"another one")
    database.checkpoint()
    bench.vault.close()
    damage(database.path, (before + len(PICTURE) // 2) // PAGE_BYTES)
    with empty_vault.opened(tmp_path / empty_vault.path.name) as again:
        bench.vault = again
        yield picture, other


def damage(path: Path, page: int) -> None:
    content = bytearray(path.read_bytes())
    content[page * PAGE_BYTES + 100] ^= 1
    path.write_bytes(content)


def test_damaged_page_costs_one_picture_and_the_reader_is_replaced(bench, damaged):
    picture, other = damaged
    database = bench.vault.opened.database
    reader = database.reader()

    with pytest.raises((PageDamagedError, BlobDamagedError)), bench.vault.reading() as records:
        records.blobs.read(picture.image.original)

    assert reader.poisoned
    assert database.reader() is not reader
    with bench.vault.reading() as records:
        assert records.blobs.read(other.image.original) == b"another one"


def test_damaged_page_in_a_change_replaces_the_writer(bench, damaged):
    picture, other = damaged
    database = bench.vault.opened.database
    writer = database.writer()

    with pytest.raises((PageDamagedError, BlobDamagedError)), bench.change() as uow:
        uow.blobs.read(picture.image.original)

    assert writer.poisoned
    with bench.change() as uow:
        assert uow.blobs.read(other.image.original) == b"another one"
    assert database.writer() is not writer


def test_view_that_loses_its_connection_ends_quietly(bench):
    with bench.vault.reading() as records:
        bench.vault.close()

        with pytest.raises(StoreClosedError):
            records.people.all_staff()


def test_what_was_recorded_is_there_after_reopening(bench, empty_vault, tmp_path):
    patient = bench.patient()
    picture = bench.photograph(patient, data=PICTURE)
    bench.vault.close()

    with (
        empty_vault.opened(tmp_path / empty_vault.path.name) as again,
        again.reading() as records,
    ):
        assert records.images.of_patients([patient]) == (picture,)
        assert records.blobs.read(picture.image.original) == PICTURE
        assert [p.id for p in records.patients.search("oka")] == [patient]


def test_nothing_of_a_patient_stands_in_the_files(bench, tmp_path):
    patient = bench.patient("Zebedee", "Marked", "0042-771")
    bench.photograph(patient, data=b"bytes of Zebedee")
    bench.vault.opened.database.checkpoint()
    bench.patient("Zebedee", "Again")

    written = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())

    for marked in (b"Zebedee", b"zebedee", b"ZEBEDEE", b"0042-771", b"0042771", patient.encode()):
        assert marked not in written


def test_newer_schema_is_refused_and_left_as_it_is(bench, empty_vault, tmp_path):
    writer = bench.vault.opened.database.writer()
    writer.execute(f"PRAGMA user_version = {len(released()) + 1}")
    bench.vault.opened.database.checkpoint()
    bench.vault.close()
    path = tmp_path / empty_vault.path.name
    before = path.read_bytes()

    with pytest.raises(NewerVaultError):
        empty_vault.opened(path)

    assert path.read_bytes() == before


def test_silent_change_is_a_bug_not_a_user_s_mistake():
    assert SilentWriteError.__mro__[1] is Exception
