import io
import json
import sys

import pytest

from app.cli.verifying import verify
from app.domain.audit import Action
from app.domain.verification import FindingKind, VerificationFinding, VerificationReport
from app.store.connection import PAGE_BYTES
from app.store.errors import StoreBusyError
from tests.command_line import Rooms as Vault


class Terminal(io.StringIO):
    def isatty(self):
        return True


def flip(vault: Vault, at: int) -> None:
    data = bytearray(vault.database.read_bytes())
    data[at] ^= 1
    vault.database.write_bytes(data)


def test_sound_vault_is_said_to_be_sound(clinic_rooms):
    ended = clinic_rooms("verify")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("The vault is sound.\n")


def test_report_as_json(clinic_rooms):
    report = clinic_rooms("verify", "--json").json

    assert report["sound"] is report["complete"] is True
    assert report["looked_at"] > 20
    assert (report["findings"], report["not_opened"]) == ([], None)


@pytest.mark.parametrize("at", [0, 15])
def test_changed_salt_is_found(clinic_rooms, at):
    flip(clinic_rooms, at)

    ended = clinic_rooms("verify", "--json")

    assert ended.code == 1
    assert ended.json["findings"] == [{"kind": "page-damaged", "where": "1", "what": "salt"}]


@pytest.mark.parametrize("at", [16, 17, 100, PAGE_BYTES - 1])
def test_changed_header_is_found(clinic_rooms, at):
    flip(clinic_rooms, at)

    ended = clinic_rooms("verify", "--json")

    assert ended.code == 1
    assert (ended.json["sound"], ended.json["not_opened"]) == (False, "VAULT-017")
    assert ended.known_code == "VAULT-017"


@pytest.mark.parametrize("first", [1, 2, 3, 4])
def test_changed_byte_on_any_page_is_found(clinic_rooms, first):
    whole = clinic_rooms.database.read_bytes()
    keys = clinic_rooms.keys.read_bytes()

    missed = []
    for page in range(first, len(whole) // PAGE_BYTES, 12):
        clinic_rooms.database.write_bytes(whole)
        clinic_rooms.keys.write_bytes(keys)
        flip(clinic_rooms, page * PAGE_BYTES + 777)
        ended = clinic_rooms("verify")
        if ended.code != 1 or "NOT sound" not in ended.out:
            missed.append((page, ended))

    assert missed == []


def test_picture_on_a_changed_page_is_named_and_the_others_stay_readable(rooms, card, tmp_path):
    ids = [line["image_id"] for line in rooms.bring(*sorted(card.iterdir())).lines]
    whole = rooms.database.read_bytes()
    for page in range(len(whole) // PAGE_BYTES - 1, 0, -1):
        rooms.database.write_bytes(whole)
        flip(rooms, page * PAGE_BYTES + 777)
        ended = rooms("verify", "--json")
        if "content-damaged" in {finding["kind"] for finding in ended.json["findings"]}:
            break
    else:
        pytest.fail("no page with a picture")

    out = [tmp_path / image for image in ids]
    extracted = [
        rooms("export-original", image, "--reason", "r", "--recipient", "r", "--out", file)
        for image, file in zip(ids, out, strict=True)
    ]

    assert ended.code == 1
    assert sum(done.code == 0 for done in extracted) >= 2
    assert {done.known_code for done in extracted if done.code} <= {"STORE-002", "STORE-005"}


@pytest.mark.parametrize("length", [0, 1, 16, PAGE_BYTES - 1, PAGE_BYTES, 3 * PAGE_BYTES + 5])
def test_truncated_vault_gets_a_report(clinic_rooms, length):
    clinic_rooms.database.write_bytes(clinic_rooms.database.read_bytes()[:length])

    ended = clinic_rooms("verify")

    assert (ended.code, ended.known_code) == (1, "VAULT-017")
    assert ended.out == "The vault is NOT sound: it cannot be opened.\nnot-opened\tVAULT-017\n"


def test_last_byte_that_is_missing_is_found(clinic_rooms):
    clinic_rooms.database.write_bytes(clinic_rooms.database.read_bytes()[:-1])

    assert clinic_rooms("verify").code == 1


def test_missing_keys_are_reported(clinic_rooms):
    clinic_rooms.keys.unlink()

    ended = clinic_rooms("verify", "--json")

    assert (ended.code, ended.json["not_opened"]) == (1, "VAULT-002")


@pytest.mark.parametrize("copy", [0, 1])
def test_one_damaged_copy_of_the_keys_is_found_while_the_other_opens(clinic_rooms, copy):
    keys = bytearray(clinic_rooms.keys.read_bytes())
    keys[copy * len(keys) // 2 + 100] ^= 1
    clinic_rooms.keys.write_bytes(keys)

    ended = clinic_rooms("verify", "--json")

    assert ended.code == 1
    assert ended.json["findings"] == [{"kind": "key-file-damaged", "where": "keys", "what": ""}]


def test_key_file_that_is_gone_during_the_check_is_found(clinic_rooms, capsys):
    with clinic_rooms.opened() as workplace:
        clinic_rooms.keys.unlink()
        verify(workplace, as_json=True)

    kinds = [finding["kind"] for finding in json.loads(capsys.readouterr().out)["findings"]]
    assert kinds == ["key-file-damaged"]


def test_wrong_passphrase_says_nothing_about_the_vault(clinic_rooms):
    clinic_rooms.passphrase_file.write_text("wrong horse", encoding="utf-8")

    ended = clinic_rooms("verify", "--json")

    assert (ended.code, ended.known_code, ended.out) == (4, "VAULT-001", "")


def test_findings_are_one_a_line(clinic_rooms, monkeypatch):
    findings = (
        VerificationFinding(FindingKind.CONTENT_DAMAGED, "blob-1"),
        VerificationFinding(FindingKind.STRUCTURE, "database", "odd\nwords"),
    )

    def found(_):
        yield VerificationReport(findings, 7, 7, complete=True)

    monkeypatch.setattr("app.bootstrap.verify", found)
    ended = clinic_rooms("verify")

    assert ended.code == 1
    assert ended.out.splitlines() == [
        "content-damaged\tblob-1",
        "structure\tdatabase\todd\\nwords",
        "Looked at every page and at 7 records, pictures and papers.",
        "The vault is NOT sound: faults found: 2.",
    ]


def test_check_that_is_broken_off_is_not_sound(clinic_rooms, monkeypatch):
    def broken_off(_):
        yield VerificationReport(done=3, total=7)
        raise StoreBusyError

    monkeypatch.setattr("app.bootstrap.verify", broken_off)
    ended = clinic_rooms("verify")

    assert (ended.code, ended.known_code) == (1, "STORE-003")
    assert "could not be finished" in ended.out


def test_terminal_is_told_how_far_the_check_is(clinic_rooms, monkeypatch, capsys):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    with clinic_rooms.opened() as workplace:
        verify(workplace, as_json=True)

    looked_at = json.loads(capsys.readouterr().out)["looked_at"]
    assert terminal.getvalue().endswith(f"\r{looked_at} of {looked_at} \n")


def test_that_it_was_checked_is_recorded(clinic_rooms):
    clinic_rooms("verify")

    with clinic_rooms.opened() as workplace, workplace.vault.reading() as records:
        newest = records.audit.newest(limit=5)
    assert any(Action.VAULT_VERIFIED.value in record.body for record in newest)
