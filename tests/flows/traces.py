"""Looks for what must not be readable anywhere: words in several encodings, pieces of a picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

WINDOW_BYTES = 32
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")


def of_words(*words: str) -> dict[str, bytes]:
    """Each word in each encoding, in small letters; two encodings may give the same bytes."""
    return {
        f"{word} in {encoding}": word.lower().encode(encoding)
        for word in words
        for encoding in ENCODINGS
    }


def of_picture(data: bytes, pieces: int = 24) -> dict[str, bytes]:
    """Pieces from all over a file, in small letters like everything that is looked for."""
    step = (len(data) - WINDOW_BYTES) // (pieces - 1)
    return {
        f"picture at {at}": data[at : at + WINDOW_BYTES].lower()
        for at in range(0, step * pieces, step)
    }


def found(needles: Mapping[str, bytes], *places: Path, but: Iterable[Path] = ()) -> list[str]:
    """Which of them stands in which file or file name; whether letters are large does not count."""
    left_out = set(but)
    telling = []
    for file in _files(places):
        if file not in left_out:
            data = file.name.encode("utf-8", "surrogateescape") + b"\n" + file.read_bytes()
            small = data.lower()
            telling += [f"{what}: {file}" for what, needle in needles.items() if needle in small]
    return telling


def _files(places: Iterable[Path]) -> list[Path]:
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    assert files, "there is nothing to look at"
    return files
