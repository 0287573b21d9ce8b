import logging
import signal
import sys

import pytest

from app import paths
from app.cli import output, running
from app.cli.exit_codes import ExitCode
from app.services import activity
from app.store.errors import DiskFullError
from tests.command_line import command_line

SECRET = "Amara Okafor"


def fail_with(monkeypatch, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(running, "carry_out", fail)


@pytest.mark.logs("look-up code [0-9A-F]{8} .ValueError at ")
def test_fault_of_the_program_gets_a_code_and_no_words(monkeypatch):
    fail_with(monkeypatch, ValueError(SECRET))

    ended = command_line("verify", "--vault", "rooms")

    assert ended.code == ExitCode.OWN_FAULT
    assert ended.out == ""
    assert "look-up code" in ended.err
    assert "Traceback" not in ended.err
    logged = (paths.log_folder() / "clinigraph.log").read_text("utf-8")
    assert "ValueError at test_running" in logged
    assert SECRET not in ended.err + logged
    code = ended.err.partition("code ")[2][:8]
    assert code in logged


def test_ctrl_c_ends_quietly(monkeypatch):
    fail_with(monkeypatch, KeyboardInterrupt())

    ended = command_line("verify", "--vault", "rooms")

    assert (ended.code, ended.out, ended.err) == (ExitCode.INTERRUPTED, "", "")


def test_ctrl_c_while_the_program_is_loaded_ends_quietly(monkeypatch):
    def pressed(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli.running.run", pressed)

    assert command_line("verify").code == ExitCode.INTERRUPTED


def test_ctrl_c_between_two_files_leaves_the_first_ones_stored(rooms, card, monkeypatch):
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def press_after_the_second(line):
        output.say_json(line)
        if line["file"].endswith("2.jpg"):
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("app.cli.importing.say_json", press_after_the_second)
    ended = rooms.bring(*sorted(card.iterdir()))
    signal.signal(signal.SIGINT, before)
    monkeypatch.undo()

    assert (ended.code, ended.err) == (ExitCode.INTERRUPTED, "")
    assert [line["status"] for line in ended.lines] == ["stored", "stored"]
    assert [row["id"] for row in rooms.listed("images")] == [
        line["image_id"] for line in ended.lines
    ]
    assert rooms("verify").code == 0


def test_reader_who_goes_away_ends_the_import(rooms, card, monkeypatch):
    def closed(*_, **__):
        raise BrokenPipeError

    with monkeypatch.context() as patch:
        patch.setattr("app.cli.output.print", closed, raising=False)
        ended = rooms.bring(*sorted(card.iterdir()))

    assert (ended.code, ended.err) == (ExitCode.OUTPUT_CLOSED, "")
    assert len(rooms.listed("images")) == 1
    assert rooms("verify").code == 0


def test_without_a_place_for_logs_the_command_works(rooms, monkeypatch, home):
    (home / ".local").write_text("no folder", encoding="utf-8")

    assert rooms("verify").code == 0


@pytest.mark.logs("settings could not be read", "workstation's id could not be kept")
def test_without_a_home_the_command_works(rooms, monkeypatch):
    def homeless(*_, **__):
        raise RuntimeError

    monkeypatch.setattr("platformdirs.user_config_dir", homeless)
    monkeypatch.setattr("platformdirs.user_log_dir", homeless)

    ended = rooms("list", "patients", "--json")

    assert (ended.code, ended.json) == (0, [])


def test_log_of_a_command_is_ended_with_it(rooms):
    handlers = len(logging.getLogger().handlers)

    rooms("verify")

    assert len(logging.getLogger().handlers) == handlers


def test_vault_that_cannot_be_locked_properly_is_told(rooms, monkeypatch):
    note = activity.note

    def full_at_the_end(uow, desk, action, **details):
        if action.value == "vault.locked":
            raise DiskFullError
        note(uow, desk, action, **details)

    monkeypatch.setattr("app.services.activity.note", full_at_the_end)

    ended = rooms("list", "patients", "--json")

    assert (ended.code, ended.known_code, ended.json) == (4, "STORE-001", [])
    monkeypatch.undo()
    assert rooms("verify").code == 0


def test_standard_streams_may_be_missing(rooms, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)

    ended = command_line("verify", "--vault", rooms.database)

    assert (ended.code, ended.known_code) == (4, "CLI-003")
