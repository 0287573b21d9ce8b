"""Whether every consent, withdrawal and refiling is the one that the audit trail speaks of."""

from __future__ import annotations

import json

from app.domain.fingerprint import fingerprint
from app.domain.verification import FindingKind, VerificationFinding
from app.store.codec import UnreadableBodyError
from app.store.stored_records import StoredRecords

NAMES = ("consent", "withdrawal", "refiling")


def permission_findings(records: StoredRecords) -> tuple[VerificationFinding, ...]:
    """The facts that were changed or removed behind the trail's back.

    A fact of which no event holds a fingerprint is not judged.
    """
    vouched = _vouched(records)
    findings = []
    try:
        for fact in records.consents.all():
            expected = vouched.pop(fact.id, None)
            if expected is not None and expected != fingerprint(fact):
                findings.append(_finding(fact.id, "changed"))
    except UnreadableBodyError:
        return tuple(findings)  # the check of rows names it
    return (*findings, *(_finding(missing, "missing") for missing in vouched))


def _vouched(records: StoredRecords) -> dict[str, str]:
    """The fingerprint that the trail holds of each fact, by its id."""
    found: dict[str, str] = {}
    for workstation in records.audit.workstations():
        for record in records.audit.records(workstation):
            if '"record"' not in record.body:
                continue
            details = json.loads(record.body)["details"]
            fact = next((details[name] for name in NAMES if name in details), None)
            if fact is not None:
                found[fact] = details["record"]
    return found


def _finding(fact: str, what: str) -> VerificationFinding:
    return VerificationFinding(FindingKind.PERMISSION_CHANGED, f"permission_fact/{fact}", what)
