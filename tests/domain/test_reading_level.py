"""The reading grade follows what a reader finds hard."""

from __future__ import annotations

import pytest

from app.domain.reading_level import can_be_measured, reading_grade, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("care", 1),
        ("used", 1),
        ("takes", 1),
        ("whole", 1),
        ("uses", 2),
        ("saying", 2),
        ("table", 2),
        ("people", 2),
        ("needed", 2),
        ("action", 2),
        ("patient’s", 2),
        ("media", 3),
        ("photographs", 3),
        ("anonymity", 5),
        ("identifiable", 6),
        ("hmm", 1),
    ],
)
def test_syllables_of_common_words(word, count):
    assert syllables(word) == count


def test_grade_of_a_known_sentence():
    # 0.39 × 6 words + 11.8 × 6/6 syllables - 15.59
    grade = reading_grade(["The cat sat on the mat."])

    assert grade == 0.0
    # 7 words, 11 syllables
    assert reading_grade(["Saying no changes nothing about your care."]) == pytest.approx(
        5.68, 0.01
    )


def test_legal_language_reads_harder_than_plain_language():
    plain = ["We ask you first. You can say no."]
    legal = [
        "Notwithstanding the foregoing, the undersigned irrevocably authorises dissemination of"
        " photographic documentation for educational and promotional purposes in perpetuity."
    ]

    assert reading_grade(plain) < 3
    assert reading_grade(legal) > 16


def test_text_without_words_has_grade_zero():
    assert reading_grade([]) == 0.0
    assert reading_grade(["", "123 … 4."]) == 0.0


@pytest.mark.parametrize(("language", "expected"), [("en", True), ("en-GB", True), ("de", False)])
def test_only_english_is_measured(language, expected):
    assert can_be_measured(language) is expected
