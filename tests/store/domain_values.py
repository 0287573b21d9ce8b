"""Any value of the domain that the store keeps, for property tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, TypeVar, get_type_hints

from hypothesis import strategies as st

from app.domain.clinic import Clinic
from app.domain.clinical_image import ClinicalImage, ImageFact
from app.domain.consent import (
    Answer,
    Attestation,
    AttestationKind,
    Consent,
    Decision,
    Ink,
    Refiling,
    Shown,
    ShownRendition,
    Signature,
    SignerRole,
    StrokePoint,
    Withdrawal,
)
from app.domain.consent_draft import ConsentDraft
from app.domain.disclosure import OriginalExtract
from app.domain.document import CopyHandedOver, StoredDocument
from app.domain.encounter import (
    BeforeCamera,
    Capacity,
    Consenter,
    ConsenterKind,
    Encounter,
)
from app.domain.patient import Demographics, PatientIdentifier, PatientLink, PatientVersion
from app.domain.protection import GlassBroken
from app.domain.rendition import Assessment, Box, Cover, Edits, Rendition
from app.domain.staff import Staff
from app.domain.stamp import Stamp
from app.store.records.encounters import EncounterFact

T = TypeVar("T")

KEPT = (
    PatientVersion,
    PatientLink,
    Encounter,
    EncounterFact,
    ConsentDraft,
    ClinicalImage,
    ImageFact,
    Rendition,
    Assessment,
    Consent,
    Withdrawal,
    Refiling,
    StoredDocument,
    CopyHandedOver,
    OriginalExtract,
    Clinic,
    Staff,
    GlassBroken,
)

WITH_RULES = {ConsentDraft, Consent, Withdrawal, Clinic, OriginalExtract}

words = st.text(max_size=20)
spoken = words.filter(str.strip)
in_utc = st.datetimes(timezones=st.just(UTC))
elsewhere = st.integers(-720, 720).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = in_utc | st.datetimes() | st.datetimes(timezones=elsewhere)
numbers = st.integers(-(2**53), 2**53)
fractions = st.floats(allow_nan=False, allow_infinity=False)
sizes = st.integers(0, 60_000)


def built(made: Callable[..., T], /, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[T]:
    """A dataclass with every field drawn, also those that have a default."""
    hints = get_type_hints(made)
    drawn = {f.name: st.from_type(hints[f.name]) for f in fields(made) if f.init}  # type: ignore[arg-type]
    return st.builds(made, **(drawn | given))


def strokes() -> st.SearchStrategy[Ink]:
    """Ink that counts as a signature."""
    far = (StrokePoint(0.0, 0.0, 0), StrokePoint(0.5, 0.5, 100, 0.7))
    more = st.lists(built(StrokePoint), max_size=3).map(tuple)
    return built(Ink, strokes=st.lists(more, max_size=2).map(lambda found: (far, *found)))


def attestations() -> st.SearchStrategy[Attestation]:
    signed = [st.from_type(Signature).map(_in_role(role)) for role in SignerRole]
    return st.builds(Attestation, st.sampled_from(AttestationKind), st.tuples(*signed))


def _in_role(role: SignerRole) -> Callable[[Signature], Signature]:
    return lambda s: Signature(role, s.name, s.kind, s.meaning, s.signed_at, s.ink)


@st.composite
def consents(draw: st.DrawFn) -> Consent:
    answers = draw(
        st.lists(st.from_type(Answer), max_size=3, unique_by=lambda a: (a.rendition, a.use))
    )
    seen = tuple(ShownRendition(a.rendition, a.sha256, draw(moments)) for a in answers)
    understood = moments if any(a.decision is Decision.GRANTED for a in answers) else st.none()
    shown = draw(built(Shown, renditions=st.just(seen), refusal_understood_at=understood))
    attestation = st.none() if understood is not moments else attestations()
    return draw(
        built(
            Consent, answers=st.just(tuple(answers)), shown=st.just(shown), attestation=attestation
        )
    )


@st.composite
def withdrawals(draw: st.DrawFn) -> Withdrawal:
    made = draw(words)
    others = draw(st.frozensets(words, max_size=3))
    patients = st.just(others | {made})
    return draw(built(Withdrawal, patient=st.just(made), patients=patients, by_name=spoken))


def register() -> None:
    """Teach Hypothesis what the domain accepts."""
    st.register_type_strategy(str, words)
    st.register_type_strategy(int, numbers)
    st.register_type_strategy(float, fractions)
    st.register_type_strategy(datetime, moments)
    st.register_type_strategy(Stamp, built(Stamp, at=in_utc))
    st.register_type_strategy(PatientIdentifier, st.builds(PatientIdentifier, spoken, spoken))
    st.register_type_strategy(Demographics, built(Demographics))
    st.register_type_strategy(Clinic, built(Clinic, name=spoken))
    st.register_type_strategy(Consenter, built(Consenter, name=spoken, relationship=spoken))
    st.register_type_strategy(
        BeforeCamera,
        built(BeforeCamera, capacity=st.just(Capacity.ABLE))
        | built(
            BeforeCamera,
            consenter=built(
                Consenter,
                kind=st.just(ConsenterKind.GUARDIAN),
                name=spoken,
                relationship=spoken,
            ),
        ),
    )
    positive = sizes.map(lambda size: size + 1)
    st.register_type_strategy(
        Box, st.builds(Box, left=sizes, top=sizes, width=positive, height=positive)
    )
    st.register_type_strategy(Cover, built(Cover))
    st.register_type_strategy(Edits, built(Edits, quarter_turns=st.integers(0, 3)))
    st.register_type_strategy(Ink, strokes())
    st.register_type_strategy(Signature, built(Signature, name=spoken, ink=strokes()))
    named = st.dictionaries(words, words, max_size=2)
    answers = st.dictionaries(st.tuples(words, words), st.sampled_from(Decision), max_size=3)
    st.register_type_strategy(ConsentDraft, built(ConsentDraft, named=named, answers=answers))
    st.register_type_strategy(Consent, consents())
    st.register_type_strategy(Withdrawal, withdrawals())
    st.register_type_strategy(
        OriginalExtract, built(OriginalExtract, reason=spoken, recipient=spoken)
    )


register()
