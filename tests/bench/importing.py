"""Import of 8 MB JPEGs with thumbnails, beside a plain encrypted write of the same bytes."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import resource
import struct
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np

from app.cli.importing import import_files
from app.domain.patient import PatientIdentifier
from app.imaging.sample_photograph import photograph
from app.store.connection import Connection, open_connection, transaction
from tests.bench.figure import Figure, taken_s
from tests.bench.vaults import a_program, a_workplace

MB = 1_000_000
CHUNK = 1 << 20
SIDES_PX = 6000, 4000
PATIENT = PatientIdentifier("MRN", "1")


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """Import into a new vault, then write the same bytes plainly; the order is then turned."""
    count = 20 if quick else 200
    # In a process of its own: painting 24 megapixels would count as the import's memory.
    painter = multiprocessing.get_context("spawn").Process(target=_paint, args=(folder, count))
    painter.start()
    painter.join()
    files = sorted(folder.glob("*.jpg"))
    total_mb = sum(f.stat().st_size for f in files) / MB
    half = count // 2
    core = a_program(folder)
    workplace = a_workplace(core, folder)
    plain = _plain_database(folder)
    import_s = plain_s = 0.0
    names = [str(file) for file in files]
    with contextlib.redirect_stdout(io.StringIO()):
        import_s += taken_s(lambda: import_files(workplace, PATIENT, names[:half]))
        plain_s += taken_s(lambda: _write_plainly(plain, files))
        import_s += taken_s(lambda: import_files(workplace, PATIENT, names[half:]))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MB
    with workplace.vault.reading() as records:
        assert sum(1 for _ in records.images.all()) == count
    workplace.close()
    core.close()
    ours, floor = total_mb / import_s, total_mb / plain_s
    return [
        Figure(
            f"import of {count} JPEGs of 8 MB / plain encrypted write",
            ours / floor,
            "×",
            0.6,
            note=f"{ours:.0f} MB/s beside {floor:.0f} MB/s",
        ),
        Figure("peak memory of the importing process", peak_mb, "MB", 400, at_least=False),
    ]


def _paint(folder: Path, count: int) -> None:
    base = _eight_megabytes()
    for number in range(count):
        (folder / f"{number:04}.jpg").write_bytes(_numbered(base, number))


def _eight_megabytes() -> bytes:
    """A 24-megapixel photograph of grainy skin, about 8 MB as a camera writes it."""
    width, height = SIDES_PX
    random = np.random.default_rng(7)
    coarse = random.normal(0, 14, (height // 40, width // 40, 3)).astype(np.float32)
    skin = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    skin = skin + 150 + random.normal(0, 9.5, (height, width, 1)).astype(np.float32)
    pixels = np.clip(skin, 0, 255).astype(np.uint8)
    return photograph(pixels, taken_at=datetime(2026, 11, 23, 10, 0, tzinfo=UTC), quality=88)


def _numbered(jpeg: bytes, number: int) -> bytes:
    """The same picture with a comment of its own, so that no two files are equal."""
    words = f"picture {number}".encode()
    return jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words + jpeg[2:]


def _plain_database(folder: Path) -> Connection:
    """An encrypted database with the vault's own settings, lasting ones too, and one table."""
    path = folder / "plain.db"
    path.touch()
    connection = open_connection(path, bytearray(os.urandom(32)), os.urandom(16), read_only=False)
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("CREATE TABLE chunk (file INTEGER, number INTEGER, data BLOB)")
    return connection


def _write_plainly(connection: Connection, files: list[Path]) -> None:
    """Each file in 1 MB rows, one durable transaction a file."""
    for number, file in enumerate(files):
        data = memoryview(file.read_bytes())
        with transaction(connection):
            for place in range(0, len(data), CHUNK):
                connection.execute(
                    "INSERT INTO chunk VALUES (?, ?, ?)",
                    (number, place, data[place : place + CHUNK]),
                )
