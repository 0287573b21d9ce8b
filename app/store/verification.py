"""The check of a whole vault: key file, pages, audit chains, every row, every picture and paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from app.domain.backup import BackupMade
from app.domain.clinic import Clinic
from app.domain.clinical_image import ClinicalImage, ImageFact
from app.domain.consent import Consent, Refiling, Withdrawal
from app.domain.disclosure import OriginalExtract
from app.domain.document import CopyHandedOver, StoredDocument
from app.domain.encounter import Encounter
from app.domain.ids import BlobId
from app.domain.patient import PatientLink, PatientVersion
from app.domain.protection import GlassBroken
from app.domain.rendition import Assessment, Rendition
from app.domain.staff import Staff
from app.domain.verification import FindingKind, VerificationFinding, VerificationReport
from app.store.audit_log import AuditHead
from app.store.codec import UnreadableBodyError, decode
from app.store.errors import BlobDamagedError, BlobErasedError, PageDamagedError
from app.store.permission_check import permission_findings
from app.store.records.encounters import EncounterFact
from app.store.records.rows import PAGE_ROWS
from app.store.sealed_vault import SealedVault

BODIES: dict[str, tuple[type, ...]] = {
    "clinic_version": (Clinic,),
    "staff_version": (Staff,),
    "patient_version": (PatientVersion,),
    "patient_link": (PatientLink,),
    "encounter": (Encounter,),
    "encounter_fact": (EncounterFact,),
    "image": (ClinicalImage,),
    "image_fact": (ImageFact,),
    "rendition": (Rendition,),
    "assessment": (Assessment,),
    "permission_fact": (Consent, Withdrawal, Refiling),
    "document": (StoredDocument,),
    "hand_over": (CopyHandedOver,),
    "disclosure": (OriginalExtract,),
    "backup": (BackupMade,),
    "glass_broken": (GlassBroken,),
}

Findings = tuple[VerificationFinding, ...]
Step = tuple[int, Findings]
"""How many rows or contents were looked at, and what was found."""


def verify(vault: SealedVault, known: Iterable[AuditHead] = ()) -> Iterator[VerificationReport]:
    """Look at everything, and give the report so far after each step; the last one is complete.

    It is broken off by asking for no more. Between two steps nothing is held, so that a lane that
    runs one step at a time does other work between them. The first step is the longest: it reads
    the whole file, about 350 MB each second.

    Args:
        vault: On the thread that opened it, because the log is emptied into the file first.
        known: Ends of audit chains that were kept outside the vault.

    Raises:
        StoreBusyError: Somebody is reading; nothing was looked at.
    """
    report = VerificationReport(findings=_key_file(vault) + _pages(vault), total=_total(vault))
    yield report
    for step in chain(_chains(vault, known), _rows(vault), _permissions(vault), _contents(vault)):
        looked_at, findings = step
        done = report.done + looked_at
        report = VerificationReport(report.findings + findings, done, max(done, report.total))
        yield report
    yield replace(report, complete=True, done=report.total)


def _key_file(vault: SealedVault) -> Findings:
    if vault.opened.key_file.is_whole():
        return ()
    return (VerificationFinding(FindingKind.KEY_FILE_DAMAGED, "keys"),)


def _pages(vault: SealedVault) -> Findings:
    database = vault.opened.database
    found = database.check(structure=True)
    salt = (VerificationFinding(FindingKind.PAGE_DAMAGED, "1", "salt"),)
    damaged = (
        VerificationFinding(FindingKind.PAGE_DAMAGED, str(page)) for page in found.damaged_pages
    )
    structure = (
        VerificationFinding(FindingKind.STRUCTURE, "database", said) for said in found.structure
    )
    return (*(salt if database.salt_was_damaged else ()), *damaged, *structure)


def _total(vault: SealedVault) -> int:
    """Everything that is there to look at; what cannot be counted is left out."""
    ends = sum(_last_place(vault, table) or 0 for table in BODIES)
    sql = (
        "SELECT (SELECT count(*) FROM blob WHERE erased = 0) + (SELECT count(*) FROM audit_record)"
    )
    try:
        with vault.view() as connection:
            return ends + int(connection.execute(sql).fetchone()[0])
    except PageDamagedError:
        return ends


def _last_place(vault: SealedVault, table: str) -> int | None:
    """The last row's place in the recorded order; None when it cannot be read."""
    sql = f"SELECT ifnull(max(seq), 0) FROM {table}"  # noqa: S608 - a name of this module
    try:
        with vault.view() as connection:
            return int(connection.execute(sql).fetchone()[0])
    except PageDamagedError:
        return None


def _chains(vault: SealedVault, known: Iterable[AuditHead]) -> Iterator[Step]:
    kind = FindingKind.AUDIT_CHAIN
    try:
        with vault.reading() as records:
            faults = records.audit.faults(known)
            count = sum(head.sequence for head in records.audit.heads())
    except PageDamagedError:
        yield 0, (VerificationFinding(kind, "audit_record", "cannot be read"),)
        return
    yield (
        count,
        tuple(
            VerificationFinding(kind, f"{fault.workstation}/{fault.sequence}", fault.what)
            for fault in faults
        ),
    )


def _rows(vault: SealedVault) -> Iterator[Step]:
    for table, kinds in BODIES.items():
        last = _last_place(vault, table)
        if last is None:
            yield 0, (_unreadable(table),)
            continue
        for after in range(0, last, PAGE_ROWS):
            until = min(after + PAGE_ROWS, last)
            yield until - after, _rows_between(vault, table, kinds, (after, until))


def _rows_between(
    vault: SealedVault, table: str, kinds: tuple[type, ...], places: tuple[int, int]
) -> Findings:
    sql = f"SELECT seq, body FROM {table} WHERE seq > ? AND seq <= ?"  # noqa: S608 - as above
    try:
        with vault.view() as connection:
            rows = connection.execute(sql, places).fetchall()
    except PageDamagedError:
        return (_unreadable(f"{table}/{places[0] + 1}-{places[1]}"),)
    return tuple(_unreadable(f"{table}/{seq}") for seq, text in rows if not _reads(text, kinds))


def _reads(text: str, kinds: tuple[type, ...]) -> bool:
    for kind in kinds:
        try:
            decode(text, kind)
        except UnreadableBodyError:
            continue
        return True
    return False


def _unreadable(where: str) -> VerificationFinding:
    return VerificationFinding(FindingKind.RECORD_UNREADABLE, where)


def _permissions(vault: SealedVault) -> Iterator[Step]:
    try:
        with vault.reading() as records:
            yield 0, permission_findings(records)
    except (PageDamagedError, ValueError):  # named by the checks before
        return


def _contents(vault: SealedVault) -> Iterator[Step]:
    sql = "SELECT id FROM blob WHERE erased = 0 AND id > ? ORDER BY id LIMIT ?"
    after = ""
    while True:
        try:
            with vault.view() as connection:
                ids = [row[0] for row in connection.execute(sql, (after, PAGE_ROWS)).fetchall()]
        except PageDamagedError:
            yield 0, (_unreadable("blob"),)
            return
        if not ids:
            return
        for blob in ids:
            yield 1, _content(vault, BlobId(blob))
        after = ids[-1]


def _content(vault: SealedVault, blob: BlobId) -> Findings:
    """Read one content, and compare it with the hash that was noted and with those that name it."""
    sql = """
        SELECT sha256 FROM image WHERE original = :blob
        UNION ALL SELECT sha256 FROM rendition WHERE blob = :blob
        UNION ALL SELECT sha256 FROM document WHERE blob = :blob
    """
    store = vault.opened.blobs
    try:
        with vault.view() as connection:
            named = {row[0] for row in connection.execute(sql, {"blob": blob}).fetchall()}
            store.verify(connection, blob)
            differs = named - {store.sha256(connection, blob)}
    except BlobErasedError:  # since the list was made
        return ()
    except (BlobDamagedError, PageDamagedError):
        return (VerificationFinding(FindingKind.CONTENT_DAMAGED, blob),)
    return (VerificationFinding(FindingKind.CONTENT_DIFFERS, blob),) if differs else ()
