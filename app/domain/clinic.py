"""Who holds the vault: what the patient's copy names as the place and the contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.ids import Sha256


@dataclass(frozen=True, slots=True)
class FormApproval:
    """The clinic read a consent form and answers for its wording.

    Attributes:
        form_sha256: Of the form's source: another wording needs another approval.
        by: Name and post.
    """

    form_sha256: Sha256
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Clinic:
    """The clinic as printed on papers.

    Attributes:
        name: "St Brigid's Hospital".
        department: "Dermatology".
        address: Lines separated by newlines.
        contact: For questions and withdrawal: person, telephone, e-mail; lines.
        logo: PNG or JPEG made by the decoder, never the file as it came; empty for none.
        approvals: The consent forms that may be used with patients.
    """

    name: str
    department: str = ""
    address: str = ""
    contact: str = ""
    logo: bytes = b""
    approvals: tuple[FormApproval, ...] = ()

    def approval(self, form_sha256: Sha256) -> FormApproval | None:
        """The newest approval of a form; None when nobody approved it."""
        return next((a for a in reversed(self.approvals) if a.form_sha256 == form_sha256), None)

    def __post_init__(self) -> None:
        if not self.name.strip():
            msg = "a clinic has a name"
            raise ValueError(msg)
