"""Several people and one vault: signing in, switching, coming back, and crashes in between."""

import shutil
from dataclasses import replace

import pytest

from app.domain.audit import Action
from app.domain.clinic import Clinic
from app.domain.staff import NotPermittedError, Role
from app.services import clinic, staffing
from app.services.staffing import NotAnAdministratorError, UserNotNamedError
from app.services.workplace import FirstEntries
from app.store import argon2id, durable_file
from app.store.argon2id import Argon2Parameters
from app.store.errors import TooManyAttemptsError, WrongPassphraseError
from app.store.key_file import KeyFile
from app.store.pin_entry import PinEntryOverError, WrongEntryPinError
from app.store.pins import Argon2Pins
from tests.command_line import PASSPHRASE, quick_program

ADA, BEN = "Dr Ada Byrne", "Ben Okafor"
BENS = "nine geese fly south"
PIN, BENS_PIN = "2468", "1357"


class CrashError(BaseException):
    """The computer stops here."""


def secret(text=PASSPHRASE):
    return bytearray(text.encode())


@pytest.fixture
def core():
    made = quick_program()
    made.pins = Argon2Pins(memory_kib=64)
    yield made
    made.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rooms.clinigraph"


@pytest.fixture
def founded(core, path):
    """A vault with Ada, an administrator; its recovery code."""
    made = core.create(path, FirstEntries(Clinic("St Brigid's"), ADA, secret(), PIN))
    made.workplace.close()
    return "-".join(made.recovery_groups)


@pytest.fixture
def ben(core, path, founded):
    """Ben, a photographer, who chose a passphrase and a PIN."""
    ada = core.unlock(path, secret())
    staff = add(ada, BEN, Role.PHOTOGRAPHER, BENS)
    desk = replace(ada.desk, staff=staff)
    staff = clinic.set_pin(ada.vault.unit_of_work(), desk, core.pins, BENS_PIN)
    ada.close()
    core.forget_pins()
    return staff


def add(workplace, name, role, passphrase):
    return staffing.add(
        workplace.vault.unit_of_work(),
        workplace.desk,
        workplace.slots,
        name,
        role,
        secret(passphrase),
    )


def actions(workplace):
    with workplace.vault.reading() as records:
        said = [record.body for record in records.audit.newest(limit=100)]
    return [next(a for a in Action if f'"action":"{a.value}"' in body) for body in said]


def test_a_new_key_file_finds_its_person_by_name(core, path, founded):
    assert not core.several_people(path)
    assert KeyFile.load(path.with_suffix(".clinigraph-keys")).has_names

    core.unlock(path, secret(), "dr ada BYRNE").close()


def test_each_person_signs_in_as_themselves(core, path, ben):
    assert core.several_people(path)
    for name, passphrase in ((ADA, PASSPHRASE), (BEN, BENS)):
        workplace = core.unlock(path, secret(passphrase), name)
        assert workplace.desk.staff.name == name
        workplace.close()
    workplace = core.unlock(path, secret(BENS))
    assert workplace.desk.staff == ben
    workplace.close()


@pytest.mark.parametrize(
    ("name", "passphrase"),
    [("Nobody", BENS), (BEN, "wrong horse"), (ADA, BENS), ("...", PASSPHRASE)],
    ids=["unknown", "wrong", "another's", "no letters"],
)
def test_wrong_keys_learn_nothing(core, path, ben, name, passphrase):
    typed = secret(passphrase)

    with pytest.raises(WrongPassphraseError) as caught:
        core.unlock(path, typed, name)

    assert str(caught.value) == str(WrongPassphraseError())
    assert set(typed) == {0}


def test_a_disabled_person_is_told_what_an_unknown_one_is_told(core, path, ben, monkeypatch):
    runs = []
    derive = argon2id.derive
    monkeypatch.setattr(
        "app.store.argon2id.derive", lambda *given: runs.append(1) or derive(*given)
    )
    told = []
    ada = core.unlock(path, secret(), ADA)
    staffing.disable(ada.vault.unit_of_work(), ada.desk, ada.slots, ben.id)
    ada.close()
    for name in ("Nobody", BEN):
        runs.clear()
        with pytest.raises(WrongPassphraseError) as caught:
            core.unlock(path, secret(BENS), name)
        told.append((str(caught.value), len(runs)))

    assert told[0] == told[1] == (str(WrongPassphraseError()), 2)


def test_unknown_names_are_slowed_down_too(core, path, ben):
    for _ in range(3):
        with pytest.raises(WrongPassphraseError):
            core.unlock(path, secret(BENS), "Nobody")

    with pytest.raises(TooManyAttemptsError):
        core.unlock(path, secret(), ADA)


def test_two_people_with_one_passphrase_have_to_say_who_they_are(core, path, founded):
    ada = core.unlock(path, secret())
    add(ada, BEN, Role.READER, PASSPHRASE)
    ada.close()

    with pytest.raises(UserNotNamedError):
        core.unlock(path, secret())

    workplace = core.unlock(path, secret(), BEN)
    assert workplace.desk.staff.role is Role.READER
    workplace.close()


def test_a_key_file_from_before_learns_the_names_at_the_first_opening(core, path, founded):
    keys = path.with_suffix(".clinigraph-keys")
    file, ada = KeyFile.load(keys), core.unlock(path, secret())
    opened = ada.vault.opened
    file._write(opened.key, replace(file._content.keys, names=None))
    opened.key_file = KeyFile.load(keys)
    opened.remember_key_file()
    ada.close()
    assert not KeyFile.load(keys).has_names

    core.unlock(path, secret(), ADA).close()

    assert KeyFile.load(keys).has_names
    with pytest.raises(WrongPassphraseError):
        core.unlock(path, secret(), "Nobody")


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_while_disabling_leaves_nobody_in_and_nobody_locked_out(
    core, path, ben, tmp_path, monkeypatch, when
):
    ada = core.unlock(path, secret(), ADA)
    crash_at_key_file(monkeypatch, when)
    with pytest.raises(CrashError):
        staffing.disable(ada.vault.unit_of_work(), ada.desk, ada.slots, ben.id)
    monkeypatch.undo()
    left = as_left(ada, path, tmp_path / "left")
    ada.close()

    with pytest.raises(WrongPassphraseError):
        core.unlock(left, secret(BENS), BEN)
    with pytest.raises(WrongPassphraseError):
        core.unlock(left, secret(BENS))
    ada = core.unlock(left, secret(), ADA)
    assert ada.slots.holders() == {ada.desk.staff.id}
    ada.close()


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_while_adding_leaves_a_vault_that_opens_for_the_others(
    core, path, ben, tmp_path, monkeypatch, when
):
    ada = core.unlock(path, secret(), ADA)
    crash_at_key_file(monkeypatch, when)
    with pytest.raises(CrashError):
        add(ada, "Joy Mbeki", Role.READER, "purple otter climbs")
    monkeypatch.undo()
    left = as_left(ada, path, tmp_path / "left")
    ada.close()

    core.unlock(left, secret(BENS), BEN).close()
    ada = core.unlock(left, secret(), ADA)
    with ada.vault.reading() as records:
        joy = staffing.people(records, ada.desk, ada.slots)[-1]
    assert joy.can_sign_in is (when == "after")
    uow = ada.vault.unit_of_work()
    staffing.reset_passphrase(uow, ada.desk, ada.slots, joy.staff.id, secret("seven quiet lamps"))
    ada.close()
    core.unlock(left, secret("seven quiet lamps"), "Joy Mbeki").close()


def crash_at_key_file(monkeypatch, when):
    """Stop the program when it writes the key file: before the file is replaced, or after."""
    replaced = durable_file.replace_durably

    def stop(path, data):
        if when == "after":
            replaced(path, data)
        raise CrashError

    monkeypatch.setattr(durable_file, "replace_durably", stop)


def as_left(workplace, path, folder):
    """What a computer that stopped now would have on its disk."""
    folder.mkdir()
    for file in path.parent.glob(path.stem + ".clinigraph*"):
        if not file.name.endswith("-lock"):
            shutil.copyfile(file, folder / file.name)
    return folder / path.name


def test_the_recovery_code_serves_the_administrator_who_is_named(core, path, founded, ben):
    with pytest.raises(NotAnAdministratorError):
        core.unlock_with_recovery(path, founded, secret("seven quiet lamps"), BEN)
    ada = core.unlock(path, secret(), ADA)
    add(ada, "Joy Mbeki", Role.ADMINISTRATOR, "purple otter climbs")
    ada.close()
    with pytest.raises(NotAnAdministratorError):
        core.unlock_with_recovery(path, founded, secret("seven quiet lamps"))

    workplace = core.unlock_with_recovery(path, founded, secret("seven quiet lamps"), "joy mbeki")

    assert workplace.desk.staff.name == "Joy Mbeki"
    workplace.close()
    core.unlock(path, secret(), ADA).close()


def test_a_new_recovery_code_is_made_by_administrators_only(core, path, ben):
    workplace = core.unlock(path, secret(BENS), BEN)

    with pytest.raises(NotPermittedError):
        core.renew_recovery_code(workplace)

    workplace.close()


def test_switching_by_passphrase_and_back_by_pin(core, path, ben):
    ada = core.unlock(path, secret(), ADA)
    typed = secret(BENS)

    bens = core.switch(ada, ben.id, typed)
    back = core.switch(bens, ada.desk.staff.id, secret(PIN), is_pin=True)

    assert set(typed) == {0}
    assert bens.desk.staff == ben
    assert back.desk.staff == ada.desk.staff
    assert actions(back)[:2] == [Action.STAFF_SIGNED_IN, Action.STAFF_SIGNED_IN]
    bens.close()


def test_who_locks_is_who_was_switched_to(core, path, ben):
    ada = core.unlock(path, secret(), ADA)
    core.switch(ada, ben.id, secret(BENS)).close()

    again = core.unlock(path, secret(), ADA)
    with again.vault.reading() as records:
        _, locked = records.audit.newest(limit=2)
        assert records.audit.staff_of(_by(locked.body)) == ben.id
    again.close()


def _by(body):
    return body.partition('"by":"')[2].partition('"')[0]


def test_refused_switches_change_nobody_and_are_recorded(core, path, ben):
    ada = core.unlock(path, secret(), ADA)

    with pytest.raises(WrongPassphraseError):
        core.switch(ada, ben.id, secret("wrong horse"))
    with pytest.raises(PinEntryOverError):  # he has not given his passphrase since the start
        core.switch(ada, ben.id, secret(BENS_PIN), is_pin=True)
    with pytest.raises(WrongPassphraseError):
        core.switch(ada, type(ben.id)("none"), secret(BENS))

    assert actions(ada)[:3] == [Action.SIGN_IN_REFUSED] * 3
    ada.close()


def test_a_disabled_person_is_not_switched_to(core, path, ben):
    ada = core.unlock(path, secret(), ADA)
    staffing.disable(ada.vault.unit_of_work(), ada.desk, ada.slots, ben.id)

    with pytest.raises(WrongPassphraseError):
        core.switch(ada, ben.id, secret(BENS))

    ada.close()


def test_the_pin_brings_back_after_an_idle_lock(core, path, ben):
    workplace = core.unlock(path, secret(BENS), BEN)
    assert core.keep_for_pin(workplace)
    workplace.close()
    assert core.takes_pin(path)
    with pytest.raises(WrongEntryPinError):
        core.unlock_with_pin(path, "0000")

    back = core.unlock_with_pin(path, BENS_PIN)

    assert back.desk.staff == ben
    assert not core.takes_pin(path)
    assert actions(back)[:2] == [Action.PIN_REFUSED, Action.VAULT_UNLOCKED]
    back.close()


def test_the_pin_opens_nothing_after_a_start_of_the_program(core, path, ben):
    workplace = core.unlock(path, secret(BENS), BEN)
    core.keep_for_pin(workplace)
    workplace.close()
    fresh = quick_program()

    with pytest.raises(PinEntryOverError):
        fresh.unlock_with_pin(path, BENS_PIN)

    fresh.close()


def test_the_pin_opens_nothing_once_the_passphrase_is_gone(core, path, ben, tmp_path):
    workplace = core.unlock(path, secret(BENS), BEN)
    core.keep_for_pin(workplace)
    workplace.close()
    elsewhere = quick_program()
    ada = elsewhere.unlock(path, secret(), ADA)
    staffing.disable(ada.vault.unit_of_work(), ada.desk, ada.slots, ben.id)
    ada.close()
    elsewhere.close()

    with pytest.raises(PinEntryOverError):
        core.unlock_with_pin(path, BENS_PIN)

    assert not core.takes_pin(path)


def test_tags_of_names_cost_less_than_a_passphrase():
    assert Argon2Parameters().memory_kib > 32 * 1024
