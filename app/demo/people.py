"""Six invented patients, with names in several scripts and skin that is painted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.patient import Demographics, PatientIdentifier, Sex
from app.imaging.synthetic_skin import Lesion, LesionKind, Tone


@dataclass(frozen=True, slots=True)
class DemoPatient:
    """Somebody who does not exist.

    Attributes:
        tone: Of the painted skin.
        lesion: What is on it.
        site: Code of the body site.
        side: "L" or "R"; empty for an unpaired site.
    """

    demographics: Demographics
    tone: Tone
    lesion: Lesion
    site: str
    side: str


def _person(
    family: str, given: str, born: date, sex: Sex, number: str, alert: str = ""
) -> Demographics:
    identifiers = (PatientIdentifier("MRN", number),)
    return Demographics(family, given, born, sex, identifiers, alert)


AMARA = DemoPatient(
    _person("Okafor", "Amara", date(1992, 3, 12), Sex.FEMALE, "0042-771"),
    Tone.BROWN,
    Lesion(0.5, 0.52, 0.09, LesionKind.IRREGULAR_MOLE),
    "70559009",
    "L",
)
SIOBHAN = DemoPatient(
    _person(
        "O'Neill-Featherstonehaugh",
        "Siobhán Maximiliana",
        date(1958, 11, 2),
        Sex.FEMALE,
        "0042-772",
        "Allergic to adhesive tape",
    ),
    Tone.VERY_FAIR,
    Lesion(0.46, 0.5, 0.11, LesionKind.SCALY_PATCH),
    "113182001",
    "",
)
DAMAN = DemoPatient(
    _person("陳", "大文", date(1985, 7, 21), Sex.MALE, "0042-773"),
    Tone.OLIVE,
    Lesion(0.55, 0.47, 0.07, LesionKind.MOLE),
    "36141000",
    "R",
)
ABD = DemoPatient(
    _person("الرحمن", "عبد", date(1971, 1, 9), Sex.MALE, "0042-774"),
    Tone.DARK_BROWN,
    Lesion(0.5, 0.5, 0.1, LesionKind.RED_PATCH),
    "25763004",
    "L",
)
JURGEN = DemoPatient(
    _person("Müller-Lüdenscheidt", "Jürgen", date(1949, 5, 30), Sex.MALE, "0042-775"),
    Tone.FAIR,
    Lesion(0.48, 0.45, 0.08, LesionKind.IRREGULAR_MOLE),
    "43067004",
    "",
)
ANITA = DemoPatient(
    _person("शर्मा", "अनीता", date(2001, 9, 4), Sex.FEMALE, "0042-776"),
    Tone.BROWN,
    Lesion(0.52, 0.5, 0.06, LesionKind.FRECKLE),
    "281642007",
    "R",
)

EVERYBODY = (AMARA, SIOBHAN, DAMAN, ABD, JURGEN, ANITA)
