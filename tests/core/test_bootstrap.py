import sys
from dataclasses import replace

import pytest

from app.bootstrap import Program
from app.domain.audit import Action
from app.domain.clinic import Clinic
from app.domain.staff import Role
from app.services import clinic
from app.services.clinic import WeakPinError
from app.services.workplace import FirstEntries
from app.store.errors import (
    AlreadyOpenError,
    DatabaseMissingError,
    DiskFullError,
    KeyFileOutdatedError,
    RecoveryCodeWrongError,
    TooManyAttemptsError,
    VaultExistsError,
    WrongPassphraseError,
)
from tests.command_line import PASSPHRASE, quick_program

NEW = "nine geese fly south"


def secret(text=PASSPHRASE):
    return bytearray(text.encode())


def first_entries(pin="4711", passphrase=PASSPHRASE):
    return FirstEntries(Clinic("St Brigid's"), "Dr Ada Byrne", secret(passphrase), pin)


@pytest.fixture
def core():
    made = quick_program()
    yield made
    made.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "vaults" / "rooms.clinigraph"


@pytest.fixture
def founded(core, path):
    made = core.create(path, first_entries())
    made.workplace.close()
    return made


def actions(workplace):
    with workplace.vault.reading() as records:
        said = [record.body for record in records.audit.newest(limit=100)]
    return [next(a for a in Action if f'"action":"{a.value}"' in body) for body in reversed(said)]


def test_new_vault_begins_with_clinic_and_administrator(core, path):
    first = first_entries()

    made = core.create(path, first)

    with made.workplace.vault.reading() as records:
        assert records.people.clinic().name == "St Brigid's"
    assert made.workplace.desk.staff.role is Role.ADMINISTRATOR
    assert core.pins.matches("4711", made.workplace.desk.staff.pin_verifier)
    assert len(made.recovery_groups) == 9
    assert set(first.passphrase) == {0}
    made.workplace.close()


def test_opening_and_locking_are_recorded(core, path, founded):
    workplace = core.unlock(path, secret())
    workplace.close()
    workplace = core.unlock(path, secret())

    assert actions(workplace) == [
        Action.VAULT_CREATED,
        Action.STAFF_ADDED,
        Action.VAULT_LOCKED,
        Action.VAULT_UNLOCKED,
        Action.VAULT_LOCKED,
        Action.VAULT_UNLOCKED,
    ]
    workplace.close()


def test_weak_pin_leaves_no_file(core, path):
    first = first_entries(pin="12")

    with pytest.raises(WeakPinError):
        core.create(path, first)

    assert not path.parent.exists()
    assert set(first.passphrase) == {0}


def test_first_entries_that_cannot_be_stored_leave_no_file(core, path, monkeypatch):
    def full(*_):
        raise DiskFullError

    monkeypatch.setattr(clinic, "found", full)

    with pytest.raises(DiskFullError):
        core.create(path, first_entries())

    assert list(path.parent.iterdir()) == []


def test_existing_vault_stays(core, path, founded):
    with pytest.raises(VaultExistsError):
        core.create(path, first_entries(passphrase=NEW))

    core.unlock(path, secret()).close()


def test_wrong_passphrase_is_overwritten_and_slows_the_next(core, path, founded):
    typed = secret("wrong horse battery")

    for _ in range(3):
        with pytest.raises(WrongPassphraseError):
            core.unlock(path, secret("wrong horse battery"))
    assert core.wait_s(path) > 0
    with pytest.raises(TooManyAttemptsError):
        core.unlock(path, typed)

    assert set(typed) == {0}
    core.look_at(path)


def test_open_vault_is_not_opened_again(core, path, founded):
    workplace = core.unlock(path, secret())

    with pytest.raises(AlreadyOpenError):
        core.unlock(path, secret())

    workplace.close()


def test_recovery_code_opens_and_sets_a_new_passphrase(core, path, founded):
    code = "-".join(founded.recovery_groups)
    core.check_recovery_code(code.lower())

    core.unlock_with_recovery(path, code, secret(NEW)).close()

    core.unlock(path, secret(NEW)).close()
    with pytest.raises(WrongPassphraseError):
        core.unlock(path, secret())


def test_renewed_recovery_code_ends_the_old_one(core, path, founded):
    workplace = core.unlock(path, secret())
    groups = core.renew_recovery_code(workplace)
    workplace.close()

    with pytest.raises(RecoveryCodeWrongError):
        core.unlock_with_recovery(path, "-".join(founded.recovery_groups), secret(NEW))
    core.unlock_with_recovery(path, "-".join(groups), secret(NEW)).close()


def test_recovered_vault_is_closed_when_the_passphrase_cannot_be_set(
    core, path, founded, monkeypatch
):
    def full(*_, **__):
        raise DiskFullError

    monkeypatch.setattr("app.store.key_file.KeyFile.set_passphrase", full)

    with pytest.raises(DiskFullError):
        core.unlock_with_recovery(path, "-".join(founded.recovery_groups), secret(NEW))

    core.unlock(path, secret()).close()


def test_passphrase_is_changed_by_who_knows_the_old_one(core, path, founded):
    workplace = core.unlock(path, secret())

    with pytest.raises(WrongPassphraseError):
        core.change_passphrase(workplace, secret("wrong horse"), secret(NEW))
    core.change_passphrase(workplace, secret(), secret(NEW))

    assert Action.KEY_SLOTS_CHANGED in actions(workplace)
    workplace.close()
    core.unlock(path, secret(NEW)).close()


def test_older_key_file_put_back_is_noticed(core, path, founded):
    keys = path.with_suffix(".clinigraph-keys")
    older = keys.read_bytes()
    workplace = core.unlock(path, secret())
    core.change_passphrase(workplace, secret(), secret(NEW))
    workplace.close()
    keys.write_bytes(older)

    with pytest.raises(KeyFileOutdatedError):
        core.unlock(path, secret())


def test_place_of_a_new_vault_is_looked_at(core, path, tmp_path, founded):
    assert core.look_at_place(tmp_path / "Dropbox" / "rooms.clinigraph")
    assert not core.look_at_place(path.with_name("other.clinigraph"))
    with pytest.raises(VaultExistsError):
        core.look_at_place(path)
    with pytest.raises(DatabaseMissingError):
        core.look_at(path.with_name("other.clinigraph"))


def test_workstation_keeps_its_id(core, path, founded):
    made = core.settings.workstation

    core.change_settings(replace(core.settings, theme="dark", workstation=""))

    assert core.settings.workstation == made != ""
    assert core.settings.theme == "dark"


@pytest.mark.logs("workstation's id could not be kept")
@pytest.mark.skipif(sys.platform == "win32", reason="a folder in the file's place fails otherwise")
def test_settings_that_cannot_be_kept_do_not_keep_the_vault_shut(core, path, tmp_path):
    core.settings_file = tmp_path / "taken" / "settings.toml"
    (tmp_path / "taken" / "settings.new").mkdir(parents=True)

    core.create(path, first_entries()).workplace.close()

    assert core.settings.workstation == ""


@pytest.mark.logs("a consent form was refused: FORM-")
def test_form_that_is_refused_keeps_no_vault_shut(tmp_path, monkeypatch):
    folder = tmp_path / "forms" / "odd"
    folder.mkdir(parents=True)
    (folder / "en.toml").write_text("odd = 1", encoding="utf-8")
    monkeypatch.setattr("app.paths.forms", lambda: tmp_path / "forms")

    core = quick_program()

    assert isinstance(core, Program)
    assert core.forms.forms == ()
    core.close()
