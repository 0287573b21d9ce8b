"""The colours of all palettes are held to WCAG 2.2 AA."""

import pytest

from app.ui.design.tokens import (
    AA_LARGE,
    AA_TEXT,
    DARK,
    HIGH_CONTRAST,
    LIGHT,
    PALETTES,
    TEXT_PAIRS,
    Role,
    contrast,
    mix,
)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS, ids=lambda role: role.value)
def test_text_reaches_aa_on_its_ground(palette, text, ground):
    reached = contrast(palette.hex(text), palette.hex(ground))

    assert reached >= AA_TEXT


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
@pytest.mark.parametrize("ground", [Role.SURFACE, Role.RAISED])
def test_outlines_of_inputs_and_the_focus_ring_reach_three_to_one(palette, ground):
    for edge in (Role.OUTLINE, Role.ACCENT):
        assert contrast(palette.hex(edge), palette.hex(ground)) >= AA_LARGE


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS, ids=lambda role: role.value)
def test_high_contrast_goes_beyond_aa(text, ground):
    assert contrast(HIGH_CONTRAST.hex(text), HIGH_CONTRAST.hex(ground)) >= 7


@pytest.mark.parametrize("depth", [0.1, 0.2])
@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_pressed_buttons_stay_readable(palette, depth):
    primary = mix(palette.accent, palette.ink, depth)
    danger = mix(palette.danger, palette.ink, depth)

    assert contrast(palette.on_accent, primary) >= AA_TEXT
    assert contrast(palette.on_danger, danger) >= AA_TEXT


def test_contrast_knows_the_ends_of_the_scale():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_mixing_goes_from_one_colour_to_the_other():
    assert mix("#000000", "#FFFFFF", 0) == "#000000"
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mix("#102030", "#FFFFFF", 1) == "#FFFFFF"


def test_photographs_stand_on_neutral_grey_in_every_palette():
    assert {palette.picture for palette in PALETTES} == {"#777777"}


def test_the_palettes_of_the_design_are_kept():
    assert (LIGHT.accent, LIGHT.ink, LIGHT.surface) == ("#0B6E75", "#16202B", "#F6F7F9")
    assert (DARK.accent, DARK.ink, DARK.surface) == ("#3FB7BE", "#EEF2F6", "#14181D")
