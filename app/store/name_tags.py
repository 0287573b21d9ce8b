"""Finding a person's slot by name, in a file that holds no name.

A name is known to many people, so a tag only keeps the key file from being a list of the staff: who
has the file and suspects a name can try it, at the price of one Argon2id computation.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.domain.ids import StaffId
from app.domain.staff import sign_in_name
from app.store import argon2id
from app.store.argon2id import SALT_BYTES, Argon2Parameters
from app.store.errors import KeyFileDamagedError
from app.store.keys import wipe

TAG_BYTES = 8  # a thousand people share one with a chance of 1 in 10^13
MOST_KIB = 32 * 1024
MOST_PASSES = 3


@dataclass(frozen=True, slots=True)
class NameTags:
    """The slow hash of each person's name, cut short.

    Attributes:
        salt: One for the file, so that a name is hashed once to look it up.
        parameters: What one look-up costs.
        tags: By owner of the slot.
    """

    salt: bytes
    parameters: Argon2Parameters
    tags: Mapping[StaffId, bytes] = field(default_factory=dict)

    @classmethod
    def none_yet(cls, cost: Argon2Parameters) -> NameTags:
        """Without a name, and with a fresh salt; never dearer than a passphrase check."""
        parameters = Argon2Parameters(
            min(cost.memory_kib, MOST_KIB), min(cost.passes, MOST_PASSES), 1
        )
        return cls(secrets.token_bytes(SALT_BYTES), parameters)

    def with_name(self, owner: StaffId, name: str) -> NameTags:
        """With one person's name."""
        return replace(self, tags={**self.tags, owner: self._tag(name)})

    def without(self, owner: StaffId) -> NameTags:
        """Without one person's name."""
        return replace(self, tags={who: tag for who, tag in self.tags.items() if who != owner})

    def owner_of(self, name: str) -> StaffId | None:
        """Whose name this is; costs the same whether somebody has it or not."""
        tag = self._tag(name)
        same = [who for who, known in self.tags.items() if hmac.compare_digest(known, tag)]
        return same[0] if same else None

    def as_json(self) -> dict[str, Any]:
        """As written to the file."""
        return {
            "salt": self.salt.hex(),
            "memory_kib": self.parameters.memory_kib,
            "passes": self.parameters.passes,
            "lanes": self.parameters.lanes,
            "tags": {who: tag.hex() for who, tag in self.tags.items()},
        }

    def _tag(self, name: str) -> bytes:
        folded = bytearray(sign_in_name(name).encode())
        derived = argon2id.derive(folded, self.salt, self.parameters)
        tag = bytes(derived[:TAG_BYTES])
        wipe(derived)
        wipe(folded)
        return tag


def from_json(value: dict[str, Any]) -> NameTags:
    """The tags as read from a file.

    Raises:
        KeyFileDamagedError: A member is missing or of the wrong form.
        KeyParametersRefusedError: A look-up would cost too little or too much.
    """
    try:
        salt = bytes.fromhex(value["salt"])
        costs = (value["memory_kib"], value["passes"], value["lanes"])
        tags = {StaffId(who): bytes.fromhex(tag) for who, tag in value["tags"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KeyFileDamagedError from error
    if len(salt) != SALT_BYTES or any(len(tag) != TAG_BYTES for tag in tags.values()):
        raise KeyFileDamagedError
    return NameTags(salt, Argon2Parameters(*costs), tags)
