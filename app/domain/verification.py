"""What a check of the whole vault found: places and kinds, never what is written there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """What may be wrong with a vault.

    KEY_FILE_DAMAGED: One of the two copies in the key file is not whole; the other one still opens.
    PAGE_DAMAGED: A page of the database is not what was written there.
    STRUCTURE: Tables, indexes or references of the database do not fit together.
    AUDIT_CHAIN: A record of the audit trail was removed, changed, moved or put in.
    PERMISSION_CHANGED: A consent, withdrawal or refiling is not the one that the trail speaks of.
    RECORD_UNREADABLE: A row is not what this program writes.
    CONTENT_DAMAGED: The bytes of a picture or paper cannot be read or were changed.
    CONTENT_DIFFERS: The bytes are whole but not those that the picture or paper names.
    """

    KEY_FILE_DAMAGED = "key-file-damaged"
    PAGE_DAMAGED = "page-damaged"
    STRUCTURE = "structure"
    AUDIT_CHAIN = "audit-chain"
    PERMISSION_CHANGED = "permission-changed"
    RECORD_UNREADABLE = "record-unreadable"
    CONTENT_DAMAGED = "content-damaged"
    CONTENT_DIFFERS = "content-differs"


@dataclass(frozen=True, slots=True)
class VerificationFinding:
    """One thing that is wrong.

    Attributes:
        where: Number of a page, "table/row", id of a workstation with a number, id of a blob.
        what: A word more, where there is one; no personal data.
    """

    kind: FindingKind
    where: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """What was found so far.

    Attributes:
        done: Rows and contents that were looked at.
        total: Of them, as counted at the beginning.
        complete: False until everything was looked at, and for ever when it was broken off.
    """

    findings: tuple[VerificationFinding, ...] = ()
    done: int = 0
    total: int = 0
    complete: bool = False

    @property
    def sound(self) -> bool:
        """Whether everything was looked at and nothing found."""
        return self.complete and not self.findings
