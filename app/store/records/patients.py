"""Patients with their versions and links, and the search for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.domain.ids import PatientId
from app.domain.patient import (
    Demographics,
    LinkKind,
    Patient,
    PatientIdentifier,
    PatientLink,
    PatientLinks,
    PatientVersion,
    fold,
)
from app.store.codec import decode, encode
from app.store.connection import Connection
from app.store.records.rows import bodies, id_list, insert, paged, stamped
from app.store.search_words import full_text_query, indexed_words


def name_key(demographics: Demographics) -> str:
    """What makes two names the same: their folded words in any order; empty when unnamed."""
    return " ".join(sorted(fold(f"{demographics.family} {demographics.given}").split()))


class StoredPatients:
    """The port Patients on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_version(self, version: PatientVersion) -> None:
        """Record demographics; the first version makes the patient."""
        row = {"id": version.patient, **stamped(version.stamp)}
        found = self._place(version.patient)
        place = insert(self._connection, "patient", row) if found is None else found
        row = {"id": version.id, "patient": version.patient, "body": encode(version)}
        insert(self._connection, "patient_version", row | stamped(version.stamp))
        self._index(place, version.demographics)

    def get(self, patient: PatientId) -> Patient | None:
        """One patient with the whole history; None when there is none."""
        return next(iter(self._load([patient])), None)

    def search(self, words: str, *, limit: int = 50) -> tuple[Patient, ...]:
        """Those with every word whole come first, then beginnings; in each the newest first."""
        if not full_text_query(words, whole_words=True):
            return self._newest(limit)
        found: dict[PatientId, None] = {}
        for whole_words in (True, False):
            if len(found) < limit:
                query = full_text_query(words, whole_words=whole_words)
                found |= dict.fromkeys(self._matching(query, limit))
        return self._load(list(found)[:limit])

    def with_identifier(self, identifier: PatientIdentifier) -> tuple[Patient, ...]:
        """Patients that have this identifier now; a merged record's survivor has it too.

        Survivors stand for the records merged into them; each once, the oldest record first.
        """
        rows = self._connection.execute(
            "SELECT patient FROM patient_identifier WHERE issuer = ? AND value = ?",
            identifier.key,
        ).fetchall()
        holders = self._ids_at(sorted(row[0] for row in rows))
        return self._load(list(dict.fromkeys(map(self._survivor, holders))))

    def like(self, demographics: Demographics) -> tuple[Patient, ...]:
        """Candidates for a duplicate: same identifier, same birth date, or same folded name.

        Merged records are among them under their own id, for it is their own words that are alike.
        The oldest first.
        """
        birth = demographics.birth_date.isoformat() if demographics.birth_date else None
        sql = "SELECT patient FROM patient_now WHERE birth_date = ? OR (name = ? AND name <> '')"
        rows = self._connection.execute(sql, (birth, name_key(demographics))).fetchall()
        sql = "SELECT patient FROM patient_identifier WHERE issuer = ? AND value = ?"
        for identifier in demographics.identifiers:
            rows += self._connection.execute(sql, identifier.key).fetchall()
        return self._load(self._ids_at(sorted({row[0] for row in rows})))

    def add_link(self, link: PatientLink) -> None:
        """Record a merge, or its taking back."""
        row = {"id": link.id, "kind": link.kind, "patient": link.patient, "survivor": link.survivor}
        insert(self._connection, "patient_link", row | {"body": encode(link)} | stamped(link.stamp))
        self._apply(link)

    def links(self) -> PatientLinks:
        """Every link, in recorded order."""
        sql = "SELECT body FROM patient_link ORDER BY seq"
        return PatientLinks(tuple(bodies(self._connection, PatientLink, sql)))

    def all(self, *, limit: int | None = None) -> Iterator[Patient]:
        """Every patient in the order of making."""
        left = limit
        sql = "SELECT seq, id FROM patient WHERE seq > ? ORDER BY seq LIMIT ?"
        for rows in paged(self._connection, sql):
            ids = [PatientId(row[1]) for row in rows[:left]]
            yield from self._load(ids)
            if left is not None:
                left -= len(ids)
                if left <= 0:
                    return

    def work_out_again(self) -> None:
        """Make what patients are found by from what was recorded; the tables for it are empty."""
        sql = "SELECT seq, id FROM patient WHERE seq > ? ORDER BY seq LIMIT ?"
        for rows in paged(self._connection, sql):
            places = {PatientId(patient): place for place, patient in rows}
            for patient in self._load(list(places)):
                self._index(places[patient.id], patient.now)
        for link in self.links().links:
            self._apply(link)

    def _apply(self, link: PatientLink) -> None:
        """Make a link hold."""
        self._connection.execute("DELETE FROM patient_merged WHERE patient = ?", (link.patient,))
        if link.kind is LinkKind.MERGED:
            merged = {"patient": link.patient, "survivor": link.survivor}
            insert(self._connection, "patient_merged", merged)

    def _place(self, patient: PatientId) -> int | None:
        sql = "SELECT seq FROM patient WHERE id = ?"
        row = self._connection.execute(sql, (patient,)).fetchone()
        return None if row is None else int(row[0])

    def _index(self, place: int, now: Demographics) -> None:
        """Make the newest version the one that is found."""
        for table, column in (
            ("patient_now", "patient"),
            ("patient_identifier", "patient"),
            ("patient_search", "rowid"),
        ):
            sql = f"DELETE FROM {table} WHERE {column} = ?"  # noqa: S608 - the names stand above
            self._connection.execute(sql, (place,))
        birth = now.birth_date.isoformat() if now.birth_date else None
        row = {"patient": place, "birth_date": birth, "name": name_key(now)}
        insert(self._connection, "patient_now", row)
        for issuer, value in {i.key for i in now.identifiers}:
            row = {"issuer": issuer, "value": value, "patient": place}
            insert(self._connection, "patient_identifier", row)
        insert(self._connection, "patient_search", {"rowid": place, "words": indexed_words(now)})

    def _newest(self, limit: int) -> tuple[Patient, ...]:
        sql = """
            SELECT id FROM patient WHERE id NOT IN (SELECT patient FROM patient_merged)
            ORDER BY seq DESC LIMIT ?
        """
        rows = self._connection.execute(sql, (limit,)).fetchall()
        return self._load([PatientId(row[0]) for row in rows])

    def _matching(self, query: str, limit: int) -> Iterator[PatientId]:
        """Survivors of the newest records that match, each once, until there are enough."""
        sql = """
            SELECT patient_search.rowid, patient.id, patient_merged.survivor
            FROM patient_search
            CROSS JOIN patient ON patient.seq = patient_search.rowid
            LEFT JOIN patient_merged ON patient_merged.patient = patient.id
            WHERE patient_search MATCH ? AND patient_search.rowid < ?
            ORDER BY patient_search.rowid DESC LIMIT ?
        """
        found: set[PatientId] = set()
        before = 1 << 62
        while len(found) < limit:
            rows = self._connection.execute(sql, (query, before, limit)).fetchall()
            if not rows:
                return
            for _, patient, merged_into in rows:
                person = PatientId(patient) if merged_into is None else self._survivor(patient)
                if person not in found:
                    found.add(person)
                    yield person
            before = rows[-1][0]

    def _ids_at(self, places: Sequence[int]) -> list[PatientId]:
        sql = "SELECT id FROM patient WHERE seq = ?"
        return [PatientId(self._connection.execute(sql, (p,)).fetchone()[0]) for p in places]

    def _survivor(self, patient: PatientId) -> PatientId:
        """The same walk as PatientLinks.survivor, without reading every link."""
        sql = "SELECT survivor FROM patient_merged WHERE patient = ?"
        seen = {patient}
        while (row := self._connection.execute(sql, (patient,)).fetchone()) is not None:
            if row[0] in seen:
                break
            patient = PatientId(row[0])
            seen.add(patient)
        return patient

    def _load(self, patients: Sequence[PatientId]) -> tuple[Patient, ...]:
        """These patients with every version, in the order asked for."""
        sql = """
            SELECT patient, body FROM patient_version
            WHERE patient IN (SELECT value FROM json_each(?)) ORDER BY seq
        """
        histories: dict[str, list[PatientVersion]] = {}
        for patient, text in self._connection.execute(sql, (id_list(patients),)).fetchall():
            histories.setdefault(patient, []).append(decode(text, PatientVersion))
        return tuple(Patient(p, tuple(histories[p])) for p in patients if p in histories)


def same_person(connection: Connection, patients: Iterable[PatientId]) -> frozenset[PatientId]:
    """Every record that is one person with one of these now, themselves included."""
    sql = """
        WITH RECURSIVE one (id) AS (
            SELECT value FROM json_each(?)
            UNION SELECT survivor FROM patient_merged JOIN one ON patient_merged.patient = one.id
            UNION SELECT patient FROM patient_merged JOIN one ON patient_merged.survivor = one.id
        ) SELECT id FROM one
    """
    rows = connection.execute(sql, (id_list(patients),)).fetchall()
    return frozenset(PatientId(row[0]) for row in rows)
