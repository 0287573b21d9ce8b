"""Staff PINs: derived slowly, so that a copy of the vault does not give them away at once."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Source: RFC 9106, section 4, second recommended option; a PIN is short, so it costs what a
# workstation can bear within half a second.
MEMORY_KIB = 64 * 1024
PASSES = 3
LANES = 4


class Argon2Pins:
    """PINs behind Argon2id verifiers, which carry their own salt and parameters."""

    def __init__(self, *, memory_kib: int = MEMORY_KIB) -> None:
        self._hasher = PasswordHasher(time_cost=PASSES, memory_cost=memory_kib, parallelism=LANES)

    def derive(self, pin: str) -> str:
        """A verifier that does not give the PIN away."""
        return self._hasher.hash(pin)

    def matches(self, pin: str, verifier: str) -> bool:
        """Whether the PIN is the one behind the verifier."""
        try:
            return self._hasher.verify(verifier, pin)
        except (VerificationError, InvalidHashError):
            return False
