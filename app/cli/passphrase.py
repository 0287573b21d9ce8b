"""Where the command line takes a passphrase from: a file or the terminal, never an argument."""

from __future__ import annotations

import getpass
import sys
import unicodedata
from pathlib import Path

from app.cli.errors import (
    NobodyToAskError,
    NoPassphraseTypedError,
    PassphrasesDifferError,
    PassphraseUnreadableError,
    WeakPassphraseError,
)

MIN_CHARACTERS = 8
MAX_LINE_BYTES = 4096  # more is no passphrase but some other file


def passphrase(file: Path | None, *, new: bool = False) -> bytearray:
    """The passphrase as UTF-8 of its NFC form; who gets it overwrites it.

    Args:
        file: Its first line counts, without a byte order mark and without its end (LF or CR LF);
            spaces count. None asks on the terminal.
        new: Whether it is for a new vault: long enough, and typed twice.

    Raises:
        PassphraseUnreadableError: The file cannot be read, is no UTF-8, or its first line is empty.
        NobodyToAskError: No file was given and there is no terminal.
        NoPassphraseTypedError: Nothing was typed on the terminal.
        PassphrasesDifferError: The two that were typed differ.
        WeakPassphraseError: Too short for a new vault.
    """
    given = _from_file(file) if file is not None else _from_terminal(twice=new)
    text = unicodedata.normalize("NFC", given)
    if new and len(text) < MIN_CHARACTERS:
        raise WeakPassphraseError(characters=MIN_CHARACTERS)
    return bytearray(text.encode())


def _from_file(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            line = opened.readline(MAX_LINE_BYTES + 1)
        text = line.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PassphraseUnreadableError from error
    text = text.removesuffix("\n").removesuffix("\r")
    if not text or len(line) > MAX_LINE_BYTES:
        raise PassphraseUnreadableError
    return text


def _from_terminal(*, twice: bool) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise NobodyToAskError
    typed = _typed("Passphrase: ")
    if twice and _typed("Once more: ") != typed:
        raise PassphrasesDifferError
    return typed


def _typed(asking: str) -> str:
    try:
        typed = getpass.getpass(asking)
        typed.encode()
    except (EOFError, UnicodeEncodeError) as error:
        raise NoPassphraseTypedError from error
    if not typed:
        raise NoPassphraseTypedError
    return typed
