"""The vault key derives, hides and wipes."""

import copy
import pickle

import pytest

from app.store.keys import KeyLabel, VaultKey, hkdf_sha256, wipe


def test_each_label_and_context_has_a_key_of_its_own():
    key = VaultKey(bytearray(range(32)))

    derived = {bytes(key.derive(label)) for label in KeyLabel}
    derived |= {bytes(key.derive(KeyLabel.BLOB_WRAP, context=b"1"))}

    assert len(derived) == len(KeyLabel) + 1
    assert bytes(range(32)) not in derived


def test_derived_keys_never_change():
    key = VaultKey(bytearray(range(32)))

    derived = key.derive(KeyLabel.DATABASE)

    assert derived.hex() == "c763268412abb8f3ac1b62803cc1b6b3edad7ce44039327596da1fd201938f26"


def test_hkdf_agrees_with_the_standards_test_case():
    material = bytes.fromhex("0b" * 22)
    salt, info = bytes.fromhex("000102030405060708090a0b0c"), bytes.fromhex("f0f1f2f3f4f5f6f7f8f9")

    derived = hkdf_sha256(material, salt=salt, info=info)

    # RFC 5869, A.1, first 32 bytes
    assert derived.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


def test_key_is_wiped_at_the_end_of_the_block():
    buffer = bytearray(b"k" * 32)

    with VaultKey(buffer) as key:
        assert not key.wiped

    assert buffer == bytearray(32)
    assert repr(key) == "VaultKey(wiped)"
    with pytest.raises(AssertionError):
        key.derive(KeyLabel.AUDIT)


def test_key_shows_nothing_of_itself():
    key = VaultKey(bytearray(b"k" * 32))

    assert repr(key) == str(key) == "VaultKey(…)"
    with pytest.raises(TypeError):
        pickle.dumps(key)
    with pytest.raises(TypeError):
        copy.copy(key)
    key.wipe()
    assert repr(key) == "VaultKey(wiped)"


def test_random_keys_differ():
    assert VaultKey.random().view() != VaultKey.random().view()


def test_wipe_overwrites_in_place():
    buffer = bytearray(b"secret")

    wipe(memoryview(buffer)[:3])

    assert buffer == b"\0\0\0ret"
