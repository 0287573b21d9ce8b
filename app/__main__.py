"""The program's door: composes the window, the demonstration and the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from app import logs, paths
from app.bootstrap import program
from app.cli.commands import parsed, run


def main(argv: list[str] | None = None) -> int:
    """Run Clinigraph with the arguments of the command line; its exit code."""
    arguments = parsed(sys.argv[1:] if argv is None else argv)
    if arguments.command is None:
        return _window(arguments.vault)
    if arguments.command == "demo":
        from app.demo.show import show  # noqa: PLC0415 - only the demonstration needs it

        return show(offscreen=arguments.offscreen, out=arguments.out)
    return run(arguments)


def _window(vault: Path | None) -> int:
    from app.store.process_hardening import harden_process  # noqa: PLC0415 - the window's alone
    from app.ui.program_window import open_window  # noqa: PLC0415 - the rest needs no Qt

    harden_process()
    logs.start(paths.log_folder())
    core = program()
    try:
        return open_window(core, core.settings, core.change_settings, vault)
    finally:
        core.close()


if __name__ == "__main__":
    sys.exit(main())
