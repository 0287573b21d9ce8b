"""Photographs, the facts about them, and what was made from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.domain.clinical_image import (
    ClinicalImage,
    FiledImage,
    ImageFact,
    ImageFactKind,
    ImageState,
)
from app.domain.ids import EncounterId, ImageId, PatientId, RenditionId, Sha256
from app.domain.rendition import Assessment, Rendition
from app.store.codec import decode, encode
from app.store.connection import Connection
from app.store.records.rows import bodies, body, id_list, insert, paged, stamped

_FILED_BY = {
    ImageFactKind.PATIENT: "patient",
    ImageFactKind.ENCOUNTER: "encounter",
    ImageFactKind.STATE: "state",
}


class StoredImages:
    """The port Images on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, image: ClinicalImage, facts: Sequence[ImageFact]) -> None:
        """Record a photograph with its first facts; its blobs are there already."""
        row = {
            "id": image.id,
            "sha256": image.sha256,
            "original": image.original,
            "thumbnail": image.thumbnail,
            "body": encode(image),
        }
        place = insert(self._connection, "image", row | stamped(image.received))
        self._file_anew(place)
        for fact in facts:
            assert fact.image == image.id, "a fact about another picture"
            self.add_fact(fact)

    def add_fact(self, fact: ImageFact) -> None:
        """Record something about a photograph."""
        row = {"id": fact.id, "image": fact.image, "kind": fact.kind, "body": encode(fact)}
        insert(self._connection, "image_fact", row | stamped(fact.stamp))
        self._file(fact)

    def work_out_again(self) -> None:
        """Make where each picture is filed from what was recorded; the table for it is empty."""
        sql = "SELECT seq FROM image WHERE seq > ? ORDER BY seq LIMIT ?"
        for rows in paged(self._connection, sql):
            for (place,) in rows:
                self._file_anew(place)
        sql = "SELECT seq, body FROM image_fact WHERE seq > ? ORDER BY seq LIMIT ?"
        for rows in paged(self._connection, sql):
            for _, text in rows:
                self._file(decode(text, ImageFact))

    def _file_anew(self, place: int) -> None:
        filed = {"image": place, "patient": "", "encounter": "", "state": ImageState.KEPT}
        insert(self._connection, "image_filed", filed)

    def _file(self, fact: ImageFact) -> None:
        column = _FILED_BY.get(fact.kind)
        if column is not None:
            value = fact.value or (ImageState.KEPT if column == "state" else "")
            sql = f"""
                UPDATE image_filed SET {column} = ?
                WHERE image = (SELECT seq FROM image WHERE id = ?)
            """  # noqa: S608 - the column is one of the three above
            self._connection.execute(sql, (value, fact.image))

    def get(self, image: ImageId) -> FiledImage | None:
        """One photograph with its facts."""
        found = self._load("SELECT body FROM image WHERE id = ?", image)
        return found[0] if found else None

    def with_sha256(self, sha256: Sha256) -> tuple[FiledImage, ...]:
        """Photographs with these very bytes."""
        return self._load("SELECT body FROM image WHERE sha256 = ? ORDER BY seq", sha256)

    def of_encounter(self, encounter: EncounterId) -> tuple[FiledImage, ...]:
        """Photographs filed under a visit now, in the order of arrival."""
        sql = """
            SELECT body FROM image_filed JOIN image ON image.seq = image_filed.image
            WHERE encounter = ? AND encounter <> '' ORDER BY seq
        """
        return self._load(sql, encounter)

    def of_patients(self, patients: Iterable[PatientId]) -> tuple[FiledImage, ...]:
        """Photographs filed under these patients now, in the order of arrival."""
        sql = """
            SELECT body FROM image_filed JOIN image ON image.seq = image_filed.image
            WHERE patient IN (SELECT value FROM json_each(?)) AND patient <> '' ORDER BY seq
        """
        return self._load(sql, id_list(patients))

    def quarantine(self) -> tuple[FiledImage, ...]:
        """Photographs without a visit that were not discarded, in the order of arrival."""
        sql = """
            SELECT body FROM image_filed JOIN image ON image.seq = image_filed.image
            WHERE encounter = '' AND state <> ? ORDER BY seq
        """
        return self._load(sql, ImageState.DISCARDED)

    def all(self) -> Iterator[FiledImage]:
        """Every photograph in the order of arrival."""
        sql = "SELECT seq, body FROM image WHERE seq > ? ORDER BY seq LIMIT ?"
        for rows in paged(self._connection, sql):
            yield from self._filed([decode(row[1], ClinicalImage) for row in rows])

    def add_rendition(self, rendition: Rendition) -> None:
        """Record a rendition; its blob is there already."""
        row = {
            "id": rendition.id,
            "image": rendition.image,
            "sha256": rendition.sha256,
            "blob": rendition.blob,
            "body": encode(rendition),
        }
        insert(self._connection, "rendition", row | stamped(rendition.stamp))

    def rendition(self, rendition: RenditionId) -> Rendition | None:
        """One rendition."""
        sql = "SELECT body FROM rendition WHERE id = ?"
        return body(self._connection, Rendition, sql, rendition)

    def renditions(self, image: ImageId) -> tuple[Rendition, ...]:
        """Every rendition of a photograph, oldest first; the last is the one in use."""
        sql = "SELECT body FROM rendition WHERE image = ? ORDER BY seq"
        return tuple(bodies(self._connection, Rendition, sql, image))

    def add_assessment(self, assessment: Assessment) -> None:
        """Record what the check found about a rendition."""
        row = {"id": assessment.id, "rendition": assessment.rendition, "body": encode(assessment)}
        insert(self._connection, "assessment", row | stamped(assessment.stamp))

    def assessment(self, rendition: RenditionId) -> Assessment | None:
        """The newest assessment of a rendition."""
        sql = "SELECT body FROM assessment WHERE rendition = ? ORDER BY seq DESC LIMIT 1"
        return body(self._connection, Assessment, sql, rendition)

    def _load(self, sql: str, *parameters: object) -> tuple[FiledImage, ...]:
        return self._filed(list(bodies(self._connection, ClinicalImage, sql, *parameters)))

    def _filed(self, images: list[ClinicalImage]) -> tuple[FiledImage, ...]:
        """Pictures with their facts, in the order given."""
        facts: dict[ImageId, list[ImageFact]] = {image.id: [] for image in images}
        sql = """
            SELECT body FROM image_fact
            WHERE image IN (SELECT value FROM json_each(?)) ORDER BY seq
        """
        for fact in bodies(self._connection, ImageFact, sql, id_list(facts)):
            facts[fact.image].append(fact)
        return tuple(FiledImage(image, tuple(facts[image.id])) for image in images)
