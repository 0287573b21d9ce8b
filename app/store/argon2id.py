"""Keys from passphrases by Argon2id, with bounds that are checked before memory is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from argon2 import low_level
from argon2.low_level import ffi

from app.store.errors import KeyParametersRefusedError, TooLittleMemoryError
from app.store.keys import KEY_BYTES, wipe

SALT_BYTES = 16
VERSION = 0x13  # RFC 9106
_MEMORY_ALLOCATION_ERROR = -22  # ARGON2_MEMORY_ALLOCATION_ERROR of argon2.h


@dataclass(frozen=True, slots=True)
class Argon2Parameters:
    """What one passphrase check costs.

    The floor is the second recommended choice of RFC 9106, section 4; the default takes about half
    a second on a workstation.

    Attributes:
        memory_kib: Memory in KiB.
        passes: Passes over the memory.
        lanes: Parallel lanes, one thread each.
    """

    memory_kib: int = 256 * 1024
    passes: int = 3
    lanes: int = 4

    FLOOR_KIB: ClassVar[int] = 64 * 1024
    FLOOR_PASSES: ClassVar[int] = 3
    FLOOR_LANES: ClassVar[int] = 4

    def __post_init__(self) -> None:
        bounds = ACCEPTED_IN_A_FILE
        _check("memory_kib", self.memory_kib, bounds.memory_kib)
        _check("passes", self.passes, bounds.passes)
        _check("lanes", self.lanes, bounds.lanes)

    def require_floor(self) -> None:
        """Refuse to make a new slot that would be weaker than the floor."""
        bounds = ACCEPTED_IN_A_FILE
        _check("memory_kib", self.memory_kib, (self.FLOOR_KIB, bounds.memory_kib[1]))
        _check("passes", self.passes, (self.FLOOR_PASSES, bounds.passes[1]))
        _check("lanes", self.lanes, (self.FLOOR_LANES, bounds.lanes[1]))


@dataclass(frozen=True, slots=True)
class QuickParametersForTests(Argon2Parameters):
    """Cheap enough for tests, never for a patient's vault; the program itself does not name it."""

    memory_kib: int = 8 * 1024
    passes: int = 1
    lanes: int = 1

    FLOOR_KIB: ClassVar[int] = 8 * 1024
    FLOOR_PASSES: ClassVar[int] = 1
    FLOOR_LANES: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class _Bounds:
    memory_kib: tuple[int, int]
    passes: tuple[int, int]
    lanes: tuple[int, int]


ACCEPTED_IN_A_FILE = _Bounds(memory_kib=(8 * 1024, 1024 * 1024), passes=(1, 16), lanes=(1, 16))


def _check(what: str, value: int, bounds: tuple[int, int]) -> None:
    lowest, highest = bounds
    if type(value) is not int or not lowest <= value <= highest:
        shown = value if type(value) is int else 0
        raise KeyParametersRefusedError(what=what, value=shown, lowest=lowest, highest=highest)


def derive(passphrase: bytearray, salt: bytes, parameters: Argon2Parameters) -> bytearray:
    """A 32-byte key from a passphrase, which is read in place and not copied.

    Args:
        passphrase: UTF-8 of the NFC form; the caller wipes it.
        salt: 16 random bytes.
        parameters: What it costs.

    Returns:
        The key, in a buffer that the caller wipes.

    Raises:
        TooLittleMemoryError: The memory could not be had.
    Source: RFC 9106; argon2_ctx() of the reference implementation.
    """
    assert len(salt) == SALT_BYTES
    key = bytearray(KEY_BYTES)
    with ffi.from_buffer(key) as out, ffi.from_buffer(passphrase) as secret:
        code = _run(out, secret, ffi.from_buffer(salt), parameters)
    if code == _MEMORY_ALLOCATION_ERROR:
        wipe(key)
        raise TooLittleMemoryError(needed_mib=parameters.memory_kib // 1024)
    assert code == 0, f"Argon2 answered {code}"
    return key


def _run(out: object, secret: object, salt: object, parameters: Argon2Parameters) -> int:
    context = ffi.new(
        "argon2_context *",
        {
            "out": ffi.cast("uint8_t *", out),
            "outlen": KEY_BYTES,
            "pwd": ffi.cast("uint8_t *", secret),
            "pwdlen": len(secret),  # type: ignore[arg-type]
            "salt": ffi.cast("uint8_t *", salt),
            "saltlen": SALT_BYTES,
            "t_cost": parameters.passes,
            "m_cost": parameters.memory_kib,
            "lanes": parameters.lanes,
            "threads": parameters.lanes,
            "version": VERSION,
        },
    )
    return low_level.core(context, low_level.Type.ID.value)
