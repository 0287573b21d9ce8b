"""A copy that does not show what it must show is refused before it is handed out."""

from dataclasses import replace

import pytest

from app.documents.consent_pdf import render_consent
from app.documents.pdf_reading import names_on, opened
from app.documents.read_back import (
    PaperUnreadableError,
    UnprintableTextError,
    check_consent_pdf,
    check_recovery_pdf,
    check_withdrawal_pdf,
)
from app.documents.recovery_pdf import render_recovery
from app.documents.withdrawal_pdf import render_withdrawal
from app.domain.ids import ConsentId
from app.domain.paper import Decider, PageSize, PaperPatient, PaperPerson
from app.domain.paper_labels import PrintedAnswer
from tests.documents.faults import with_things_changed, with_things_removed, without_page
from tests.documents.papers import (
    a_logo,
    a_paper,
    a_picture,
    a_recovery_sheet,
    a_use,
    a_withdrawal,
)

A4 = PageSize.A4
OTHER = ConsentId("0193a5e2-7c41-7b1e-9a52-3f0c6d1e8b78")
HEAD, FOOT = 60, 62  # pt


@pytest.fixture(scope="module")
def data():
    return render_consent(a_paper(), page=A4)


def refusal(data, paper):
    with pytest.raises(PaperUnreadableError) as caught:
        check_consent_pdf(data, paper)
    return caught.value.facts["check"]


def page_of(data, mark):
    with opened(data) as pages:
        return next(number for number, page in enumerate(pages) if mark in page.marked)


def page_of_text(data, mark):
    with opened(data) as pages:
        return next(number for number, page in enumerate(pages) if mark in page.texts)


def extent_of(data, mark):
    with opened(data) as pages:
        return next(page.marked[mark] for page in pages if mark in page.marked)


def test_sound_copy_is_accepted(data):
    check_consent_pdf(data, a_paper())


@pytest.mark.parametrize("junk", [b"", b"not a PDF", b"%PDF-1.7\n%%EOF"])
def test_file_that_does_not_open_is_refused(junk):
    assert refusal(junk, a_paper()) == "it opens"


def test_file_without_pages_is_refused(data):
    nothing = data
    with opened(data) as pages:
        count = len(pages)
    for _ in range(count):
        nothing = without_page(nothing, 0)

    assert refusal(nothing, a_paper()) == "it opens"


def test_file_that_was_cut_off_is_refused(data):
    with pytest.raises(PaperUnreadableError):
        check_consent_pdf(data[: len(data) // 2], a_paper())


def test_page_without_content_is_refused(data):
    empty = with_things_removed(data, 1, lambda *_: True)

    assert refusal(empty, a_paper()) == "page 2 is not blank"


def test_page_with_head_and_foot_only_is_refused(data):
    def in_the_body(page, thing):
        _, bottom, _, top = thing.get_bounds()
        return bottom > FOOT and top < page.get_height() - HEAD

    empty = with_things_removed(data, 1, in_the_body)

    assert refusal(empty, a_paper()) == "page 2 is not blank"


def test_missing_page_is_refused(data):
    assert refusal(without_page(data, 1), a_paper()) == "the number of page 1"


def test_other_consent_is_refused(data):
    paper = replace(a_paper(), consent=OTHER)

    assert refusal(data, paper) == "the consent's id on page 1"


def test_dropped_use_is_refused():
    short = replace(a_paper(), uses=a_paper().uses[:-1])

    check = refusal(render_consent(short, page=A4), a_paper())

    assert check == "use 6 with its answer"


def test_turned_answer_is_refused(data):
    uses = (a_use(0, PrintedAnswer.REFUSED), *a_paper().uses[1:])

    assert refusal(data, replace(a_paper(), uses=uses)) == "use 1 with its answer"


def test_other_name_is_refused(data):
    paper = a_paper(name="OKAFOR, Adaeze")

    assert refusal(data, paper) == "the patient's name"


def test_changed_statement_is_refused(data):
    paper = a_paper()
    first = replace(paper.statements[0], text="We take these photographs for you.")
    paper = replace(paper, statements=(first, *paper.statements[1:]))

    assert refusal(data, paper) == "statement 1"


def test_missing_refusal_statement_and_contact_are_refused(data):
    other = replace(a_paper(), refusal_statement="A no is a no.")
    moved = replace(a_paper(), clinic=replace(a_paper().clinic, contact="+353 91 555 0199"))

    assert refusal(data, other) == "the refusal statement"
    assert refusal(data, moved) == "the contact"


def test_signature_without_ink_is_refused(data):
    number, extent = page_of(data, "Handwriting2"), extent_of(data, "Handwriting2")

    def is_ink(page, thing):
        left, bottom, right, top = thing.get_bounds()
        inside = left >= extent.left - 1 and right <= extent.right + 1
        return inside and bottom >= extent.bottom - 1 and top <= extent.top + 1

    spoilt = with_things_removed(data, number, is_ink)

    assert refusal(spoilt, a_paper()) == "signature 2"


def test_signature_as_small_as_a_dot_is_refused():
    paper = a_paper()
    point = paper.signatures[0].strokes[0][0]
    dot = replace(paper.signatures[0], strokes=((point,),))
    paper = replace(paper, signatures=(dot,))

    assert refusal(render_consent(paper, page=A4), paper) == "signature 1"


def test_missing_picture_is_refused(data):
    number = page_of(data, "ConsentPicture1")

    spoilt = with_things_removed(data, number, lambda _, thing: hasattr(thing, "get_px_size"))

    assert refusal(spoilt, a_paper()) == "picture 1"


@pytest.mark.parametrize("page", list(PageSize))
def test_other_picture_is_refused(page):
    paper = a_paper()
    first, second, *rest = paper.pictures
    exchanged = replace(
        paper,
        pictures=(replace(first, data=second.data), replace(second, data=first.data), *rest),
    )

    assert refusal(render_consent(exchanged, page=page), paper) == "that picture 1 is the right one"


def test_painted_picture_of_each_kind_is_recognised():
    pictures = [
        replace(a_paper().pictures[0], data=data)
        for data in (a_picture(), a_logo(), a_logo("L"), a_logo("P"), a_logo("RGBA"))
    ]
    paper = replace(a_paper(), pictures=tuple(pictures))

    check_consent_pdf(render_consent(paper, page=A4), paper)


def test_picture_out_of_shape_is_refused(data):
    number = page_of(data, "ConsentPicture1")

    def stretched(thing):
        thing.set_matrix(thing.get_matrix().scale(1, 0.7))

    spoilt = with_things_changed(data, number, lambda t: hasattr(t, "get_px_size"), stretched)

    assert refusal(spoilt, a_paper()) == "the shape of picture 1"


def test_text_beyond_the_edge_is_refused(data):
    def is_low(thing):
        return 200 < thing.get_bounds()[1] < 300

    def moved(thing):
        thing.set_matrix(thing.get_matrix().translate(-40, 0))

    spoilt = with_things_changed(data, 1, is_low, moved)

    assert refusal(spoilt, a_paper()) == "the margins of page 2"


@pytest.mark.parametrize("printed", [PrintedAnswer.NOT_ASKED, PrintedAnswer.NOT_NOW])
def test_longer_answer_that_begins_alike_is_refused(printed):
    paper = replace(a_paper(), uses=(a_use(0, PrintedAnswer.REFUSED), *a_paper().uses[1:]))
    other = replace(a_paper(), uses=(a_use(0, printed), *a_paper().uses[1:]))

    assert refusal(render_consent(other, page=A4), paper) == "use 1 with its answer"


def test_answer_is_looked_for_at_a_glance_and_in_detail(data):
    def at_a_glance(_, thing):
        return "Answer3" in names_on(thing)

    def in_detail(_, thing):
        return "AnswerInDetail3" in names_on(thing)

    for removed, mark in ((at_a_glance, "Answer3"), (in_detail, "AnswerInDetail3")):
        spoilt = with_things_removed(data, page_of_text(data, mark), removed)
        assert refusal(spoilt, a_paper()) == "use 3 with its answer"


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"decider": Decider("N. Okafor", "mother", "Order 12")}, "who decided"),
        ({"interpreter": PaperPerson("Lena Weber", "Igbo")}, "the interpreter"),
        ({"witness": PaperPerson("Tom Hale")}, "the witness"),
        ({"care_record_note": "All is kept."}, "what stays in the care record"),
        ({"patient": PaperPatient("OKAFOR, Amara", "", ("MRN: 1",))}, "the patient's number"),
    ],
)
def test_people_and_notes_that_are_not_there_are_refused(data, change, check):
    assert refusal(data, replace(a_paper(), **change)) == check


@pytest.mark.parametrize(
    "part", ["audience", "example", "how_long", "take_back", "expires", "recipient"]
)
def test_what_was_said_about_a_use_is_looked_for(data, part):
    uses = list(a_paper().uses)
    uses[0] = replace(uses[0], **{part: "something else"})

    assert "use 1" in refusal(data, replace(a_paper(), uses=tuple(uses)))


def test_emoji_in_a_remark_is_shown_by_its_number():
    signed = replace(a_paper().signatures[0], remark="Heard it 😀")
    paper = replace(a_paper(), signatures=(signed,))
    data = render_consent(paper, page=A4)

    check_consent_pdf(data, paper)
    with opened(data) as pages:
        assert "[U+1F600]" in "".join(page.text for page in pages)


def test_character_that_no_font_draws_is_told_without_the_character():
    paper = a_paper(name="Ann 😀")

    with pytest.raises(UnprintableTextError) as caught:
        check_consent_pdf(render_consent(paper, page=A4), paper)

    assert caught.value.facts == {"count": 1}


def test_refusal_holds_no_personal_data(data):
    with pytest.raises(PaperUnreadableError) as caught:
        check_consent_pdf(data, a_paper(name="OKAFOR, Adaeze"))

    assert "Adaeze" not in str(caught.value)


@pytest.mark.parametrize("page", list(PageSize))
def test_withdrawal_reads_back(page):
    paper = a_withdrawal(name="عبد الرحمن")

    check_withdrawal_pdf(render_withdrawal(paper, page=page), paper)


def test_withdrawal_that_forgets_a_use_is_refused():
    paper = a_withdrawal()
    short = replace(paper, withdrawn_uses=paper.withdrawn_uses[:1], cannot_recall=(), stays=())

    with pytest.raises(PaperUnreadableError):
        check_withdrawal_pdf(render_withdrawal(short, page=A4), paper)


@pytest.mark.parametrize("page", list(PageSize))
@pytest.mark.parametrize("language", ["en", "ar"])
def test_recovery_sheet_reads_back(page, language):
    sheet = replace(a_recovery_sheet(), language=language)

    check_recovery_pdf(render_recovery(sheet, page=page), sheet)


def test_recovery_sheet_with_two_groups_exchanged_is_refused():
    sheet = a_recovery_sheet()
    groups = (sheet.groups[1], sheet.groups[0], *sheet.groups[2:])

    with pytest.raises(PaperUnreadableError):
        check_recovery_pdf(render_recovery(replace(sheet, groups=groups), page=A4), sheet)


def test_recovery_sheet_of_two_pages_is_refused():
    long = replace(a_recovery_sheet(), groups=a_recovery_sheet().groups * 12)

    with pytest.raises(PaperUnreadableError) as caught:
        check_recovery_pdf(render_recovery(long, page=A4), long)

    assert caught.value.facts["check"] == "one page only"
