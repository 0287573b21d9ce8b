"""`clinigraph list`: what is in the vault, as a table or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from app.cli.output import say, say_json_array, shown
from app.domain.clinical_image import FiledImage
from app.domain.consent import Answer, Consent, Decision, History
from app.domain.encounter import Encounter
from app.domain.patient import Patient, PatientLinks
from app.domain.protection import veiled
from app.domain.standing import Picture, standing
from app.services.ports import Desk, Records
from app.services.sight import may_see

Row = dict[str, object]
PROTECTED = "protected"  # instead of the kind of protection, for those to whom it is closed


def listed(records: Records, desk: Desk, what: str) -> list[Row]:
    """Every patient, encounter, image or consent in the order of making.

    What stands of a consent is said for today; of a picture that is protected and not open to who
    asks nothing is told that shows what is on it.
    """
    return list(_LISTS[what](records, desk))


def print_list(rows: Sequence[Row], *, as_json: bool) -> None:
    """Print a JSON array, one row a line; or a table with tabs, its first line the columns."""
    if as_json:
        say_json_array(rows)
    elif rows:
        say("\t".join(rows[0]))
        for row in rows:
            say("\t".join(shown(_plain(value)) for value in row.values()))


def _plain(value: object) -> str:
    if isinstance(value, (bool, list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _patients(records: Records, _: Desk) -> Iterator[Row]:
    links = records.patients.links()
    for patient in records.patients.all():
        yield _patient(patient, links)


def _patient(patient: Patient, links: PatientLinks) -> Row:
    now, survivor = patient.now, links.survivor(patient.id)
    return {
        "id": patient.id,
        "name": now.display_name,
        "family": now.family,
        "given": now.given,
        "unnamed": now.unnamed,
        "birth_date": now.birth_date.isoformat() if now.birth_date else None,
        "sex": now.sex.value,
        "identifiers": [{"issuer": i.issuer, "value": i.value} for i in now.identifiers],
        "merged_into": survivor if survivor != patient.id else None,
    }


def _encounters(records: Records, _: Desk) -> Iterator[Row]:
    for visit in records.encounters.all():
        yield _encounter(visit)


def _encounter(visit: Encounter) -> Row:
    return {
        "id": visit.id,
        "patient": visit.patient,
        "opened_at": _time(visit.opened.at),
        "step": visit.step.name.lower(),
        "ending": visit.ending.value if visit.ending else None,
        "closed_at": _time(visit.closed.at) if visit.closed else None,
        "language": visit.before.language if visit.before else None,
        "care_record": visit.before.care_record.value if visit.before else None,
    }


def _images(records: Records, desk: Desk) -> Iterator[Row]:
    for filed in records.images.all():
        if may_see(records, desk, filed):
            yield _image(filed)
        else:
            yield _image(veiled(filed)) | {"sensitivity": PROTECTED}


def _image(filed: FiledImage) -> Row:
    image = filed.image
    return {
        "id": image.id,
        "sha256": image.sha256,
        "bytes": image.byte_count,
        "media_type": image.media_type,
        "width_px": image.width_px,
        "height_px": image.height_px,
        "patient": filed.patient,
        "encounter": filed.encounter,
        "quarantine": filed.in_quarantine,
        "state": filed.state.value,
        "source": image.source.value,
        "camera_time": _time(image.camera_time),
        "camera_offset_min": image.camera_offset_min,
        "received_at": _time(image.received.at),
        "body_site": filed.body_site or None,
        "laterality": filed.laterality.value if filed.laterality else None,
        "view": filed.view.value if filed.view else None,
        "sensitivity": filed.sensitivity.value,
        "warnings": [warning.value for warning in image.warnings],
    }


def _consents(records: Records, desk: Desk) -> Iterator[Row]:
    on, links = desk.today(), records.patients.links()
    for fact in records.consents.all():
        if isinstance(fact, Consent):
            history = records.consents.history([fact.patient])
            yield _consent(records, fact, history, links, on)


def _consent(
    records: Records, consent: Consent, history: History, links: PatientLinks, on: date
) -> Row:
    granted = {a.use for a in consent.answers if a.decision is Decision.GRANTED}
    refused = {a.use for a in consent.answers} - granted
    return {
        "id": consent.id,
        "patient": consent.patient,
        "encounter": consent.encounter,
        "decided_at": _time(consent.stamp.at),
        "decided_by": consent.consenter.kind.value,
        "form": consent.shown.form,
        "form_version": consent.shown.form_version,
        "language": consent.shown.language,
        "granted": sorted(granted),
        "refused": sorted(refused),
        "answers": [
            {
                "rendition": a.rendition,
                "image": a.image,
                "sha256": a.sha256,
                "use": a.use,
                "decision": a.decision.value,
                "until": a.until.isoformat() if a.until else None,
                "stands": _stands(records, a, history, links, on),
            }
            for a in consent.answers
        ],
    }


def _stands(
    records: Records, answer: Answer, history: History, links: PatientLinks, on: date
) -> str:
    """What stands now for the picture and the use of an answer: later facts count."""
    rendition, filed = records.images.rendition(answer.rendition), records.images.get(answer.image)
    assert rendition is not None
    assert filed is not None
    return standing(Picture(rendition, filed), answer.use, history, links, on=on).state.value


_LISTS: dict[str, Callable[[Records, Desk], Iterator[Row]]] = {
    "patients": _patients,
    "encounters": _encounters,
    "images": _images,
    "consents": _consents,
}
