"""Papers for tests, with invented people and painted pictures."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from PIL import Image, ImageDraw

from app.domain.clinic import Clinic
from app.domain.ids import ConsentId, Sha256, UseId, WithdrawalId
from app.domain.paper import (
    ConsentPaper,
    Decider,
    PaperForm,
    PaperPatient,
    PaperPicture,
    PaperSignature,
    PaperStatement,
    PaperUse,
    RecoverySheet,
    StrokePoint,
    WithdrawalPaper,
)
from app.domain.paper_labels import PrintedAnswer, SignatureKind, SignatureRole

ZONE = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=ZONE)
CONSENT = ConsentId("0193a5e2-7c41-7b1e-9a52-3f0c6d1e8b77")

NAMES = {
    "latin": "O'Neill-Featherstonehaugh, Siobhán Østergård",
    "greek": "Αικατερίνη Παπαδοπούλου",
    "cyrillic": "Щербакова, Ольга Юрьевна",
    "chinese": "陳大文",
    "arabic": "عبد الرحمن",
    "hebrew": "שָׂרָה לוי",
    "devanagari": "हिन्दी क्षत्रिय",
}

LADDER = [
    (
        "colleague-advice",
        "Ask another doctor about your skin",
        "One or two doctors who help us with your treatment",
    ),
    (
        "teaching-local",
        "Teach students and staff in this department",
        "About 40 students and doctors a year, in this building",
    ),
    (
        "teaching-wide",
        "Teach at lectures and conferences",
        "Doctors and nurses from other hospitals; they may take photographs of the screen",
    ),
    (
        "audit-quality",
        "Check and improve the quality of our work",
        "Two members of the quality team",
    ),
    (
        "research-study",
        "Use in the MOLE-2 study",
        "The researchers of this study at two universities",
    ),
    (
        "ai-development",
        "Train and test computer programs",
        "A company that develops programs, under a contract with the hospital",
    ),
    (
        "publication",
        "Print in one medical journal",
        "Every reader of the journal, on paper and on the internet",
    ),
    ("public-web", "Show on the hospital's website", "Everybody who visits the website"),
    ("social-media", "Show on social media", "Everybody; copies cannot be called back"),
    ("care-record", "Keep in your care record", "The people who treat you"),
]
ANSWERS = [
    PrintedAnswer.GRANTED,
    PrintedAnswer.GRANTED,
    PrintedAnswer.REFUSED,
    PrintedAnswer.NOT_NOW,
    PrintedAnswer.GRANTED,
    PrintedAnswer.REFUSED,
    PrintedAnswer.GRANTED,
    PrintedAnswer.REFUSED,
    PrintedAnswer.NOT_ASKED,
    PrintedAnswer.GRANTED,
]
STATEMENTS = [
    "We take these photographs to follow a mole on your left forearm and to decide whether it"
    " must be removed.",
    "The photographs are kept in an encrypted database on a computer of this department, for as"
    " long as your care record.",
    "You may say no to any use, and you may change your mind at any time."
    " You need not give a reason.",
    "We cannot promise that nobody will ever recognise you."
    " A tattoo, a ring or a scar can be enough.",
    "What has been printed or put on the internet can be copied by others and cannot be called"
    " back.",
]
HOW = (
    "Tell us, in any way you like, at any time: by telephone, by letter, by e-mail or in person."
    " You need not say why, and it changes nothing about your care."
)
STAYS = (
    "The photographs stay in your care record because the law obliges us to keep what your"
    " treatment rests on. Nobody sees them there but the people who treat you."
)


def a_picture(seed: int = 0, size: tuple[int, int] = (320, 240)) -> bytes:
    """A painted patch of skin with a mole, as JPEG."""
    image = Image.linear_gradient("L").resize(size)
    ground = Image.merge(
        "RGB",
        (
            image.point(lambda v: 205 + v // 9),
            image.point(lambda v: 158 + v // 10),
            image.point(lambda v: 130 + v // 11),
        ),
    )
    draw = ImageDraw.Draw(ground)
    x, y = size[0] // 2 + seed * 7 % 40, size[1] // 2 - seed * 5 % 30
    draw.ellipse((x - 34, y - 27, x + 30, y + 25), fill=(106, 66, 46))
    draw.ellipse((x - 20, y - 17, x + 12, y + 15), fill=(72, 44, 32))
    out = io.BytesIO()
    ground.save(out, "JPEG", quality=85)
    return out.getvalue()


def a_logo(mode: str = "RGB") -> bytes:
    """A clinic's sign, as PNG."""
    image = Image.new("RGB", (160, 160), "white")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((4, 4, 155, 155), 36, fill=(11, 110, 117))
    draw.rectangle((68, 36, 92, 124), fill="white")
    draw.rectangle((36, 68, 124, 92), fill="white")
    out = io.BytesIO()
    image.convert(mode).save(out, "PNG")
    return out.getvalue()


def strokes(seed: int = 0, *, pressure: bool = False) -> tuple[tuple[StrokePoint, ...], ...]:
    """Something like a name written by hand."""

    def point(t: float) -> StrokePoint:
        x = 0.06 + 0.8 * t + 0.05 * math.sin(19 * t + seed)
        y = 0.55 + 0.3 * math.sin(23 * t + seed) * (1 - 0.6 * t) + 0.08 * math.sin(51 * t)
        return StrokePoint(
            x, min(1.0, max(0.0, y)), 0.5 + 0.45 * math.sin(9 * t) if pressure else None
        )

    name = tuple(point(i / 160) for i in range(161))
    flourish = (StrokePoint(0.1, 0.93), StrokePoint(0.5, 0.88), StrokePoint(0.93, 0.82))
    return name, flourish


def a_use(number: int = 0, answer: PrintedAnswer | None = None) -> PaperUse:
    """One rung of the audience ladder."""
    use, title, audience = LADDER[number]
    given = answer or ANSWERS[number]
    publication = use == "publication"
    return PaperUse(
        UseId(use),
        title,
        given,
        audience,
        example="A doctor shows the picture on a screen while explaining what to look for.",
        how_long="Until you tell us to stop",
        take_back="Until it is printed; not afterwards"
        if publication
        else "Yes, at any time, without giving a reason",
        exceptions=("not picture 2",) if number == 1 else (),
        expires="23 November 2028" if given is PrintedAnswer.GRANTED else "",
        recipient="British Journal of Dermatology" if publication else "",
    )


def a_signature(
    role: SignatureRole = SignatureRole.PATIENT, name: str = "Amara Okafor"
) -> PaperSignature:
    """An ink signature."""
    return PaperSignature(
        role,
        name,
        "I agree to the uses marked Yes and to no other.",
        NOW,
        SignatureKind.INK,
        strokes(len(name), pressure=role is SignatureRole.CLINICIAN),
        3.6,
    )


def a_paper(
    *, uses: int = 6, pictures: int = 3, statements: int = 5, name: str = "OKAFOR, Amara"
) -> ConsentPaper:
    """A consent in English with as much on it as asked for."""
    return ConsentPaper(
        clinic=Clinic(
            "St Brigid's Hospital",
            "Department of Dermatology",
            "12 Harbour Street\nGalway H91 T2C4\nIreland",
            "Mary Byrne, photography\n+353 91 555 0142 · photo-consent@stbrigids.example",
            a_logo(),
        ),
        title="Your consent for photographs",
        language="en",
        form=PaperForm("photo-consent", "3.1", "en"),
        consent=CONSENT,
        patient=PaperPatient(name, "12 March 1992", ("MRN: 0042-771", "NHS: 943 476 5919")),
        encounter_date=date(2026, 11, 23),
        decider=Decider(name),
        uses=tuple(a_use(number) for number in range(uses)),
        refusal_statement="Saying no changes nothing about your care.",
        refusal_confirmed_at=NOW,
        how_to_withdraw=HOW,
        care_record_note=STAYS,
        made_at=NOW.astimezone(UTC),
        pictures=tuple(
            PaperPicture(
                a_picture(number),
                "Left forearm, volar · close-up" if number % 2 else "Left forearm, volar · context",
                Sha256(f"{number:x}8c1f0e2ab77d94" + "3e5a" * 12 + "f"),
                covered=number == 1,
            )
            for number in range(pictures)
        ),
        statements=tuple(
            PaperStatement(STATEMENTS[number % 5], NOW if number % 3 == 0 else None)
            for number in range(statements)
        ),
        signatures=(
            a_signature(),
            replace(
                a_signature(SignatureRole.CLINICIAN, "Dr Niamh Ó Conaill"),
                meaning="I explained this consent and answered the questions.",
            ),
        ),
    )


def a_withdrawal(*, name: str = "OKAFOR, Amara") -> WithdrawalPaper:
    """A withdrawal of every use that a_paper() grants."""
    paper = a_paper(name=name)
    return WithdrawalPaper(
        clinic=paper.clinic,
        language="en",
        reference=WithdrawalId("0193a5e2-9999-7b1e-9a52-3f0c6d1e8b77"),
        consent=paper.consent,
        patient=paper.patient,
        withdrawn_uses=tuple(use.title for use in paper.granted),
        withdrawn_at=NOW,
        withdrawn_by="Amara Okafor",
        stops=("These uses stop at once. Everybody who got a picture is told in writing.",),
        stays=(STAYS,),
        made_at=NOW,
        cannot_recall=("What was shown at a lecture may have been photographed by others.",),
    )


def a_recovery_sheet() -> RecoverySheet:
    """A code of nine groups with every pair that is easily mistaken."""
    return RecoverySheet(
        clinic_name="St Brigid's Hospital, Dermatology",
        groups=("K7QF", "0OIL", "B1L2", "XY8Z", "9WQM", "4HJK", "PRT2", "VN6C", "5DGE"),
        language="en",
        made_at=NOW,
    )
