"""The people who work with the vault, and what their role lets them do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import StaffId
from app.errors import KnownError


class Role(StrEnum):
    """What a member of staff may do; one table, below."""

    ADMINISTRATOR = "administrator"
    CLINICIAN = "clinician"
    PHOTOGRAPHER = "photographer"
    READER = "reader"


class Right(StrEnum):
    """Something that not everybody may do."""

    READ = "read"
    CAPTURE = "capture"
    OBTAIN_CONSENT = "obtain-consent"
    CORRECT_FILING = "correct-filing"
    EXTRACT_ORIGINAL = "extract-original"
    ADMINISTER = "administer"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(Right),
    Role.CLINICIAN: frozenset(
        {Right.READ, Right.CAPTURE, Right.OBTAIN_CONSENT, Right.CORRECT_FILING}
    ),
    Role.PHOTOGRAPHER: frozenset({Right.READ, Right.CAPTURE, Right.OBTAIN_CONSENT}),
    Role.READER: frozenset({Right.READ}),
}


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

    def require(self, right: Right) -> None:
        """Raise NotPermittedError unless the role includes the right."""
        if not self.active or right not in RIGHTS[self.role]:
            raise NotPermittedError
