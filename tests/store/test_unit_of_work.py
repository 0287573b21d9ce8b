import pytest

from app.domain.patient import Demographics
from app.store.errors import DiskFullError, StoreClosedError
from app.store.unit_of_work import StoredUnitOfWork


@pytest.fixture
def writer(bench):
    return bench.vault.opened.database.writer()


def everybody(bench):
    with bench.vault.reading() as records:
        return [patient.id for patient in records.patients.all()]


def test_full_disk_leaves_nothing_and_the_next_change_succeeds(bench, writer):
    kept = bench.patient("Okafor")
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(DiskFullError):
        bench.photograph(kept, data=bytes(3_000_000))

    writer.execute("PRAGMA max_page_count = 1000000")
    assert everybody(bench) == [kept]
    later = bench.patient("Chen")
    assert everybody(bench) == [kept, later]


def test_statement_that_fails_takes_the_whole_change_back(bench, writer):
    pages = writer.execute("PRAGMA page_count").fetchone()[0]

    with bench.vault.unit_of_work() as uow:
        uow.record(bench.event())
        writer.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFullError):
            bench.blob(uow, bytes(3_000_000))

    writer.execute("PRAGMA max_page_count = 1000000")
    with bench.vault.reading() as records:
        assert records.audit.newest() == ()


def each_late_step(bench, uow):
    """Everything that somebody may do who has not heard yet that the vault was locked."""
    version = bench.version(bench.clock.new_id(), Demographics("Byrne"))
    return {
        "record": lambda: uow.record(bench.event()),
        "commit": uow.commit,
        "read": lambda: uow.patients.get(version.patient),
        "write": lambda: uow.patients.add_version(version),
        "blob": lambda: bench.blob(uow, b"late"),
        "erase": lambda: uow.blobs.erase("some"),
    }


@pytest.mark.parametrize("step", ["record", "commit", "read", "write", "blob", "erase"])
def test_vault_that_is_locked_meanwhile_says_so(bench, step):
    with bench.vault.unit_of_work() as uow:
        uow.record(bench.event())
        bench.vault.close()

        with pytest.raises(StoreClosedError):
            each_late_step(bench, uow)[step]()


def test_what_was_not_committed_when_the_vault_was_locked_is_not_there(
    bench, empty_vault, tmp_path
):
    with bench.vault.unit_of_work() as uow:
        uow.record(bench.event())
        bench.vault.close()

    with (
        empty_vault.opened(tmp_path / empty_vault.path.name) as again,
        again.reading() as records,
    ):
        assert records.audit.newest() == ()


def test_leaving_what_was_never_entered_is_a_bug(bench):
    uow: StoredUnitOfWork = bench.vault.unit_of_work()

    with pytest.raises(AssertionError):
        uow.__exit__(None, None, None)


def test_workstation_is_recorded_once_with_its_first_event(bench, writer):
    for family in ("Okafor", "Byrne"):
        bench.patient(family)

    rows = writer.execute("SELECT id FROM workstation").fetchall()
    assert rows == [(bench.vault.workstation,)]
