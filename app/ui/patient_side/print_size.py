"""Type sizes of the patient's side; the font scale of the staff does not change them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.ui.design.tokens import Type

HIT: Final = 48  # px; the least height of anything to be tapped here
MARGIN: Final = 48  # px, left and right
COLUMN_GAP: Final = 48  # px
ANSWER_HEIGHT: Final = 88  # px


@dataclass(frozen=True, slots=True)
class PrintSize:
    """One size of print, in px.

    Attributes:
        small: What stands under a picture.
        button: On buttons without a ground.
        answer: On Yes and No.
        questions: For the question, largest first; a smaller one only where it does not fit.
        row_gap: Between the rows under a question, largest first.
        picture_shares: Percent of the width for the picture, widest first.
    """

    body: int
    small: int
    button: int
    answer: int
    questions: tuple[int, ...]
    row_gap: tuple[int, ...]
    picture_shares: tuple[int, ...]


NORMAL: Final = PrintSize(
    body=Type.PATIENT_BODY,
    small=17,
    button=17,
    answer=Type.PATIENT_ANSWER,
    questions=(Type.PATIENT_QUESTION, 32, 28),
    row_gap=(16, 10, 6),
    picture_shares=(44, 40, 36, 30),
)
LARGE: Final = PrintSize(
    body=Type.PATIENT_BODY_LARGE,
    small=20,
    button=20,
    answer=32,
    questions=(Type.PATIENT_QUESTION, 32, 28),
    row_gap=(14, 8, 4),
    picture_shares=(38, 34, 30, 26),
)


def side_sheet(size: PrintSize) -> str:
    """The style sheet that holds the labels of the patient's side to a size of print."""
    question = size.questions[0]
    smaller = "".join(
        f'QLabel[look="patient-question"][step="{step}"] {{ font-size: {px}px; }}\n'
        for step, px in enumerate(size.questions)
    )
    return f"""
    QLabel[look="patient-body"] {{ font-size: {size.body}px; }}
    QLabel[look="patient-heading"] {{ font-size: {size.body}px; font-weight: 600; }}
    QLabel[look="patient-question"] {{ font-size: {question}px; letter-spacing: -0.6px; }}
    QLabel[print="small"] {{ font-size: {size.small}px; }}
    {smaller}
    QMenu {{ font-size: {size.body}px; }}
    QMenu::item {{ min-height: {HIT - 16}px; padding: 8px 24px; }}
    """


@dataclass(frozen=True, slots=True)
class SideOptions:
    """How the patient's side is set for whoever sits before it.

    Attributes:
        left_handed: Yes and No lie under the left hand.
        large_print: Body text of 24 px instead of 20.
    """

    left_handed: bool = False
    large_print: bool = False
