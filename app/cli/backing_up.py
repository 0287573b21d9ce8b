"""`clinigraph backup`, `backups`, `restore` and `test-restore`."""

from __future__ import annotations

import argparse
import sys

from app.bootstrap import Program
from app.cli.exit_codes import ExitCode
from app.cli.output import say, say_json, say_json_array, shown, tell, tell_failure
from app.cli.passphrase import passphrase
from app.cli.vault_path import vault_path
from app.domain.backup import BackupPoint, BackupStage, Restored, SlotSince
from app.errors import KnownError
from app.services import backups
from app.services.backups import Wanted
from app.services.workplace import Workplace
from app.store.backup.errors import BackupDamagedError

MB = 1_000_000

_SLOT_WORDS = {
    SlotSince.CHANGED: (
        "remark: what opened this backup has been changed since; the restored vault opens with the "
        "passphrases and the recovery code of that day"
    ),
    SlotSince.REMOVED: (
        "remark: the person whose passphrase opened this backup has been removed since; a backup "
        "holds the slots of its day, and so does the restored vault"
    ),
}


def backup(workplace: Workplace, arguments: argparse.Namespace) -> ExitCode:
    """Write a backup of the open vault, and print what it holds."""
    desk, uow = workplace.desk, workplace.vault.unit_of_work()
    try:
        made = backups.back_up(
            desk, workplace.backups, arguments.to, _tell_progress, anew=arguments.new_set
        )
    except KnownError as error:
        if error.code.startswith("BACKUP-"):
            backups.note_failed(uow, desk, error.code)
        raise
    backups.note_made(uow, desk, made)
    say_json(
        {
            "point": made.point,
            "set": made.set_name,
            "copied": made.copied,
            "bytes": made.size_bytes,
            "unreadable": made.unreadable,
        }
    )
    if made.unreadable:
        tell("remark: the vault itself could not read some contents; run clinigraph verify")
    return ExitCode.DONE


def list_backups(core: Program, arguments: argparse.Namespace) -> ExitCode:
    """Print the points in a folder, oldest first."""
    rows = [_row(point) for point in core.backups.points(arguments.source)]
    if arguments.json:
        say_json_array(rows)
    else:
        say("\t".join(rows[0]))
        for row in rows:
            say("\t".join(shown(str(value)) for value in row.values()))
    return ExitCode.DONE


def restore(core: Program, arguments: argparse.Namespace) -> ExitCode:
    """Make a new vault from a point."""
    to = vault_path(arguments.to)
    core.look_at_place(to)
    core.backups.points(arguments.source)  # before anybody is asked for a passphrase
    restored = core.backups.restore(_wanted(arguments), to, _tell_progress)
    _print_result(restored, f"Restored to {shown(str(to))}.")
    return ExitCode.DONE if restored.sound else ExitCode.FAULT_FOUND


def test_restore(core: Program, arguments: argparse.Namespace) -> ExitCode:
    """Restore into a temporary folder, check everything, and remove it again."""
    core.backups.points(arguments.source)
    try:
        restored = core.backups.rehearse(_wanted(arguments), _tell_progress)
    except BackupDamagedError as error:
        tell_failure(error)
        say("The backup CANNOT be restored.")
        return ExitCode.FAULT_FOUND
    verdict = "The backup can be restored." if restored.sound else "The backup is NOT sound."
    _print_result(restored, verdict)
    return ExitCode.DONE if restored.sound else ExitCode.FAULT_FOUND


def _wanted(arguments: argparse.Namespace) -> Wanted:
    if arguments.recovery_code_file is not None:
        code = passphrase(arguments.recovery_code_file).decode()
        return Wanted(arguments.source, arguments.point, code=code)
    return Wanted(arguments.source, arguments.point, passphrase(arguments.passphrase_file))


def _row(point: BackupPoint) -> dict[str, object]:
    return {
        "point": point.id,
        "set": point.set_name,
        "vault": point.vault,
        "at": point.at.isoformat(),
        "number": point.number,
        "schema": point.schema,
        "events": point.events,
        "contents": point.contents,
        "bytes": point.size_bytes,
        "whole": point.whole,
    }


def _print_result(restored: Restored, verdict: str) -> None:
    for finding in restored.report.findings:
        say("\t".join(map(shown, (finding.kind.value, finding.where, finding.what))).rstrip())
    say(f"Point {restored.point.id}: looked at {restored.report.done:,} records and contents.")
    if restored.erased_again:
        say(f"Erased again, because it was erased since: {restored.erased_again:,}.")
    if restored.slot in _SLOT_WORDS:
        tell(_SLOT_WORDS[restored.slot])
    if restored.returned:
        tell(f"remark: people removed since who can open this vault: {restored.returned:,}")
    say(verdict)


def _tell_progress(stage: BackupStage, done: int, total: int) -> None:
    """On a terminal only."""
    if sys.stderr is None or not sys.stderr.isatty() or not total:
        return
    scale = 1 if stage is BackupStage.VERIFYING else MB
    line = f"\r{stage.value} {done // scale:,} of {total // scale:,} "
    print(line, end="", file=sys.stderr, flush=True)
