"""Slots are found by name; the file holds none, and an unknown name costs what a known one does."""

import json

import pytest

from app.store import argon2id
from app.store.errors import KeyFileDamagedError, KeyParametersRefusedError, WrongPassphraseError
from app.store.key_file import KeyFile
from app.store.key_list import SCHEMA, WITHOUT_NAMES
from app.store.name_tags import NameTags, from_json
from tests.store.vault_parts import ANNA, BEN, QUICK, VAULT_ID, a_passphrase

NAMES = {ANNA: "Anna Okafor", BEN: "Dr Ben O'Neill"}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rooms.clinigraph-keys"


@pytest.fixture
def created(path):
    made = KeyFile.create(
        path,
        VAULT_ID,
        owner=ANNA,
        passphrase=a_passphrase(),
        parameters=QUICK,
        name=NAMES[ANNA],
    )
    made.file.set_passphrase(
        made.key, BEN, a_passphrase("Ben's own"), parameters=QUICK, name=NAMES[BEN]
    )
    return made


@pytest.fixture
def argon2_runs(monkeypatch):
    """Count every Argon2id computation; the real ones run."""
    runs = []
    derive = argon2id.derive

    def counted(passphrase, salt, parameters):
        runs.append(parameters)
        return derive(passphrase, salt, parameters)

    monkeypatch.setattr(argon2id, "derive", counted)
    return runs


def content(path):
    return json.loads(path.read_bytes().splitlines()[0])["content"]


@pytest.mark.parametrize("typed", ["Dr Ben O'Neill", " dr  BEN o’neill"])
def test_a_name_and_its_passphrase_open_one_slot(created, path, argon2_runs, typed):
    opened = KeyFile.load(path).unlock(a_passphrase("Ben's own"), name=typed)

    assert opened.owners == (BEN,)
    assert opened.key.view() == created.key.view()
    assert len(argon2_runs) == 2


def test_unknown_wrong_and_removed_cost_and_say_the_same(created, path, argon2_runs):
    asked = {
        "unknown user": ("Nobody", "Ben's own"),
        "wrong passphrase": ("Dr Ben O'Neill", "wrong"),
        "somebody else's": ("Anna Okafor", "Ben's own"),
        "no letters": ("...", "Ben's own"),
    }
    told = {}
    for what, (name, passphrase) in asked.items():
        argon2_runs.clear()
        with pytest.raises(WrongPassphraseError) as caught:
            KeyFile.load(path).unlock(a_passphrase(passphrase), name=name)
        told[what] = (str(caught.value), len(argon2_runs))
    created.file.remove(created.key, BEN)
    argon2_runs.clear()
    with pytest.raises(WrongPassphraseError) as caught:
        KeyFile.load(path).unlock(a_passphrase("Ben's own"), name=NAMES[BEN])
    told["disabled"] = (str(caught.value), len(argon2_runs))

    assert set(told.values()) == {(str(WrongPassphraseError()), 2)}


def test_the_file_holds_no_name(created, path):
    data = path.read_bytes()

    for word in (b"Anna", b"Okafor", b"anna", b"okafor", b"Neill", b"neill"):
        assert word not in data
    assert content(path)["schema"] == SCHEMA
    assert set(content(path)["names"]["tags"]) == {ANNA, BEN}


def test_a_tag_goes_with_its_slot(created, path):
    created.file.remove(created.key, BEN)

    assert set(content(path)["names"]["tags"]) == {ANNA}
    assert KeyFile.load(path).has_names


def test_equal_names_in_two_files_have_different_tags(created, path, tmp_path):
    other = KeyFile.create(
        tmp_path / "other.clinigraph-keys",
        VAULT_ID,
        owner=ANNA,
        passphrase=a_passphrase(),
        parameters=QUICK,
        name=NAMES[ANNA],
    )

    tags = [content(p)["names"]["tags"][ANNA] for p in (path, other.file.path)]
    assert tags[0] != tags[1]


def test_a_file_from_before_opens_by_name_and_without_and_learns_the_names(path, argon2_runs):
    made = KeyFile.create(path, VAULT_ID, owner=ANNA, passphrase=a_passphrase(), parameters=QUICK)
    assert content(path)["schema"] == WITHOUT_NAMES
    assert "names" not in content(path)

    for name in (None, "Anna Okafor", "Nobody"):
        assert KeyFile.load(path).unlock(a_passphrase(), name=name).owners == (ANNA,)
    assert not made.file.has_names
    made.file.set_names(made.key, NAMES)

    assert KeyFile.load(path).has_names
    assert KeyFile.load(path).unlock(a_passphrase(), name="anna okafor").owners == (ANNA,)
    with pytest.raises(WrongPassphraseError):
        KeyFile.load(path).unlock(a_passphrase(), name="Nobody")


@pytest.mark.parametrize(
    "change",
    [
        {"salt": "00"},
        {"salt": "not hexadecimal"},
        {"tags": {"a": "00"}},
        {"tags": ["a"]},
        {"passes": None},
    ],
)
def test_odd_tags_are_damage(change):
    good = NameTags.none_yet(QUICK).with_name(ANNA, "Anna").as_json()
    assert from_json(good).owner_of("anna") == ANNA

    with pytest.raises((KeyFileDamagedError, KeyParametersRefusedError)):
        from_json(good | change)
