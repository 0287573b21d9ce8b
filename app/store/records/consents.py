"""Consents, withdrawals and refilings in one recorded order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.consent import Consent, HistoryFact, Refiling, Withdrawal
from app.domain.ids import ConsentId, EncounterId, ImageId, PatientId
from app.store.codec import decode, encode
from app.store.connection import Connection
from app.store.records.patients import same_person
from app.store.records.rows import bodies, body, id_list, insert, paged, stamped

_KINDS: dict[str, type[HistoryFact]] = {
    "consent": Consent,
    "withdrawal": Withdrawal,
    "refiling": Refiling,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def _fact(kind: str, text: str) -> HistoryFact:
    return decode(text, _KINDS[kind])


def _patients(fact: HistoryFact) -> frozenset[PatientId]:
    """Whose history a fact belongs to, wherever the pictures are filed."""
    if isinstance(fact, Consent):
        return frozenset({fact.patient})
    return fact.patients if isinstance(fact, Withdrawal) else frozenset()


def _images(fact: HistoryFact) -> frozenset[ImageId]:
    """The pictures whose history a fact belongs to, whoever they are filed under."""
    if isinstance(fact, Consent):
        return frozenset(answer.image for answer in fact.answers)
    return frozenset({fact.image}) if isinstance(fact, Refiling) else frozenset()


class StoredConsents:
    """The port Consents on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, fact: HistoryFact) -> None:
        """Record a consent, a withdrawal or a refiling."""
        row = {
            "id": fact.id,
            "kind": _NAMES[type(fact)],
            "encounter": fact.encounter if isinstance(fact, Consent) else None,
            "body": encode(fact),
        }
        place = insert(self._connection, "permission_fact", row | stamped(fact.stamp))
        for patient in sorted(_patients(fact)):
            insert(self._connection, "permission_patient", {"patient": patient, "fact": place})
        for image in sorted(_images(fact)):
            insert(self._connection, "permission_image", {"image": image, "fact": place})

    def get(self, consent: ConsentId) -> Consent | None:
        """One consent."""
        sql = "SELECT body FROM permission_fact WHERE id = ? AND kind = ?"
        return body(self._connection, Consent, sql, consent, _NAMES[Consent])

    def history(self, patients: Iterable[PatientId]) -> tuple[HistoryFact, ...]:
        """Everything that bears on pictures filed under these patients now, in recorded order.

        Records merged with one of them are the same person and count too: a withdrawal that was
        made for one of those must not be missed by a caller that names only the survivor.
        """
        sql = """
            WITH person (id) AS (SELECT value FROM json_each(?)),
            bearing (fact) AS (
                SELECT fact FROM permission_patient JOIN person ON person.id = patient
                UNION
                SELECT fact FROM person
                JOIN image_filed ON image_filed.patient = person.id
                JOIN image ON image.seq = image_filed.image
                JOIN permission_image ON permission_image.image = image.id
            )
            SELECT kind, body FROM bearing JOIN permission_fact ON seq = fact ORDER BY seq
        """
        everybody = id_list(same_person(self._connection, patients))
        rows = self._connection.execute(sql, (everybody,)).fetchall()
        return tuple(_fact(kind, text) for kind, text in rows)

    def of_encounter(self, encounter: EncounterId) -> tuple[Consent, ...]:
        """Consents of one visit, oldest first."""
        sql = "SELECT body FROM permission_fact WHERE encounter = ? ORDER BY seq"
        return tuple(bodies(self._connection, Consent, sql, encounter))

    def all(self) -> Iterator[HistoryFact]:
        """Every fact in recorded order."""
        sql = "SELECT seq, kind, body FROM permission_fact WHERE seq > ? ORDER BY seq LIMIT ?"
        for rows in paged(self._connection, sql):
            for _, kind, text in rows:
                yield _fact(kind, text)
