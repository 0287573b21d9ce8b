"""Keys from passphrases, and the bounds of what a check may cost."""

import pytest
from argon2.low_level import Type, hash_secret_raw

from app.store import argon2id
from app.store.argon2id import Argon2Parameters, QuickParametersForTests
from app.store.errors import KeyParametersRefusedError, TooLittleMemoryError

SALT = bytes(range(16))


@pytest.mark.parametrize("passphrase", [b"", b"x", "Überraschung 皮膚".encode(), b"long " * 100])
def test_key_agrees_with_the_high_level_binding(passphrase):
    cost = QuickParametersForTests(passes=2, lanes=2)

    key = argon2id.derive(bytearray(passphrase), SALT, cost)

    assert key == hash_secret_raw(passphrase, SALT, 2, 8 * 1024, 2, 32, Type.ID)


def test_passphrase_is_not_changed_and_can_be_wiped_afterwards():
    passphrase = bytearray(b"correct horse")

    argon2id.derive(passphrase, SALT, QuickParametersForTests())

    assert passphrase == b"correct horse"
    passphrase.clear()


def test_default_is_above_the_floor():
    cost = Argon2Parameters()

    cost.require_floor()

    assert (cost.memory_kib, cost.passes, cost.lanes) == (256 * 1024, 3, 4)


@pytest.mark.parametrize(
    "weak",
    [
        Argon2Parameters(memory_kib=64 * 1024 - 1),
        Argon2Parameters(passes=2),
        Argon2Parameters(lanes=3),
        Argon2Parameters(memory_kib=8 * 1024, passes=1, lanes=1),
    ],
)
def test_weak_parameters_are_refused_for_a_new_slot(weak):
    with pytest.raises(KeyParametersRefusedError):
        weak.require_floor()


@pytest.mark.parametrize(
    "asked",
    [
        (2**31, 3, 4),
        (1024 * 1024 + 1, 3, 4),
        (8 * 1024 - 1, 3, 4),
        (0, 3, 4),
        (-1, 3, 4),
        (65536, 17, 4),
        (65536, 0, 4),
        (65536, 3, 17),
        (65536, 3, 0),
        (65536.0, 3, 4),
        ("65536", 3, 4),
        (65536, True, 4),
        (None, 3, 4),
    ],
)
@pytest.mark.parametrize("kind", [Argon2Parameters, QuickParametersForTests])
def test_parameters_out_of_bounds_cannot_be_built(asked, kind):
    with pytest.raises(KeyParametersRefusedError) as caught:
        kind(*asked)

    assert str(caught.value)


def test_quick_parameters_are_admitted_for_tests_only_down_to_their_floor():
    QuickParametersForTests().require_floor()

    with pytest.raises(KeyParametersRefusedError):
        QuickParametersForTests(memory_kib=8 * 1024 - 1)


@pytest.mark.skipif("sys.platform == 'win32'", reason="address space cannot be limited there")
def test_missing_memory_is_said(run_python):
    code = """
        import resource
        from app.store import argon2id
        from app.store.errors import TooLittleMemoryError
        resource.setrlimit(resource.RLIMIT_AS, (500 << 20, 500 << 20))
        try:
            argon2id.derive(bytearray(b"x"), bytes(16), argon2id.Argon2Parameters(1024 * 1024))
        except TooLittleMemoryError as error:
            print(error.facts)
    """

    said = run_python(code)

    assert said == "{'needed_mib': 1024}\n"
    assert TooLittleMemoryError.code == "VAULT-019"
