"""Unlocking without the passphrase check, beside opening the same file with a raw key."""

from __future__ import annotations

from pathlib import Path

from app.store.database import Database
from app.store.vault import ClosedVault
from tests.bench.figure import Figure, median_s, taken_s
from tests.bench.vaults import PASSPHRASE, a_program, a_workplace


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """The whole door: files, lock, key list, database, staff, audit event."""
    core = a_program(folder)
    a_workplace(core, folder).close()
    path = folder / "bench.clinigraph"

    def whole() -> None:
        core.unlock(path, bytearray(PASSPHRASE)).close()

    def check() -> None:
        ClosedVault(path).unlock(bytearray(PASSPHRASE)).key.wipe()

    closed = ClosedVault(path)
    key = closed.unlock(bytearray(PASSPHRASE)).key

    def raw() -> None:
        Database.open(path, key, closed.key_file.vault_id).close()

    times = 5 if quick else 15
    taken_s(whole)
    opened = median_s(whole, times=times) - median_s(check, times=times)
    floor = median_s(raw, times=times)
    core.close()
    note = f"{opened * 1000:.1f} ms beside {floor * 1000:.1f} ms"
    return [
        Figure("unlock without Argon2 / opening the database", opened / floor, "×", 6, False, note)
    ]
