"""`clinigraph verify`: the report on the audit trail, every picture and every page."""

from __future__ import annotations

import sys
from contextlib import suppress

from app.cli.output import say, say_json, shown, tell
from app.domain.audit import Action
from app.domain.verification import VerificationReport
from app.errors import KnownError
from app.services import activity
from app.services.workplace import Workplace


def verify(workplace: Workplace, *, as_json: bool) -> bool:
    """Check the whole vault and print what was found; whether it is sound."""
    report = VerificationReport()
    try:
        for report in workplace.verify():
            _tell_progress(report)
    except KnownError as error:  # broken off: what was found until then counts
        tell(str(error))
    with suppress(KnownError):  # a damaged vault may not take the note
        activity.note(
            workplace.vault.unit_of_work(),
            workplace.desk,
            Action.VAULT_VERIFIED,
            findings=len(report.findings),
            complete=report.complete,
        )
    if as_json:
        say_json(_as_json(report, None), indent=1)
    else:
        _print_text(report)
    return report.sound


def tell_unopened(error: KnownError, *, as_json: bool) -> None:
    """Print the report on a vault that is too damaged to be opened."""
    if as_json:
        say_json(_as_json(VerificationReport(), error), indent=1)
    else:
        say("The vault is NOT sound: it cannot be opened.")
        say(f"not-opened\t{error.code}")
    tell(str(error))


def _print_text(report: VerificationReport) -> None:
    for finding in report.findings:
        say("\t".join(map(shown, (finding.kind.value, finding.where, finding.what))).rstrip())
    say(f"Looked at every page and at {report.done:,} records, pictures and papers.")
    if report.sound:
        say("The vault is sound.")
    elif report.complete:
        say(f"The vault is NOT sound: faults found: {len(report.findings):,}.")
    else:
        say(f"The check could not be finished; faults found so far: {len(report.findings):,}.")


def _as_json(report: VerificationReport, error: KnownError | None) -> dict[str, object]:
    return {
        "sound": report.sound,
        "complete": report.complete,
        "looked_at": report.done,
        "not_opened": error.code if error else None,
        "findings": [
            {"kind": finding.kind.value, "where": finding.where, "what": finding.what}
            for finding in report.findings
        ],
    }


def _tell_progress(report: VerificationReport) -> None:
    """On a terminal only: the check of a large vault takes minutes."""
    if sys.stderr is not None and sys.stderr.isatty():
        print(f"\r{report.done:,} of {report.total:,} ", end="", file=sys.stderr, flush=True)
        if report.complete:
            tell("")
