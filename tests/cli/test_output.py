import io
import json
import sys

import pytest

from app.cli.errors import OutputNotWrittenError
from app.cli.output import OutputClosedError, prepare, say, say_json, shown, tell


class Broken(io.StringIO):
    """A stream whose other end fails in one way."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def write(self, _):
        raise self.error


def test_closed_output_ends_the_command(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Broken(BrokenPipeError()))

    with pytest.raises(OutputClosedError):
        say("a line")


def test_full_output_is_a_known_failure(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Broken(OSError(28, "full")))

    with pytest.raises(OutputNotWrittenError):
        say("a line")


def test_reasons_that_nobody_reads_are_lost(monkeypatch, capsys):
    for stream in (None, Broken(BrokenPipeError())):
        monkeypatch.setattr(sys, "stderr", stream)
        tell("a reason")

    assert capsys.readouterr().out == ""


def test_json_is_ascii_and_gives_every_name_back(capsys):
    name = "Zoë 陳 \udcff\n\u202e"

    say_json({"file": name})

    line = capsys.readouterr().out
    assert line.isascii()
    assert line.count("\n") == 1
    assert json.loads(line) == {"file": name}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Zoë 陳 “q”", "Zoë 陳 “q”"),
        ("a\tb\nc\x1b[31m", "a\\tb\\nc\\x1b[31m"),
        ("\u202egnp.exe\u2066", "\\u202egnp.exe\\u2066"),
        ("\udcff\x85\u2028", "\\udcff\\x85\\u2028"),
    ],
)
def test_what_would_turn_a_terminal_upside_down_is_escaped(text, seen):
    assert shown(text) == seen


def test_terminal_that_lacks_letters_gets_escapes(monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stdout", stream)

    prepare()
    say("Zoë")

    assert stream.buffer.getvalue().strip() == b"Zo\\xeb"
