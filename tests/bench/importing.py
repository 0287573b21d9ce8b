"""Import of 8 MB JPEGs with thumbnails, beside a plain encrypted write of the same bytes."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import resource
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
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
TURN = 50
PATIENT = PatientIdentifier("MRN", "1")


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """Import into a new vault and write the same bytes plainly, in turns: the load may change."""
    count = 20 if quick else 200
    # In a process of its own: painting 24 megapixels would count as the import's memory.
    painter = multiprocessing.get_context("spawn").Process(target=_paint, args=(folder, count))
    painter.start()
    painter.join()
    files = sorted(folder.glob("*.jpg"))
    decoding_s = -_cpu_s(resource.RUSAGE_CHILDREN)
    core = a_program(folder)
    workplace = a_workplace(core, folder)
    plain = plain_database(folder)
    imported, written = Cost(), Cost()
    for begin in range(0, count, TURN):
        turn = files[begin : begin + TURN]
        names = [str(file) for file in turn]
        with contextlib.redirect_stdout(io.StringIO()):
            imported.add(partial(import_files, workplace, PATIENT, names))
        written.add(partial(write_plainly, plain, turn))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MB
    with workplace.vault.reading() as records:
        assert sum(1 for _ in records.images.all()) == count
    workplace.close()
    core.close()
    decoding_s += _cpu_s(resource.RUSAGE_CHILDREN)
    imported.cpu_s += decoding_s
    total_mb = sum(file.stat().st_size for file in files) / MB
    ours, floor = total_mb / imported.wall_s, total_mb / written.wall_s
    work, work_floor = imported.cpu_s / count, written.cpu_s / count
    return [
        Figure(
            f"import of {count} JPEGs of 8 MB / plain encrypted write",
            ours / floor,
            "×",
            0.6,
            note=f"{ours:.0f} MB/s beside {floor:.0f} MB/s",
        ),
        Figure(
            "processor time of an import / of the plain write",
            work / work_floor,
            "×",
            5,
            at_least=False,
            note=f"{work * 1000:.0f} ms beside {work_floor * 1000:.0f} ms a picture",
        ),
        Figure("peak memory of the importing process", peak_mb, "MB", 400, at_least=False),
    ]


@dataclass
class Cost:
    """What some work took: seconds by the clock, and of this process's own computing."""

    wall_s: float = 0.0
    cpu_s: float = 0.0

    def add(self, work: Callable[[], object]) -> None:
        """Do it, and add what it took."""
        before_s = _cpu_s(resource.RUSAGE_SELF)
        self.wall_s += taken_s(work)
        self.cpu_s += _cpu_s(resource.RUSAGE_SELF) - before_s


def _cpu_s(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


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


def plain_database(folder: Path) -> Connection:
    """An encrypted database with the vault's own settings, lasting ones too, and one table."""
    path = folder / "plain.db"
    path.touch()
    connection = open_connection(path, bytearray(os.urandom(32)), os.urandom(16), read_only=False)
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("CREATE TABLE chunk (file INTEGER, number INTEGER, data BLOB)")
    return connection


def write_plainly(connection: Connection, files: list[Path]) -> None:
    """Each file in 1 MB rows, one durable transaction a file."""
    for number, file in enumerate(files):
        data = memoryview(file.read_bytes())
        with transaction(connection):
            for place in range(0, len(data), CHUNK):
                connection.execute(
                    "INSERT INTO chunk VALUES (?, ?, ?)",
                    (number, place, data[place : place + CHUNK]),
                )
