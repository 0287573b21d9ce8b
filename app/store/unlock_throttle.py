"""How long somebody must wait after wrong passphrases; it slows guessing at the keyboard only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.store.errors import TooManyAttemptsError

if TYPE_CHECKING:
    from collections.abc import Callable

FREE_FAILURES = 3
FIRST_WAIT_S = 2.0
LONGEST_WAIT_S = 300.0
_MOST_DOUBLINGS = 10


class UnlockThrottle:
    """No wait after three failures, then 2, 4, 8 … s, at most five minutes; success forgets all.

    It locks nobody out and writes nothing: a copied vault is protected by Argon2id alone.

    Attributes:
        failures: In a row; may be kept over a restart.
    """

    def __init__(self, clock: Callable[[], float], *, failures: int = 0) -> None:
        """Count from `failures`; `clock` gives seconds and never goes back (time.monotonic)."""
        self._clock = clock
        self.failures = failures
        self._admitted_at_s = clock() + _wait_s(failures)

    def wait_s(self) -> float:
        """Seconds until the next attempt is admitted; 0 when it is."""
        return max(0.0, self._admitted_at_s - self._clock())

    def require_admitted(self) -> None:
        """Refuse an attempt that comes too early.

        Raises:
            TooManyAttemptsError: With the whole seconds that are left.
        """
        left = self.wait_s()
        if left > 0:
            raise TooManyAttemptsError(seconds=int(left) + 1)

    def record_failure(self) -> None:
        """Note a wrong passphrase or recovery code."""
        self.failures += 1
        self._admitted_at_s = self._clock() + _wait_s(self.failures)

    def record_success(self) -> None:
        """Forget the failures."""
        self.failures = 0
        self._admitted_at_s = self._clock()


def _wait_s(failures: int) -> float:
    doublings = failures - FREE_FAILURES
    if doublings < 0:
        return 0.0
    return float(min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(doublings, _MOST_DOUBLINGS)))
