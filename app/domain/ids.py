"""Identifiers: one NewType a kind, made as UUIDv7 so that they sort by time of making."""

from __future__ import annotations

from typing import NewType

VaultId = NewType("VaultId", str)
WorkstationId = NewType("WorkstationId", str)
StaffId = NewType("StaffId", str)
PatientId = NewType("PatientId", str)
EncounterId = NewType("EncounterId", str)
ImageId = NewType("ImageId", str)
RenditionId = NewType("RenditionId", str)
ConsentId = NewType("ConsentId", str)
WithdrawalId = NewType("WithdrawalId", str)
DocumentId = NewType("DocumentId", str)
BlobId = NewType("BlobId", str)
FactId = NewType("FactId", str)
UseId = NewType("UseId", str)
Sha256 = NewType("Sha256", str)

RANDOM_BYTES = 10


def uuid7(unix_ms: int, random: bytes) -> str:
    """The UUIDv7 of a time and ten random bytes, in lower-case canonical form.

    Source: RFC 9562, section 5.7.
    """
    assert len(random) == RANDOM_BYTES
    assert 0 <= unix_ms < 1 << 48
    raw = bytearray(unix_ms.to_bytes(6, "big") + random)
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    digits = raw.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
