"""Restoring never touches what is there, leaves nothing behind, and says what it found."""

import shutil
import sys
from typing import NamedTuple

import pytest

from app.domain.audit import Action
from app.domain.backup import BackupStage
from app.domain.ids import BlobId
from app.domain.staff import Role, Staff
from app.services import activity
from app.services.ports import Desk
from app.store.audit_log import AuditLog
from app.store.backup import restoring
from app.store.backup.errors import BackupDamagedError, NoRoomToRestoreError
from app.store.backup.restoring import Restoring, rehearse
from app.store.errors import ReadOnlyFolderError, VaultExistsError
from app.store.keys import VaultKey
from app.store.migrations import Migration, migrate, released
from app.store.sealed_vault import SealedVault
from app.store.vault import ClosedVault
from tests.contracts.workbench import ADA, Workbench
from tests.fakes import WORKSTATION
from tests.store.backup.rooms import NAME, everything
from tests.store.backup.test_making import StoppedError, noise


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def backed_up(rooms):
    rooms.bench.photograph(data=noise(1))
    rooms.back_up()
    return rooms


def test_vault_that_is_there_is_never_written_over(backed_up, tmp_path):
    backed_up.restored(tmp_path / "to")
    before = {f.name: f.read_bytes() for f in (tmp_path / "to").iterdir()}

    with pytest.raises(VaultExistsError):
        backed_up.restored(tmp_path / "to")

    assert {f.name: f.read_bytes() for f in (tmp_path / "to").iterdir()} == before
    assert sorted(before) == [NAME, f"{NAME}-keys"]


def test_nothing_is_left_of_a_restore_that_was_broken_off(backed_up, tmp_path):
    for wanted in (BackupStage.RESTORING, BackupStage.VERIFYING):

        def stop(stage, done, total, wanted=wanted):
            if stage is wanted and done:
                raise StoppedError

        with pytest.raises(StoppedError):
            backed_up.restored(tmp_path / "to", tell=stop)
        assert list((tmp_path / "to").iterdir()) == []


def test_what_a_killed_restore_left_is_cleared_away(backed_up, tmp_path):
    left = tmp_path / "to" / f".{NAME}.restoring"
    left.mkdir(parents=True)
    (left / NAME).write_bytes(b"half")

    backed_up.restored(tmp_path / "to")

    assert not left.exists()


def test_disk_that_is_too_small_is_told_before(backed_up, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(9, 9, 1_000_000))

    with pytest.raises(NoRoomToRestoreError) as told:
        backed_up.restored(tmp_path / "to")

    assert told.value.facts["free_mb"] == 1
    assert list((tmp_path / "to").iterdir()) == []


def test_restoring_is_in_the_trail_of_the_restored_vault(backed_up, tmp_path):
    def settle(vault):
        desk = Desk(Staff(ADA, "Ada", Role.ADMINISTRATOR), WORKSTATION, backed_up.bench.clock)
        activity.note(vault.unit_of_work(), desk, Action.VAULT_RESTORED, point="p")

    before = backed_up.names()
    backed_up.restored(tmp_path / "to", settle=settle)
    with backed_up.vault.view() as connection:
        head = AuditLog(connection).head(WORKSTATION)

    own = VaultKey(bytearray(backed_up.key.view()))
    with (
        SealedVault(ClosedVault(tmp_path / "to" / NAME).open(own), WORKSTATION) as vault,
        vault.reading() as records,
    ):
        newest = records.audit.newest(limit=1)[0]
        assert newest.sequence == head.sequence + 1
        assert '"vault.restored"' in newest.body
        assert records.audit.faults([head]) == ()
    assert backed_up.names() == before


def test_rehearsal_leaves_nothing(backed_up, tmp_path):
    beside = tmp_path / "beside"
    beside.mkdir()
    with backed_up.opened() as source:
        result = rehearse(source, beside, Restoring(WORKSTATION, live=backed_up.vault))

    assert result.sound
    assert list(beside.iterdir()) == []


def test_rehearsal_says_when_the_vault_is_not_the_one_of_the_backup(backed_up, tmp_path):
    first = backed_up.names()[0]
    backed_up.bench.patient("Only in the trail of the first")
    second = backed_up.back_up().point
    with backed_up.restored_vault(tmp_path / "to", first) as rolled_back:
        with backed_up.opened(second) as source:
            result = rehearse(source, tmp_path, Restoring(WORKSTATION, live=rolled_back))
        assert not result.trail_continues
        assert not result.sound


def test_killed_rehearsal_is_tidied_up(tmp_path):
    left = tmp_path / f"{restoring.REHEARSAL_PREFIX}x"
    left.mkdir()
    (left / "rehearsal.clinigraph").write_bytes(b"half")

    restoring.tidy(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_damaged_backup_leaves_nothing(backed_up, tmp_path):
    file = next((backed_up.set_folder / backed_up.names()[0]).glob("content-*.segment"))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)

    with pytest.raises(BackupDamagedError):
        backed_up.restored(tmp_path / "to")

    assert list((tmp_path / "to").iterdir()) == []


class Ledger:
    """A list of what was erased, as a later schema keeps one."""

    table = "erasure_entry"

    def __init__(self):
        self.replayed = []

    def replay(self, vault, entries):
        self.replayed = [entry["blob"] for entry in entries]
        bench = Workbench(vault)
        with bench.change() as uow:
            for blob in self.replayed:
                uow.blobs.erase(BlobId(blob))
        return len(self.replayed)


def _with_ledger(connection):
    connection.execute("CREATE TABLE erasure_entry (seq INTEGER PRIMARY KEY, blob TEXT) STRICT")
    for change in ("UPDATE", "DELETE"):
        connection.execute(
            f"CREATE TRIGGER erasure_entry_refuses_{change.lower()} BEFORE {change}"
            " ON erasure_entry BEGIN SELECT RAISE(ABORT, 'erasure_entry is never changed'); END"
        )


@pytest.fixture
def with_ledger(backed_up, monkeypatch):
    """A program whose next schema keeps a list of what was erased."""
    later = (*released(), Migration(len(released()) + 1, _with_ledger))
    for module in ("app.store.database", "app.store.backup.filling", "app.store.migrations"):
        monkeypatch.setattr(f"{module}.released", lambda: later)
    migrate(backed_up.vault.opened.database.writer(), later)
    return backed_up


@pytest.mark.parametrize("where", ["newer point", "open vault"])
def test_what_was_erased_for_good_stays_erased(with_ledger, tmp_path, where):
    rooms = with_ledger
    picture = rooms.bench.photograph(data=noise(3))
    old = rooms.back_up().point
    writer = rooms.vault.opened.database.writer()
    with rooms.bench.change() as uow:
        uow.blobs.erase(picture.image.original)
        writer.execute("INSERT INTO erasure_entry (blob) VALUES (?)", (picture.image.original,))
    live = rooms.vault
    if where == "newer point":
        rooms.back_up()
        live = None
    ledger = Ledger()

    result, _ = rooms.restored(tmp_path / "to", old, ledger=ledger, live=live)

    assert ledger.replayed == [picture.image.original]
    assert (result.erased_again, result.sound) == (1, True)


def test_point_of_an_earlier_schema_is_brought_up_to_date(with_ledger, tmp_path):
    first = with_ledger.names()[0]  # made before the schema grew
    with_ledger.bench.photograph(data=b"after the schema grew")
    second = with_ledger.back_up()

    with with_ledger.restored_vault(tmp_path / "first", first) as again:
        assert everything(again)["erasure_entry"] == []
    with with_ledger.opened(second.point) as source:
        assert source.point.manifest.base.point == first
        tables = source.point.manifest.tables
        assert [table.name for table in tables if not table.whole] == ["blob"]
    assert second.copied == 2
    with with_ledger.restored_vault(tmp_path / "second", second.point) as again:
        assert everything(again) == everything(with_ledger.vault)


def test_folder_of_the_new_vault_is_made(backed_up, tmp_path):
    result, path = backed_up.restored(tmp_path / "new" / "home")

    assert result.sound
    assert path.is_file()
    assert path.parent.stat().st_mode & 0o077 == 0 or sys.platform == "win32"


def test_folder_that_cannot_be_made_is_told(backed_up, tmp_path):
    (tmp_path / "file").write_bytes(b"no folder")

    with pytest.raises(ReadOnlyFolderError):
        backed_up.restored(tmp_path / "file" / "home")
