"""Who did something, when and on which workstation; every fact carries one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.ids import StaffId, WorkstationId


@dataclass(frozen=True, slots=True)
class Stamp:
    """Origin of a fact.

    Attributes:
        at: Aware, UTC. For showing; order comes from the vault's own sequence, not from clocks.
        by: Member of staff who acted.
        workstation: Where.
    """

    at: datetime
    by: StaffId
    workstation: WorkstationId

    def __post_init__(self) -> None:
        if self.at.tzinfo is not UTC:
            msg = "a stamp's time is in UTC"
            raise ValueError(msg)
