"""Whether everything that was acknowledged is there, and nothing is there by half."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from app.domain.clinical_image import ImageFactKind
from app.domain.ids import ConsentId, ImageId, PatientId
from app.services import checking
from app.store.sealed_vault import SealedVault
from app.store.stored_records import StoredRecords
from app.store.verification import verify
from tests.faults.workload import ACKNOWLEDGED, content, opened


def acknowledged(folder: Path) -> list[dict[str, Any]]:
    """What was told, in order; a last line that was cut off was not told."""
    file = folder / ACKNOWLEDGED
    lines = file.read_bytes().split(b"\n")[:-1] if file.exists() else []
    return [json.loads(line) for line in lines]


def reckon(vault: Path, key: bytes, told: list[dict[str, Any]]) -> Counter[str]:
    """Open a vault that met a fault, and compare it with what was told.

    Returns:
        How many of each kind were there.

    Raises:
        AssertionError: Something is missing, or the vault is not sound.
    """
    with opened(vault, key) as sealed:
        with sealed.reading() as records:
            for each in told:
                assert _is_there(sealed, records, each), f"lost: {each}"
        *_, report = verify(sealed)
        assert report.sound, report.findings
    return Counter(str(each["did"]) for each in told)


def _is_there(sealed: SealedVault, records: StoredRecords, told: dict[str, Any]) -> bool:
    match told["did"]:
        case "patient":
            patient = records.patients.get(PatientId(told["id"]))
            there = patient is not None and patient.now.family == told["family"]
        case "image":
            there = _same_picture(records, ImageId(told["id"]), told["number"])
        case "laterality":
            there = told["side"] in _sides(records, ImageId(told["id"]))
        case "consent":
            there = records.consents.get(ConsentId(told["id"])) is not None
        case "withdrawal":
            history = records.consents.history([PatientId(told["patient"])])
            there = told["id"] in {fact.id for fact in history}
        case "slot":
            there = sealed.opened.key_file.revision >= int(told["revision"])
        case other:
            there = other in {"note", "checkpoint"}
    return there


def _sides(records: StoredRecords, image: ImageId) -> set[str]:
    found = records.images.get(image)
    assert found is not None
    return {fact.value for fact in found.facts if fact.kind is ImageFactKind.LATERALITY}


def _same_picture(records: StoredRecords, image: ImageId, number: int) -> bool:
    stored = checking.original_of(records, image)
    return hashlib.sha256(stored).digest() == hashlib.sha256(content(number)).digest()
