"""What may be typed after `clinigraph`, and what each word means."""

from __future__ import annotations

import argparse
from pathlib import Path

from app import __version__
from app.cli.exit_codes import EXIT_CODES

ADMINISTRATOR = "Administrator"


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="clinigraph",
        description="Clinical photography and consent. Without a command the window opens.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"clinigraph {__version__}")
    _vault_options(top, default=None)
    commands = top.add_subparsers(dest="command", metavar="command")
    _demo(commands)
    _new_vault(commands)
    _import(commands)
    _list(commands)
    _export(commands)
    _backup(commands)
    verify = _command(commands, "verify", "check the audit trail, every picture and every page")
    verify.add_argument("--json", action="store_true", help="print the report as JSON")
    return top


def _vault_options(to: argparse.ArgumentParser, default: object) -> None:
    to.add_argument(
        "--vault", type=Path, default=default, metavar="PATH", help="the vault: NAME.clinigraph"
    )
    to.add_argument(
        "--passphrase-file",
        type=Path,
        default=default,
        metavar="FILE",
        help="file whose first line is the passphrase; without it you are asked",
    )
    to.add_argument(
        "--user",
        type=_text,
        default=default,
        metavar="NAME",
        help="who signs in; needed where several people use the vault",
    )


def _text(given: str) -> str:
    """An argument that is kept in the vault or compared with what is there: Unicode only."""
    try:
        given.encode()
    except UnicodeEncodeError as error:
        msg = "these bytes are no UTF-8"
        raise argparse.ArgumentTypeError(msg) from error
    return given


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse names the type nowhere else


def _command(
    commands: Commands[argparse.ArgumentParser], name: str, what: str
) -> argparse.ArgumentParser:
    """A command that works on a vault; the vault may be named before or after it."""
    command = commands.add_parser(
        name,
        help=what,
        description=what,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _vault_options(command, default=argparse.SUPPRESS)
    return command


def _demo(commands: Commands[argparse.ArgumentParser]) -> None:
    demo = commands.add_parser(
        "demo",
        help="try it with invented patients in a throw-away vault",
        allow_abbrev=False,
    )
    demo.add_argument(
        "--offscreen", action="store_true", help="drive the real window without a display"
    )
    demo.add_argument(
        "--out", type=Path, metavar="DIR", help="where PDF, screenshots and the vault are left"
    )


def _new_vault(commands: Commands[argparse.ArgumentParser]) -> None:
    new = _command(commands, "new-vault", "make a vault")
    new.add_argument(
        "--clinic", type=_text, required=True, metavar="NAME", help="name of the clinic"
    )
    new.add_argument("--department", type=_text, default="", metavar="NAME")
    new.add_argument("--address", type=_text, default="", metavar="TEXT")
    new.add_argument(
        "--contact", type=_text, default="", metavar="TEXT", help="for questions and for withdrawal"
    )
    new.add_argument(
        "--administrator",
        type=_text,
        default=ADMINISTRATOR,
        metavar="NAME",
        help="the first user",
    )


def _import(commands: Commands[argparse.ArgumentParser]) -> None:
    take = _command(commands, "import", "put pictures into a patient's quarantine tray")
    take.add_argument(
        "--patient",
        type=_text,
        required=True,
        metavar="ISSUER|ID",
        help="identifier with its issuer; a new one makes an unnamed patient",
    )
    take.add_argument("files", nargs="+", metavar="FILE", help="one JSON line is printed for each")


def _list(commands: Commands[argparse.ArgumentParser]) -> None:
    lists = _command(commands, "list", "list what is in the vault")
    lists.add_argument("what", choices=("patients", "encounters", "images", "consents"))
    lists.add_argument("--json", action="store_true", help="print one JSON array")


def _export(commands: Commands[argparse.ArgumentParser]) -> None:
    original = _command(
        commands, "export-original", "the bytes of a picture as they came; administrators only"
    )
    original.add_argument("image", type=_text, metavar="IMAGE_ID")
    original.add_argument("--reason", type=_text, required=True, metavar="TEXT")
    original.add_argument("--recipient", type=_text, required=True, metavar="TEXT")
    original.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help="must not be there yet"
    )
    consent = _command(commands, "export-consent", "the patient's copy of a consent")
    consent.add_argument("consent", type=_text, metavar="CONSENT_ID")
    consent.add_argument(
        "--out", required=True, type=Path, metavar="FILE.pdf", help="must not be there yet"
    )


def _backup(commands: Commands[argparse.ArgumentParser]) -> None:
    backup = _command(commands, "backup", "back the vault up, adding what is new")
    backup.add_argument("--to", type=Path, required=True, metavar="DIR", help="where backups lie")
    backup.add_argument(
        "--new-set", action="store_true", help="begin a set that holds everything once more"
    )
    listed = _of_backups(commands, "backups", "list the points in time that can be restored")
    listed.add_argument("--json", action="store_true", help="print one JSON array")
    restore = _of_backups(commands, "restore", "make a new vault from a backup")
    restore.add_argument(
        "--to", type=Path, required=True, metavar="PATH", help="the new vault; must not be there"
    )
    rehearsal = _of_backups(
        commands, "test-restore", "try a backup: restore it, check everything, remove it again"
    )
    for command in (restore, rehearsal):
        command.add_argument(
            "--point", type=_text, default="", metavar="ID", help="the newest one if left out"
        )
        secret = command.add_mutually_exclusive_group()
        secret.add_argument(
            "--passphrase-file", type=Path, metavar="FILE", help="a passphrase of that day"
        )
        secret.add_argument(
            "--recovery-code-file", type=Path, metavar="FILE", help="the recovery code of that day"
        )


def _of_backups(
    commands: Commands[argparse.ArgumentParser], name: str, what: str
) -> argparse.ArgumentParser:
    """A command that works on a backup; no vault needs to be there."""
    command = commands.add_parser(
        name,
        help=what,
        description=what,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.add_argument(
        "--from", dest="source", type=Path, required=True, metavar="DIR", help="where backups lie"
    )
    return command
