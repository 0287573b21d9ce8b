"""Python's cyclic garbage is collected on the thread of the window, and on no other.

The collector runs on whichever thread makes the next object. On a worker thread it could destroy a
widget that nothing holds any more, and Qt aborts when a widget dies on a foreign thread.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 5_000
OLD_EVERY = 12  # times; the oldest generation once a minute


class Garbage(QObject):
    """Takes over from the automatic collector while it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._times = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._collect)

    def take_over(self) -> None:
        """From now on garbage is collected here."""
        gc.disable()
        self._timer.start()

    def give_back(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    def _collect(self) -> None:
        self._times += 1
        gc.collect(2 if self._times % OLD_EVERY == 0 else 1)
