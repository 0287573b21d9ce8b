"""`clinigraph import`: every file on its own, one JSON line each."""

from __future__ import annotations

import hashlib
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from app.cli.errors import FileUnreadableError, PatientNotUnderstoodError
from app.cli.interruption import uninterrupted
from app.cli.output import say_json, shown, tell
from app.domain.clinical_image import ImageSource
from app.domain.ids import PatientId
from app.domain.patient import PatientIdentifier
from app.errors import KnownError
from app.imaging.errors import FileTooBigError
from app.imaging.limits import MAX_FILE_BYTES, MEGA
from app.services import intake, patients
from app.services.workplace import Workplace

AHEAD = 4  # files that are decoded while one is stored
AHEAD_BYTES = 64 * MEGA  # of all of them; a larger file goes alone
EXTENSION_CHARACTERS = 16

Line = dict[str, str | None]
Looked = tuple[intake.Arrival, intake.Examined | KnownError] | KnownError


def identifier(text: str) -> PatientIdentifier:
    """The identifier in ISSUER|ID; later bars belong to the id.

    Raises:
        PatientNotUnderstoodError: There is no bar, or one side of it has no letter or digit: it
            could not be told from others.
    """
    issuer, _, value = text.partition("|")
    try:
        found = PatientIdentifier(issuer, value)
    except ValueError as error:
        raise PatientNotUnderstoodError from error
    if not all(found.key):
        raise PatientNotUnderstoodError
    return found


def import_files(workplace: Workplace, patient: PatientIdentifier, files: Sequence[str]) -> bool:
    """Store each file in the patient's quarantine tray, in order; whether none was refused.

    Raises:
        IdentifierTakenError: Several patients have the identifier.
    """
    tray = Tray(workplace, patient)
    all_taken = True
    examining = ThreadPoolExecutor(max_workers=2, thread_name_prefix="examine")
    try:
        for file, looked_at in _looked_at(workplace, files, examining):
            with uninterrupted():
                line = tray.take(file, looked_at)
                say_json(line)
            all_taken &= line["status"] != "refused"
    finally:
        examining.shutdown(wait=False, cancel_futures=True)
    return all_taken


@dataclass(slots=True)
class Tray:
    """The quarantine tray of a patient, who is recorded when the first picture comes for them."""

    workplace: Workplace
    patient: PatientIdentifier
    _owner: PatientId | None = None

    def take(self, file: str, looked_at: Looked) -> Line:
        """Store one file, or refuse it; what is said of it."""
        if isinstance(looked_at, KnownError):
            return _refused(file, looked_at, None)
        arrival, examined = looked_at
        if isinstance(examined, KnownError):
            self._note_refusal(arrival, examined)
            return _refused(file, examined, hashlib.sha256(arrival.data).hexdigest())
        owner = self._identified()
        try:
            admission = intake.admit(
                self.workplace.vault.unit_of_work(),
                self.workplace.desk,
                examined,
                intake.Filing(owner),
            )
        except KnownError as error:
            return _refused(file, error, examined.sha256)
        for warning in examined.inspection.warnings:
            tell(f"{shown(file)}: remark: {warning.value}")
        if admission.other_patient:
            tell(f"{shown(file)}: remark: this picture is filed under another patient")
        return {
            "file": file,
            "status": admission.status.value,
            "code": None,
            "image_id": admission.image.id,
            "sha256": examined.sha256,
        }

    def _identified(self) -> PatientId:
        if self._owner is None:
            uow, desk = self.workplace.vault.unit_of_work(), self.workplace.desk
            self._owner = patients.identified(uow, desk, self.patient).id
        return self._owner

    def _note_refusal(self, arrival: intake.Arrival, error: KnownError) -> None:
        uow, desk = self.workplace.vault.unit_of_work(), self.workplace.desk
        try:
            intake.note_refusal(uow, desk, arrival, error)
        except KnownError as unnoted:
            tell(f"the refusal could not be recorded: {unnoted}")


def _refused(file: str, error: KnownError, sha256: str | None) -> Line:
    tell(f"{shown(file)}: {error}")
    return {
        "file": file,
        "status": "refused",
        "code": error.code,
        "image_id": None,
        "sha256": sha256,
    }


def _looked_at(
    workplace: Workplace, files: Sequence[str], examining: ThreadPoolExecutor
) -> Iterator[tuple[str, Looked]]:
    """The files in their order, each read and decoded while earlier ones are being stored."""
    waiting: deque[tuple[str, int, Future[Looked]]] = deque()
    for file in files:
        size = _size(file)
        while waiting and (
            len(waiting) >= AHEAD or size + sum(held for _, held, _ in waiting) > AHEAD_BYTES
        ):
            first, _, future = waiting.popleft()
            yield first, future.result()
        waiting.append((file, size, examining.submit(_look_at, workplace, Path(file))))
    while waiting:
        first, _, future = waiting.popleft()
        yield first, future.result()


def _size(file: str) -> int:
    try:
        return min(Path(file).stat().st_size, MAX_FILE_BYTES)
    except OSError:
        return 0


def _look_at(workplace: Workplace, file: Path) -> Looked:
    try:
        data = _read(file)
    except KnownError as error:
        return error
    arrival = intake.Arrival(data, ImageSource.COMMAND_LINE, _extension(file))
    try:
        return arrival, intake.examine(workplace.pictures, arrival)
    except KnownError as error:
        return arrival, error


def _read(file: Path) -> bytes:
    """The bytes of an ordinary file; what is too big is not read at all.

    Raises:
        FileUnreadableError: It is missing, not a file, or cannot be read.
        FileTooBigError: It has more bytes than is admitted.
    """
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe might never end
            raise FileUnreadableError
        if status.st_size > MAX_FILE_BYTES:
            limit = MAX_FILE_BYTES // MEGA
            raise FileTooBigError(megabytes=status.st_size // MEGA, limit_megabytes=limit)
        with file.open("rb") as opened:
            return opened.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise FileUnreadableError from error


def _extension(file: Path) -> str:
    """Of the name, when it may be one: it is only compared."""
    suffix = file.suffix
    return suffix if suffix.isascii() and len(suffix) <= EXTENSION_CHARACTERS else ""
