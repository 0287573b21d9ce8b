"""The clinic and its staff, with every version of what was recorded about them."""

from __future__ import annotations

from datetime import datetime

from app.domain.clinic import Clinic
from app.domain.ids import StaffId
from app.domain.protection import GlassBroken
from app.domain.staff import Staff
from app.domain.stamp import Stamp
from app.store.codec import decode, encode, instant
from app.store.connection import Connection
from app.store.records.rows import bodies, body, insert, made_id, stamped


class StoredPeople:
    """The port People on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set_clinic(self, clinic: Clinic, stamp: Stamp) -> None:
        """Record a new version of the clinic's details."""
        row = {"id": made_id(stamp.at), "body": encode(clinic)}
        insert(self._connection, "clinic_version", row | stamped(stamp))

    def clinic(self) -> Clinic:
        """The clinic as it stands. Raises LookupError before the first version."""
        sql = "SELECT body FROM clinic_version ORDER BY seq DESC LIMIT 1"
        found = body(self._connection, Clinic, sql)
        if found is None:
            msg = "the clinic is recorded when the vault is made"
            raise LookupError(msg)
        return found

    def set_staff(self, staff: Staff, stamp: Stamp) -> None:
        """Record a member of staff, or a change to one."""
        row = {"id": made_id(stamp.at), "staff": staff.id, "body": encode(staff)}
        insert(self._connection, "staff_version", row | stamped(stamp))

    def staff(self, staff: StaffId) -> Staff | None:
        """One member of staff as they stand."""
        sql = "SELECT body FROM staff_version WHERE staff = ? ORDER BY seq DESC LIMIT 1"
        return body(self._connection, Staff, sql, staff)

    def all_staff(self) -> tuple[Staff, ...]:
        """Every member of staff, in the order of joining."""
        sql = "SELECT staff, body FROM staff_version ORDER BY seq"
        now = {row[0]: row[1] for row in self._connection.execute(sql).fetchall()}
        return tuple(decode(text, Staff) for text in now.values())

    def add_broken(self, glass: GlassBroken) -> None:
        """Record that protected pictures were opened with a reason."""
        row = {"id": glass.id, "patient": glass.patient, "body": encode(glass)}
        insert(self._connection, "glass_broken", row | stamped(glass.stamp))

    def broken(self, since: datetime) -> tuple[GlassBroken, ...]:
        """Everything that was opened with a reason at or after a moment, newest first."""
        sql = "SELECT body FROM glass_broken WHERE recorded_at >= ? ORDER BY seq DESC"
        return tuple(bodies(self._connection, GlassBroken, sql, instant(since)))
