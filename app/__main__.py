"""The program's door: composes the window, the demonstration and the command line."""

from __future__ import annotations

import sys
from pathlib import Path


def main(argv: list[str] | None = None) -> int:
    """Run Clinigraph with the arguments of the command line; its exit code.

    What a command does not need is not loaded, and Ctrl+C counts while the rest is.
    """
    # ruff: noqa: PLC0415
    from app.cli.exit_codes import ExitCode

    try:
        return _entered(sys.argv[1:] if argv is None else argv)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED


def _entered(argv: list[str]) -> int:
    from app.cli.arguments import parser

    arguments = parser().parse_args(argv)
    if arguments.command is None:
        return _window_on_display(arguments.vault)
    if arguments.command == "demo":
        from app.demo.show import show

        return show(offscreen=arguments.offscreen, out=arguments.out)
    from app.cli.running import run

    return run(arguments)


def _window_on_display(vault: Path | None) -> int:
    from app.cli.display import require_display
    from app.cli.exit_codes import ExitCode
    from app.cli.output import tell_failure
    from app.errors import KnownError

    try:
        require_display()
    except KnownError as error:
        tell_failure(error)
        return ExitCode.NOT_DONE
    return _window(vault)


def _window(vault: Path | None) -> int:
    from app import logs, paths
    from app.bootstrap import program
    from app.capture.streams import Streams
    from app.store.process_hardening import harden_process
    from app.ui.program_window import open_window

    harden_process()
    logs.start(paths.log_folder())
    core = program()
    try:
        return open_window(core, core.settings, core.change_settings, Streams(), vault)
    finally:
        core.close()


if __name__ == "__main__":
    sys.exit(main())
