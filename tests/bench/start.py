"""Start of the program until the passphrase can be typed, beside a bare Qt window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.bench.figure import Figure
from tests.bench.vaults import a_program, a_workplace

BARE = """
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication([])
field = QLineEdit()
field.show()
app.processEvents()
print("usable", flush=True)
"""
OURS = """
import sys
from pathlib import Path
from tests.bench.first_screen import until_usable
until_usable(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """Start in fresh processes; the files are in the system's memory, as after an update."""
    core = a_program(folder)
    a_workplace(core, folder).close()
    core.close()
    times = 3 if quick else 9
    vault, settings = folder / "bench.clinigraph", folder / "settings.toml"
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    paths = str(vault), str(settings)
    for code in (BARE, OURS):
        _usable_after_s(code, *paths)  # compiles
    pairs = [(_usable_after_s(OURS, *paths), _usable_after_s(BARE)) for _ in range(times)]
    ours_s, bare_s = (median(seconds) for seconds in zip(*pairs, strict=True))
    note = f"{ours_s * 1000:.0f} ms beside {bare_s * 1000:.0f} ms"
    return [Figure("start to unlock screen / bare Qt window", ours_s / bare_s, "×", 5, False, note)]


def _usable_after_s(code: str, *arguments: str) -> float:
    """Seconds from starting a process until it says that it is usable."""
    command = [sys.executable, "-c", code, *arguments]
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        assert started.stdout.readline() == "usable\n"
        return time.perf_counter() - begun
