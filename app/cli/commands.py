"""The commands that work on a vault: each opens it, does one thing, and locks it again."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from app.bootstrap import Program
from app.cli import backing_up
from app.cli.arguments import ADMINISTRATOR
from app.cli.errors import ClinicNameMissingError, ConsentWithoutCopyError
from app.cli.exit_codes import ExitCode
from app.cli.importing import identifier, import_files
from app.cli.interruption import uninterrupted
from app.cli.listing import listed, print_list
from app.cli.output import say, tell, tell_failure
from app.cli.passphrase import passphrase
from app.cli.vault_path import vault_path
from app.cli.verifying import tell_unopened, verify
from app.documents.hand_out import FileThereError, NotWrittenError
from app.domain.audit import Action
from app.domain.clinic import Clinic
from app.domain.disclosure import HandOver
from app.domain.ids import ConsentId, ImageId
from app.errors import KnownError
from app.services import activity, consents, extracts, papers
from app.services.reading import view
from app.services.workplace import FirstEntries, Workplace
from app.store.errors import (
    BlobDamagedError,
    DatabaseMissingError,
    ForeignKeyFileError,
    KeyFileAlteredError,
    KeyFileDamagedError,
    KeyFileMissingError,
    KeyFileOutdatedError,
    KeyParametersRefusedError,
    PageDamagedError,
    StoreIOError,
    VaultDamagedError,
)

UNSOUND = (
    BlobDamagedError,
    DatabaseMissingError,
    ForeignKeyFileError,
    KeyFileAlteredError,
    KeyFileDamagedError,
    KeyFileMissingError,
    KeyFileOutdatedError,
    KeyParametersRefusedError,
    PageDamagedError,
    StoreIOError,
    VaultDamagedError,
)
"""Why a vault cannot be opened when it is the vault's own fault."""

Work = Callable[[Workplace], ExitCode]


def carry_out(core: Program, arguments: argparse.Namespace) -> ExitCode:
    """Carry out a command that works on a vault.

    Raises:
        KnownError: It could not be carried out.
    """
    return _COMMANDS[arguments.command](core, arguments)


def _inside(core: Program, arguments: argparse.Namespace, work: Work) -> ExitCode:
    """Open the vault, work in it, lock it again whatever happens."""
    path = vault_path(arguments.vault)
    core.look_at(path)  # before anybody is asked for a passphrase
    secret = passphrase(arguments.passphrase_file)
    workplace = core.unlock(path, secret, (arguments.user or "").strip())
    ended = ExitCode.NOT_DONE
    try:
        ended = work(workplace)
    finally:
        if not _locked(workplace):
            ended = ended or ExitCode.NOT_DONE
    return ended


def _locked(workplace: Workplace) -> bool:
    """Lock the vault; whether that could be recorded."""
    with uninterrupted():
        try:
            workplace.close()
        except KnownError as error:
            tell_failure(error)
            return False
    return True


def _new_vault(core: Program, arguments: argparse.Namespace) -> ExitCode:
    if not arguments.clinic.strip():
        raise ClinicNameMissingError
    path = vault_path(arguments.vault)
    if core.look_at_place(path):
        tell("remark: another program seems to copy this folder to a cloud, and may damage a vault")
    clinic = Clinic(arguments.clinic, arguments.department, arguments.address, arguments.contact)
    administrator = arguments.administrator.strip() or ADMINISTRATOR
    secret = passphrase(arguments.passphrase_file, new=True)
    first = FirstEntries(clinic, administrator, secret, pin="")
    with uninterrupted():  # a vault whose recovery code nobody saw would be half a vault
        founded = core.create(path, first)
        founded.workplace.close()
        say("The vault is made. Its recovery code, shown this once; keep it on paper:")
        say("-".join(founded.recovery_groups))
    return ExitCode.DONE


def _import(core: Program, arguments: argparse.Namespace) -> ExitCode:
    patient = identifier(arguments.patient)

    def work(workplace: Workplace) -> ExitCode:
        all_taken = import_files(workplace, patient, arguments.files)
        return ExitCode.DONE if all_taken else ExitCode.SOME_REFUSED

    return _inside(core, arguments, work)


def _list(core: Program, arguments: argparse.Namespace) -> ExitCode:
    def work(workplace: Workplace) -> ExitCode:
        desk = workplace.desk
        with view(workplace.vault, desk) as records:
            rows = listed(records, desk, arguments.what)
        activity.note(
            workplace.vault.unit_of_work(),
            desk,
            Action.REPORT_WRITTEN,
            list=arguments.what,
            rows=len(rows),
        )
        print_list(rows, as_json=arguments.json)
        return ExitCode.DONE

    return _inside(core, arguments, work)


def _export_original(core: Program, arguments: argparse.Namespace) -> ExitCode:
    _require_free(arguments.out)

    def work(workplace: Workplace) -> ExitCode:
        extract = extracts.extract(
            workplace.vault.unit_of_work(),
            workplace.desk,
            ImageId(arguments.image),
            reason=arguments.reason,
            recipient=arguments.recipient,
        )
        with uninterrupted():
            workplace.hand_out(extract.disclosure, extract.data, arguments.out)
        return ExitCode.DONE

    return _inside(core, arguments, work)


def _export_consent(core: Program, arguments: argparse.Namespace) -> ExitCode:
    _require_free(arguments.out)

    def work(workplace: Workplace) -> ExitCode:
        with view(workplace.vault, workplace.desk) as records:
            consent = consents.known(records, ConsentId(arguments.consent))
            document = papers.copy_of(records, consent.id)
            if document is None:
                raise ConsentWithoutCopyError
            data = papers.read(records, workplace.desk, document.id)
        with uninterrupted():
            copy = papers.hand_over(
                workplace.vault.unit_of_work(), workplace.desk, document.id, HandOver.SAVED
            )
            workplace.hand_out(copy, data, arguments.out)
        return ExitCode.DONE

    return _inside(core, arguments, work)


def _require_free(out: Path) -> None:
    """Look before anything is recorded as handed out.

    Raises:
        FileThereError: There is something of that name.
        NotWrittenError: There is no such folder.
    """
    if os.path.lexists(out):
        raise FileThereError
    if not out.parent.is_dir():
        raise NotWrittenError


def _verify(core: Program, arguments: argparse.Namespace) -> ExitCode:
    def work(workplace: Workplace) -> ExitCode:
        sound = verify(workplace, as_json=arguments.json)
        return ExitCode.DONE if sound else ExitCode.FAULT_FOUND

    try:
        return _inside(core, arguments, work)
    except UNSOUND as error:
        tell_unopened(error, as_json=arguments.json)
        return ExitCode.FAULT_FOUND


def _backup(core: Program, arguments: argparse.Namespace) -> ExitCode:
    return _inside(core, arguments, partial(backing_up.backup, arguments=arguments))


_COMMANDS: dict[str, Callable[[Program, argparse.Namespace], ExitCode]] = {
    "new-vault": _new_vault,
    "import": _import,
    "list": _list,
    "export-original": _export_original,
    "export-consent": _export_consent,
    "verify": _verify,
    "backup": _backup,
    "backups": backing_up.list_backups,
    "restore": backing_up.restore,
    "test-restore": backing_up.test_restore,
}
