"""What the text layer of a PDF holds behind its glyphs."""

from app.documents.design import BODY
from app.documents.fonts import load
from app.documents.pdf_fonts import EmbeddedFace, Outline, outline_path
from app.documents.text import Setter

SETTER = Setter("en", 400.0)


def shown(text):
    (line,) = SETTER.set(text, BODY).lines
    (run,) = line.runs
    font = EmbeddedFace(run.face, "T1")
    return font.show(run, 10.0)


def test_plain_word_needs_no_other_text():
    operators, outlines = shown("Amara")

    assert "ActualText" not in operators
    assert operators.endswith("TJ")
    assert not outlines


def test_word_with_marks_says_what_it_is():
    operators, outlines = shown("x\u0302y\u0330\u0302")

    assert "ActualText" in operators
    assert operators.count("BDC") == operators.count("EMC") == 1
    assert not outlines


def test_raised_mark_lowers_itself_again():
    operators, _ = shown("X\u0302\u0302")

    assert operators.rstrip().endswith("0 Ts")


def test_vowel_sign_of_arabic_is_drawn_and_its_letter_kept_in_the_text():
    operators, outlines = shown("بُ")

    assert len(outlines) == 1
    assert "ActualText" not in operators


def test_same_glyph_with_another_meaning_has_another_code():
    font = EmbeddedFace(load("Inter-Regular"), "T1")

    assert font.code(7, "a") == font.code(7, "a")
    assert font.code(7, "a") != font.code(7, "ą")


def test_outline_of_a_space_draws_nothing():
    face = load("Inter-Regular")
    space = face.hb_font.get_nominal_glyph(ord(" "))

    assert outline_path(face, Outline(space, 0, 0), 10, 0, 0) == ""


def test_outline_is_filled():
    face = load("Inter-Regular")
    letter = face.hb_font.get_nominal_glyph(ord("R"))

    path = outline_path(face, Outline(letter, 0, 0), 10, 100, 200)

    assert path.endswith("h f")
    assert {"m", "l", "c"} <= set(path.split())
