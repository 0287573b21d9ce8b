"""`poe bench`: measure everything, print a table, end with 1 when a floor is missed."""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

BENCHES = (
    "start",
    "unlock",
    "importing",
    "paper",
    "search",
    "preview",
    "stream",
    "backup",
    "storage",
)


def main() -> int:
    """Run each bench in a process of its own, so that none warms or burdens another."""
    options = argparse.ArgumentParser(prog="poe bench")
    options.add_argument("only", nargs="*", choices=[*BENCHES, []], help="run only these")
    options.add_argument("--quick", action="store_true", help="a tenth of the work")
    options.add_argument("--inside", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.inside:
        return _inside(chosen.inside, quick=chosen.quick)
    failed = 0
    for name in chosen.only or BENCHES:
        command = [sys.executable, "-m", "tests.bench", "--inside", name]
        if chosen.quick:
            command.append("--quick")
        failed |= subprocess.run(command, check=False).returncode
    return failed


def _inside(name: str, *, quick: bool) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    bench = importlib.import_module(f"tests.bench.{name}")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ["HOME"] = os.environ["XDG_CONFIG_HOME"] = folder
        figures = bench.measure(Path(folder), quick=quick)
    for figure in figures:
        print(figure, flush=True)  # noqa: T201 - the table is what it is for
    return int(not all(figure.held for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
