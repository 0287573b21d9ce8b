"""The window as `clinigraph --vault …` opens it, up to where the passphrase can be typed."""

from __future__ import annotations

import sys
from pathlib import Path

TICKS = 1000
USABLE = "usable"


def until_usable(vault: Path, settings: Path) -> None:
    """Start as `app.__main__` does, say so once the caret stands in the field, and end."""
    # ruff: noqa: PLC0415 - loading is part of what is measured
    from app.cli.arguments import parser

    arguments = parser().parse_args(["--vault", str(vault)])
    from app import logs
    from app.bootstrap import program
    from app.capture.streams import Streams
    from app.store.process_hardening import harden_process
    from app.ui.program_window import open_window

    harden_process()
    logs.start(settings.parent / "logs")
    core = program(settings_file=settings)
    _end_when_usable()
    try:
        open_window(core, core.settings, core.change_settings, Streams(), arguments.vault)
    finally:
        core.close()


def _end_when_usable() -> None:
    """Let the event loop run only until the field has the focus and everything is painted."""
    from PySide6.QtWidgets import QApplication

    from app.ui.door.passphrase_edit import PassphraseEdit

    def run() -> int:
        for _ in range(TICKS):
            QApplication.processEvents()
            focus = QApplication.focusWidget()
            if isinstance(focus, PassphraseEdit) and focus.isEnabled():
                QApplication.processEvents()
                sys.stdout.write(f"{USABLE}\n")
                sys.stdout.flush()
                return 0
        return 1

    QApplication.exec = staticmethod(run)  # type: ignore[method-assign]
