"""The consent copy holds what was agreed, in order, on every size of page."""

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest

from app.documents.consent_pdf import render_consent
from app.documents.pdf_reading import flat, opened
from app.documents.read_back import check_consent_pdf
from app.domain.ids import UseId
from app.domain.paper import (
    Decider,
    PageSize,
    PaperPatient,
    PaperPerson,
    PaperSignature,
    PaperStatement,
    PaperUse,
)
from app.domain.paper_labels import ConsentLabels, PrintedAnswer, SignatureKind, SignatureRole
from tests.documents.papers import CONSENT, NAMES, NOW, a_paper, a_signature, strokes

A4 = PageSize.A4


def text_of(data):
    with pypdfium2.PdfDocument(data) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def poppler(program, data, *options):
    command = [program, *options, "-"]
    if program == "pdftotext":
        command.append("-")
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()


@pytest.fixture(scope="module")
def data():
    return render_consent(a_paper(), page=A4)


@pytest.mark.parametrize("page", list(PageSize))
def test_each_use_stands_with_its_answer(page):
    paper = a_paper(uses=10)

    text = " ".join(text_of(render_consent(paper, page=page)).split())

    for use in paper.uses:
        assert f"{use.title} {paper.labels.answers[use.answer]}" in text


@pytest.mark.parametrize("page", list(PageSize))
def test_page_has_the_size_that_was_asked_for(page):
    sizes = {PageSize.A4: (595, 842), PageSize.LETTER: (612, 792)}

    with pypdfium2.PdfDocument(render_consent(a_paper(), page=page)) as pdf:
        found = {tuple(round(side) for side in each.get_size()) for each in pdf}

    assert found == {sizes[page]}


@pytest.mark.parametrize("page", list(PageSize))
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_name_in_any_script_reads_back(name, page):
    paper = a_paper(uses=1, pictures=1, statements=1, name=name)

    check_consent_pdf(render_consent(paper, page=page), paper)


@pytest.mark.parametrize("script", [name for name in NAMES if name != "hebrew"])
def test_name_can_be_searched_for_in_logical_order(script):
    paper = a_paper(uses=1, pictures=0, statements=0, name=NAMES[script])
    data = render_consent(paper, page=A4)

    assert flat(NAMES[script]) in flat(text_of(data))
    assert flat(NAMES[script]) in flat(poppler("pdftotext", data))


@pytest.mark.parametrize("name", ["علاء الدين", "مُحَمَّد", "कृष्णा द्विवेदी", "Nguyễn Thị Phượng"])
def test_ligatures_and_marks_keep_their_letters(name):
    data = render_consent(a_paper(uses=1, pictures=0, statements=0, name=name), page=A4)

    assert flat(name) in flat(text_of(data))
    assert flat(name) in flat(poppler("pdftotext", data))


@pytest.mark.parametrize("name", ["محمد (ABC 456) بن سالم", "Dr. عبد الرحمن Müller-陳"])
def test_name_in_two_directions_reads_back_word_by_word(name):
    paper = a_paper(uses=1, pictures=0, statements=0, name=name)

    check_consent_pdf(render_consent(paper, page=A4), paper)


@pytest.mark.parametrize("page", list(PageSize))
def test_ten_uses_twelve_pictures_and_forty_statements_fit_on_pages(page):
    paper = a_paper(uses=10, pictures=12, statements=40, name=" ".join(["Featherstonehaugh"] * 9))

    data = render_consent(paper, page=page)

    check_consent_pdf(data, paper)
    with pypdfium2.PdfDocument(data) as pdf:
        assert 5 <= len(pdf) <= 9


@pytest.mark.parametrize("page", list(PageSize))
def test_first_page_says_what_was_decided_how_to_take_it_back_and_whom_to_ask(page):
    paper = a_paper(uses=10, pictures=12, statements=40)

    with opened(render_consent(paper, page=page)) as pages:
        first = pages[0].body_text

    for use in paper.uses:
        assert flat(f"{use.title}{paper.labels.answers[use.answer]}") in flat(first)
    assert flat(paper.how_to_withdraw) in flat(first)
    assert flat(paper.clinic.contact) in flat(first)
    assert "British Journal of Dermatology" in first
    assert "Except not picture 2" in first


WORDS = "This is written down in full because it matters to me and to my family. " * 30


@pytest.mark.parametrize(
    "change",
    [
        {"decider": Decider("Ngozi Okafor", "mother", WORDS)},
        {"how_to_withdraw": WORDS * 2},
        {"refusal_statement": WORDS * 2},
        {"care_record_note": WORDS * 2},
        {"signatures": (replace(a_signature(), remark=WORDS, meaning=WORDS), a_signature())},
        {"uses": tuple(replace(use, title=WORDS[:290]) for use in a_paper().uses)},
    ],
    ids=lambda change: next(iter(change)),
)
@pytest.mark.parametrize("page", list(PageSize))
def test_text_of_hundreds_of_words_flows_on_and_keeps_inside_the_page(change, page):
    paper = replace(a_paper(), **change)

    check_consent_pdf(render_consent(paper, page=page), paper)


def test_answer_of_many_lines_is_not_lost_at_the_end_of_a_page():
    long = replace(a_paper().uses[0], audience="Everybody who works in this building. " * 90)
    paper = replace(a_paper(pictures=1, statements=1), uses=(long, *a_paper().uses[1:]))

    check_consent_pdf(render_consent(paper, page=A4), paper)


def test_only_embedded_subsets_are_used(data):
    rows = poppler("pdffonts", data).splitlines()[2:]

    assert rows
    for row in rows:
        assert re.match(r"[A-Z]{6}\+\S+ .*\byes yes yes\b", row)


def test_file_is_sound_for_qpdf(data, tmp_path):
    path = tmp_path / "copy.pdf"
    path.write_bytes(data)

    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr


def test_file_says_what_it_is_and_in_which_language(data):
    with pypdfium2.PdfDocument(data) as pdf:
        about = pdf.get_metadata_dict()

    assert about["Title"] == "Your consent for photographs"
    assert about["Author"] == "St Brigid's Hospital"
    assert about["Subject"] == f"Consent {CONSENT}"
    assert about["CreationDate"] == "D:20261123094200+00'00'"
    assert b"/Lang (en)" in data


def test_no_personal_data_stands_outside_the_pages(data):
    with pypdfium2.PdfDocument(data) as pdf:
        about = " ".join(pdf.get_metadata_dict().values())

    assert "OKAFOR" not in about
    assert b"OKAFOR" not in data


def test_same_paper_gives_same_bytes(data):
    assert render_consent(a_paper(), page=A4) == data


def test_footer_of_each_page_has_consent_form_and_number(data):
    with opened(data) as pages:
        for number, page in enumerate(pages, start=1):
            assert f"Page {number} of {len(pages)}" in page.text
            assert CONSENT in page.text
            assert "photo-consent, version 3.1 (en)" in page.text


def test_each_picture_is_there_with_its_fingerprint(data):
    text = text_of(data)

    for number, picture in enumerate(a_paper().pictures, start=1):
        assert f"Picture {number}" in text
        assert f"Fingerprint {picture.sha256[:16]}" in text
        assert picture.sha256 in text
    with opened(data) as pages:
        marks = {name for page in pages for name in page.marked}
    assert {"ConsentPicture1", "ConsentPicture2", "ConsentPicture3"} <= marks


def test_signature_is_drawn_as_lines_and_not_as_a_picture(data):
    with opened(data) as pages:
        (page,) = [page for page in pages if "Handwriting1" in page.marked]

    extent = page.marked["Handwriting1"]
    assert extent.right - extent.left > 60
    assert page.has_ink(extent)


def test_course_of_the_pressure_is_shown_in_few_steps_only():
    paper = a_paper(uses=1, pictures=0, statements=0)
    signed = replace(paper.signatures[0], strokes=strokes(pressure=True))

    data = render_consent(replace(paper, signatures=(signed,)), page=A4)

    check_consent_pdf(data, replace(paper, signatures=(signed,)))


def test_point_of_ink_is_drawn():
    paper = a_paper(uses=1, pictures=0, statements=0)
    first = paper.signatures[0]
    dotted = replace(first, strokes=(*first.strokes, first.strokes[0][:1], ()))
    paper = replace(paper, signatures=(dotted,))

    check_consent_pdf(render_consent(paper, page=A4), paper)


def test_who_decided_for_a_child_is_named_with_relationship_and_authority():
    paper = replace(
        a_paper(),
        decider=Decider("Ngozi Okafor", "mother", "Birth certificate 1204/2019"),
        interpreter=PaperPerson("Lena Weber", "Igbo, certified"),
        witness=PaperPerson("Tom Hale"),
    )

    text = text_of(render_consent(paper, page=A4))

    for part in ("Ngozi Okafor", "mother", "Birth certificate 1204/2019", "Lena Weber", "Tom Hale"):
        assert part in text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (SignatureKind.PAPER, "Signed on paper"),
        (SignatureKind.SPOKEN, "Said aloud before a witness"),
        (SignatureKind.MARK, "Made a mark before a witness"),
    ],
)
def test_consent_without_ink_says_how_it_was_given(kind, words):
    signed = PaperSignature(
        SignatureRole.PATIENT, "Amara Okafor", "I agree.", NOW, kind, remark="Heard by Tom Hale"
    )
    paper = replace(a_paper(), signatures=(signed,))

    data = render_consent(paper, page=A4)

    check_consent_pdf(data, paper)
    assert words in text_of(data)
    assert "Heard by Tom Hale" in text_of(data)


def test_refusal_of_everything_has_no_slip_and_needs_no_signature():
    refused = tuple(replace(use, answer=PrintedAnswer.REFUSED) for use in a_paper().uses)
    paper = replace(a_paper(statements=0, pictures=0), uses=refused, signatures=())

    data = render_consent(paper, page=A4)

    check_consent_pdf(data, paper)
    assert "Withdrawal slip" not in text_of(data)
    assert "Signatures" not in text_of(data)


def test_clinic_without_logo_department_and_address_has_a_letterhead():
    clinic = replace(a_paper().clinic, logo=b"", department="", address="")
    paper = replace(a_paper(), clinic=clinic, care_record_note="", refusal_confirmed_at=None)

    data = render_consent(paper, page=A4)

    check_consent_pdf(data, paper)
    assert "St Brigid's Hospital" in text_of(data)


def test_patient_known_by_name_only_has_a_slip_too():
    paper = replace(a_paper(), patient=PaperPatient("Unknown, brought in on 23 November"))

    check_consent_pdf(render_consent(paper, page=A4), paper)


ARABIC = ConsentLabels(
    page="صفحة {page} من {pages}",
    confirmed="تم التأكيد في {time}",
    answers={
        PrintedAnswer.GRANTED: "نعم",
        PrintedAnswer.REFUSED: "لا",
        PrintedAnswer.NOT_NOW: "ليس الآن",
        PrintedAnswer.NOT_ASKED: "لم يُسأل",
    },
)


def an_arabic_paper():
    return replace(
        a_paper(pictures=2, name="عبد الرحمن بن محمد"),
        language="ar",
        title="موافقتك على الصور",
        labels=ARABIC,
        uses=(
            PaperUse(
                UseId("teaching-local"),
                "تعليم الطلاب والموظفين في هذا القسم",
                PrintedAnswer.GRANTED,
                "حوالي 40 طالباً وطبيباً في السنة، في هذا المبنى (قسم الجلدية)",
            ),
        ),
        refusal_statement="قول لا لا يغير شيئاً في رعايتك.",
        how_to_withdraw="أخبرنا بأي طريقة تريد وفي أي وقت: بالهاتف أو بالبريد أو شخصياً.",
        statements=(PaperStatement("يمكنك أن تقول لا.", datetime(2026, 11, 23, tzinfo=UTC)),),
    )


def test_arabic_paper_is_laid_out_from_right_to_left():
    data = render_consent(an_arabic_paper(), page=A4)

    check_consent_pdf(data, an_arabic_paper())
    with opened(data) as pages:
        left_to_right = [page for page in pages if "ConsentPicture1" in page.marked]
        (page,) = left_to_right
        first, second = page.marked["ConsentPicture1"], page.marked["ConsentPicture2"]
    assert first.left > second.right
