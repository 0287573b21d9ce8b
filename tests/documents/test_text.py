"""Setting text: fonts, shaping, lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.design import BODY, CODE, STRONG
from app.documents.fonts import (
    FontsMissingError,
    Manner,
    Weight,
    face_for,
    load,
    printable,
)
from app.documents.text import Setter, visible
from tests.documents.papers import NAMES

SETTER = Setter("en", 200.0)


def words_of(lines):
    return ["".join(run.text for run in line.runs) for line in lines.lines]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_no_name_is_drawn_with_an_empty_glyph(name):
    lines = SETTER.set(name, STRONG)

    glyphs = [glyph for line in lines.lines for run in line.runs for glyph in run.glyphs]
    assert glyphs
    assert all(glyph.id for glyph in glyphs)


def test_arabic_letters_join():
    face = load("NotoSansArabic-Regular")

    joined = face.shape("بب", 0, 2, Manner(rtl=True, language="ar"))
    alone = face.shape("ب", 0, 1, Manner(rtl=True, language="ar"))

    assert {glyph.id for glyph in joined}.isdisjoint({glyph.id for glyph in alone})


def test_first_letter_of_an_arabic_name_stands_rightmost():
    (line,) = SETTER.set("عبد", BODY).lines

    (run,) = line.runs
    assert run.rtl
    assert [glyph.cluster for glyph in run.glyphs] == [2, 1, 0]


def test_devanagari_sign_stands_before_the_letter_it_follows():
    (line,) = SETTER.set("हि", BODY).lines

    (run,) = line.runs
    assert len(run.glyphs) == 2
    assert {glyph.cluster for glyph in run.glyphs} == {0}


def test_numbers_and_crosses_stay_as_written():
    (line,) = SETTER.set("3x4", BODY).lines
    (apart,) = SETTER.set("x", BODY).lines

    assert line.runs[0].glyphs[1].id == apart.runs[0].glyphs[0].id


def test_code_tells_zero_from_the_letter():
    (plain,) = SETTER.set("0", STRONG).lines
    (code,) = SETTER.set("0", CODE).lines

    assert plain.runs[0].glyphs[0].id != code.runs[0].glyphs[0].id


def test_lines_are_no_wider_than_asked():
    lines = SETTER.set("Yes, at any time, without giving a reason, in whole or in part. " * 5, BODY)

    assert len(lines.lines) > 3
    assert all(line.width <= 200.5 for line in lines.lines)


def test_word_that_is_too_long_is_broken_and_nothing_lost():
    lines = SETTER.set("0123456789abcdef" * 8, BODY)

    assert len(lines.lines) > 1
    assert "".join(words_of(lines)) == "0123456789abcdef" * 8


def test_chinese_is_broken_between_characters_but_not_before_a_full_stop():
    lines = SETTER.set("我們拍攝這些照片是為了觀察您前臂上的痣並決定是否切除它。" * 2, BODY)

    assert len(lines.lines) > 1
    assert not any(text.startswith("。") for text in words_of(lines))


def test_newline_begins_a_line_and_an_empty_text_has_one():
    assert words_of(SETTER.set("one\ntwo", BODY)) == ["one", "two"]
    assert len(SETTER.set("", BODY).lines) == 1


def test_hyphenated_name_may_be_broken_after_the_hyphen_but_a_date_may_not():
    assert words_of(SETTER.set("Featherstonehaugh-Østergård", BODY, 105))[0].endswith("-")
    assert words_of(SETTER.set("until 2028-11-23", BODY, 63)) == ["until", "2028-11-23"]


def test_mail_address_is_not_broken_after_a_hyphen():
    assert words_of(SETTER.set("to photo-consent@clinic.example", BODY, 158)) == [
        "to",
        "photo-consent@clinic.example",
    ]


def test_character_without_a_font_is_shown_by_its_number():
    assert visible("Ann 😀\t!") == "Ann [U+1F600] !"
    assert not printable("😀")


def test_mark_takes_the_font_of_its_letter():
    assert face_for("\u0301", Weight.REGULAR) is not None
    (line,) = SETTER.set("ع\u200dع", BODY).lines
    assert len(line.runs) == 1


def test_missing_fonts_are_told(monkeypatch, tmp_path):
    load.cache_clear()
    monkeypatch.setattr("app.documents.fonts.resources", lambda: tmp_path)

    with pytest.raises(FontsMissingError):
        load("Inter-Regular")


@given(st.text(max_size=60))
def test_any_text_can_be_set(text):
    lines = SETTER.set(text, BODY)

    assert lines.height == len(lines.lines) * BODY.leading
