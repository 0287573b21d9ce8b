"""The PIN brings somebody back for a while, and opens nothing after that."""

from pathlib import Path

import pytest

from app.domain.ids import StaffId
from app.domain.staff import Role, Staff
from app.store.keys import VaultKey
from app.store.pin_entry import (
    MOST_FAILURES,
    PinEntryOverError,
    PinWindow,
    QuickEntry,
    WrongEntryPinError,
)
from app.store.pins import Argon2Pins
from app.store.sign_in import PinDesk

VAULT, OTHER = Path("/vaults/rooms.clinigraph"), Path("/vaults/other.clinigraph")
PINS = Argon2Pins(memory_kib=64)
HOUR = 3600.0


@pytest.fixture
def key():
    return VaultKey.random()


@pytest.fixture
def ada():
    return Staff(StaffId("ada"), "Ada Byrne", Role.CLINICIAN, PINS.derive("2468"))


@pytest.fixture
def desk(ada):
    made = PinDesk(lambda: 4)
    made.welcome(ada.id)
    return made


@pytest.fixture
def entry(key, ada):
    return QuickEntry.seal(key, VAULT, ada.id, ada.pin_verifier, PinWindow.opened(4))


def test_the_pin_gives_the_key_again(key, entry):
    assert entry.open("2468").view() == key.view()
    assert entry.open("2468").view() == key.view()


def test_five_wrong_pins_end_it_for_the_right_one_too(entry):
    for left in range(MOST_FAILURES - 1, 0, -1):
        with pytest.raises(WrongEntryPinError) as caught:
            entry.open("1357")
        assert caught.value.facts == {"left": left}
    with pytest.raises(PinEntryOverError):
        entry.open("1357")

    with pytest.raises(PinEntryOverError):
        entry.open("2468")
    assert set(entry.secret) == {0}
    assert not entry.is_open()


def test_without_the_random_secret_the_right_pin_opens_nothing(entry):
    entry.secret[0] ^= 1

    with pytest.raises(WrongEntryPinError):
        entry.open("2468")


def test_the_key_is_not_in_what_is_kept(key, entry):
    assert bytes(key.view()) not in bytes(entry.packed())
    assert "secret" not in repr(entry._wrapped)


@pytest.mark.parametrize(
    ("wall", "steady", "is_open"),
    [
        (0, 0, True),
        (4 * HOUR - 1, 4 * HOUR - 1, True),
        (4 * HOUR, 60, False),
        (60, 4 * HOUR, False),
        (-1, 60, False),
    ],
    ids=["at once", "in time", "asleep too long", "clock stopped", "clock set back"],
)
def test_both_clocks_end_it(wall, steady, is_open):
    window = PinWindow(4, 1000.0, 50.0)

    assert window.is_open(lambda: 1000.0 + wall, lambda: 50.0 + steady) is is_open


def test_no_hours_is_never(key, ada):
    assert not PinWindow.opened(0).is_open()


def test_it_goes_on_in_the_next_process_with_its_failures(key, entry):
    with pytest.raises(WrongEntryPinError):
        entry.open("1357")
    handed = entry.packed()

    there = QuickEntry.unpacked(handed)

    assert set(handed) == {0}
    assert there.window == entry.window
    assert there.open("2468").view() == key.view()


def test_after_an_idle_lock_the_pin_of_who_was_there_opens_their_vault(desk, key, ada):
    assert desk.keep(key, VAULT, ada)

    assert desk.takes(VAULT)
    assert not desk.takes(OTHER)
    with pytest.raises(PinEntryOverError):
        desk.open(OTHER, "2468")
    opened, who = desk.open(VAULT, "2468")
    assert (opened.view(), who) == (key.view(), ada.id)


def test_what_the_lock_left_is_used_up_when_somebody_is_in(desk, key, ada):
    desk.keep(key, VAULT, ada)
    entry = desk.entry

    assert desk.came_back() == 0

    assert not desk.takes(VAULT)
    assert set(entry.secret) == {0}
    assert desk.will_do(ada.id)


def test_wrong_pins_at_the_lock_are_told_once_somebody_is_in(desk, key, ada):
    desk.keep(key, VAULT, ada)
    for _ in range(2):
        with pytest.raises(WrongEntryPinError):
            desk.open(VAULT, "1357")

    assert desk.came_back() == 2
    assert desk.came_back() == 0


def test_after_a_lock_by_hand_only_passphrases_are_taken(desk, key, ada):
    desk.keep(key, VAULT, ada)

    desk.forget()

    assert not desk.takes(VAULT)
    assert not desk.will_do(ada.id)
    assert not desk.keep(key, VAULT, ada)


def test_nothing_is_kept_without_a_pin_or_a_passphrase_before(key, ada):
    desk = PinDesk(lambda: 4)

    assert not desk.keep(key, VAULT, ada)
    desk.welcome(ada.id)
    assert not desk.keep(key, VAULT, Staff(ada.id, ada.name, ada.role))
    never = PinDesk(lambda: 0)
    never.welcome(ada.id)
    assert not never.keep(key, VAULT, ada)


def test_failures_at_the_lock_and_while_switching_count_together(desk, key, ada):
    for _ in range(3):
        with pytest.raises(WrongEntryPinError):
            desk.check(ada, "1357", PINS)
    desk.keep(key, VAULT, ada)
    with pytest.raises(WrongEntryPinError):
        desk.open(VAULT, "1357")
    with pytest.raises(PinEntryOverError):
        desk.open(VAULT, "1357")

    assert not desk.takes(VAULT)
    with pytest.raises(PinEntryOverError):
        desk.check(ada, "2468", PINS)
    desk.welcome(ada.id)
    desk.check(ada, "2468", PINS)


def test_a_right_pin_forgives_the_wrong_ones(desk, key, ada):
    for _ in range(MOST_FAILURES):
        with pytest.raises(WrongEntryPinError):
            desk.check(ada, "1357", PINS)
        desk.check(ada, "2468", PINS)
    desk.keep(key, VAULT, ada)
    with pytest.raises(WrongEntryPinError):
        desk.open(VAULT, "1357")

    desk.open(VAULT, "2468")

    assert desk.entry.window.failures == 0


def test_the_fifth_wrong_pin_while_switching_is_the_last(desk, ada):
    for _ in range(MOST_FAILURES - 1):
        with pytest.raises(WrongEntryPinError):
            desk.check(ada, "1357", PINS)

    with pytest.raises(PinEntryOverError):
        desk.check(ada, "1357", PINS)


def test_a_pin_that_nobody_vouched_for_is_not_looked_at(ada):
    with pytest.raises(PinEntryOverError):
        PinDesk(lambda: 4).check(ada, "2468", PINS)
