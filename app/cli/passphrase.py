"""Where the command line takes a passphrase from: a file or the terminal, never an argument."""

from __future__ import annotations

import getpass
import sys
import unicodedata
from pathlib import Path

from app.cli.errors import NobodyToAskError, PassphraseUnreadableError, WeakPassphraseError

MIN_CHARACTERS = 8


def passphrase(file: Path | None, *, new: bool = False) -> bytearray:
    """The passphrase as UTF-8 of its NFC form; who gets it overwrites it.

    Raises:
        PassphraseUnreadableError: The file cannot be read or its first line is empty.
        NobodyToAskError: No file was given and there is no terminal.
        WeakPassphraseError: Too short for a new vault.
    """
    text = _from_file(file) if file else _from_terminal()
    if new and len(text) < MIN_CHARACTERS:
        raise WeakPassphraseError(characters=MIN_CHARACTERS)
    return bytearray(unicodedata.normalize("NFC", text).encode())


def _from_file(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PassphraseUnreadableError from error
    if not lines or not lines[0]:
        raise PassphraseUnreadableError
    return lines[0]


def _from_terminal() -> str:
    if not sys.stdin.isatty():
        raise NobodyToAskError
    typed = getpass.getpass("Passphrase: ")
    if not typed:
        raise PassphraseUnreadableError
    return typed
