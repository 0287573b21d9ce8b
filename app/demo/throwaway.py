"""A vault that lives in a temporary folder and goes with it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.bootstrap import Program, program
from app.demo.earlier_sessions import fill, sample_picture
from app.demo.people import AMARA
from app.domain.clinic import Clinic
from app.domain.staff import Role
from app.services import clinic, staffing
from app.services.workplace import FirstEntries, Workplace
from app.settings import Settings

PASSPHRASE = "invented people only"  # noqa: S105 - printed for whoever tries the program
PIN = "2468"
STAFF = "Dr Helen Marsh"
COLLEAGUES = (
    ("Dr Samuel Adeyemi", Role.CLINICIAN, "invented clinician"),
    ("Ines Carvalho", Role.PHOTOGRAPHER, "invented photographer"),
    ("Ruth Lindqvist", Role.PRIVACY_OFFICER, "invented officer"),
)
"""Name, role and passphrase of those who sign in beside the first user, all of them with `PIN`."""
CLINIC = Clinic(
    name="Riverside Clinic",
    department="Dermatology",
    address="12 Quay Street\nRivertown",
    contact="Photography office, Riverside Clinic\nTelephone 01 555 0142\nphotos@riverside.example",
)
NAME = "Riverside demo"


@dataclass(frozen=True, slots=True)
class Throwaway:
    """Where the demonstration lives.

    Attributes:
        folder: Of vault, settings and sample pictures; gone at the end.
    """

    folder: Path
    core: Program

    @property
    def vault(self) -> Path:
        """The vault's path, whether it is made already or not."""
        return self.folder / f"{NAME}.clinigraph"

    @property
    def keys(self) -> Path:
        """The key file's path."""
        return self.vault.with_suffix(".clinigraph-keys")

    def runtime_folder(self) -> Path:
        """Where the operating system's libraries may put their sockets; gone at the end."""
        folder = self.folder / "runtime"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder

    def sample_pictures(self) -> tuple[Path, Path]:
        """Two painted photographs of Amara Okafor's forearm as a camera card would hold them."""
        card = self.folder / "card"
        card.mkdir(exist_ok=True)
        now = self.core.clock.now().replace(tzinfo=None)
        files = card / "DSC_0041.JPG", card / "DSC_0042.JPG"
        for seed, file in enumerate(files, start=41):
            file.write_bytes(sample_picture(AMARA, seed, now))
        return files

    def found(self) -> None:
        """Make the vault with its clinic, its first user, and everybody's past."""
        first = FirstEntries(CLINIC, STAFF, passphrase(), PIN)
        self._furnish(self.core.create(self.vault, first).workplace)

    def furnish(self) -> None:
        """Give a vault that exists and is closed invented patients and their past."""
        self._furnish(self.core.unlock(self.vault, passphrase()))

    def _furnish(self, workplace: Workplace) -> None:
        try:
            fill(workplace)
            self._hire(workplace)
        finally:
            workplace.close()

    def _hire(self, workplace: Workplace) -> None:
        uow, pins = workplace.vault.unit_of_work(), workplace.pins
        for name, role, words in COLLEAGUES:
            secret = bytearray(words.encode())
            staff = staffing.add(uow, workplace.desk, workplace.slots, name, role, secret)
            clinic.set_pin(uow, replace(workplace.desk, staff=staff), pins, PIN)


def passphrase() -> bytearray:
    """The passphrase, for whoever overwrites it."""
    return bytearray(PASSPHRASE.encode())


@contextmanager
def throwaway(look: str = "light") -> Iterator[Throwaway]:
    """An empty place for a vault; all of it is removed at the end, whatever happened."""
    with tempfile.TemporaryDirectory(
        prefix="clinigraph-demo-", ignore_cleanup_errors=True
    ) as folder:
        core = program(settings_file=Path(folder) / "settings.toml")
        core.change_settings(Settings(theme=look, paper="a4", idle_minutes=60))
        try:
            yield Throwaway(Path(folder), core)
        finally:
            core.close()
