"""The program's door: composes the window, the demonstration and the command line."""

from __future__ import annotations

import sys

from app.cli.commands import parsed, run


def main(argv: list[str] | None = None) -> int:
    """Run Clinigraph with the arguments of the command line; its exit code."""
    arguments = parsed(sys.argv[1:] if argv is None else argv)
    if arguments.command is None:
        from app.ui.program_window import open_window  # noqa: PLC0415 - the rest needs no Qt

        return open_window(arguments.vault)
    if arguments.command == "demo":
        from app.demo.show import show  # noqa: PLC0415 - only the demonstration needs it

        return show(offscreen=arguments.offscreen, out=arguments.out)
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
