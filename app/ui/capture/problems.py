"""What can go wrong before bytes reach the decoder, in the user's words."""

from __future__ import annotations

from app.errors import KnownError


class FileNotReadError(KnownError):
    """The file is gone, is no file, or the system does not let it be read."""

    code = "IMAGE-010"
    message = "The file could not be read."
    advice = "Check that the card or drive is still connected, then import it again."


class FileNotAPhotographError(KnownError):
    """The file has so many bytes that it is not even read."""

    code = "IMAGE-011"
    message = "The file has {megabytes} MB; no photograph is so large."
    advice = "Choose the photographs only; films and archives are not taken in."


class UnexpectedError(KnownError):
    """Something that is a fault of the program; the report of it is written by the caller."""

    code = "IMAGE-012"
    message = "This picture could not be taken in because of a fault in the program."
    advice = "Import it again; if it happens again, tell support the code."


class NothingToPasteError(KnownError):
    """The clipboard holds neither a picture nor files."""

    code = "IMAGE-013"
    message = "There is no picture on the clipboard."
    advice = "Copy a picture or picture files first, then paste again."
