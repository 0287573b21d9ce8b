"""What wants to become a picture: a shot, a file, something pasted."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.domain.clinical_image import ImageSource
from app.services.intake import Arrival
from app.ui.capture.problems import FileNotAPhotographError, FileNotReadError

MEGA = 1_000_000
MAX_FILE_BYTES = 500 * MEGA  # the decoder admits no more either; larger files are not even read


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that will be read, looked at and stored.

    Attributes:
        name: For the screen only: file names may hold a patient's name.
        read: Gives the bytes; runs on the work lane; may raise a KnownError.
        at_once: It goes before everything that waits, and cancelling an import leaves it alone.
    """

    name: str
    read: Callable[[], Arrival]
    at_once: bool = False


def offered_file(path: Path, source: ImageSource) -> Offer:
    """A file that is read when its turn comes, once and whole."""
    return Offer(path.name, partial(_read, path, source))


def files_below(paths: Iterable[Path]) -> list[Path]:
    """Every file meant by these paths, folders searched through; hidden files are left out.

    Slow on memory cards: belongs on the work lane.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            below = sorted(path.rglob("*"))
            found += [one for one in below if one.is_file() and not _hidden(one, path)]
        else:
            found.append(path)
    return found


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _read(path: Path, source: ImageSource) -> Arrival:
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise FileNotReadError
        if about.st_size > MAX_FILE_BYTES:
            raise FileNotAPhotographError(megabytes=about.st_size // MEGA)
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise FileNotReadError from error
    return Arrival(data, source, path.suffix)
