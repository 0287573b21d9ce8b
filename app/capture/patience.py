"""How long a camera is waited for, and how soon it is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Patience:
    """Times in seconds; the defaults suit a clinic's network.

    Attributes:
        start_s: For the reading process to come up (a virus scanner may look at it first).
        open_s: From there to the first picture; a camera that sleeps needs some seconds.
        silence_s: Without a picture before the screen says so.
        lost_s: Without a picture before the connection is given up and made anew.
        first_pause_s: Before the second attempt.
        longest_pause_s: The pause doubles with each failure up to this.
    """

    start_s: float = 20.0
    open_s: float = 8.0
    silence_s: float = 2.0
    lost_s: float = 6.0
    first_pause_s: float = 0.5
    longest_pause_s: float = 15.0

    def pauses(self) -> Iterator[float]:
        """Pauses before the second, third, … attempt; endless."""
        pause = self.first_pause_s
        while True:
            yield pause
            pause = min(pause * 2, self.longest_pause_s)
