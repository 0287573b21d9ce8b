"""The folder in which the demonstration leaves what it made; it writes over nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Self

from app.errors import KnownError

CONSENT, WITHDRAWAL = "consent.pdf", "withdrawal.pdf"
VAULT, KEYS, PASSPHRASE = "vault.clinigraph", "vault.clinigraph-keys", "passphrase.txt"
SCREENS = "screens"
LIST = "made-by-the-demo.txt"
_OURS = re.compile(rf"(?:{SCREENS}/[a-z0-9-]+\.png|[a-z]+\.(?:pdf|txt|clinigraph|clinigraph-keys))")


class FolderTakenError(KnownError):
    """A file would be written over that the demonstration has not made."""

    code = "DEMO-001"
    message = "The folder holds {name}, which the demonstration has not made."
    advice = "Name another folder with --out; nothing was written."


class Results:
    """The name of each file is written down before the file, so that the next run may replace it.

    Attributes:
        folder: Where everything is left.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()  # a file dialog reads other paths from a folder of its own

    @classmethod
    def prepared(cls, folder: Path) -> Self:
        """The folder made ready: what an earlier demonstration left there goes.

        Raises:
            FolderTakenError: It holds a file of ours that nobody wrote down.
        """
        results = cls(folder)
        listed = results._listed()
        for name in results._there():
            if name not in listed:
                raise FolderTakenError(name=name)
        for name in listed:
            (results.folder / name).unlink(missing_ok=True)
        (results.folder / SCREENS).mkdir(parents=True, exist_ok=True)
        (results.folder / LIST).write_text("", encoding="utf-8")
        return results

    def place(self, name: str) -> Path:
        """Where a file of that name goes."""
        with (self.folder / LIST).open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")
        return self.folder / name

    def screen(self, name: str) -> Path:
        """Where a picture of a screen goes."""
        return self.place(f"{SCREENS}/{name}.png")

    def _listed(self) -> set[str]:
        """What an earlier demonstration wrote; a line that names nothing of ours is no leave."""
        file = self.folder / LIST
        if not file.is_file():
            return set()
        lines = file.read_text(encoding="utf-8").splitlines()
        return {line for line in lines if _OURS.fullmatch(line)}

    def _there(self) -> list[str]:
        """The files of ours that are in the folder."""
        fixed = (CONSENT, WITHDRAWAL, VAULT, KEYS, PASSPHRASE)
        screens = (f"{SCREENS}/{file.name}" for file in (self.folder / SCREENS).glob("*.png"))
        return [name for name in fixed if (self.folder / name).exists()] + sorted(screens)
