"""Where on the body a picture was taken: names with their SNOMED CT codes as DICOM prints them."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.clinical_image import Laterality


@dataclass(frozen=True, slots=True)
class BodySite:
    """One place on the skin.

    Attributes:
        code: SNOMED CT. Source: DICOM PS3.16, CID 4029 Dermatology Anatomic Site.
        name: As clinicians say it, without the side; an English source text for translation.
        paired: Whether left and right are told apart.
    """

    code: str
    name: str
    paired: bool = False


BODY_SITES: tuple[BodySite, ...] = (
    BodySite("43067004", "Scalp"),
    BodySite("68698007", "Forehead"),
    BodySite("16621002", "Temple", paired=True),
    BodySite("73897004", "Face"),
    BodySite("367577003", "Eyebrow", paired=True),
    BodySite("41310005", "Upper eyelid", paired=True),
    BodySite("40069000", "Lower eyelid", paired=True),
    BodySite("113179006", "Nose"),
    BodySite("36141000", "Cheek", paired=True),
    BodySite("1902009", "Ear", paired=True),
    BodySite("24483006", "Behind the ear", paired=True),
    BodySite("88089004", "Lip"),
    BodySite("23747009", "Chin"),
    BodySite("113277000", "Mouth, inside"),
    BodySite("11584001", "Neck, front"),
    BodySite("5272005", "Neck, side", paired=True),
    BodySite("4658004", "Neck, back"),
    BodySite("66288003", "Below the collarbone", paired=True),
    BodySite("244106003", "Chest"),
    BodySite("72005009", "Areola", paired=True),
    BodySite("699914002", "Abdomen, lower"),
    BodySite("699935000", "Abdomen, upper"),
    BodySite("315003", "Navel"),
    BodySite("39687006", "Groin", paired=True),
    BodySite("60944009", "External genitalia"),
    BodySite("699893008", "Back, upper"),
    BodySite("113182001", "Back, lower"),
    BodySite("22180002", "Buttock", paired=True),
    BodySite("59112000", "Anus"),
    BodySite("76261009", "Armpit", paired=True),
    BodySite("45981001", "Upper arm, front", paired=True),
    BodySite("72939005", "Upper arm, back", paired=True),
    BodySite("17957002", "Elbow, crease", paired=True),
    BodySite("181536004", "Elbow, back", paired=True),
    BodySite("70559009", "Forearm, volar", paired=True),
    BodySite("41550009", "Forearm, dorsal", paired=True),
    BodySite("24527008", "Wrist, palm side", paired=True),
    BodySite("52876008", "Wrist, back", paired=True),
    BodySite("70887009", "Palm", paired=True),
    BodySite("281642007", "Back of the hand", paired=True),
    BodySite("244169007", "Finger", paired=True),
    BodySite("770809003", "Fingernail", paired=True),
    BodySite("61248009", "Thigh, front", paired=True),
    BodySite("73958006", "Thigh, inside", paired=True),
    BodySite("4578000", "Thigh, back", paired=True),
    BodySite("181553006", "Knee", paired=True),
    BodySite("84507004", "Hollow of the knee", paired=True),
    BodySite("25763004", "Shin", paired=True),
    BodySite("47224004", "Calf", paired=True),
    BodySite("181564009", "Ankle, outside", paired=True),
    BodySite("181563003", "Ankle, inside", paired=True),
    BodySite("60496002", "Foot", paired=True),
    BodySite("84607009", "Heel", paired=True),
    BodySite("52034004", "Toe", paired=True),
    BodySite("770805009", "Toenail", paired=True),
    BodySite("39937001", "Skin, other place"),
)

INTIMATE_SITES = frozenset({"60944009", "59112000", "22180002", "72005009", "39687006"})

_BY_CODE = {site.code: site for site in BODY_SITES}


def body_site(code: str) -> BodySite | None:
    """The site of a code; None when it is not in the table."""
    return _BY_CODE.get(code)


_SIDES = {Laterality.LEFT: "left", Laterality.RIGHT: "right", Laterality.BOTH: "both sides"}


def site_caption(code: str, laterality: Laterality | None) -> str:
    """The site with its side in English: "Forearm, volar, left"; empty when nothing was said."""
    site = body_site(code)
    if site is None:
        return ""
    side = _SIDES.get(laterality, "") if laterality else ""
    return f"{site.name}, {side}" if side else site.name
