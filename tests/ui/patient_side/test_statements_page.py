import pytest

from app.ui.patient_side.statements_page import ROW_GAP, sheets


def rows(*sheets_made):
    """The number of rows in each column."""
    return [(len(left), len(right)) for left, right in sheets_made]


@pytest.mark.parametrize(
    ("heights", "room", "expected"),
    [
        ([], 100, []),
        ([50], 100, [(1, 0)]),
        ([50] * 4, 100 + ROW_GAP, [(2, 2)]),
        ([50] * 6, 100 + ROW_GAP, [(2, 1), (2, 1)]),
        ([50] * 5, 100 + ROW_GAP, [(2, 1), (1, 1)]),
        ([500, 50], 100, [(1, 0), (1, 0)]),
        ([100, 30, 30, 30], 130, [(1, 3)]),
    ],
)
def test_rows_are_shared_out_evenly(heights, room, expected):
    assert rows(*sheets(heights, room)) == expected


def test_what_does_not_fit_comes_on_a_next_sheet_and_back_leads_through_them(visit):
    patient = visit()
    patient.side.resize(1280, 560)
    patient.to_statements()
    page = patient.side.page()
    first = page.shown()

    patient.press("go-on")
    second = page.shown()
    patient.press("back")

    assert patient.side.page() is page
    assert page.shown() == first
    assert set(first).isdisjoint(second)
    assert {f"statement:{each.id}" for each in (*first, *second)} <= {
        text.part for text in patient.draft.texts
    }


def test_a_changed_size_keeps_the_place(visit):
    patient = visit()
    patient.side.resize(1280, 560)
    patient.to_statements()
    patient.press("go-on")
    first = patient.side.page().shown()[0]

    patient.side.resize(1280, 800)

    assert first in patient.side.page().shown()
    assert patient.cut_off() == []
