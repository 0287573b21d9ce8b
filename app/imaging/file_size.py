"""Refuse what needs no look inside; kept apart so that the program itself imports no codec."""

from __future__ import annotations

from app.imaging.errors import EmptyFileError, FileTooBigError
from app.imaging.limits import MAX_FILE_BYTES, MEGA


def check_file_size(data: bytes) -> None:
    """Refuse a file that is empty or too big.

    Raises:
        EmptyFileError: There are no bytes.
        FileTooBigError: There are too many.
    """
    if not data:
        raise EmptyFileError
    if len(data) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // MEGA
        raise FileTooBigError(megabytes=len(data) // MEGA, limit_megabytes=limit)
