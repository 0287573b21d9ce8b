"""Carries out one command of the command line and says how it went."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from app.bootstrap import Program, program
from app.cli.arguments import parser
from app.cli.errors import (
    ClinicNameMissingError,
    ConsentWithoutCopyError,
    NoVaultNamedError,
)
from app.cli.importing import import_files
from app.cli.listing import print_list
from app.cli.passphrase import passphrase
from app.cli.verifying import verify
from app.domain.clinic import Clinic
from app.domain.disclosure import HandOver
from app.domain.ids import ConsentId, ImageId
from app.errors import KnownError
from app.services import consents, extracts, papers
from app.services.workplace import FirstEntries, Workplace

OK, FAULTY, REFUSED, FAILED = 0, 1, 3, 4
SUFFIX = ".clinigraph"


def run(arguments: argparse.Namespace) -> int:
    """Carry out a command that works on a vault; its exit code."""
    core = program()
    try:
        return _COMMANDS[arguments.command](core, arguments)
    except KnownError as error:
        print(error, file=sys.stderr)
        return FAILED
    finally:
        core.close()


def parsed(argv: list[str]) -> argparse.Namespace:
    """The arguments; argparse itself ends the program with 2 when it does not understand."""
    return parser().parse_args(argv)


def _vault_path(arguments: argparse.Namespace) -> Path:
    path: Path | None = arguments.vault
    if path is None:
        raise NoVaultNamedError
    return path if path.suffix else path.with_name(path.name + SUFFIX)


def _inside(core: Program, arguments: argparse.Namespace, work: Callable[[Workplace], int]) -> int:
    """Open the vault, work in it, lock it again whatever happens."""
    path = _vault_path(arguments)
    workplace = core.unlock(path, passphrase(arguments.passphrase_file))
    try:
        return work(workplace)
    finally:
        workplace.close()


def _new_vault(core: Program, arguments: argparse.Namespace) -> int:
    if not arguments.clinic.strip():
        raise ClinicNameMissingError
    path = _vault_path(arguments)
    clinic = Clinic(arguments.clinic, arguments.department, arguments.address, arguments.contact)
    first = FirstEntries(
        clinic, arguments.administrator, passphrase(arguments.passphrase_file, new=True), pin=""
    )
    founded = core.create(path, first)
    founded.workplace.close()
    print("The vault is made. Its recovery code, shown this once; keep it on paper:")
    print("-".join(founded.recovery_groups))
    return OK


def _import(core: Program, arguments: argparse.Namespace) -> int:
    def work(workplace: Workplace) -> int:
        all_taken = import_files(workplace, arguments.patient, arguments.files)
        return OK if all_taken else REFUSED

    return _inside(core, arguments, work)


def _list(core: Program, arguments: argparse.Namespace) -> int:
    def work(workplace: Workplace) -> int:
        with workplace.vault.reading() as records:
            print_list(records, arguments.what, as_json=arguments.json)
        return OK

    return _inside(core, arguments, work)


def _export_original(core: Program, arguments: argparse.Namespace) -> int:
    def work(workplace: Workplace) -> int:
        extract = extracts.extract(
            workplace.vault.unit_of_work(),
            workplace.desk,
            ImageId(arguments.image),
            reason=arguments.reason,
            recipient=arguments.recipient,
        )
        workplace.hand_out(extract.disclosure, extract.data, arguments.out)
        return OK

    return _inside(core, arguments, work)


def _export_consent(core: Program, arguments: argparse.Namespace) -> int:
    def work(workplace: Workplace) -> int:
        with workplace.vault.reading() as records:
            consent = consents.known(records, ConsentId(arguments.consent))
            document = papers.copy_of(records, consent.id)
            if document is None:
                raise ConsentWithoutCopyError
            data = papers.read(records, document.id)
        copy = papers.hand_over(
            workplace.vault.unit_of_work(), workplace.desk, document.id, HandOver.SAVED
        )
        workplace.hand_out(copy, data, arguments.out)
        return OK

    return _inside(core, arguments, work)


def _verify(core: Program, arguments: argparse.Namespace) -> int:
    def work(workplace: Workplace) -> int:
        return OK if verify(workplace, as_json=arguments.json) else FAULTY

    try:
        return _inside(core, arguments, work)
    except KnownError as error:
        print(error)
        return FAULTY


_COMMANDS: dict[str, Callable[[Program, argparse.Namespace], int]] = {
    "new-vault": _new_vault,
    "import": _import,
    "list": _list,
    "export-original": _export_original,
    "export-consent": _export_consent,
    "verify": _verify,
}
