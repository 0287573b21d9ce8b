"""The audit trail: one hash-linked chain for each workstation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.domain.ids import PatientId, Sha256, StaffId, WorkstationId

AUDIT_SCHEMA = 1
FIRST_LINK = Sha256("0" * 64)


class Action(StrEnum):
    """What happened. Grouped as DICOM PS3.15 A.5 groups its audit messages."""

    VAULT_CREATED = "vault.created"
    VAULT_UNLOCKED = "vault.unlocked"
    VAULT_LOCKED = "vault.locked"
    VAULT_VERIFIED = "vault.verified"
    VAULT_RESTORED = "vault.restored"
    BACKUP_MADE = "vault.backed-up"
    BACKUP_REHEARSED = "vault.backup-rehearsed"
    KEY_SLOTS_CHANGED = "vault.key-slots-changed"
    STAFF_ADDED = "staff.added"
    STAFF_DISABLED = "staff.disabled"
    STAFF_ENABLED = "staff.enabled"
    STAFF_ROLE_CHANGED = "staff.role-changed"
    STAFF_SIGNED_IN = "staff.signed-in"
    SIGN_IN_REFUSED = "staff.sign-in-refused"
    PASSPHRASE_RESET = "staff.passphrase-reset"  # noqa: S105 - an action, not a secret
    PIN_CHANGED = "staff.pin-changed"
    PIN_REFUSED = "staff.pin-refused"
    CLINIC_CHANGED = "clinic.changed"
    PATIENT_CREATED = "patient.created"
    PATIENT_CHANGED = "patient.changed"
    PATIENT_OPENED = "patient.opened"
    PATIENTS_SEARCHED = "patient.searched"
    PATIENTS_MERGED = "patient.merged"
    PATIENTS_UNMERGED = "patient.unmerged"
    ENCOUNTER_OPENED = "encounter.opened"
    ENCOUNTER_RESUMED = "encounter.resumed"
    ENCOUNTER_STEPPED = "encounter.stepped"
    ENCOUNTER_PREPARED = "encounter.prepared"
    ENCOUNTER_ENDED = "encounter.ended"
    IMAGE_ADMITTED = "image.admitted"
    IMAGE_REFUSED = "image.refused"
    IMAGE_DUPLICATE = "image.duplicate"
    IMAGE_DESCRIBED = "image.described"
    IMAGE_REFILED = "image.refiled"
    IMAGE_ASSIGNED = "image.assigned"
    IMAGE_STATE_CHANGED = "image.state-changed"
    IMAGE_VIEWED = "image.viewed"
    IMAGE_CHECKED = "image.checked"
    VIEWER_NAMED = "protected.viewer-named"
    VIEWER_REMOVED = "protected.viewer-removed"
    GLASS_BROKEN = "protected.opened-with-reason"
    RENDITION_MADE = "rendition.made"
    DRAFT_SAVED = "consent.draft-saved"
    SCREEN_HANDED_OVER = "consent.screen-handed-over"
    SCREEN_TAKEN_BACK = "consent.screen-taken-back"
    CONSENT_SIGNED = "consent.signed"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    DOCUMENT_STORED = "document.stored"
    COPY_HANDED_OVER = "document.handed-over"
    ORIGINAL_EXTRACTED = "disclosure.original-extracted"
    REPORT_WRITTEN = "disclosure.report-written"
    FORM_USED = "form.used"


class Outcome(StrEnum):
    """How it went. Source: DICOM PS3.15 A.5.1, EventOutcomeIndicator 0 and 8."""

    SUCCESS = "success"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """What a service reports; the store gives it its place in the chain.

    Attributes:
        patient: Replaced by a pseudonym in the chain, so that an erased person leaves no trace.
        details: Ids, counts, codes and vocabulary words only; never names or texts.
    """

    action: Action
    at: datetime
    by: StaffId
    workstation: WorkstationId
    patient: PatientId | None = None
    details: Mapping[str, str | int | bool] = field(default_factory=dict)
    outcome: Outcome = Outcome.SUCCESS


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One link of a chain as it is stored.

    Attributes:
        sequence: From 1, without a gap, within the workstation's chain.
        body: Canonical JSON; holds workstation, sequence, schema, time, pseudonyms and details.
        previous: Hash of the record before; FIRST_LINK for the first.
        hash: SHA-256 over previous and body.
    """

    workstation: WorkstationId
    sequence: int
    body: str
    previous: Sha256
    hash: Sha256


def canonical_json(value: Mapping[str, object]) -> str:
    """JSON with one possible spelling: keys sorted, no spaces, UTF-8.

    Source: the member ordering of RFC 8785 for the ASCII keys that are used here.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link(previous: Sha256, body: str) -> Sha256:
    """The hash that binds a record to the one before."""
    return Sha256(hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest())


def linked(
    event: AuditEvent,
    *,
    sequence: int,
    previous: Sha256,
    staff_pseudonym: str,
    patient_pseudonym: str | None,
) -> AuditRecord:
    """The event as the next record of its workstation's chain."""
    body = canonical_json(
        {
            "schema": AUDIT_SCHEMA,
            "workstation": event.workstation,
            "sequence": sequence,
            "at": event.at.isoformat(timespec="milliseconds"),
            "by": staff_pseudonym,
            "action": event.action,
            "outcome": event.outcome,
            "patient": patient_pseudonym,
            "details": dict(event.details),
        }
    )
    return AuditRecord(event.workstation, sequence, body, previous, link(previous, body))


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first record of a chain that is not as it was written."""

    workstation: WorkstationId
    sequence: int
    what: str


def first_fault(records: Iterable[AuditRecord]) -> ChainFault | None:
    """The first removed, changed, reordered or inserted record of one chain; None when sound."""
    previous, expected = FIRST_LINK, 1
    for record in records:
        if record.sequence != expected:
            return ChainFault(record.workstation, expected, "missing or out of order")
        if record.previous != previous or record.hash != link(previous, record.body):
            return ChainFault(record.workstation, record.sequence, "changed")
        if not _speaks_of_itself(record):
            return ChainFault(record.workstation, record.sequence, "moved")
        previous, expected = record.hash, expected + 1
    return None


def _speaks_of_itself(record: AuditRecord) -> bool:
    try:
        body = json.loads(record.body)
    except ValueError:
        return False
    return (
        isinstance(body, dict)
        and body.get("sequence") == record.sequence
        and body.get("workstation") == record.workstation
    )
