"""`clinigraph import`: every file on its own, one JSON line each."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from app.cli.errors import FileUnreadableError, PatientNotUnderstoodError
from app.domain.clinical_image import ImageSource
from app.domain.ids import PatientId
from app.domain.patient import PatientIdentifier
from app.errors import KnownError
from app.services import intake, patients
from app.services.workplace import Workplace

AHEAD = 4  # files that are decoded while one is stored; bounds the memory


def import_files(workplace: Workplace, patient: str, files: list[Path]) -> bool:
    """Store each file in the patient's quarantine; whether none was refused.

    Raises:
        PatientNotUnderstoodError: The patient was not given as ISSUER|ID.
    """
    owner = patients.identified(
        workplace.vault.unit_of_work(), workplace.desk, _identifier(patient)
    )
    all_taken = True
    with ThreadPoolExecutor(max_workers=2, thread_name_prefix="examine") as examining:
        for file, looked_at in _looked_at(workplace, files, examining):
            line = _take(workplace, owner.id, file, looked_at)
            all_taken &= line["status"] != "refused"
            print(json.dumps(line, ensure_ascii=False), flush=True)
    return all_taken


def _identifier(text: str) -> PatientIdentifier:
    issuer, bar, value = text.partition("|")
    try:
        return PatientIdentifier(issuer, value)
    except ValueError as error:
        assert bar or not value
        raise PatientNotUnderstoodError from error


Looked = tuple[intake.Arrival, intake.Examined | KnownError] | KnownError


def _looked_at(
    workplace: Workplace, files: list[Path], examining: ThreadPoolExecutor
) -> Iterator[tuple[Path, Looked]]:
    """The files in their order, each decoded while earlier ones are being stored."""
    waiting: list[tuple[Path, Future[Looked]]] = []
    for file in files:
        waiting.append((file, examining.submit(_look_at, workplace, file)))
        if len(waiting) > AHEAD:
            first, future = waiting.pop(0)
            yield first, future.result()
    for file, future in waiting:
        yield file, future.result()


def _look_at(workplace: Workplace, file: Path) -> Looked:
    try:
        data = file.read_bytes()
    except OSError:
        return FileUnreadableError()
    arrival = intake.Arrival(data, ImageSource.COMMAND_LINE, file.suffix)
    try:
        return arrival, intake.examine(workplace.pictures, arrival)
    except KnownError as error:
        return arrival, error


def _take(
    workplace: Workplace, owner: PatientId, file: Path, looked_at: Looked
) -> dict[str, str | None]:
    if isinstance(looked_at, KnownError):
        return _refused(file, looked_at, None)
    arrival, examined = looked_at
    if isinstance(examined, KnownError):
        intake.note_refusal(workplace.vault.unit_of_work(), workplace.desk, arrival, examined)
        return _refused(file, examined, hashlib.sha256(arrival.data).hexdigest())
    try:
        admission = intake.admit(
            workplace.vault.unit_of_work(), workplace.desk, examined, intake.Filing(owner)
        )
    except KnownError as error:
        return _refused(file, error, examined.sha256)
    for warning in examined.inspection.warnings:
        print(f"{file}: {warning}", file=sys.stderr)
    if admission.other_patient:
        print(f"{file}: this picture is filed under another patient", file=sys.stderr)
    return {
        "file": str(file),
        "status": admission.status.value,
        "code": None,
        "image_id": admission.image.id,
        "sha256": examined.sha256,
    }


def _refused(file: Path, error: KnownError, sha256: str | None) -> dict[str, str | None]:
    print(f"{file}: {error}", file=sys.stderr)
    return {
        "file": str(file),
        "status": "refused",
        "code": error.code,
        "image_id": None,
        "sha256": sha256,
    }
