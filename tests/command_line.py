"""The command line in this process, at the cost of a test: what goes in, and what comes out."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from app.bootstrap import Program, program
from app.services.workplace import Workplace
from tests.store.vault_parts import QUICK

PASSPHRASE = "correct horse battery staple"


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON lines of an import."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def known_code(self) -> str:
        """The code that standard error begins with; empty when it begins with none."""
        code, colon, _ = self.err.partition(":")
        return code if colon else ""


def quick_program() -> Program:
    """The program with passphrases that are checked quickly."""
    return program(argon2=QUICK)


def command_line(*arguments: object) -> Ended:
    """Run `clinigraph` with these arguments."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.cli.running.program", partial(program, argon2=QUICK))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(str(end.code))
    return Ended(int(code), _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


@dataclass(frozen=True)
class Rooms:
    """A vault on the disk with the file of its passphrase; calling it runs a command on it."""

    database: Path

    @classmethod
    def made_in(cls, folder: Path) -> Rooms:
        rooms = cls(folder / "rooms.clinigraph")
        rooms.passphrase_file.write_text(PASSPHRASE + "\n", encoding="utf-8")
        assert rooms("new-vault", "--clinic", "St Brigid's").code == 0
        return rooms

    def copied_to(self, folder: Path) -> Rooms:
        for file in (self.database, self.keys, self.passphrase_file):
            shutil.copyfile(file, folder / file.name)
        return Rooms(folder / self.database.name)

    @property
    def folder(self) -> Path:
        return self.database.parent

    @property
    def keys(self) -> Path:
        return self.database.with_suffix(".clinigraph-keys")

    @property
    def passphrase_file(self) -> Path:
        return self.folder / "passphrase"

    @property
    def options(self) -> tuple[object, ...]:
        return ("--vault", self.database, "--passphrase-file", self.passphrase_file)

    def __call__(self, *arguments: object) -> Ended:
        return command_line(*self.options, *arguments)

    def bring(self, *files: object, patient: str = "MRN|0042-771") -> Ended:
        """Import files for a patient."""
        return self("import", "--patient", patient, *files)

    def listed(self, what: str) -> Any:
        """The rows of a list."""
        ended = self("list", what, "--json")
        assert ended.code == 0, ended.err
        return ended.json

    @contextmanager
    def opened(self) -> Iterator[Workplace]:
        """The vault as the services see it; locked at the end."""
        core = quick_program()
        try:
            workplace = core.unlock(self.database, bytearray(PASSPHRASE.encode()))
            try:
                yield workplace
            finally:
                workplace.close()
        finally:
            core.close()

    def bytes_of(self) -> dict[str, bytes]:
        """Every file of the vault's folder; whoever reads them changed nothing."""
        return {file.name: file.read_bytes() for file in self.folder.iterdir() if file.is_file()}
