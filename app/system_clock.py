"""The computer's clock and chance, behind the Clock port."""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime, tzinfo

from app.domain.ids import RANDOM_BYTES, uuid7


class SystemClock:
    """Time of day in UTC, and UUIDv7 that never go backwards while the program runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_ms = 0

    def now(self) -> datetime:
        """The moment, aware, UTC."""
        return datetime.now(UTC)

    def new_id(self) -> str:
        """A fresh UUIDv7; the millisecond is never less than that of the one before."""
        with self._lock:
            self._last_ms = max(self._last_ms, time.time_ns() // 1_000_000)
            return uuid7(self._last_ms, os.urandom(RANDOM_BYTES))


def local_zone() -> tzinfo:
    """The zone that the computer is set to."""
    zone = datetime.now(UTC).astimezone().tzinfo
    assert zone is not None
    return zone
