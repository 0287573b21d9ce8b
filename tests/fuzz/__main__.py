"""`python -m tests.fuzz TARGET [FOLDER] [-max_total_time=SECONDS …]`: search guided by coverage.

Needs atheris, which is not among the locked packages (`pip install atheris`, CPython on Linux or
macOS). What follows the target goes to libFuzzer; FOLDER keeps what was found interesting. It ends
with 1 and leaves the input in a file when a target raises anything but a KnownError.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["app"]):
    from tests.fuzz.targets import TARGETS, seeds


def main() -> None:
    """Fuzz one target until libFuzzer's limits end it."""
    target, options = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds(target)):
            (Path(folder) / f"seed-{number}").write_bytes(seed)
        atheris.Setup([sys.argv[0], *options, folder], TARGETS[target])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
