"""Read the folder of consent forms: one folder a form, one file a language and version."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from app.errors import KnownError
from app.services.form_library import MAX_FORM_BYTES


class FormFolderError(KnownError):
    """The folder, or a file in it, cannot be read."""

    code: ClassVar[str] = "FORM-004"
    message: ClassVar[str] = "The folder of consent forms cannot be read."
    advice: ClassVar[str] = "Check that it is there and that this user may read it."


def read_forms(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """The name within the folder ("clinical-photography/en.toml") and the bytes of each form.

    Only files one folder deep that end in ".toml" count; hidden ones do not. Of a file that is too
    long for a form the beginning is returned, long enough to be refused.

    Raises:
        FormFolderError: The folder or a file in it cannot be read.
    """
    try:
        return tuple(
            (path.relative_to(folder).as_posix(), _beginning(path))
            for form in sorted(folder.iterdir())
            if form.is_dir() and not form.name.startswith(".")
            for path in sorted(form.iterdir())
            if path.suffix == ".toml" and not path.name.startswith(".") and path.is_file()
        )
    except OSError as error:
        raise FormFolderError from error


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_FORM_BYTES + 1)
