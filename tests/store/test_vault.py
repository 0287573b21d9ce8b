"""A vault is made, opened, locked and refused as a whole."""

import shutil
import signal
import subprocess
import sys

import pytest

from app.store import file_system
from app.store.connection import transaction
from app.store.errors import (
    AlreadyOpenError,
    DatabaseMissingError,
    DiskFullError,
    ForeignKeyFileError,
    KeyFileAlteredError,
    KeyFileMissingError,
    KeyFileOutdatedError,
    NetworkFolderError,
    NotAVaultNameError,
    ReadOnlyFolderError,
    StoreClosedError,
    VaultDamagedError,
    VaultExistsError,
    WrongPassphraseError,
)
from app.store.keys import VaultKey
from app.store.migrations import Migration
from app.store.vault import ClosedVault, create_vault
from app.store.vault_files import files_at
from tests.store.conftest import ROOT, protect
from tests.store.vault_parts import (
    ANNA,
    BEN,
    OTHER_VAULT_ID,
    QUICK,
    SCHEMA,
    VAULT_ID,
    a_passphrase,
)


def a_vault(path, vault_id=VAULT_ID, **options):
    return create_vault(
        path,
        vault_id,
        owner=ANNA,
        passphrase=a_passphrase(),
        parameters=QUICK,
        **{"migrations": SCHEMA, **options},
    )


def opened(path):
    closed = ClosedVault(path)
    return closed.open(closed.unlock(a_passphrase()).key, migrations=SCHEMA)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def closed(database_path):
    """The path of a vault that holds one note and one picture, closed."""
    with a_vault(database_path).vault as vault, transaction(vault.database.writer()) as connection:
        connection.execute("INSERT INTO note (text) VALUES ('kept')")
        vault.blobs.put(connection, "picture", b"content")
    return database_path


TWO_FILES = ["rooms.clinigraph", "rooms.clinigraph-keys"]


def test_closed_vault_is_two_files(closed):
    assert names_in(closed.parent) == TWO_FILES


@pytest.mark.parametrize("chosen", TWO_FILES)
def test_vault_opens_by_either_file(closed, chosen):
    with opened(closed.with_name(chosen)) as vault:
        reader = vault.database.reader()
        assert reader.execute("SELECT text FROM note").fetchall() == [("kept",)]
        assert vault.blobs.read(reader, "picture") == b"content"

    assert names_in(closed.parent) == TWO_FILES


def test_vault_opens_by_recovery_code_and_takes_a_new_passphrase(database_path):
    created = a_vault(database_path)
    created.vault.close()
    closed = ClosedVault(database_path)
    key = closed.unlock_with_recovery(created.recovery_code)

    with closed.open(key, migrations=SCHEMA) as vault:
        vault.key_file.set_passphrase(vault.key, BEN, a_passphrase("new"), parameters=QUICK)
        vault.remember_key_file()

    again = ClosedVault(database_path)
    assert again.unlock(a_passphrase("new")).owners == (BEN,)


def test_locked_vault_keeps_no_key(closed):
    vault = opened(closed)
    key = vault.key

    vault.close()

    assert key.wiped
    with pytest.raises(StoreClosedError):
        vault.database.reader()


def test_wrong_passphrase_changes_nothing(closed):
    before = contents(closed.parent)

    with pytest.raises(WrongPassphraseError):
        ClosedVault(closed).unlock(a_passphrase("wrong"))

    assert contents(closed.parent) == before


def test_open_vault_is_refused_to_a_second_opener(closed):
    with opened(closed):
        second = ClosedVault(closed)
        key = second.unlock(a_passphrase()).key

        with pytest.raises(AlreadyOpenError):
            second.open(key, migrations=SCHEMA)


def test_foreign_key_is_refused_and_the_lock_given_back(closed):
    with pytest.raises(KeyFileAlteredError):
        ClosedVault(closed).open(VaultKey.random(), migrations=SCHEMA)

    assert names_in(closed.parent) == TWO_FILES
    opened(closed).close()


def test_passphrase_removed_while_somebody_waits_no_longer_opens(closed):
    waiting = ClosedVault(closed)
    with opened(closed) as vault:
        vault.key_file.set_passphrase(vault.key, ANNA, a_passphrase("changed"), parameters=QUICK)

    with pytest.raises(WrongPassphraseError):
        waiting.unlock(a_passphrase())

    assert waiting.unlock(a_passphrase("changed")).owners == (ANNA,)


def test_old_key_file_put_back_is_noticed(closed):
    old = files_at(closed).keys.read_bytes()
    with opened(closed) as vault:
        vault.key_file.set_passphrase(vault.key, BEN, a_passphrase("Ben"), parameters=QUICK)
        vault.remember_key_file()
        vault.require_current_key_file()
    files_at(closed).keys.write_bytes(old)

    with opened(closed) as vault, pytest.raises(KeyFileOutdatedError):
        vault.require_current_key_file()


def test_vault_that_remembers_nothing_has_a_current_key_file(closed):
    with opened(closed) as vault:
        with transaction(vault.database.writer()) as connection:
            connection.execute("DELETE FROM meta WHERE name = 'key-file-revision'")

        vault.require_current_key_file()


@pytest.mark.parametrize(
    ("missing", "known"),
    [("rooms.clinigraph", DatabaseMissingError), ("rooms.clinigraph-keys", KeyFileMissingError)],
)
@pytest.mark.parametrize("chosen", TWO_FILES)
def test_missing_file_is_named_and_nothing_made(closed, missing, known, chosen):
    closed.with_name(missing).unlink()
    before = contents(closed.parent)

    with pytest.raises(known):
        ClosedVault(closed.with_name(chosen))

    assert contents(closed.parent) == before


def test_key_file_of_another_vault_is_told_before_a_passphrase_is_asked(closed, tmp_path):
    other = tmp_path / "other" / "rooms.clinigraph"
    other.parent.mkdir()
    a_vault(other, OTHER_VAULT_ID).vault.close()
    shutil.copy(files_at(other).keys, files_at(closed).keys)

    with pytest.raises(ForeignKeyFileError):
        ClosedVault(closed)


@pytest.mark.parametrize("kept", [0, 100, 16384])
def test_truncated_database_is_refused_and_left_alone(closed, kept):
    closed.write_bytes(closed.read_bytes()[:kept])
    before = contents(closed.parent)

    with pytest.raises(VaultDamagedError):
        opened(closed)

    assert contents(closed.parent) == before


@pytest.mark.parametrize("name", ["rooms.db", ".clinigraph", ".clinigraph-keys", "clinigraph", ""])
def test_other_names_are_refused(tmp_path, name):
    with pytest.raises(NotAVaultNameError):
        files_at(tmp_path / name)


def test_name_may_hold_the_suffix_twice(tmp_path):
    files = files_at(tmp_path / "a.clinigraph.clinigraph")

    assert files.keys.name == "a.clinigraph.clinigraph-keys"
    assert files.folder == tmp_path


def test_uncommon_names_are_made_and_opened(tmp_path, uncommon_filename):
    path = tmp_path / f"{uncommon_filename}.clinigraph"
    a_vault(path).vault.close()

    opened(path).close()

    assert len(names_in(tmp_path)) == 2


@pytest.mark.parametrize("existing", TWO_FILES)
def test_existing_files_are_never_overwritten(tmp_path, existing):
    (tmp_path / existing).write_bytes(b"something")

    with pytest.raises(VaultExistsError):
        a_vault(tmp_path / "rooms.clinigraph")

    assert contents(tmp_path) == {existing: b"something"}


def test_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ReadOnlyFolderError):
        a_vault(tmp_path / "none" / "rooms.clinigraph")


def test_vault_that_could_not_be_made_leaves_nothing(database_path):
    def no_room(connection):
        raise DiskFullError

    with pytest.raises(DiskFullError):
        a_vault(database_path, migrations=[Migration(1, no_room)])

    assert names_in(database_path.parent) == []


def test_network_drive_is_refused_before_anything_is_written(database_path, tmp_path, monkeypatch):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 0:1 / {tmp_path} rw - nfs4 server:/ rw\n")
    monkeypatch.setattr(file_system, "MOUNTS", mounts)

    with pytest.raises(NetworkFolderError) as caught:
        a_vault(database_path)

    assert caught.value.facts == {"kind": "nfs4"}
    assert names_in(tmp_path) == ["mountinfo"]


def test_synchronised_folder_can_be_warned_of(tmp_path):
    assert files_at(tmp_path / "OneDrive" / "rooms.clinigraph").in_synchronised_folder
    assert not files_at(tmp_path / "rooms.clinigraph").in_synchronised_folder


READ_ONLY = """
import os, sys
from pathlib import Path
from app.store.errors import ReadOnlyFolderError
from app.store.vault import ClosedVault, create_vault
from tests.store.vault_parts import ANNA, QUICK, SCHEMA, VAULT_ID, a_passphrase
folder = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)
for attempt in (
    lambda: ClosedVault(folder / "rooms.clinigraph"),
    lambda: create_vault(
        folder / "new.clinigraph", VAULT_ID, owner=ANNA, passphrase=a_passphrase(), parameters=QUICK
    ),
):
    try:
        attempt()
    except ReadOnlyFolderError as error:
        print(error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be write-protected there")
def test_read_only_folder_is_said_and_nothing_is_written(read_only_folder, run_python):
    a_vault(read_only_folder / "rooms.clinigraph").vault.close()
    before = contents(read_only_folder)
    protect(read_only_folder)

    said = run_python(READ_ONLY, read_only_folder)

    assert said.split() == [ReadOnlyFolderError.code] * 2
    assert contents(read_only_folder) == before


def test_wrong_key_leaves_a_crashed_vaults_log_alone(closed, tmp_path):
    with opened(closed) as vault:
        with transaction(vault.database.writer()) as connection:
            connection.execute("INSERT INTO note (text) VALUES ('in the log')")
        crashed = tmp_path / "crashed"
        crashed.mkdir()
        for name in (*TWO_FILES, "rooms.clinigraph-wal"):
            shutil.copy(tmp_path / name, crashed / name)
    before = contents(crashed)
    assert len(before["rooms.clinigraph-wal"]) > 0

    with pytest.raises(WrongPassphraseError):
        ClosedVault(crashed / "rooms.clinigraph").unlock(a_passphrase("wrong"))
    with pytest.raises(KeyFileAlteredError):
        ClosedVault(crashed / "rooms.clinigraph").open(VaultKey.random(), migrations=SCHEMA)

    assert contents(crashed) == before
    with opened(crashed / "rooms.clinigraph") as vault:
        notes = vault.database.reader().execute("SELECT text FROM note").fetchall()
    assert notes == [("kept",), ("in the log",)]


WRITER = """
import sys
from pathlib import Path
from app.store.connection import transaction
from app.store.vault import ClosedVault
from tests.store.vault_parts import SCHEMA, a_passphrase
closed = ClosedVault(Path(sys.argv[1]))
vault = closed.open(closed.unlock(a_passphrase()).key, migrations=SCHEMA)
number = 0
while True:
    blob_id = f"{sys.argv[2]}-{number}"
    with transaction(vault.database.writer()) as connection:
        vault.blobs.put(connection, blob_id, blob_id.encode() * 40_000)
    print(blob_id, flush=True)
    number += 1
"""
ROUNDS = 12


def written_until_killed(path, number):
    """The ids that a writer acknowledged before it was killed in the midst of its work."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(number)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    acknowledged = [process.stdout.readline().strip() for _ in range(1 + number % 4)]
    process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    rest, _ = process.communicate()
    return acknowledged + [line for line in rest.splitlines() if line]


def test_killed_writer_loses_nothing_that_it_acknowledged(closed):
    acknowledged = []
    for number in range(ROUNDS):
        acknowledged += written_until_killed(closed, number)

    with opened(closed) as vault:
        reader = vault.database.reader()
        for blob_id in acknowledged:
            assert vault.blobs.read(reader, blob_id) == blob_id.encode() * 40_000
        stored = {row[0] for row in reader.execute("SELECT id FROM blob")}
        for blob_id in stored:
            vault.blobs.verify(reader, blob_id)
        assert vault.database.check(structure=True).sound

    assert len(acknowledged) >= ROUNDS
    assert stored >= set(acknowledged)
    assert names_in(closed.parent) == TWO_FILES
