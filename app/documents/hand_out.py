"""The one way to a file outside the vault: a disclosure, whole or not at all, read back."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import assert_never

from app.domain.disclosure import (
    Backup,
    Disclosure,
    HandOver,
    OriginalExtract,
    PatientCopy,
    Release,
    Report,
)
from app.errors import KnownError


class FileThereError(KnownError):
    """There is a file of that name."""

    code = "PAPER-010"
    message = "There is a file of this name already; nothing was written."
    advice = "Choose another name. Clinigraph never writes over a file."


class NotWrittenError(KnownError):
    """The file could not be written."""

    code = "PAPER-011"
    message = "The file could not be written; nothing of it was left behind."
    advice = "Check that the folder exists, that you may write there and that there is room."


class NotAsReleasedError(KnownError):
    """The bytes are not those that the disclosure is about, or were damaged on the way."""

    code = "PAPER-012"
    message = "What was to be written is not what was agreed to; nothing of it was left behind."
    advice = "Try again. If it happens again, have the disk checked and tell support the code."


def hand_out(disclosure: Disclosure, data: bytes, path: Path) -> None:
    """Write a file that is not there yet, readable by this user only, and read it back.

    Raises:
        FileThereError: There is a file of that name.
        NotWrittenError: The folder is missing, full or cannot be written.
        NotAsReleasedError: The bytes do not belong to the disclosure, or came out damaged.
    """
    _check(disclosure, data)
    draft = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _write(draft, data)
        if hashlib.sha256(draft.read_bytes()).digest() != hashlib.sha256(data).digest():
            raise NotAsReleasedError
        _publish(draft, path)
        _settle(path.parent)
    except FileExistsError as error:
        raise FileThereError from error
    except OSError as error:
        raise NotWrittenError from error
    finally:
        with suppress(OSError):
            draft.unlink()


def _check(disclosure: Disclosure, data: bytes) -> None:
    """A release or a patient's copy is of very particular bytes."""
    match disclosure:
        case Release(sha256=sha256) | PatientCopy(sha256=sha256):
            if hashlib.sha256(data).hexdigest() != sha256:
                raise NotAsReleasedError
            assert not (
                isinstance(disclosure, PatientCopy) and disclosure.way is HandOver.DECLINED
            ), "a copy that was declined is not written"
        case OriginalExtract() | Backup() | Report():
            return
        case _:
            assert_never(disclosure)


def _write(draft: Path, data: bytes) -> None:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _publish(draft: Path, path: Path) -> None:
    """Give the file its name without ever replacing another; some file systems have no links."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(17, "exists") from None
        draft.rename(path)


def _settle(folder: Path) -> None:
    """Have the new name on the disk before anybody pulls the stick; Windows does so by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network folders do not know how
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
