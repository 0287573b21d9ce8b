"""People come, change their role and go; the vault always has somebody who can manage it."""

from dataclasses import replace

import pytest

from app.domain.audit import Action
from app.domain.ids import StaffId
from app.domain.staff import Role, Staff
from app.services import reading, staffing
from app.services.staffing import (
    LastAdministratorError,
    NoSuchStaffError,
    NotAnAdministratorError,
    ShortPassphraseError,
    StaffNameMissingError,
    StaffNameTakenError,
    UserNotNamedError,
)


class FakeSlots:
    """The port Slots in memory.

    Attributes:
        names: Of everybody who has a passphrase.
        trouble: Raised instead of changing anything.
    """

    def __init__(self, *owners):
        self.names = dict.fromkeys(owners, "")
        self.secrets = {}
        self.trouble = None

    def holders(self):
        return frozenset(self.names)

    def give(self, who, name, passphrase):
        self._fail()
        self.names[who], self.secrets[who] = name, bytes(passphrase)

    def take_away(self, who):
        self._fail()
        self.names.pop(who, None)

    def _fail(self):
        if self.trouble is not None:
            raise self.trouble


class CrashError(BaseException):
    """The program ends here."""


@pytest.fixture
def slots(room):
    return FakeSlots(room.desk.staff.id)


def secret(text="purple otter climbs"):
    return bytearray(text.encode())


def add(room, slots, name="Ben Okafor", role=Role.CLINICIAN, passphrase=None):
    return staffing.add(
        room.uow(), room.desk, slots, name, role, secret() if passphrase is None else passphrase
    )


def stored(room, who):
    return room.read(lambda records: records.people.staff(who))


def everybody(room, slots):
    return room.read(lambda records: staffing.people(records, room.desk, slots))


def test_a_new_person_has_a_name_a_role_and_a_passphrase(room, slots):
    typed = secret()

    ben = add(room, slots, "  Ben   Okafor ", Role.PHOTOGRAPHER, typed)

    assert stored(room, ben.id) == Staff(ben.id, "Ben Okafor", Role.PHOTOGRAPHER)
    assert slots.names[ben.id] == "Ben Okafor"
    assert slots.secrets[ben.id] == bytes(secret())
    assert set(typed) == {0}
    assert [person.can_sign_in for person in everybody(room, slots)] == [True, True]
    assert room.actions()[0] is Action.STAFF_ADDED


@pytest.mark.parametrize("name", ["", "  ", "-.-"])
def test_a_person_needs_a_name(room, slots, name):
    with pytest.raises(StaffNameMissingError):
        add(room, slots, name)


@pytest.mark.parametrize("name", ["Ben Okafor", "BEN  OKÁFOR", "ben okafor."])
def test_a_name_is_there_once(room, slots, name):
    ben = add(room, slots)
    staffing.disable(room.uow(), room.desk, slots, ben.id)

    with pytest.raises(StaffNameTakenError):
        add(room, slots, name)


@pytest.mark.parametrize("text", ["", "short", "sieben7", "äöüßéñç"])
def test_a_passphrase_has_eight_characters(room, slots, text):
    typed = secret(text)

    with pytest.raises(ShortPassphraseError):
        add(room, slots, passphrase=typed)

    assert set(typed) <= {0}
    assert len(everybody(room, slots)) == 1


def test_who_is_disabled_has_no_passphrase_and_their_facts_stay(room, slots):
    ben = add(room, slots)

    staffing.disable(room.uow(), room.desk, slots, ben.id)

    assert ben.id not in slots.names
    assert stored(room, ben.id) == replace(ben, active=False)
    assert room.actions()[0] is Action.STAFF_DISABLED


def test_who_is_let_in_again_chooses_a_new_passphrase(room, slots):
    ben = add(room, slots)
    staffing.disable(room.uow(), room.desk, slots, ben.id)
    typed = secret("nine geese fly south")

    staffing.enable(room.uow(), room.desk, slots, ben.id, typed)

    assert stored(room, ben.id).active
    assert slots.secrets[ben.id] == b"nine geese fly south"
    assert set(typed) == {0}
    assert room.actions()[0] is Action.STAFF_ENABLED


def test_a_role_is_changed_once(room, slots):
    ben = add(room, slots)

    for _ in range(2):
        staffing.change_role(room.uow(), room.desk, slots, ben.id, Role.READER)

    assert stored(room, ben.id).role is Role.READER
    assert room.actions().count(Action.STAFF_ROLE_CHANGED) == 1


def test_a_passphrase_is_reset_for_an_active_person(room, slots):
    ben = add(room, slots)

    staffing.reset_passphrase(room.uow(), room.desk, slots, ben.id, secret("nine geese fly south"))

    assert slots.secrets[ben.id] == b"nine geese fly south"
    assert room.actions()[0] is Action.PASSPHRASE_RESET
    staffing.disable(room.uow(), room.desk, slots, ben.id)
    with pytest.raises(NoSuchStaffError):
        staffing.reset_passphrase(room.uow(), room.desk, slots, ben.id, secret())


def test_unknown_people_are_not_changed(room, slots):
    with pytest.raises(NoSuchStaffError):
        staffing.disable(room.uow(), room.desk, slots, StaffId("none"))


def test_the_last_administrator_stays(room, slots):
    own = room.desk.staff.id
    add(room, slots)
    for attempt in (
        lambda: staffing.disable(room.uow(), room.desk, slots, own),
        lambda: staffing.change_role(room.uow(), room.desk, slots, own, Role.CLINICIAN),
    ):
        with pytest.raises(LastAdministratorError):
            attempt()

    joy = add(room, slots, "Joy Mbeki", Role.ADMINISTRATOR)
    staffing.change_role(room.uow(), room.desk, slots, own, Role.CLINICIAN)

    assert stored(room, own).role is Role.CLINICIAN
    with pytest.raises(LastAdministratorError):
        staffing.disable(room.uow(), room.desk, slots, joy.id)


def test_an_administrator_without_a_passphrase_does_not_count(room, slots):
    joy = add(room, slots, "Joy Mbeki", Role.ADMINISTRATOR)
    del slots.names[joy.id]

    with pytest.raises(LastAdministratorError):
        staffing.disable(room.uow(), room.desk, slots, room.desk.staff.id)


def test_a_crash_while_adding_lets_nobody_in_and_is_mended_by_a_reset(room, slots):
    slots.trouble = CrashError()
    with pytest.raises(CrashError):
        add(room, slots)
    slots.trouble = None

    (_, ben) = everybody(room, slots)
    assert not ben.can_sign_in
    staffing.reset_passphrase(room.uow(), room.desk, slots, ben.staff.id, secret())
    assert everybody(room, slots)[1].can_sign_in


def test_a_crash_while_disabling_is_tidied_up_at_the_next_opening(room, slots):
    ben = add(room, slots)
    slots.trouble = CrashError()
    with pytest.raises(CrashError):
        staffing.disable(room.uow(), room.desk, slots, ben.id)
    slots.trouble = None
    assert room.read(lambda r: staffing.who_signs_in(r, (ben.id,), "Ben Okafor")) is None

    assert staffing.tidy(room.uow(), room.desk, slots) == {ben.id}

    assert ben.id not in slots.names
    assert room.actions()[0] is Action.KEY_SLOTS_CHANGED
    assert staffing.tidy(room.uow(), room.desk, slots) == frozenset()


def test_who_signs_in_is_the_active_owner_of_that_name(room, slots):
    own = room.desk.staff
    ben = add(room, slots)

    def found(owners, name=""):
        return room.read(lambda records: staffing.who_signs_in(records, owners, name))

    assert found((own.id,)) == own
    assert found((own.id, ben.id), "ben okafor") == ben
    assert found((own.id,), "Ben Okafor") is None
    assert found((StaffId("none"),)) is None
    with pytest.raises(UserNotNamedError):
        found((own.id, ben.id))


def test_the_recovery_code_is_for_an_administrator(room, slots):
    own = room.desk.staff
    add(room, slots)

    def found(name=""):
        return room.read(lambda records: staffing.who_recovers(records, name))

    assert found() == own
    assert found("dr ada byrne") == own
    with pytest.raises(NotAnAdministratorError):
        found("Ben Okafor")
    add(room, slots, "Joy Mbeki", Role.ADMINISTRATOR)
    with pytest.raises(NotAnAdministratorError):
        found()


def test_a_view_is_closed_when_it_was_looked_at(room):
    with reading.view(room.vault, room.desk) as records:
        assert records.people.all_staff() == (room.desk.staff,)
