"""The key file opens for its people, for nobody else, and not after it was changed."""

import hashlib
import json
import random
import stat
import sys

import pytest

from app.errors import KnownError
from app.store import argon2id
from app.store.argon2id import Argon2Parameters
from app.store.canonical_json import canonical
from app.store.errors import (
    KeyFileAlteredError,
    KeyFileDamagedError,
    KeyFileMissingError,
    KeyParametersRefusedError,
    LastSlotError,
    NewerKeyFileError,
    RecoveryCodeWrongError,
    VaultExistsError,
    WrongPassphraseError,
)
from app.store.key_file import KeyFile
from app.store.key_list import MAX_FILE_BYTES, AuditAnchor
from app.store.keys import VaultKey
from app.store.recovery_code import RecoveryCode
from tests.store.vault_parts import ANNA, BEN, OTHER_VAULT_ID, QUICK, VAULT_ID, a_passphrase


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rooms.clinigraph-keys"


@pytest.fixture
def created(path):
    return KeyFile.create(path, VAULT_ID, owner=ANNA, passphrase=a_passphrase(), parameters=QUICK)


@pytest.fixture
def argon2_runs(monkeypatch):
    """Count the passphrase checks; the real ones run."""
    runs = []
    derive = argon2id.derive

    def counted(passphrase, salt, parameters):
        runs.append(parameters)
        return derive(passphrase, salt, parameters)

    monkeypatch.setattr(argon2id, "derive", counted)
    return runs


def same(left, right):
    return left.view() == right.view()


def rewritten(path, change, *, copies=2):
    """Change the content of a key file as somebody could who has no key."""
    record = json.loads(path.read_bytes().splitlines()[0])
    change(record["content"])
    text = canonical([record["content"], record["mac"]])
    record["checksum"] = hashlib.sha256(text).hexdigest()
    path.write_bytes((canonical(record) + b"\n") * copies)


def test_passphrase_opens(created, path):
    opened = KeyFile.load(path).unlock(a_passphrase())

    assert same(opened.key, created.key)
    assert opened.owners == (ANNA,)


def test_recovery_code_opens(created, path):
    typed = RecoveryCode.parse(created.recovery_code.text())

    key = KeyFile.load(path).unlock_with_recovery(typed)

    assert same(key, created.key)


def test_other_passphrase_does_not_open(created, path):
    before = path.read_bytes()

    for wrong in ("", "correct horse battery stapl", "correct horse battery staple "):
        with pytest.raises(WrongPassphraseError):
            KeyFile.load(path).unlock(a_passphrase(wrong))

    assert path.read_bytes() == before


def test_other_recovery_code_does_not_open(created, path):
    with pytest.raises(RecoveryCodeWrongError):
        KeyFile.load(path).unlock_with_recovery(RecoveryCode.random())


@pytest.mark.parametrize("owner", [ANNA, BEN])
def test_unknown_owner_costs_and_says_the_same_as_a_wrong_passphrase(created, argon2_runs, owner):
    with pytest.raises(WrongPassphraseError) as caught:
        created.file.unlock(a_passphrase("wrong"), owner=owner)

    assert argon2_runs == [QUICK]
    assert str(caught.value) == str(WrongPassphraseError())


@pytest.mark.parametrize("text", ["correct horse battery staple", "Ben's own", "wrong"])
def test_every_slot_is_tried_whichever_opens(created, argon2_runs, text):
    created.file.set_passphrase(created.key, BEN, a_passphrase("Ben's own"), parameters=QUICK)
    argon2_runs.clear()

    try:
        created.file.unlock(a_passphrase(text))
    except WrongPassphraseError:
        assert text == "wrong"

    assert argon2_runs == [QUICK, QUICK]


def test_two_people_with_the_same_passphrase_are_both_named(created, path):
    created.file.set_passphrase(created.key, BEN, a_passphrase(), parameters=QUICK)

    file = KeyFile.load(path)

    assert file.unlock(a_passphrase()).owners == (ANNA, BEN)
    assert file.unlock(a_passphrase(), owner=BEN).owners == (BEN,)


def test_new_passphrase_replaces_the_old_one(created, path):
    created.file.set_passphrase(created.key, ANNA, a_passphrase("a new one"), parameters=QUICK)

    file = KeyFile.load(path)

    assert same(file.unlock(a_passphrase("a new one")).key, created.key)
    with pytest.raises(WrongPassphraseError):
        file.unlock(a_passphrase())
    assert file.owners == (ANNA,)
    assert file.revision == 2


def test_removed_person_cannot_open_any_more(created, path):
    created.file.set_passphrase(created.key, BEN, a_passphrase("Ben's own"), parameters=QUICK)

    created.file.remove(created.key, BEN)

    file = KeyFile.load(path)
    assert file.owners == (ANNA,)
    with pytest.raises(WrongPassphraseError):
        file.unlock(a_passphrase("Ben's own"), owner=BEN)
    assert BEN.encode() not in path.read_bytes()


def test_last_person_cannot_be_removed(created):
    with pytest.raises(LastSlotError):
        created.file.remove(created.key, ANNA)

    assert created.file.owners == (ANNA,)


def test_new_recovery_code_replaces_the_old_one(created, path):
    code = created.file.renew_recovery_code(created.key)

    file = KeyFile.load(path)

    assert same(file.unlock_with_recovery(code), created.key)
    with pytest.raises(RecoveryCodeWrongError):
        file.unlock_with_recovery(created.recovery_code)


def test_anchor_is_kept_and_authenticated(created, path):
    created.file.set_anchor(created.key, AuditAnchor(12, "ab" * 32))

    file = KeyFile.load(path)
    file.verify(created.key)

    assert file.anchor == AuditAnchor(12, "ab" * 32)
    rewritten(path, lambda content: content["anchor"].update(entries=11))
    with pytest.raises(KeyFileAlteredError):
        KeyFile.load(path).unlock(a_passphrase())


def test_file_is_private_and_holds_no_secret(created, path):
    text = path.read_bytes()

    assert a_passphrase() not in text
    assert created.key.view() not in text
    assert created.key.view().hex().encode() not in text
    assert created.recovery_code.secret.hex().encode() not in text
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_left_beside_the_file(created, path):
    created.file.renew_recovery_code(created.key)

    assert list(path.parent.iterdir()) == [path]


def test_existing_file_is_not_overwritten(created, path):
    before = path.read_bytes()

    with pytest.raises(VaultExistsError):
        KeyFile.create(path, VAULT_ID, owner=BEN, passphrase=a_passphrase(), parameters=QUICK)

    assert path.read_bytes() == before


def test_weak_parameters_are_refused(path):
    weak = Argon2Parameters(8 * 1024, 1, 1)

    with pytest.raises(KeyParametersRefusedError):
        KeyFile.create(path, VAULT_ID, owner=ANNA, passphrase=a_passphrase(), parameters=weak)

    assert not path.exists()


def test_change_with_a_foreign_key_is_refused(created, path):
    before = path.read_bytes()

    with pytest.raises(KeyFileAlteredError):
        created.file.renew_recovery_code(VaultKey.random())

    assert path.read_bytes() == before


def test_every_flipped_bit_is_harmless_or_refused(created, path):
    whole = path.read_bytes()
    chosen = random.Random(7).sample(range(len(whole) * 8), 400)  # noqa: S311
    chosen += range(len(whole) * 4 - 8, len(whole) * 4)  # the end of the first line

    for bit in chosen:
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)

        assert same(KeyFile.load(path).unlock(a_passphrase()).key, created.key)


def test_every_flipped_bit_of_a_single_copy_is_harmless_or_refused(created, path):
    whole = path.read_bytes().splitlines()[0]
    refused = 0

    chosen = random.Random(8).sample(range(len(whole) * 8), 400)  # noqa: S311

    for bit in chosen:
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        try:
            opened = KeyFile.load(path).unlock(a_passphrase())
        except KeyFileDamagedError:
            refused += 1
        else:
            assert same(opened.key, created.key)

    assert refused >= 390


@pytest.mark.parametrize("kept", [0, 1, 100, -1, -100])
def test_truncated_file_opens_from_the_whole_copy_or_is_refused(created, path, kept):
    whole = path.read_bytes()
    path.write_bytes(whole[:kept])

    if kept < 0:
        assert same(KeyFile.load(path).unlock(a_passphrase()).key, created.key)
    else:
        with pytest.raises(KeyFileDamagedError):
            KeyFile.load(path)


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b"null\n1\n[]\n{}\n",
        b"\xff\xfe",
        b"9" * 6000,
        b'{"content":1,"mac":2,"checksum":3}',
        b'{"content":NaN,"mac":"","checksum":""}',
        b"0" * (MAX_FILE_BYTES + 1),
    ],
    ids=range(7),
)
def test_nonsense_is_refused(path, content):
    path.write_bytes(content)

    with pytest.raises(KeyFileDamagedError):
        KeyFile.load(path)


def test_missing_file_is_said(path):
    with pytest.raises(KeyFileMissingError):
        KeyFile.load(path)


def test_folder_in_its_place_is_refused(path):
    path.mkdir()

    with pytest.raises(KeyFileDamagedError):
        KeyFile.load(path)


def test_memory_bomb_is_refused_before_memory_is_asked_for(created, path, argon2_runs):
    rewritten(path, lambda content: content["slots"][0]["kdf"].update(memory_kib=2**31))

    with pytest.raises(KeyParametersRefusedError):
        KeyFile.load(path)

    assert argon2_runs == []


def test_newer_schema_is_refused(created, path):
    rewritten(path, lambda content: content.update(schema=3))

    with pytest.raises(NewerKeyFileError) as caught:
        KeyFile.load(path)

    assert caught.value.facts == {"found": 3, "known": 2}


def _slot(content):
    return content["slots"][0]


@pytest.mark.parametrize(
    "change",
    [
        lambda content: _slot(content).update(owner=BEN),
        lambda content: _slot(content)["kdf"].update(passes=2),
        lambda content: _slot(content)["kdf"].update(salt="00" * 16),
        lambda content: _slot(content).update(nonce="00" * 12),
        lambda content: _slot(content).update(wrapped="00" * 48),
        lambda content: content.update(vault_id=OTHER_VAULT_ID),
    ],
    ids=["owner", "passes", "salt", "nonce", "wrapped", "vault"],
)
def test_changed_slot_opens_nothing(created, path, change):
    rewritten(path, change)

    with pytest.raises(WrongPassphraseError):
        KeyFile.load(path).unlock(a_passphrase())


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["slots"].pop(),
        lambda content: content["slots"].append(content["slots"][0]),
        lambda content: content["slots"].reverse(),
        lambda content: content.update(revision=7),
        lambda content: content.update(anchor={"entries": 1, "head": ""}),
    ],
    ids=["removed", "doubled", "order", "revision", "anchor"],
)
def test_changed_list_is_noticed_by_who_opens_it(created, path, change):
    rewritten(path, change)
    file = KeyFile.load(path)

    with pytest.raises(KeyFileAlteredError):
        file.unlock(a_passphrase())


@pytest.mark.parametrize(
    "change",
    [
        lambda content: _slot(content).update(kind="keyring"),
        lambda content: _slot(content).pop("kdf"),
        lambda content: _slot(content)["kdf"].update(name="hkdf-sha256"),
        lambda content: _slot(content)["kdf"].pop("lanes"),
        lambda content: _slot(content)["kdf"].update(salt="zz"),
        lambda content: _slot(content).update(wrapped="00"),
        lambda content: content.update(slots=[1]),
        lambda content: content.update(slots=None),
        lambda content: content.update(schema="x"),
        lambda content: content.pop("revision"),
    ],
    ids=range(10),
)
def test_malformed_content_is_refused(created, path, change):
    rewritten(path, change)

    with pytest.raises(KeyFileDamagedError):
        KeyFile.load(path)


def test_unauthentic_checksum_is_no_way_past_the_second_copy(created, path):
    """Who repairs the checksum of the first line gets a refusal, not the second line."""
    rewritten(path, lambda content: content.update(revision=9), copies=1)

    with pytest.raises(KnownError):
        KeyFile.load(path).unlock(a_passphrase())


def test_file_without_persons_costs_a_check_too(created, path, argon2_runs):
    rewritten(path, lambda content: content["slots"].pop(0))
    argon2_runs.clear()
    file = KeyFile.load(path)

    with pytest.raises(WrongPassphraseError):
        file.unlock(a_passphrase())

    assert file.owners == ()
    assert argon2_runs == [Argon2Parameters()]
