"""A backup holds everything, and the next one only what is new."""

import pytest

from app.domain.backup import BackupStage
from app.store.backup import sets
from app.store.backup.errors import NoBackupThereError
from app.store.backup.tables import CONTENT, WORKED_OUT, tables_of
from app.store.blobs import CHUNK_BYTES
from tests.store.backup.rooms import everything, schema_of

BIG = CHUNK_BYTES * 2 + 12_345


class StoppedError(Exception):
    """Somebody pressed Cancel."""


def noise(number: int, size: int = BIG) -> bytes:
    return bytes((number * 7 + place) % 251 for place in range(997)) * (size // 997 + 1)


def test_restored_vault_is_the_vault(rooms, tmp_path):
    rooms.bench.photograph(data=noise(1))
    before = everything(rooms.vault)
    made = rooms.back_up()

    with rooms.restored_vault(tmp_path / "to") as again:
        assert everything(again) == before
        assert schema_of(again) == schema_of(rooms.vault)
    assert made.unreadable == 0


def test_every_table_is_copied_or_made_again(rooms):
    with rooms.vault.view() as connection:
        listed = connection.execute("PRAGMA table_list").fetchall()
        copied = {table.name for table in tables_of(connection)}
        append_only = {table.name for table in tables_of(connection) if table.append_only}
    ours = {row[1] for row in listed if row[2] == "table" and not row[1].startswith("sqlite_")}
    virtual = {row[1] for row in listed if row[2] == "virtual"}

    assert ours == copied | CONTENT | (WORKED_OUT - virtual)
    assert virtual == {"patient_search"}
    assert copied - append_only == {"meta", "pseudonym"}


def test_next_backup_holds_only_what_is_new(rooms, tmp_path):
    for number in range(4):
        rooms.bench.photograph(data=noise(number))
    first = rooms.back_up()
    rooms.bench.photograph(data=b"one more")
    second = rooms.back_up()

    assert (first.copied, second.copied) == (rooms_contents(rooms) - 2, 2)
    assert first.size_bytes == rooms.bytes_of(first.point) - manifest_bytes(rooms, first.point)
    assert first.size_bytes > 4 * BIG
    assert second.size_bytes < BIG // 4
    with rooms.restored_vault(tmp_path / "to") as again:
        assert everything(again) == everything(rooms.vault)


def rooms_contents(rooms):
    with rooms.vault.view() as connection:
        sql = "SELECT count(*) FROM blob WHERE erased = 0"
        return connection.execute(sql).fetchone()[0]


def manifest_bytes(rooms, point):
    return (rooms.set_folder / point / sets.MANIFEST_FILE).stat().st_size


def test_every_point_is_restored_as_it_was(rooms, tmp_path):
    states = []
    for number in range(3):
        rooms.bench.patient(f"Patient {number}")
        rooms.bench.photograph(data=noise(number, 5_000))
        states.append((everything(rooms.vault), rooms.back_up().point))

    for number, (state, point) in enumerate(states):
        with rooms.restored_vault(tmp_path / str(number), point) as again:
            assert everything(again) == state
    assert [point for _, point in states] == rooms.names()


def test_content_that_was_erased_is_not_in_later_points(rooms, tmp_path):
    picture = rooms.bench.photograph(data=noise(1, 5_000))
    before = rooms.back_up().point
    with rooms.bench.change() as uow:
        uow.blobs.erase(picture.image.original)
    after = rooms.back_up().point

    with rooms.restored_vault(tmp_path / "before", before) as again, again.reading() as records:
        assert records.blobs.read(picture.image.original) == noise(1, 5_000)
    with rooms.restored_vault(tmp_path / "after", after) as again:
        assert everything(again) == everything(rooms.vault)


def test_content_that_takes_the_place_of_an_erased_one_is_not_missed(rooms, tmp_path):
    picture = rooms.bench.photograph(data=noise(1))
    rooms.back_up()
    with rooms.bench.change() as uow:
        uow.blobs.erase(picture.image.original)
    rooms.bench.photograph(data=noise(2))
    rooms.back_up()

    with rooms.restored_vault(tmp_path / "to") as again:
        assert everything(again) == everything(rooms.vault)


def test_pseudonym_that_was_forgotten_is_gone_from_the_next_point(rooms, tmp_path):
    patient = rooms.bench.patient("Forgotten")
    with rooms.bench.vault.unit_of_work() as uow:
        uow.record(rooms.bench.event(patient))
        uow.commit()
    rooms.back_up()
    with rooms.bench.change() as uow:
        uow.audit.forget_patient(patient)
    rooms.back_up()

    with rooms.restored_vault(tmp_path / "to") as again:
        assert everything(again) == everything(rooms.vault)


def test_files_are_cut_where_they_would_grow_too_big(rooms, tmp_path):
    for number in range(5):
        rooms.bench.photograph(data=noise(number))
    made = rooms.back_up(segment_bytes=BIG)

    files = list((rooms.set_folder / made.point).glob("content-*.segment"))
    assert len(files) >= 5
    with rooms.restored_vault(tmp_path / "to") as again:
        assert everything(again) == everything(rooms.vault)


def test_backup_that_was_broken_off_does_not_count_and_goes_on(rooms, tmp_path):
    for number in range(6):
        rooms.bench.photograph(data=noise(number))

    def stop(stage, done, total):
        if stage is BackupStage.COPYING and done >= 4 * BIG:
            raise StoppedError

    with pytest.raises(StoppedError):
        rooms.back_up(stop, segment_bytes=BIG)

    (unfinished,) = rooms.set_folder.glob("unfinished-*")
    kept = {file.name for file in unfinished.glob("content-*.segment")}
    with pytest.raises(NoBackupThereError):
        sets.listed(rooms.medium)

    copied_bytes = []
    made = rooms.back_up(
        lambda stage, _, total: (
            copied_bytes.append(total) if stage is BackupStage.COPYING else None
        ),
        segment_bytes=BIG,
    )

    assert max(copied_bytes) < 4 * BIG
    assert len(kept & {f.name for f in (rooms.set_folder / made.point).iterdir()}) >= 3
    assert not unfinished.exists()
    with rooms.restored_vault(tmp_path / "to") as again:
        assert everything(again) == everything(rooms.vault)


def test_what_was_erased_since_is_not_taken_up_again(rooms):
    pictures = [rooms.bench.photograph(data=noise(number)) for number in range(4)]

    def stop(stage, done, total):
        if stage is BackupStage.COPYING and done >= 3 * BIG:
            raise StoppedError

    with pytest.raises(StoppedError):
        rooms.back_up(stop, segment_bytes=BIG)
    with rooms.bench.change() as uow:
        uow.blobs.erase(pictures[0].image.original)
    made = rooms.back_up(segment_bytes=BIG)

    with rooms.opened() as source:
        assert source.point.manifest.copied == rooms_contents(rooms)
    assert made.copied == rooms_contents(rooms)


def test_writer_goes_on_while_a_backup_is_made(rooms, tmp_path):
    for number in range(3):
        rooms.bench.photograph(data=noise(number))
    state = everything(rooms.vault)
    commits = []

    def write(stage, done, total):
        if stage is BackupStage.COPYING:
            commits.append(rooms.bench.patient(f"Meanwhile {len(commits)}"))
            rooms.bench.photograph(data=b"meanwhile %d" % len(commits))

    made = rooms.back_up(write)

    assert len(commits) > 5
    with rooms.restored_vault(tmp_path / "to", made.point) as again:
        assert everything(again) == state
    rooms.back_up()
    with rooms.restored_vault(tmp_path / "next") as again:
        assert everything(again) == everything(rooms.vault)


def test_content_erased_while_it_is_copied_is_erased_in_the_point(rooms, tmp_path):
    pictures = [rooms.bench.photograph(data=noise(number)) for number in range(3)]
    erased = []

    def erase(stage, done, total):
        if stage is BackupStage.COPYING and not erased:
            erased.append(pictures[-1].image.original)
            with rooms.bench.change() as uow:
                uow.blobs.erase(erased[0])

    rooms.back_up(erase)

    with rooms.restored_vault(tmp_path / "to") as again:
        assert everything(again)["contents"] == everything(rooms.vault)["contents"]


def test_new_set_is_begun_when_asked_for(rooms):
    first = rooms.back_up()
    anew = rooms.back_up(anew=True)

    assert (anew.copied, anew.set_name) == (first.copied, "rooms-2")
    assert rooms.back_up().set_name in {"rooms", "rooms-2"}


def test_set_itself_may_be_named_as_the_folder(rooms):
    first = rooms.back_up()
    rooms.medium = rooms.set_folder
    second = rooms.back_up()

    assert first.set_name == second.set_name == "rooms"
    assert second.copied == 0


def test_vault_that_was_restored_goes_on_from_its_point(rooms, tmp_path):
    first = rooms.back_up()
    rooms.bench.photograph(data=b"lost by the restore")
    rooms.back_up()

    with rooms.restored_vault(tmp_path / "to", first.point) as again:
        restored = type(rooms)(again, rooms.medium)
        restored.bench.clock.go_on(days=9)
        restored.bench.photograph(data=b"after the restore")
        third = restored.back_up()
        assert third.copied == 2
        with restored.opened(third.point) as source:
            assert source.point.manifest.base.point == first.point
        with restored.restored_vault(tmp_path / "third", third.point) as once_more:
            assert everything(once_more) == everything(again)


def test_damaged_content_is_told_and_the_rest_is_backed_up(rooms, tmp_path):
    picture = rooms.bench.photograph(data=noise(1))
    other = rooms.bench.photograph(data=noise(2))
    writer = rooms.vault.opened.database.writer()
    sql = "UPDATE blob_chunk SET data = zeroblob(length(data)) WHERE blob_id = ? AND number = 1"
    writer.execute(sql, (picture.image.original,))

    made = rooms.back_up()
    again = rooms.back_up()

    assert (made.unreadable, again.unreadable) == (1, 1)
    result, _ = rooms.restored(tmp_path / "to")
    assert result.report.findings == ()
    with rooms.restored_vault(tmp_path / "again") as vault, vault.reading() as records:
        assert records.blobs.read(other.image.original) == noise(2)


def test_newest_point_is_the_newest_also_when_the_clock_was_set_back(rooms, tmp_path):
    rooms.back_up()
    rooms.bench.clock.go_on(days=-400)
    rooms.bench.patient("After the clock was set back")
    second = rooms.back_up()

    assert [point.id for point in sets.listed(rooms.medium)][-1] == second.point
    with rooms.restored_vault(tmp_path / "to") as again:
        assert everything(again) == everything(rooms.vault)


def test_each_of_two_sticks_gets_what_it_lacks(rooms, tmp_path):
    one, other = rooms.medium, tmp_path / "other"
    other.mkdir()
    rooms.back_up()
    rooms.bench.photograph(data=b"between")
    rooms.medium = other
    whole = rooms.back_up()
    rooms.bench.photograph(data=b"afterwards")
    rooms.medium = one
    second = rooms.back_up()

    assert (whole.copied, second.copied) == (rooms_contents(rooms) - 2, 4)
    with rooms.restored_vault(tmp_path / "to") as again:
        assert everything(again) == everything(rooms.vault)


def test_nothing_of_a_patient_can_be_read_in_the_files(rooms):
    rooms.bench.patient("Xylophonia-Markworthy", "Quill", "7714-MARK")
    rooms.bench.photograph(data=b"MARKED-BYTES-OF-A-PHOTOGRAPH" * 4000)
    rooms.back_up()
    secrets = (b"Xylophonia", b"xylophonia", b"7714-MARK", b"MARKED-BYTES", b"SQLite format")

    files = [file for file in rooms.medium.rglob("*") if file.is_file()]

    assert len(files) == 5
    assert [f.name for f in files if any(secret in f.read_bytes() for secret in secrets)] == []
