"""Rows fall on pages so that what belongs together stays together."""

from itertools import repeat

from app.documents.design import BODY
from app.documents.flow import Column, Row, paginate
from app.documents.text import Setter

SETTER = Setter("en", 100.0)


def a_row(lines=1, **kinds):
    text = "\n".join(f"line {n}" for n in range(lines))
    return Row((Column(SETTER.set(text, BODY), 0, 100),), **kinds)


def heights(pages):
    return [[len(p.row.columns[0].lines.lines) for p in page] for page in pages]


def test_rows_follow_one_another_until_the_page_is_full():
    pages = paginate([a_row(2) for _ in range(5)], repeat(BODY.leading * 4))

    assert heights(pages) == [[2, 2], [2, 2], [2]]


def test_glued_rows_move_together():
    rows = [a_row(2), a_row(1, glued=True), a_row(2)]

    pages = paginate(rows, repeat(BODY.leading * 4))

    assert heights(pages) == [[2], [1, 2]]


def test_gap_is_left_out_at_the_top_of_a_page():
    pages = paginate([a_row(3, whole=True), a_row(3, whole=True, gap=10)], repeat(BODY.leading * 4))

    assert [page[0].y for page in pages] == [0, 0]
    assert pages[1][0].gap == 0


def test_long_text_is_split_with_two_lines_at_least_on_each_side():
    pages = paginate([a_row(7)], repeat(BODY.leading * 6))

    assert heights(pages) == [[5], [2]]


def test_text_that_can_not_be_split_well_moves_on():
    pages = paginate([a_row(3), a_row(3)], repeat(BODY.leading * 5))

    assert heights(pages) == [[3], [3]]


def test_glued_rows_that_fill_more_than_a_page_flow_on():
    rows = [a_row(2, glued=True) for _ in range(5)] + [a_row(2)]

    pages = paginate(rows, repeat(BODY.leading * 4))

    assert heights(pages) == [[2, 2], [2, 2], [2, 2]]


def test_row_higher_than_a_page_goes_on_over_the_next_ones():
    pages = paginate([a_row(1), a_row(9, whole=True)], repeat(BODY.leading * 4))

    assert heights(pages) == [[1], [4], [3], [2]]


def test_thing_higher_than_a_page_that_has_no_lines_is_drawn_all_the_same():
    pages = paginate([Row(least=BODY.leading * 9, whole=True)], repeat(BODY.leading * 4))

    assert len(pages) == 1


def test_heading_never_ends_a_page_though_what_follows_fills_the_next_one():
    rows = [a_row(1), a_row(1, glued=True), a_row(4, whole=True)]

    pages = paginate(rows, repeat(BODY.leading * 4))

    assert heights(pages) == [[1], [1, 2], [2]]


def test_texts_under_one_another_are_split_in_their_order():
    stack = [
        Column(SETTER.set("\n".join("abc"), BODY), 0, 40, y=BODY.leading * 3 * n) for n in (0, 1)
    ]
    beside = Column(SETTER.set("x", BODY), 50, 40)

    pages = paginate([Row((*stack, beside), whole=True)], repeat(BODY.leading * 4))

    first, second = (page[0].row.columns for page in pages)
    assert [(c.x, c.y, len(c.lines.lines)) for c in first] == [(0, 0, 3), (50, 0, 1)]
    assert [(c.x, c.y, len(c.lines.lines)) for c in second] == [(0, 0, 3)]


def test_label_stays_with_the_first_part_of_its_text():
    label = Column(SETTER.set("label", BODY), 0, 40)
    text = Column(SETTER.set("\n".join("abcdef"), BODY), 40, 60)

    pages = paginate([Row((label, text))], repeat(BODY.leading * 4))

    assert [[len(c.lines.lines) for c in page[0].row.columns] for page in pages] == [[1, 4], [2]]


def test_last_row_may_be_glued():
    assert heights(paginate([a_row(1, glued=True)], repeat(BODY.leading * 4))) == [[1]]


def test_long_row_is_not_taken_for_a_heading():
    rows = [a_row(1), a_row(5, glued=True), a_row(1, glued=True), a_row(9)]

    pages = paginate(rows, repeat(BODY.leading * 8))

    assert heights(pages) == [[1, 5], [1, 7], [2]]
