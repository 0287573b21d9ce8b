"""Backup and restore on the command line: exit codes, what is printed, what is recorded."""

import json

import pytest

from app.store.backup.segment import SUFFIX
from tests.command_line import PASSPHRASE, Rooms, command_line


@pytest.fixture
def medium(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def backed_up(clinic_rooms, medium):
    ended = clinic_rooms("backup", "--to", medium)
    assert ended.code == 0, ended.err
    return clinic_rooms


def restore(rooms, medium, to, *more):
    secret = more or ("--passphrase-file", rooms.passphrase_file)
    return command_line("restore", "--from", medium, "--to", to, *secret)


def actions(rooms):
    with rooms.opened() as workplace, workplace.vault.reading() as records:
        return [json.loads(record.body) for record in records.audit.newest(limit=20)]


def test_backup_says_what_it_holds(clinic_rooms, medium):
    ended = clinic_rooms("backup", "--to", medium)

    assert (ended.code, ended.err) == (0, "")
    assert ended.json["copied"] > 3
    assert ended.json["set"] == "rooms"
    recorded = next(r for r in actions(clinic_rooms) if r["action"] == "vault.backed-up")
    assert recorded["details"]["point"] == ended.json["point"]


def test_second_backup_holds_what_is_new(backed_up, medium, card):
    backed_up.bring(*sorted(card.iterdir()))
    second = backed_up("backup", "--to", medium)
    anew = backed_up("backup", "--to", medium, "--new-set")

    assert second.json["copied"] == 6
    assert anew.json["set"] == "rooms-2"
    assert anew.json["copied"] > second.json["copied"]


def test_list(backed_up, medium):
    table = command_line("backups", "--from", medium)
    (row,) = command_line("backups", "--from", medium, "--json").json

    assert table.code == 0
    assert table.out.splitlines()[0].split("\t") == list(row)
    assert (row["whole"], row["number"], row["set"]) == (True, 1, "rooms")


def test_restored_vault_is_open_to_those_of_that_day(backed_up, medium, tmp_path):
    ended = restore(backed_up, medium, tmp_path / "again")

    assert (ended.code, ended.err) == (0, "")
    again = Rooms(tmp_path / "again.clinigraph")
    again.passphrase_file.write_text(PASSPHRASE)
    assert again("verify").code == 0
    assert again.listed("images") == backed_up.listed("images")
    restored = [r for r in actions(again) if r["action"] == "vault.restored"]
    assert len(restored) == 1


def test_recovery_code_and_the_folder_are_enough(medium, tmp_path):
    made = tmp_path / "made"
    made.mkdir()
    (made / "secret").write_text(PASSPHRASE)
    options = ("--vault", made / "rooms", "--passphrase-file", made / "secret")
    code = command_line(*options, "new-vault", "--clinic", "C").out.splitlines()[-1]
    assert command_line(*options, "backup", "--to", medium).code == 0
    for file in made.iterdir():
        file.unlink()
    (tmp_path / "code").write_text(code + "\n")

    ended = restore(None, medium, tmp_path / "again", "--recovery-code-file", tmp_path / "code")

    assert ended.code == 0, ended.err
    again = Rooms(tmp_path / "again.clinigraph")
    again.passphrase_file.write_text(PASSPHRASE)
    assert again("verify").code == 0


def test_vault_that_is_there_is_not_written_over(backed_up, medium):
    before = backed_up.bytes_of()

    ended = restore(backed_up, medium, backed_up.database)

    assert (ended.code, ended.known_code) == (4, "VAULT-015")
    assert backed_up.bytes_of() == before


@pytest.mark.parametrize(
    ("more", "code"), [((), "BACKUP-006"), (("--point", "20000101T000000Z-abc"), "BACKUP-010")]
)
def test_point_that_is_not_there(backed_up, medium, tmp_path, more, code):
    source = medium if more else tmp_path
    ended = restore(
        backed_up,
        source,
        tmp_path / "again",
        "--passphrase-file",
        backed_up.passphrase_file,
        *more,
    )

    assert (ended.code, ended.known_code) == (4, code)


def test_wrong_passphrase(backed_up, medium, tmp_path):
    (tmp_path / "wrong").write_text("of somebody else")

    ended = restore(backed_up, medium, tmp_path / "again", "--passphrase-file", tmp_path / "wrong")

    assert (ended.code, ended.known_code) == (4, "VAULT-001")


def test_rehearsal(backed_up, medium):
    ended = command_line(
        "test-restore", "--from", medium, "--passphrase-file", backed_up.passphrase_file
    )

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("The backup can be restored.\n")


def test_rehearsal_of_a_damaged_backup(backed_up, medium):
    file = next(medium.rglob(f"content-*{SUFFIX}"))
    data = bytearray(file.read_bytes())
    data[-100] ^= 1
    file.write_bytes(data)

    ended = command_line(
        "test-restore", "--from", medium, "--passphrase-file", backed_up.passphrase_file
    )

    assert (ended.code, ended.known_code) == (1, "BACKUP-007")
    assert ended.out == "The backup CANNOT be restored.\n"


def test_folder_that_is_not_there_is_recorded(clinic_rooms, tmp_path):
    ended = clinic_rooms("backup", "--to", tmp_path / "none")

    assert (ended.code, ended.known_code) == (4, "BACKUP-001")
    recorded = next(r for r in actions(clinic_rooms) if r["action"] == "vault.backed-up")
    assert (recorded["outcome"], recorded["details"]) == ("failure", {"code": "BACKUP-001"})
