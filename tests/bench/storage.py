"""Keeping and reading originals of 8 MB in the vault, beside three other ways of keeping them.

The same bytes, in turns, each original durable before the next one begins:

* the vault: a blob under its own key in 1 MiB chunks and an audit record, in one transaction;
* plain SQLite with the vault's settings and no encryption at all;
* files, each under AES-256-GCM in 1 MiB chunks, written whole, synced, renamed, folder synced;
* this machine's floor for what the vault does: the arithmetic of AES-256-GCM over the content and
  of SQLCipher over each page (AES-256-CBC, HMAC-SHA512), and two synced writes (log and file).

How it grows: `CLINIGRAPH_BENCH_GB=20 python -m tests.bench storage` fills the vault to so many
gigabytes and tells the figures at 1, 5, 10, 20 … of them.
"""

from __future__ import annotations

import hmac
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.domain.audit import Action
from app.domain.ids import BlobId
from app.services.workplace import Workplace
from app.store.sealed_vault import SealedVault
from tests.bench.figure import Figure, taken_s
from tests.bench.vaults import PASSPHRASE, a_program, a_workplace

MB = 1_000_000
BYTES = 8 * MB
CHUNK = 1 << 20
PAGE = 16384
TURN = 20
STAGES_GB = 1, 5, 10, 20, 50, 100
CONTENTS = 40  # different ones; the vault encrypts each under another key anyway

Contents = list[bytes]


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """Write and read in turns, then verify; with an environment variable, grow."""
    count = 40 if quick else 200
    contents = [os.urandom(BYTES) for _ in range(CONTENTS)]
    core = a_program(folder)
    workplace = a_workplace(core, folder)
    ways: dict[str, Way] = {
        "vault": VaultWay(workplace),
        "plain SQLite": PlainDatabase(folder / "plain.db"),
        "AES-256-GCM files": SealedFiles(folder / "files"),
        "floor": Floor(folder),
    }
    write_s = dict.fromkeys(ways, 0.0)
    read_s = dict.fromkeys(ways, 0.0)
    for turn in _turns(contents, count):
        for name, way in ways.items():
            write_s[name] += taken_s(partial(_each, way.write, turn))
    for _ in range(count // TURN):
        for name, way in ways.items():
            read_s[name] += taken_s(partial(way.read, TURN))
    size_mb = count * BYTES / MB
    written = {name: size_mb / s for name, s in write_s.items()}
    read = {name: size_mb / s for name, s in read_s.items()}
    checked = size_mb / taken_s(lambda: list(workplace.verify()))
    figures = [
        _compared("writing originals: vault", written, "plain SQLite", 0.25),
        _compared("writing originals: vault", written, "AES-256-GCM files", 0.08),
        _compared("writing originals: vault", written, "floor", 0.35),
        _compared("reading originals: vault", read, "plain SQLite", 0.1),
        _compared("reading originals: vault", read, "AES-256-GCM files", 0.05),
        _compared("reading originals: vault", read, "floor", 0.3),
        Figure(
            "verifying everything / reading originals",
            checked / read["vault"],
            "×",
            0.15,
            note=f"{checked:.0f} MB/s beside {read['vault']:.0f} MB/s",
        ),
    ]
    workplace.close()
    figures += _growth(core.unlock, folder, contents, count)
    core.close()
    return figures


def _compared(what: str, rates: dict[str, float], other: str, floor: float) -> Figure:
    beside = f"{rates['vault']:.0f} MB/s beside {rates[other]:.0f} MB/s"
    return Figure(f"{what} / {other}", rates["vault"] / rates[other], "×", floor, note=beside)


def _turns(contents: Contents, count: int) -> Iterator[Contents]:
    endless = cycle(contents)
    for _ in range(count // TURN):
        yield [next(endless) for _ in range(TURN)]


def _each(write: Callable[[bytes], None], turn: Contents) -> None:
    for content in turn:
        write(content)


class Way:
    """One way of keeping originals."""

    def write(self, content: bytes) -> None:
        """Keep one; it is durable when this returns."""
        raise NotImplementedError

    def read(self, count: int) -> None:
        """Read so many of those that were kept, the next ones in order."""
        raise NotImplementedError


@dataclass
class VaultWay(Way):
    """The program's own."""

    workplace: Workplace
    kept: list[BlobId] = field(default_factory=list)
    _next: int = 0

    def write(self, content: bytes) -> None:
        """A blob and its audit record."""
        desk, uow = self.workplace.desk, self.workplace.vault.unit_of_work()
        blob = BlobId(desk.clock.new_id())
        with uow:
            uow.blobs.put(blob, content)
            uow.record(desk.event(Action.IMAGE_ADMITTED))
            uow.commit()
        self.kept.append(blob)

    def read(self, count: int) -> None:
        """Decrypted and authenticated."""
        with self.workplace.vault.reading() as records:
            for blob in self.kept[self._next : self._next + count]:
                assert len(records.blobs.read(blob)) == BYTES
        self._next = (self._next + count) % len(self.kept)


class PlainDatabase(Way):
    """SQLite as Python has it, in chunks of 1 MiB, with the vault's settings but for the key."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for setting in (
            f"page_size = {PAGE}",
            "auto_vacuum = INCREMENTAL",
            "journal_mode = WAL",
            "synchronous = FULL",
            "secure_delete = ON",
        ):
            self._connection.execute(f"PRAGMA {setting}").fetchall()
        self._connection.execute("CREATE TABLE chunk (file INTEGER, data BLOB)")
        self._connection.execute("CREATE INDEX of_file ON chunk (file)")
        self._kept = self._next = 0

    def write(self, content: bytes) -> None:
        """One transaction."""
        self._connection.execute("BEGIN IMMEDIATE")
        for part in _parts(content):
            self._connection.execute("INSERT INTO chunk VALUES (?, ?)", (self._kept, part))
        self._connection.execute("COMMIT")
        self._kept += 1

    def read(self, count: int) -> None:
        """Joined again."""
        sql = "SELECT data FROM chunk WHERE file = ? ORDER BY rowid"
        for number in range(self._next, self._next + count):
            rows = self._connection.execute(sql, (number,)).fetchall()
            assert len(b"".join(row[0] for row in rows)) == BYTES
        self._next = (self._next + count) % self._kept


class SealedFiles(Way):
    """A file for each original."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._cipher = AESGCM(os.urandom(32))
        self._kept = self._next = 0

    def write(self, content: bytes) -> None:
        """Written whole under another name, synced, renamed, folder synced."""
        path = self._folder / f"{self._kept}.new"
        with path.open("wb") as file:
            for part in _parts(content):
                nonce = os.urandom(12)
                file.write(nonce + self._cipher.encrypt(nonce, part, None))
            file.flush()
            os.fsync(file.fileno())
        path.rename(self._folder / str(self._kept))
        _sync_folder(self._folder)
        self._kept += 1

    def read(self, count: int) -> None:
        """Decrypted and authenticated."""
        for number in range(self._next, self._next + count):
            sealed = memoryview((self._folder / str(number)).read_bytes())
            step, parts = 12 + CHUNK + 16, []
            for place in range(0, len(sealed), step):
                piece = sealed[place : place + step]
                parts.append(self._cipher.decrypt(piece[:12], piece[12:], None))
            assert len(b"".join(parts)) == BYTES
        self._next = (self._next + count) % self._kept


class Floor(Way):
    """What the vault cannot do without: its arithmetic, and two synced writes of the result."""

    def __init__(self, folder: Path) -> None:
        self._files = [(folder / name).open("w+b", buffering=0) for name in ("log", "file")]
        self._key = os.urandom(32)
        self._gcm = AESGCM(self._key)
        self._pages: list[bytes] = []

    def write(self, content: bytes) -> None:
        """Encrypt, page by page; write and sync twice."""
        inner = b"".join(self._gcm.encrypt(bytes(12), part, None) for part in _parts(content))
        self._pages = list(self._sealed_pages(inner))
        whole = b"".join(self._pages)
        for file in self._files:
            file.write(whole)
            os.fsync(file.fileno())

    def read(self, count: int) -> None:
        """Read the pages that were written last, check and decrypt them, decrypt the content."""
        log = self._files[0]
        for _ in range(count):
            log.seek(-PAGE * len(self._pages), os.SEEK_END)
            whole, plain = memoryview(log.read(PAGE * len(self._pages))), []
            for place in range(0, len(whole), PAGE):
                page = whole[place : place + PAGE]
                hmac.digest(self._key, page[:-64], "sha512")
                decryptor = Cipher(algorithms.AES(self._key), modes.CBC(page[-80:-64])).decryptor()
                plain.append(decryptor.update(page[:-80]))
            inner, step = memoryview(b"".join(plain)), CHUNK + 16
            sealed_bytes = BYTES + 16 * -(-BYTES // CHUNK)
            parts = [
                self._gcm.decrypt(bytes(12), inner[at : min(at + step, sealed_bytes)], None)
                for at in range(0, sealed_bytes, step)
            ]
            assert sum(map(len, parts)) == BYTES

    def _sealed_pages(self, inner: bytes) -> Iterator[bytes]:
        usable = PAGE - 80
        for place in range(0, len(inner), usable):
            plain = inner[place : place + usable].ljust(usable, b"\0")
            vector = os.urandom(16)
            encryptor = Cipher(algorithms.AES(self._key), modes.CBC(vector)).encryptor()
            sealed = encryptor.update(plain) + vector
            yield sealed + hmac.digest(self._key, sealed, "sha512")


def _parts(content: bytes) -> Iterator[memoryview]:
    whole = memoryview(content)
    for place in range(0, len(whole), CHUNK):
        yield whole[place : place + CHUNK]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


# how it grows


def _growth(
    unlock: Callable[[Path, bytearray], Workplace], folder: Path, contents: Contents, kept: int
) -> list[Figure]:
    most_gb = float(os.environ.get("CLINIGRAPH_BENCH_GB", "0"))
    path, figures = folder / "bench.clinigraph", []
    for stage_gb in (gb for gb in STAGES_GB if gb <= most_gb):
        last = max(TURN, round(stage_gb * 1000 * MB / BYTES) - kept)
        workplace = unlock(path, bytearray(PASSPHRASE))
        way = VaultWay(workplace)
        endless = cycle(contents)
        for _ in range(last - TURN):
            way.write(next(endless))
        write_s = taken_s(partial(_each, way.write, contents[:TURN]))
        kept += last
        workplace.close()
        figures += _stage(unlock, path, f"{stage_gb} GB", way.kept[-TURN:])
        figures.append(Figure(f"at {stage_gb} GB: writing", TURN * BYTES / MB / write_s, "MB/s"))
    return figures


def _stage(
    unlock: Callable[[Path, bytearray], Workplace], path: Path, size: str, some: list[BlobId]
) -> list[Figure]:
    opened: list[Workplace] = []
    unlock_s = taken_s(lambda: opened.append(unlock(path, bytearray(PASSPHRASE))))
    workplace = opened[0]
    way = VaultWay(workplace, some)
    read_s = taken_s(partial(way.read, len(some)))
    verify_s = taken_s(lambda: list(workplace.verify()))
    vault = workplace.vault
    assert isinstance(vault, SealedVault)
    size_mb = vault.opened.files.database.stat().st_size / MB
    workplace.close()
    return [
        Figure(f"at {size}: unlock", unlock_s * 1000, "ms"),
        Figure(f"at {size}: reading", len(some) * BYTES / MB / read_s, "MB/s"),
        Figure(f"at {size}: verifying everything", size_mb / verify_s, "MB/s"),
    ]
