"""Everything in a file beside its pixels: the parts of the container, without decoding."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.picture import Oddity
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
