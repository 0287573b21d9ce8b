"""A patient: identifiers, demographics with history, and merging without loss."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.ids import FactId, PatientId
from app.domain.stamp import Stamp

# Letters that Unicode does not decompose, though people leave the stroke away when they type.
_STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
# Marks that choose a shape, and the joiner of marks: no part of the spelling.
_VARIANTS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def fold(text: str) -> str:
    """The text as it is compared and searched: no case, no accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_STROKES)
    kept = "".join(c if _spells(c) else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def _spells(character: str) -> bool:
    """Whether it is a letter, a digit or, as in Devanagari and Thai, a vowel sign."""
    vowel_sign = unicodedata.category(character) in {"Mc", "Mn"}
    return character.isalnum() or (vowel_sign and not _VARIANTS.match(character))


class Sex(StrEnum):
    """Administrative gender. Source: FHIR R4 administrative-gender."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PatientIdentifier:
    """A number or code and who issued it; both as DICOM and FHIR have it.

    Attributes:
        issuer: "MRN", "NHS", an OID or the clinic's own word.
        value: As issued, spaces at the ends removed.
    """

    issuer: str
    value: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "issuer", self.issuer.strip())
        object.__setattr__(self, "value", self.value.strip())
        if not self.issuer or not self.value:
            msg = "an identifier has an issuer and a value"
            raise ValueError(msg)

    @property
    def key(self) -> tuple[str, str]:
        """What makes two identifiers the same."""
        return fold(self.issuer), fold(self.value).replace(" ", "")

    def __str__(self) -> str:
        return f"{self.issuer} {self.value}"


@dataclass(frozen=True, slots=True)
class Demographics:
    """What is known of a person at one time.

    Attributes:
        family: Family name as written; may be empty.
        given: Given names as written; may be empty.
        birth_date: None when unknown.
        alert: One short line for the banner ("allergic to adhesive tape"); may be empty.
    """

    family: str = ""
    given: str = ""
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    identifiers: tuple[PatientIdentifier, ...] = ()
    alert: str = ""

    @property
    def unnamed(self) -> bool:
        """Whether no name is known yet."""
        return not (self.family.strip() or self.given.strip())

    @property
    def display_name(self) -> str:
        """The name as the banner shows it: OKAFOR, Amara; scripts without case keep their order."""
        family, given = self.family.strip(), self.given.strip()
        if not family or not given:
            return family or given
        if family.upper() != family.lower():
            return f"{family.upper()}, {given}"
        if _family_first(family + given):
            return family + given
        return f"{given} {family}"

    @property
    def plain_name(self) -> str:
        """The name in running text and under a signature: Amara Okafor."""
        family, given = self.family.strip(), self.given.strip()
        if _family_first(family + given):
            return family + given
        return f"{given} {family}".strip()

    def age(self, on: date) -> int | None:
        """Completed years on a day; None when the date of birth is unknown or later."""
        born = self.birth_date
        if born is None or born > on:
            return None
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    @property
    def search_text(self) -> str:
        """Everything that a search may find, folded."""
        parts = [self.family, self.given]
        parts += [identifier.value for identifier in self.identifiers]
        return fold(" ".join(parts))


_EAST_ASIAN = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "BOPOMOFO")


def _family_first(text: str) -> bool:
    """Whether the script writes the family name first, and both names as one word."""
    return any(unicodedata.name(c, "").startswith(_EAST_ASIAN) for c in text)


@dataclass(frozen=True, slots=True)
class PatientVersion:
    """Demographics as they were recorded once; the newest rules, the others stay."""

    id: FactId
    patient: PatientId
    demographics: Demographics
    stamp: Stamp
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """A person with every version of what was recorded, oldest first."""

    id: PatientId
    history: tuple[PatientVersion, ...]

    def __post_init__(self) -> None:
        if not self.history:
            msg = "a patient has at least one version"
            raise ValueError(msg)

    @property
    def now(self) -> Demographics:
        """What is known now."""
        return self.history[-1].demographics


class LinkKind(StrEnum):
    """Merging two records of one person, and taking that back."""

    MERGED = "merged"
    UNMERGED = "unmerged"


@dataclass(frozen=True, slots=True)
class PatientLink:
    """One record was declared to be the same person as another, or no longer.

    Attributes:
        patient: The record that is replaced.
        survivor: The record that speaks for both.
    """

    id: FactId
    kind: LinkKind
    patient: PatientId
    survivor: PatientId
    stamp: Stamp
    reason: str


@dataclass(frozen=True, slots=True)
class PatientLinks:
    """All links in the order in which they were recorded."""

    links: tuple[PatientLink, ...] = ()
    _into: dict[PatientId, PatientId] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        into: dict[PatientId, PatientId] = {}
        for link in self.links:
            if link.kind is LinkKind.MERGED:
                into[link.patient] = link.survivor
            else:
                into.pop(link.patient, None)
        object.__setattr__(self, "_into", into)

    def survivor(self, patient: PatientId) -> PatientId:
        """The record that speaks for this one now."""
        seen = {patient}
        while (following := self._into.get(patient)) is not None and following not in seen:
            patient = following
            seen.add(patient)
        return patient

    def absorbed(self, survivor: PatientId) -> tuple[PatientId, ...]:
        """Every record that this one speaks for now, without itself."""
        return tuple(p for p in self._into if self.survivor(p) == survivor)

    def same(self, one: PatientId, other: PatientId) -> bool:
        """Whether two records are one person now."""
        return self.survivor(one) == self.survivor(other)


class Likeness(StrEnum):
    """Why a record may be the same person."""

    SAME_IDENTIFIER = "same-identifier"
    SAME_NAME_AND_BIRTH = "same-name-and-birth"
    SIMILAR = "similar"


def likeness(one: Demographics, other: Demographics) -> Likeness | None:
    """How far two records look like one person; None when nothing speaks for it."""
    if {i.key for i in one.identifiers} & {i.key for i in other.identifiers}:
        return Likeness.SAME_IDENTIFIER
    if one.unnamed or other.unnamed:
        return None
    same_birth = one.birth_date is not None and one.birth_date == other.birth_date
    names = [sorted(fold(f"{d.family} {d.given}").split()) for d in (one, other)]
    if names[0] == names[1]:
        unknown_birth = one.birth_date is None or other.birth_date is None
        if same_birth:
            return Likeness.SAME_NAME_AND_BIRTH
        return Likeness.SIMILAR if unknown_birth else None
    if same_birth and _one_slip(" ".join(names[0]), " ".join(names[1])):
        return Likeness.SIMILAR
    return None


def _one_slip(one: str, other: str) -> bool:
    """Whether one inserted, missing, changed or swapped letter makes them equal."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    rest_one, rest_other = one[start:], other[start:]
    return (
        rest_one[1:] == rest_other[1:]
        or rest_one[1:] == rest_other
        or rest_one == rest_other[1:]
        or (rest_one[1:2] + rest_one[:1] == rest_other[:2] and rest_one[2:] == rest_other[2:])
    )


def merged_demographics(survivor: Demographics, absorbed: Iterable[Demographics]) -> Demographics:
    """The survivor's demographics with the identifiers of all, each once."""
    identifiers = {i.key: i for i in survivor.identifiers}
    for other in absorbed:
        for identifier in other.identifiers:
            identifiers.setdefault(identifier.key, identifier)
    return Demographics(
        family=survivor.family,
        given=survivor.given,
        birth_date=survivor.birth_date,
        sex=survivor.sex,
        identifiers=tuple(identifiers.values()),
        alert=survivor.alert,
    )
