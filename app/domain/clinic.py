"""Who holds the vault: what the patient's copy names as the place and the contact."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clinic:
    """The clinic as printed on papers.

    Attributes:
        name: "St Brigid's Hospital".
        department: "Dermatology".
        address: Lines separated by newlines.
        contact: For questions and withdrawal: person, telephone, e-mail; lines.
        logo: PNG or JPEG made by the decoder, never the file as it came; empty for none.
    """

    name: str
    department: str = ""
    address: str = ""
    contact: str = ""
    logo: bytes = b""

    def __post_init__(self) -> None:
        if not self.name.strip():
            msg = "a clinic has a name"
            raise ValueError(msg)
