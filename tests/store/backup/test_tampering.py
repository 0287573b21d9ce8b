"""A backup that is not what was written is found, whatever was done to it."""

import shutil

import pytest

from app.store.backup import sets
from app.store.backup.errors import (
    BackupDamagedError,
    BackupPointUnknownError,
    ForeignBackupError,
    NewerBackupError,
    NoBackupThereError,
)
from app.store.backup.manifest import decoded
from app.store.backup.opening import open_with_key
from app.store.keys import VaultKey
from tests.store.backup.rooms import everything
from tests.store.backup.test_making import noise


@pytest.fixture
def backed_up(rooms):
    """Two points, the second of which adds to the first."""
    rooms.bench.photograph(data=noise(1, 40_000))
    rooms.back_up()
    rooms.bench.photograph(data=noise(2, 40_000))
    rooms.back_up()
    return rooms


def files_of(rooms):
    return sorted(
        file
        for name in rooms.names()
        for file in (rooms.set_folder / name).iterdir()
        if file.is_file()
    )


def flip(file, at):
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)


def test_sound_backup_is_restored(backed_up, tmp_path):
    result, _ = backed_up.restored(tmp_path / "to")

    assert result.sound
    assert result.point.number == 2


def test_any_changed_bit_is_found_in_whatever_file(backed_up, tmp_path):
    missed = []
    for file in files_of(backed_up):
        whole = file.read_bytes()
        for at in (0, 20, len(whole) // 3, len(whole) // 2, len(whole) - 1):
            flip(file, at)
            try:
                backed_up.restored(tmp_path / f"{file.parent.name}-{file.name}-{at}")
                missed.append((file.parent.name, file.name))
            except BackupDamagedError:
                pass
            file.write_bytes(whole)

    # Only the slots of the point that is restored are used; each point has its own.
    assert set(missed) <= {(backed_up.names()[0], sets.KEYS_FILE)}


def test_changed_manifest_of_the_point_that_is_asked_for_is_found(backed_up, tmp_path):
    newest = backed_up.names()[-1]
    file = backed_up.set_folder / newest / sets.MANIFEST_FILE
    whole = file.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        flip(file, at)
        with pytest.raises((BackupDamagedError, BackupPointUnknownError)):
            backed_up.restored(tmp_path / "to", newest)
        file.write_bytes(whole)


@pytest.mark.parametrize("place", [0, 1])
def test_missing_file_is_found_before_anything_is_written(backed_up, tmp_path, place):
    for file in (backed_up.set_folder / backed_up.names()[place]).iterdir():
        whole = file.read_bytes()
        file.unlink()
        newest = backed_up.names()[-1]
        with pytest.raises((BackupDamagedError, BackupPointUnknownError)):
            backed_up.restored(tmp_path / "to", newest)
        assert list(tmp_path.glob("to/*")) == []
        file.write_bytes(whole)


def test_missing_point_is_found_by_those_that_add_to_it(backed_up, tmp_path):
    first, second = backed_up.names()
    shutil.rmtree(backed_up.set_folder / first)

    (listed,) = sets.listed(backed_up.medium)
    assert not listed.whole
    with pytest.raises(BackupDamagedError):
        backed_up.restored(tmp_path / "to", second)


def test_next_backup_after_a_point_was_lost_holds_everything(backed_up, tmp_path):
    shutil.rmtree(backed_up.set_folder / backed_up.names()[0])

    made = backed_up.back_up()

    with backed_up.opened(made.point) as source:
        assert source.point.manifest.base is None
    with backed_up.restored_vault(tmp_path / "to", made.point) as again:
        assert everything(again) == everything(backed_up.vault)


def test_shortened_file_is_seen_in_the_list(backed_up):
    file = next((backed_up.set_folder / backed_up.names()[0]).glob("rows-*"))
    file.write_bytes(file.read_bytes()[:-1])

    assert [point.whole for point in sets.listed(backed_up.medium)] == [False, False]


def test_points_that_changed_places_are_found(backed_up, tmp_path):
    first, second = (backed_up.set_folder / name for name in backed_up.names())
    first.rename(first.with_name("x"))
    second.rename(first)
    first.with_name("x").rename(second)

    for name in backed_up.names():
        with pytest.raises(BackupDamagedError):
            backed_up.restored(tmp_path / "to", name)


def test_rows_of_another_point_are_found(backed_up, tmp_path):
    first, second = (backed_up.set_folder / name for name in backed_up.names())
    ours, theirs = (next(folder.glob("rows-*")) for folder in (second, first))
    shutil.copyfile(theirs, ours)

    with pytest.raises(BackupDamagedError):
        backed_up.restored(tmp_path / "to", second.name)


def test_key_file_of_another_vault_opens_nothing(backed_up):
    with VaultKey.random() as other, pytest.raises(ForeignBackupError):
        open_with_key(backed_up.medium, None, other)


def test_set_of_another_key_is_left_alone_and_a_new_one_is_begun(backed_up):
    name = backed_up.set_folder / sets.SET_FILE
    data = name.read_bytes()
    name.write_bytes(data.replace(b'"mac":"', b'"mac":"00'))
    before = backed_up.names()

    made = backed_up.back_up()

    assert made.set_name == "rooms-2"
    folder = backed_up.medium / "rooms.clinigraph-backup"
    assert sorted(p.name for p in folder.iterdir() if p.is_dir()) == before


def test_set_of_a_vault_with_the_same_name_is_left_alone(backed_up):
    name = backed_up.set_folder / sets.SET_FILE
    data = name.read_bytes()
    name.write_bytes(data.replace(backed_up.vault.opened.key_file.vault_id.encode(), b"v" * 36))

    assert backed_up.back_up().set_name == "rooms-2"


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"content": {"format": "x"}, "mac": ""}'])
def test_set_file_and_manifest_that_are_none(backed_up, text):
    (backed_up.set_folder / backed_up.names()[0] / sets.MANIFEST_FILE).write_bytes(text)
    assert len(sets.listed(backed_up.medium)) == 1

    (backed_up.set_folder / sets.SET_FILE).write_bytes(text)
    with pytest.raises(NoBackupThereError):
        sets.listed(backed_up.medium)


def test_manifest_of_a_newer_program_is_told(backed_up):
    file = backed_up.set_folder / backed_up.names()[-1] / sets.MANIFEST_FILE

    with pytest.raises(NewerBackupError):
        decoded(file.read_bytes().replace(b'"version":1', b'"version":2'))
