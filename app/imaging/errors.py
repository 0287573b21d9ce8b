"""What can go wrong with a picture, or with the process that decodes it, in the user's words."""

from __future__ import annotations

from app.errors import KnownError


class NotAPictureError(KnownError):
    """The bytes begin like no picture that is known, whatever the name says."""

    code = "IMAGE-001"
    message = "The file is not a picture."
    advice = "Copy it from the camera again, or choose another file."


class EmptyFileError(KnownError):
    """There are no bytes."""

    code = "IMAGE-002"
    message = "The file is empty."
    advice = "Copy it from the camera again; it may not have been written completely."


class TruncatedPictureError(KnownError):
    """The file begins as a picture and cannot be decoded to its end."""

    code = "IMAGE-003"
    message = "The picture is cut off or damaged."
    advice = "Copy it from the camera again and keep the card until it is in the vault."


class TooManyPixelsError(KnownError):
    """The picture says that it is larger than is admitted; nothing was decoded."""

    code = "IMAGE-004"
    message = (
        "The picture has {width} × {height} pixels; {limit_megapixels} megapixels are admitted."
    )
    advice = (
        "Check that the file comes from a camera; photograph again with a smaller picture size."
    )


class DecoderTimeoutError(KnownError):
    """Decoding took longer than its time; the process was ended."""

    code = "IMAGE-005"
    message = "The picture could not be read within {seconds} seconds."
    advice = "Try once more; if it happens again, this file cannot be admitted."


class DecoderCrashedError(KnownError):
    """The process that decodes ended or answered nonsense; the program itself was not touched."""

    code = "IMAGE-006"
    message = "The picture could not be read: reading it failed unexpectedly."
    advice = (
        "Try once more; if it happens again, this file is damaged or hostile and stays outside."
    )


class OutOfMemoryError(KnownError):
    """The picture needs more memory than a decoder is given."""

    code = "IMAGE-007"
    message = "The picture needs more memory than is set aside for one picture."
    advice = "Photograph again with a smaller picture size."


class UnsupportedPictureError(KnownError):
    """The kind of file is known and not admitted."""

    code = "IMAGE-008"
    message = "Files of the kind {format} are not admitted."
    advice = "Use JPEG, PNG, TIFF, WebP, HEIC or the camera's own raw file."


class FileTooBigError(KnownError):
    """The file has more bytes than is admitted."""

    code = "IMAGE-009"
    message = "The file has {megabytes} MB; {limit_megabytes} MB are admitted."
    advice = "Check that the file is a photograph and not a film or an archive."
