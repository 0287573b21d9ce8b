"""Everything in a file beside its pixels: the parts of the container, without decoding."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.picture import MetadataKind, Oddity
from app.imaging.facts import Facts


@dataclass(slots=True)
class Envelope:
    """What a walk through the container found.

    Attributes:
        facts: From the metadata.
        complete: Whether the end that the format prescribes is there.
        size_px: Width and height, where they must be known before a library opens the bytes.
        oddities: What is odd.
    """

    facts: Facts = field(default_factory=Facts)
    complete: bool = True
    size_px: tuple[int, int] | None = None
    oddities: set[Oddity] = field(default_factory=set)


def read_trailing(trailing: bytes, envelope: Envelope) -> None:
    """Note what follows the end of the picture; padding is nothing."""
    if not trailing.strip(b"\0\xff\r\n "):  # up to a block of the card
        return
    envelope.oddities.add(Oddity.TRAILING_DATA)
    size = f"{len(trailing)} bytes"
    envelope.facts.find(MetadataKind.TRAILING_DATA, "after the picture", size)
    if b"\xff\xd8\xff" in trailing:
        envelope.facts.find(MetadataKind.EMBEDDED_PREVIEW, "picture after the picture", size)
