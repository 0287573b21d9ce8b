"""Looking into the vault: the one way by which window and command line read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.staff import Right
from app.services.ports import Desk, Records, Vault


@contextmanager
def view(vault: Vault, desk: Desk) -> Iterator[Records]:
    """The vault at one moment, for somebody whose role lets them read.

    Raises:
        NotPermittedError: It does not, or the person was disabled.
    """
    desk.staff.require(Right.READ)
    with vault.reading() as records:
        yield records
