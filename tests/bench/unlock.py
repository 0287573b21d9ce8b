"""Unlocking and locking without the passphrase check, beside the bare database doing the same."""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median

from app.store.connection import transaction
from app.store.database import Database
from app.store.vault import ClosedVault
from tests.bench.figure import Figure, taken_s
from tests.bench.vaults import PASSPHRASE, a_program, a_workplace


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """The whole door: files, lock, key list, database, staff, an audit event in and one out."""
    core = a_program(folder)
    a_workplace(core, folder).close()
    path = folder / "bench.clinigraph"
    closed = ClosedVault(path)
    key = closed.unlock(bytearray(PASSPHRASE)).key

    def whole() -> None:
        core.unlock(path, bytearray(PASSPHRASE)).close()

    def check() -> None:
        ClosedVault(path).unlock(bytearray(PASSPHRASE)).key.wipe()

    def bare() -> None:
        with Database.open(path, key, closed.key_file.vault_id) as database:
            for _ in range(2):
                with transaction(database.writer()) as connection:
                    row = os.urandom(8).hex(), ""
                    connection.execute("INSERT INTO workstation (id, since) VALUES (?, ?)", row)

    taken_s(whole)
    times = 5 if quick else 25
    turns = [(taken_s(whole) - taken_s(check), taken_s(bare)) for _ in range(times)]
    core.close()
    opened_s, bare_s = (median(seconds) for seconds in zip(*turns, strict=True))
    return [
        Figure(
            "unlock and lock without Argon2 / database alone",
            opened_s / bare_s,
            "×",
            3,
            at_least=False,
            note=f"{opened_s * 1000:.1f} ms beside {bare_s * 1000:.1f} ms",
        )
    ]
