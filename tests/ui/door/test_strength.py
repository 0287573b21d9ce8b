"""What is said of a new passphrase is careful rather than kind."""

import pytest

from app.ui.door.strength import Strength, strength
from app.ui.door.strength_bar import StrengthBar


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("", Strength.TOO_SHORT),
        ("short12", Strength.TOO_SHORT),
        ("Password1", Strength.WEAK),
        ("12345678", Strength.WEAK),
        ("aaaaaaaaaaaa", Strength.WEAK),
        ("Summer2024!", Strength.WEAK),
        ("qwertyuiop", Strength.WEAK),
        ("otter otter otter otter", Strength.WEAK),
        ("kitchen table 7", Strength.FAIR),
        ("purple otter climbs", Strength.GOOD),
        ("correct horse battery staple", Strength.STRONG),
        ("皮膚科写真同意書類", Strength.STRONG),
        ("xkqzvwptkxbrtzz", Strength.STRONG),
    ],
)
def test_strength_follows_the_work_of_guessing(passphrase, expected):
    assert strength(passphrase) is expected


def test_the_bar_says_it_in_words(qtbot):
    bar = StrengthBar()
    qtbot.addWidget(bar)
    bar.show()

    said = set()
    for level in Strength:
        bar.set_strength(level)
        bar.grab()
        said.add(bar.text())

    assert len(said) == len(Strength)
    assert bar.accessibleName() == bar.text()
