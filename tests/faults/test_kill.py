"""Killed at any moment: what was acknowledged is there, nothing is there by half (fault 1)."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.reckoning import acknowledged, reckon
from tests.faults.workload import Morning
from tests.sealed_vaults import EmptyVault

ROUNDS = int(os.environ.get("CLINIGRAPH_KILL_ROUNDS", "12"))
ROOT = Path(__file__).resolve().parents[2]
LONGEST_LIFE_S = 0.5

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")

# Everything is imported once; each morning is a fork of this process, so that a round is quick.
NURSERY = """
import os, sys
from pathlib import Path
from tests.faults.workload import work
for line in sys.stdin:
    vault, key, seed = line.split()
    child = os.fork()
    if child == 0:
        try:
            work(Path(vault), bytes.fromhex(key), int(seed), 100_000)
        finally:
            os._exit(1)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("gone", flush=True)
"""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> EmptyVault:
    vault = EmptyVault.made_in(tmp_path_factory.mktemp("furnished"))
    with vault.opened(vault.path) as sealed:
        Morning(sealed, 0).furnish()
    return vault


@pytest.fixture(scope="module")
def nursery():
    process = subprocess.Popen(
        [sys.executable, "-c", NURSERY],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.communicate()


def lived(nursery: subprocess.Popen[str], vault: Path, key: bytes, seed: int) -> None:
    """A morning that ends by SIGKILL after a random while."""
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    nursery.stdin.write(f"{vault} {key.hex()} {seed}\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline())
    life_s = random.Random(seed).uniform(0.02, LONGEST_LIFE_S)
    threading.Timer(life_s, os.kill, (child, signal.SIGKILL)).start()
    assert nursery.stdout.readline() == "gone\n"


def test_killed_at_any_moment_loses_nothing_acknowledged(
    nursery: subprocess.Popen[str], furnished: EmptyVault, tmp_path: Path, capsys
) -> None:
    seen: Counter[str] = Counter()

    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        folder.mkdir()
        vault = furnished.copied_to(folder)
        for life in range(2):  # the second goes on where the first was killed
            lived(nursery, vault, furnished.key, 1 + 2 * number + life)
        seen += reckon(vault, furnished.key, acknowledged(folder))
        shutil.rmtree(folder)

    with capsys.disabled():
        print(f"\n{2 * ROUNDS} kills, acknowledged and there: {dict(seen)}")
    assert seen["image"] > ROUNDS
    assert seen["consent"] > 0
