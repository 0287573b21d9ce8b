import pytest

from app.store.recovery_code import RecoveryCode
from tests.command_line import command_line


@pytest.fixture
def secret(tmp_path):
    file = tmp_path / "secret"
    file.write_text("correct horse battery\n", encoding="utf-8")
    return file


def founded(path, secret, *more, clinic="St Brigid's"):
    return command_line(
        "new-vault", "--vault", path, "--passphrase-file", secret, "--clinic", clinic, *more
    )


def test_vault_is_made_and_its_recovery_code_shown(tmp_path, secret):
    ended = founded(tmp_path / "rooms", secret)

    assert (ended.code, ended.err) == (0, "")
    assert sorted(file.name for file in tmp_path.glob("rooms*")) == [
        "rooms.clinigraph",
        "rooms.clinigraph-keys",
    ]
    RecoveryCode.parse(ended.out.splitlines()[-1]).wipe()


def test_folder_is_made(tmp_path, secret):
    assert founded(tmp_path / "new folder" / "deep" / "rooms", secret).code == 0
    assert (tmp_path / "new folder" / "deep" / "rooms.clinigraph").is_file()


def test_existing_vault_is_not_touched(tmp_path, secret):
    founded(tmp_path / "rooms", secret)
    before = (tmp_path / "rooms.clinigraph").read_bytes()

    ended = founded(tmp_path / "rooms", secret)

    assert (ended.code, ended.known_code, ended.out) == (4, "VAULT-015", "")
    assert (tmp_path / "rooms.clinigraph").read_bytes() == before


def test_clinic_without_a_name_is_refused(tmp_path, secret):
    ended = founded(tmp_path / "rooms", secret, clinic="  ")

    assert (ended.code, ended.known_code) == (4, "CLI-008")
    assert list(tmp_path.glob("rooms*")) == []


def test_weak_passphrase_is_refused_and_nothing_left(tmp_path, secret):
    secret.write_text("short", encoding="utf-8")

    ended = founded(tmp_path / "rooms", secret)

    assert (ended.code, ended.known_code) == (4, "CLI-006")
    assert list(tmp_path.glob("rooms*")) == []


def test_administrator_without_a_name_gets_one(tmp_path, secret):
    assert founded(tmp_path / "rooms", secret, "--administrator", " ").code == 0


def test_synchronised_folder_is_warned_of(tmp_path, secret):
    ended = founded(tmp_path / "Dropbox" / "rooms", secret)

    assert ended.code == 0
    assert "cloud" in ended.err
