"""Cold start to a usable unlock screen, beside a bare Qt window of the same Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.bench.figure import Figure, median_s
from tests.bench.vaults import a_program, a_workplace

BARE = """
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication([])
field = QLineEdit()
field.show()
app.processEvents()
"""
OURS = """
import sys
from pathlib import Path
from tests.bench.first_screen import until_usable
until_usable(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """Start the program in fresh processes until the passphrase can be typed."""
    core = a_program(folder)
    a_workplace(core, folder).close()
    core.close()
    times = 3 if quick else 7
    vault, settings = folder / "bench.clinigraph", folder / "settings.toml"
    bare = median_s(lambda: _run(BARE), times=times)
    ours = median_s(lambda: _run(OURS, str(vault), str(settings)), times=times)
    note = f"{ours * 1000:.0f} ms beside {bare * 1000:.0f} ms"
    return [
        Figure("cold start to unlock screen / bare Qt window", ours / bare, "×", 8, False, note)
    ]


def _run(code: str, *arguments: str) -> None:
    subprocess.run([sys.executable, "-c", code, *arguments], check=True)
