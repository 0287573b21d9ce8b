import getpass
import io
import sys

import pytest

from app.cli.errors import (
    NobodyToAskError,
    NoPassphraseTypedError,
    PassphrasesDifferError,
    PassphraseUnreadableError,
    WeakPassphraseError,
)
from app.cli.passphrase import MAX_LINE_BYTES, passphrase


@pytest.fixture
def file(tmp_path):
    return tmp_path / "passphrase"


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def typed(monkeypatch):
    """What somebody types, one answer for each question; an exception is raised instead."""
    answers: list[str | Exception] = []

    def answer(_):
        given = answers.pop(0)
        if isinstance(given, Exception):
            raise given
        return given

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", answer)
    return answers


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        (b"correct horse", b"correct horse"),
        (b"correct horse\n", b"correct horse"),
        (b"correct horse\r\n", b"correct horse"),
        (b"correct horse\nanother line\n", b"correct horse"),
        (b"\xef\xbb\xbfcorrect horse\r\n", b"correct horse"),
        (b" spaces count \n", b" spaces count "),
        (b"tab\tand\x0bmore\x1c\xe2\x80\xa8\n", b"tab\tand\x0bmore\x1c\xe2\x80\xa8"),
        ("Mu\u0308ller".encode(), "Müller".encode()),
        (b"x" * MAX_LINE_BYTES, b"x" * MAX_LINE_BYTES),
    ],
)
def test_first_line_counts_without_its_end(file, content, counts):
    file.write_bytes(content)

    assert passphrase(file) == counts


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"\r\n",
        b"\xef\xbb\xbf\n",
        b"\nin the second line",
        b"corr\xe9ct horse",
        "correct horse".encode("utf-16"),
        b"x" * (MAX_LINE_BYTES + 1),
    ],
)
def test_what_is_no_passphrase_is_said(file, content):
    file.write_bytes(content)

    with pytest.raises(PassphraseUnreadableError):
        passphrase(file)


def test_missing_file_and_folder_are_said(file, tmp_path):
    for no_file in (file, tmp_path):
        with pytest.raises(PassphraseUnreadableError):
            passphrase(no_file)


@pytest.mark.parametrize("short", ["seven77", "Mu\u0308ller12"[:8]])
def test_new_passphrase_has_eight_characters_as_they_are_read(file, short):
    file.write_text(short, encoding="utf-8")

    with pytest.raises(WeakPassphraseError):
        passphrase(file, new=True)


def test_old_passphrase_may_be_short(file):
    file.write_text("old", encoding="utf-8")

    assert passphrase(file) == b"old"


def test_without_file_it_is_asked_once(typed):
    typed += ["correct horse"]

    assert passphrase(None) == b"correct horse"


def test_new_one_is_asked_twice(typed):
    typed += ["correct horse", "correct horse"]

    assert passphrase(None, new=True) == b"correct horse"


def test_two_different_ones_are_not_taken(typed):
    typed += ["correct horse", "correct house"]

    with pytest.raises(PassphrasesDifferError):
        passphrase(None, new=True)


@pytest.mark.parametrize("nothing", ["", EOFError(), "\udcff"])
def test_nothing_typed_is_said(typed, nothing):
    typed += [nothing]

    with pytest.raises(NoPassphraseTypedError):
        passphrase(None)


@pytest.mark.parametrize("stdin", [None, io.StringIO("correct horse")])
def test_without_terminal_nobody_is_asked(monkeypatch, stdin):
    monkeypatch.setattr(sys, "stdin", stdin)

    with pytest.raises(NobodyToAskError):
        passphrase(None)
