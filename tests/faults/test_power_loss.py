"""The power fails at any moment, on any legal disk: nothing acknowledged is lost (faults 2 and 36).

CLINIGRAPH_POWER_LOSSES sets how many states are tried; by default a short round.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from app.errors import KnownError
from tests.faults.power_loss import Disk, Lost, Names, Operation, operations, states
from tests.faults.reckoning import acknowledged, reckon
from tests.faults.workload import ACKNOWLEDGED, Morning
from tests.sealed_vaults import EmptyVault

STATES = int(os.environ.get("CLINIGRAPH_POWER_LOSSES", "60"))
STEPS = 45
ROOT = Path(__file__).resolve().parents[2]
RECORDER = Path(__file__).with_name("recorder.c")
COMPILER = shutil.which("cc") or shutil.which("gcc")

needs_recorder = pytest.mark.skipif(
    sys.platform != "linux" or COMPILER is None, reason="the recorder needs Linux and a C compiler"
)


@pytest.fixture(scope="module")
def recorder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("recorder") / "recorder.so"
    build = [str(COMPILER), "-O1", "-Wall", "-Werror", "-shared", "-fPIC", "-o", str(library)]
    subprocess.run([*build, str(RECORDER), "-ldl", "-lpthread"], check=True)
    return library


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> EmptyVault:
    vault = EmptyVault.made_in(tmp_path_factory.mktemp("furnished"))
    with vault.opened(vault.path) as sealed:
        Morning(sealed, 0).furnish()
    return vault


def recorded(
    recorder: Path, furnished: EmptyVault, folder: Path, seed: int, *how: str
) -> tuple[list[Operation], dict[str, bytes]]:
    """The log of one morning, and the folder before it."""
    vault = furnished.copied_to(folder)
    start = {file.name: file.read_bytes() for file in folder.iterdir()}
    log = folder.parent / f"{folder.name}.log"
    command = [sys.executable, "-m", "tests.faults.workload", str(vault), furnished.key.hex()]
    environment = os.environ | {
        "LD_PRELOAD": str(recorder),
        "RECORDED_FOLDER": str(folder),
        "RECORDED_LOG": str(log),
    }
    subprocess.run([*command, str(seed), str(STEPS), *how], cwd=ROOT, env=environment, check=True)
    return operations(log), start


@needs_recorder
@pytest.mark.parametrize("names", Names)
def test_power_that_fails_at_any_moment_loses_nothing_acknowledged(
    names: Names, recorder: Path, furnished: EmptyVault, tmp_path: Path, capsys
) -> None:
    folder = tmp_path / "recorded"
    folder.mkdir()
    log, start = recorded(recorder, furnished, folder, seed=len(names.value))
    told_at = _told_at(log)
    told = acknowledged(folder)
    tried: Counter[str] = Counter()
    seen: Counter[str] = Counter()

    for number, (done, lost, files) in enumerate(
        states(log, start, names=names, count=STATES, seed=7)
    ):
        found = tmp_path / f"found-{number}"
        found.mkdir()
        for name, data in files.items():
            if name != ACKNOWLEDGED:
                (found / name).write_bytes(data)
        before = told[: sum(moment <= done for moment in told_at)]
        seen += reckon(found / furnished.path.name, furnished.key, before)
        tried[lost.value] += 1
        shutil.rmtree(found)

    with capsys.disabled():
        print(f"\n{names.value}, states: {dict(tried)}, acknowledged and there: {dict(seen)}")
    assert len(told_at) == STEPS
    assert seen["image"] > 0
    assert seen["consent"] > 0


@needs_recorder
def test_a_vault_that_does_not_sync_is_found_out(
    recorder: Path, furnished: EmptyVault, tmp_path: Path
) -> None:
    folder = tmp_path / "recorded"
    folder.mkdir()
    log, start = recorded(recorder, furnished, folder, 3, "careless")
    told_at, told = _told_at(log), acknowledged(folder)
    found = tmp_path / "found"
    failures = 0

    for done, _, files in states(log, start, names=Names.EXT4, count=20, seed=5):
        found.mkdir()
        for name, data in files.items():
            (found / name).write_bytes(data)
        try:
            before = told[: sum(moment <= done for moment in told_at)]
            reckon(found / furnished.path.name, furnished.key, before)
        except (AssertionError, KnownError):
            failures += 1
        shutil.rmtree(found)

    assert failures > 5


def _told_at(log: list[Operation]) -> list[int]:
    """How far the log had come when each line was acknowledged."""
    numbers = {entry.inode for entry in log if entry.kind == "O" and entry.data == b"acknowledged"}
    return [n + 1 for n, entry in enumerate(log) if entry.kind == "W" and entry.inode in numbers]


def _write(inode: int, offset: int, data: bytes) -> Operation:
    return Operation("W", inode, offset, data)


def test_what_was_not_synced_may_be_gone_and_what_was_may_not() -> None:
    disk, chance = Disk(Names.EXT4, {"kept": b"old"}), random.Random(1)

    disk.replay(Operation("O", 5, 0, b"kept"))
    disk.replay(_write(5, 0, b"new"))

    assert disk.shown(Lost.EVERYTHING, chance) == {"kept": b"old"}
    assert disk.shown(Lost.NOTHING, chance) == {"kept": b"new"}
    disk.replay(Operation("S", 5, 0, b""))
    assert disk.shown(Lost.EVERYTHING, chance) == {"kept": b"new"}


def test_a_new_name_needs_the_folder_s_sync_where_only_posix_is_promised() -> None:
    for model, there in ((Names.EXT4, {"made": b"x"}), (Names.POSIX, {})):
        disk = Disk(model, {})
        for operation in (Operation("O", 5, 0, b"made"), _write(5, 0, b"x")):
            disk.replay(operation)
        disk.replay(Operation("S", 5, 0, b""))

        assert disk.shown(Lost.EVERYTHING, random.Random(1)) == there
        disk.replay(Operation("D", 1, 0, b""))
        assert disk.shown(Lost.EVERYTHING, random.Random(1)) == {"made": b"x"}


def test_a_write_may_arrive_in_parts_of_sectors() -> None:
    disk = Disk(Names.EXT4, {"file": bytes(2048)})
    disk.replay(Operation("O", 5, 0, b"file"))
    disk.replay(_write(5, 100, b"\xff" * 1800))

    shown = {disk.shown(Lost.PART, random.Random(seed))["file"] for seed in range(40)}

    assert len(shown) > 5
    assert all({data[0], data[2047]} == {0} for data in shown)


def test_a_renamed_file_is_the_old_or_the_new_one() -> None:
    disk = Disk(Names.POSIX, {"keys": b"old"})
    for operation in (
        Operation("O", 5, 0, b"keys-new"),
        _write(5, 0, b"new"),
        Operation("S", 5, 0, b""),
        Operation("R", 0, 0, b"keys-new\0keys"),
    ):
        disk.replay(operation)

    shown = [disk.shown(Lost.PART, random.Random(seed)) for seed in range(30)]

    assert {files["keys"] for files in shown} == {b"old", b"new"}
