"""The people who work with the vault, and what their role lets them do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import StaffId
from app.domain.patient import fold
from app.errors import KnownError


class Role(StrEnum):
    """What a member of staff may do; one table, below."""

    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy-officer"
    CLINICIAN = "clinician"
    PHOTOGRAPHER = "photographer"
    READER = "reader"


class Right(StrEnum):
    """Something that not everybody may do.

    READ: Patients, sessions, consents, papers, and pictures that are not protected.
    BREAK_GLASS: Open one patient's protected pictures for a short time, with a reason.
    NAME_VIEWERS: Say who may see a protected picture, and read why glass was broken.
    """

    READ = "read"
    BREAK_GLASS = "break-glass"
    CAPTURE = "capture"
    OBTAIN_CONSENT = "obtain-consent"
    RECORD_WITHDRAWAL = "record-withdrawal"
    HAND_OVER_COPY = "hand-over-copy"
    CORRECT_FILING = "correct-filing"
    EXTRACT_ORIGINAL = "extract-original"
    NAME_VIEWERS = "name-viewers"
    READ_AUDIT = "read-audit"
    ERASE = "erase"
    HOLD = "legal-hold"
    BACK_UP = "back-up"
    MANAGE_STAFF = "manage-staff"
    ADMINISTER = "administer"


_IN_THE_ROOM = frozenset(
    {
        Right.READ,
        Right.BREAK_GLASS,
        Right.CAPTURE,
        Right.OBTAIN_CONSENT,
        Right.RECORD_WITHDRAWAL,
        Right.HAND_OVER_COPY,
    }
)

# Nobody has every right: who says who may see a protected picture sees none of them by that.
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(Right) - {Right.NAME_VIEWERS},
    Role.PRIVACY_OFFICER: frozenset(
        {
            Right.READ,
            Right.RECORD_WITHDRAWAL,
            Right.HAND_OVER_COPY,
            Right.NAME_VIEWERS,
            Right.READ_AUDIT,
            Right.ERASE,
            Right.HOLD,
        }
    ),
    Role.CLINICIAN: _IN_THE_ROOM | {Right.CORRECT_FILING},
    Role.PHOTOGRAPHER: _IN_THE_ROOM,
    Role.READER: frozenset({Right.READ, Right.BREAK_GLASS}),
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One right, and the roles that include it."""

    right: Right
    roles: frozenset[Role]


def role_table() -> tuple[TableRow, ...]:
    """The whole table, a row for each right; Settings and the help show nothing else."""
    return tuple(
        TableRow(right, frozenset(role for role in Role if right in RIGHTS[role]))
        for right in Right
    )


class NotPermittedError(KnownError):
    """The role does not include what was asked for."""

    code = "SESSION-001"
    message = "Your role does not include this."
    advice = "Ask an administrator of this vault to do it, or to change your role."


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff.

    Attributes:
        name: As printed under a signature.
        role: What they may do.
        pin_verifier: Derived from the PIN, never the PIN; empty until set.
        active: False once disabled; facts by them stay.
    """

    id: StaffId
    name: str
    role: Role
    pin_verifier: str = ""
    active: bool = True

    def may(self, right: Right) -> bool:
        """Whether the role includes the right."""
        return self.active and right in RIGHTS[self.role]

    def require(self, right: Right) -> None:
        """Raise NotPermittedError unless the role includes the right."""
        if not self.may(right):
            raise NotPermittedError


def sign_in_name(name: str) -> str:
    """The name as people are told apart by when they sign in: no case, no accents."""
    return fold(name)
