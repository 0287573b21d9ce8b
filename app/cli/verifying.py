"""`clinigraph verify`: the report on the audit trail, every picture and every page."""

from __future__ import annotations

import json
import sys

from app.domain.verification import VerificationReport
from app.errors import KnownError
from app.services.workplace import Workplace


def verify(workplace: Workplace, *, as_json: bool) -> bool:
    """Check the whole vault and print what was found; whether it is sound."""
    report = VerificationReport()
    for report in workplace.verify():
        _tell_progress(report)
    if as_json:
        _print_json(report, None)
    else:
        _print_text(report)
    return report.sound


def tell_unopened(error: KnownError, *, as_json: bool) -> None:
    """Print the report on a vault that cannot be opened."""
    if as_json:
        _print_json(VerificationReport(), error)
    else:
        print("The vault is NOT sound: it cannot be opened.")
        print(error)


def _print_text(report: VerificationReport) -> None:
    for finding in report.findings:
        print(f"{finding.kind.value}\t{finding.where}\t{finding.what}")
    count = len(report.findings)
    print(f"Looked at {report.done:,} records, pictures and papers, and at every page.")
    print("The vault is sound." if report.sound else f"The vault is NOT sound: {count} found.")


def _print_json(report: VerificationReport, error: KnownError | None) -> None:
    said = {
        "sound": report.sound,
        "complete": report.complete,
        "looked_at": report.done,
        "code": error.code if error else None,
        "message": str(error) if error else None,
        "findings": [
            {"kind": finding.kind.value, "where": finding.where, "what": finding.what}
            for finding in report.findings
        ],
    }
    print(json.dumps(said, indent=1))


def _tell_progress(report: VerificationReport) -> None:
    """On a terminal, for a large vault takes minutes."""
    if sys.stderr.isatty():
        print(f"\r{report.done:,} of {report.total:,}", end="", file=sys.stderr, flush=True)
