"""Visits, and what was recorded while they went on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.consent_draft import ConsentDraft
from app.domain.encounter import BeforeCamera, Encounter, EncounterFactKind, Ending, Step
from app.domain.ids import EncounterId, FactId, PatientId
from app.domain.stamp import Stamp
from app.store.codec import decode, encode, instant
from app.store.connection import Connection
from app.store.records.rows import body, id_list, insert, made_id, paged, stamped


@dataclass(frozen=True, slots=True)
class EncounterFact:
    """One thing recorded about a visit; of the values only the one of its kind is there.

    Attributes:
        ending: None for the kind ENDING when the visit was reopened.
        reason: Of an ending.
    """

    id: FactId
    encounter: EncounterId
    kind: EncounterFactKind
    stamp: Stamp
    step: Step | None = None
    before: BeforeCamera | None = None
    draft: ConsentDraft | None = None
    ending: Ending | None = None
    reason: str = ""

    def applied(self, encounter: Encounter) -> Encounter:
        """The visit as it stands after this; a draft is none of its parts and not applied."""
        if self.step is not None:
            return replace(encounter, step=self.step)
        if self.before is not None:
            return replace(encounter, before=self.before)
        closed = self.stamp if self.ending else None
        return replace(encounter, ending=self.ending, ending_reason=self.reason, closed=closed)


class StoredEncounters:
    """The port Encounters on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, encounter: Encounter) -> None:
        """Record a new visit."""
        row = {"id": encounter.id, "patient": encounter.patient, "body": encode(encounter)}
        place = insert(self._connection, "encounter", row | stamped(encounter.opened))
        if encounter.open:
            insert(self._connection, "encounter_unfinished", {"encounter": place})

    def set_step(self, encounter: EncounterId, step: Step, stamp: Stamp) -> None:
        """Record where the session stands."""
        kind = EncounterFactKind.STEP
        self._add(EncounterFact(made_id(stamp.at), encounter, kind, stamp, step=step))

    def set_before(self, encounter: EncounterId, before: BeforeCamera, stamp: Stamp) -> None:
        """Record what was settled before the camera."""
        kind = EncounterFactKind.BEFORE
        self._add(EncounterFact(made_id(stamp.at), encounter, kind, stamp, before=before))

    def set_draft(self, encounter: EncounterId, draft: ConsentDraft, stamp: Stamp) -> None:
        """Record the asking as it stands."""
        kind = EncounterFactKind.DRAFT
        self._add(EncounterFact(made_id(stamp.at), encounter, kind, stamp, draft=draft))

    def end(self, encounter: EncounterId, ending: Ending, reason: str, stamp: Stamp) -> None:
        """Record how the visit ended."""
        kind = EncounterFactKind.ENDING
        self._add(
            EncounterFact(made_id(stamp.at), encounter, kind, stamp, ending=ending, reason=reason)
        )
        sql = """
            DELETE FROM encounter_unfinished
            WHERE encounter = (SELECT seq FROM encounter WHERE id = ?)
        """
        self._connection.execute(sql, (encounter,))

    def reopen(self, encounter: EncounterId, step: Step, stamp: Stamp) -> None:
        """Record that an ended visit goes on at a step."""
        kind = EncounterFactKind.ENDING
        self._add(EncounterFact(made_id(stamp.at), encounter, kind, stamp))
        self.set_step(encounter, step, stamp)
        sql = """
            INSERT INTO encounter_unfinished (encounter) SELECT seq FROM encounter WHERE id = ?
            ON CONFLICT DO NOTHING
        """
        self._connection.execute(sql, (encounter,))

    def get(self, encounter: EncounterId) -> Encounter | None:
        """One visit as it stands."""
        found = self._load("SELECT body FROM encounter WHERE id = ?", encounter)
        return found[0] if found else None

    def draft(self, encounter: EncounterId) -> ConsentDraft | None:
        """The newest draft; None when the asking has not begun."""
        sql = """
            SELECT body FROM encounter_fact WHERE encounter = ? AND kind = ?
            ORDER BY seq DESC LIMIT 1
        """
        fact = body(self._connection, EncounterFact, sql, encounter, EncounterFactKind.DRAFT)
        return fact.draft if fact else None

    def unfinished(self) -> tuple[Encounter, ...]:
        """Visits without an ending, newest first."""
        sql = """
            SELECT body FROM encounter_unfinished CROSS JOIN encounter
            ON encounter.seq = encounter_unfinished.encounter
            ORDER BY encounter_unfinished.encounter DESC
        """
        return self._load(sql)

    def of_patients(self, patients: Iterable[PatientId]) -> tuple[Encounter, ...]:
        """Visits of these patients, newest first."""
        sql = """
            SELECT body FROM encounter
            WHERE patient IN (SELECT value FROM json_each(?)) ORDER BY seq DESC
        """
        return self._load(sql, id_list(patients))

    def opened_since(self, since: datetime) -> tuple[Encounter, ...]:
        """Visits opened at or after a moment, newest first."""
        # The plus keeps SQLite from reading every visit in the order asked for.
        sql = "SELECT body FROM encounter WHERE recorded_at >= ? ORDER BY +seq DESC"
        return self._load(sql, instant(since))

    def all(self) -> Iterator[Encounter]:
        """Every visit in the order of making."""
        sql = "SELECT seq, body FROM encounter WHERE seq > ? ORDER BY seq LIMIT ?"
        for rows in paged(self._connection, sql):
            yield from self._standing([decode(row[1], Encounter) for row in rows])

    def work_out_again(self) -> None:
        """Make the list of unfinished visits from what was recorded; the table for it is empty."""
        sql = "SELECT seq, body FROM encounter WHERE seq > ? ORDER BY seq LIMIT ?"
        for rows in paged(self._connection, sql):
            standing = self._standing([decode(row[1], Encounter) for row in rows])
            for (place, _), encounter in zip(rows, standing, strict=True):
                if encounter.open:
                    insert(self._connection, "encounter_unfinished", {"encounter": place})

    def _add(self, fact: EncounterFact) -> None:
        row = {"id": fact.id, "encounter": fact.encounter, "kind": fact.kind, "body": encode(fact)}
        insert(self._connection, "encounter_fact", row | stamped(fact.stamp))

    def _load(self, sql: str, *parameters: object) -> tuple[Encounter, ...]:
        rows = self._connection.execute(sql, parameters).fetchall()
        return self._standing([decode(row[0], Encounter) for row in rows])

    def _standing(self, opened: list[Encounter]) -> tuple[Encounter, ...]:
        """Visits with what was recorded since; the drafts, which are long, stay unread."""
        now = {encounter.id: encounter for encounter in opened}
        sql = """
            SELECT body FROM encounter_fact
            WHERE encounter IN (SELECT value FROM json_each(?)) AND kind IN (?, ?, ?) ORDER BY seq
        """
        kinds = EncounterFactKind.STEP, EncounterFactKind.BEFORE, EncounterFactKind.ENDING
        for row in self._connection.execute(sql, (id_list(now), *kinds)).fetchall():
            fact = decode(row[0], EncounterFact)
            now[fact.encounter] = fact.applied(now[fact.encounter])
        return tuple(now.values())
