"""What the command line prints: results on standard output, reasons on standard error."""

from __future__ import annotations

import io
import json
import os
import sys
import unicodedata
from collections.abc import Sequence
from contextlib import suppress

from app.cli.errors import OutputNotWrittenError
from app.errors import KnownError

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_SHOWN = frozenset({"Cc", "Cs", "Zl", "Zp"})


class OutputClosedError(Exception):
    """Whoever read the output stopped reading; no failure, only the end."""


def prepare() -> None:
    """Let nothing that is printed fail because the terminal lacks a letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(line: str) -> None:
    """Print one line of a result, so that whoever reads has it at once.

    Raises:
        OutputClosedError: Nobody reads any more.
        OutputNotWrittenError: It goes to a file that cannot be written.
    """
    try:
        print(line, flush=True)
    except BrokenPipeError as error:
        _close_output()
        raise OutputClosedError from error
    except OSError as error:
        _close_output()
        raise OutputNotWrittenError from error


def say_json(value: object, *, indent: int | None = None) -> None:
    """Print JSON in ASCII: valid in every encoding, also for names that are no Unicode."""
    say(json.dumps(value, indent=indent))


def say_json_array(rows: Sequence[object]) -> None:
    """Print a JSON array with one row a line."""
    say("[")
    for place, row in enumerate(rows, start=1):
        say(json.dumps(row) + ("," if place < len(rows) else ""))
    say("]")


def tell(text: str) -> None:
    """Print a reason or a remark on standard error, if there is one."""
    if sys.stderr is not None:
        with suppress(OSError):
            print(text, file=sys.stderr, flush=True)


def tell_failure(error: KnownError) -> None:
    """Print what could not be done, with its code."""
    tell(str(error))


def shown(text: str) -> str:
    """The text with what would move the cursor, break the line or turn the line round escaped."""
    return "".join(_escaped(c) if _hidden(c) else c for c in text)


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in _NOT_SHOWN or character in _TURNING


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")


def _close_output() -> None:
    """Let what is still in the buffer go nowhere: at the end it would fail once more."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
