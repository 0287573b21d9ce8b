"""What reads untrusted bytes, each as a function that may raise a KnownError and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.domain.ids import StaffId, VaultId
from app.errors import KnownError
from app.imaging.admission import admitted
from app.imaging.exif import read_exif, read_position
from app.imaging.facts import Facts
from app.imaging.file_types import recognise
from app.imaging.frames import FrameError, receive
from app.imaging.inspection import inspect
from app.imaging.iptc import read_iptc, read_photoshop
from app.imaging.limits import MEGA
from app.imaging.wire import (
    pack_inspection,
    unpack_inspection,
    unpack_picture,
    unpack_pixels,
    unpack_refusal,
)
from app.imaging.xmp import read_xmp
from app.services.form_library import parse_form
from app.store import key_slots
from app.store.argon2id import QuickParametersForTests
from app.store.key_list import KeyList, decoded, sealed
from app.store.keys import VaultKey
from app.store.recovery_code import RecoveryCode
from tests.imaging.builders import camera_jpeg, xmp_packet
from tests.imaging.forty_files import forty_files
from tests.imaging.test_fuzz import SOUND_EXIF

FORMS: Final = Path(__file__).resolve().parents[2] / "forms"
SMALL_BYTES: Final = 60_000


def container(data: bytes) -> None:
    """The kind of a file and everything in it beside its pixels."""
    recognise(data)
    with suppress(KnownError):
        admitted(data, max_pixels=MEGA)


def metadata(data: bytes) -> None:
    """Every reader of metadata, whatever the bytes are; none refuses anything."""
    for read in (read_exif, read_position, read_xmp, read_iptc, read_photoshop):
        read(data, Facts())


def wire(data: bytes) -> None:
    """What the decoding process, which may be taken over, answers."""
    for unpack in (unpack_inspection, unpack_picture, unpack_pixels):
        with suppress(FrameError):
            unpack(data)
    with suppress(FrameError):
        unpack_refusal(data[0] if data else 0, data[1:])
    with suppress(FrameError, EOFError):
        receive(io.BytesIO(data), 1 << 16)


def key_file(data: bytes) -> None:
    """The file beside the database; nothing in it is trusted."""
    with suppress(KnownError):
        decoded(data)


def recovery_code(data: bytes) -> None:
    """What somebody types from paper."""
    with suppress(KnownError):
        RecoveryCode.parse(data.decode("utf-8", "replace")).wipe()


def form(data: bytes) -> None:
    """A consent form as data."""
    with suppress(KnownError):
        parse_form(data, name="en.toml")


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "container": container,
    "metadata": metadata,
    "wire": wire,
    "key-file": key_file,
    "recovery-code": recovery_code,
    "form": form,
}


def seeds(target: str) -> list[bytes]:
    """Sound inputs from which the search begins."""
    if target == "container":
        return [each.data for each in forty_files() if 0 < len(each.data) < SMALL_BYTES]
    if target == "metadata":
        return [SOUND_EXIF, xmp_packet("<dc:creator>x</dc:creator>"), b"8BIM\x04\x04\0\0\0\0\0\0"]
    if target == "wire":
        return [pack_inspection(inspect(camera_jpeg()))]
    if target == "key-file":
        return [_sound_key_file()]
    if target == "recovery-code":
        return [RecoveryCode.random().text().encode()]
    return [file.read_bytes() for file in sorted(FORMS.rglob("*.toml"))]


def _sound_key_file() -> bytes:
    vault = VaultId("01890000-0000-7000-8000-000000000001")
    owner = StaffId("01890000-0000-7000-8000-000000000002")
    with VaultKey.random() as key:
        cost = QuickParametersForTests()
        slot = key_slots.passphrase_slot(key, vault, owner, bytearray(b"purple otter"), cost)
        return sealed(KeyList(vault, 1, (slot,)), key).encoded()
