"""A backup brings the slots of its day along, and says what became of them since."""

import pytest

from app.domain.backup import SlotSince
from app.store.backup.errors import BackupDamagedError, NoBackupThereError, PassphraseLaterError
from app.store.backup.opening import open_with_code, open_with_passphrase
from app.store.backup.restoring import Restoring, restore
from app.store.errors import RecoveryCodeWrongError, WrongPassphraseError
from app.store.recovery_code import RecoveryCode
from app.store.vault import ClosedVault
from tests.fakes import WORKSTATION
from tests.store.vault_parts import ANNA, BEN, QUICK, a_passphrase

NEW = "nine geese fly south"
BENS = "seven quiet lamps"


def set_passphrase(rooms, owner, text):
    opened = rooms.vault.opened
    opened.key_file.set_passphrase(opened.key, owner, a_passphrase(text), parameters=QUICK)
    opened.remember_key_file()


def opened(rooms, text=None, point=None):
    return open_with_passphrase(rooms.medium, point, a_passphrase(*([text] if text else [])))


def test_passphrase_opens_the_newest_point(rooms):
    rooms.back_up()
    newest = rooms.back_up().point

    with opened(rooms) as source:
        assert (source.described().id, source.owner) == (newest, ANNA)
        assert (source.slot, source.returned) == (SlotSince.CURRENT, ())


def test_wrong_passphrase(rooms):
    rooms.back_up()

    with pytest.raises(WrongPassphraseError):
        opened(rooms, NEW)


def test_old_passphrase_opens_the_old_point_and_is_said_to_be_changed(rooms):
    old = rooms.back_up().point
    set_passphrase(rooms, ANNA, NEW)
    rooms.back_up()

    with opened(rooms, point=old) as source:
        assert source.slot is SlotSince.CHANGED
    with pytest.raises(WrongPassphraseError):
        opened(rooms)
    with pytest.raises(PassphraseLaterError):
        opened(rooms, NEW, old)
    with pytest.raises(WrongPassphraseError):
        opened(rooms, "of nobody", old)


def test_person_who_was_removed_since_is_named_as_such(rooms, tmp_path):
    set_passphrase(rooms, BEN, BENS)
    old = rooms.back_up().point
    rooms.vault.opened.key_file.remove(rooms.key, BEN)
    rooms.back_up()

    with opened(rooms, BENS, old) as source:
        assert source.slot is SlotSince.REMOVED
        assert source.returned == (BEN,)
        to = tmp_path / "again.clinigraph"
        result = restore(source, to, lambda _: None, Restoring(WORKSTATION))
    assert (result.slot, result.returned) == (SlotSince.REMOVED, 1)
    assert ClosedVault(to).unlock(a_passphrase(BENS)).owners == (BEN,)  # the slots of its day
    with pytest.raises(WrongPassphraseError):
        opened(rooms, BENS)


def test_recovery_code_of_its_day(rooms):
    opened_vault = rooms.vault.opened
    code = opened_vault.key_file.renew_recovery_code(rooms.key)
    text = code.text()
    old = rooms.back_up().point
    newer = opened_vault.key_file.renew_recovery_code(rooms.key).text()
    rooms.back_up()

    with open_with_code(rooms.medium, old, RecoveryCode.parse(text)) as source:
        assert (source.slot, source.owner) == (SlotSince.CHANGED, ANNA)
    with open_with_code(rooms.medium, None, RecoveryCode.parse(newer)) as source:
        assert source.slot is SlotSince.CURRENT
    with pytest.raises(PassphraseLaterError):
        open_with_code(rooms.medium, old, RecoveryCode.parse(newer))
    with pytest.raises(RecoveryCodeWrongError):
        open_with_code(rooms.medium, None, RecoveryCode.parse(text))
    with pytest.raises(RecoveryCodeWrongError):
        open_with_code(rooms.medium, old, RecoveryCode.random())


def test_restored_vault_opens_with_its_own_slots(rooms, tmp_path):
    rooms.back_up()
    _, path = rooms.restored(tmp_path / "to")

    closed = ClosedVault(path)
    with closed.open(closed.unlock(a_passphrase()).key) as vault:
        vault.require_current_key_file()


def test_point_without_its_key_file(rooms):
    point = rooms.back_up().point
    (rooms.set_folder / point / "keys.clinigraph-keys").unlink()

    with pytest.raises(BackupDamagedError):
        opened(rooms)


def test_folder_without_backups(tmp_path):
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(NoBackupThereError):
            open_with_passphrase(folder, None, a_passphrase())
