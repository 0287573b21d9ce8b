"""Makes the page of a place from the form and the draft."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.consent_draft import ConsentDraft
from app.domain.consent_form import ConsentForm
from app.ui.patient_side.ending_page import EndingPage, ending_words
from app.ui.patient_side.picture_shelf import PictureShelf
from app.ui.patient_side.places import Page, Place
from app.ui.patient_side.print_size import SideOptions
from app.ui.patient_side.question_page import QuestionPage
from app.ui.patient_side.review_page import ReviewPage
from app.ui.patient_side.side_frame import size_of_print
from app.ui.patient_side.side_page import SidePage
from app.ui.patient_side.statements_page import StatementsPage
from app.ui.patient_side.understanding_page import UnderstandingPage
from app.ui.patient_side.welcome_page import WelcomePage


def make_page(
    place: Place,
    form: ConsentForm,
    draft: ConsentDraft,
    shelf: PictureShelf,
    options: SideOptions,
) -> SidePage:
    """The page, filled in; each is made anew, so that nothing of another is left on it."""
    size = size_of_print(large=options.large_print)
    # The answers lie at the left for the left hand, whichever way the text runs.
    words_lead = options.left_handed and not form.right_to_left
    makers: dict[Page, Callable[[], SidePage]] = {
        Page.WELCOME: lambda: WelcomePage(form, draft, shelf, size, words_lead=words_lead),
        Page.UNDERSTANDING: lambda: UnderstandingPage(form, form.confirming[place.index], size),
        Page.STATEMENTS: lambda: StatementsPage(form, size),
        Page.QUESTION: lambda: QuestionPage(
            form, draft, draft.uses[place.index], shelf, size, words_lead=words_lead
        ),
        Page.REVIEW: lambda: ReviewPage(form, draft, size),
        Page.ENDING: lambda: EndingPage(form.patient, size, *ending_words(form.patient, draft)),
        Page.STAFF: lambda: EndingPage(form.patient, size, form.patient.hand_back),
    }
    return makers[place.page]()
