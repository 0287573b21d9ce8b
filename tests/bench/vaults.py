"""Vaults for measuring, with a cheap passphrase check: Argon2 is not what is measured."""

from __future__ import annotations

from pathlib import Path

from app.bootstrap import Program, program
from app.domain.clinic import Clinic
from app.services.workplace import FirstEntries, Workplace
from app.store.argon2id import QuickParametersForTests

PASSPHRASE = b"correct horse battery"


def a_program(folder: Path) -> Program:
    """The real program, with settings of its own."""
    return program(settings_file=folder / "settings.toml", argon2=QuickParametersForTests())


def a_workplace(core: Program, folder: Path) -> Workplace:
    """A new vault, open."""
    first = FirstEntries(Clinic("Bench"), "Dr Ada Byrne", bytearray(PASSPHRASE), pin="")
    return core.create(folder / "bench.clinigraph", first).workplace
