"""Every edit can be taken back and done again; nothing touches the original."""

from app.domain.rendition import Box, Cover, CoverPattern, Edits
from app.ui.check.history import History

COVER = Cover(Box(10, 10, 40, 40))
WHOLE = Box(0, 0, 640, 480)
CROP = Box(100, 100, 300, 200)


def test_edits_are_taken_back_and_done_again():
    history = History().cover(COVER).turn().crop(CROP, WHOLE)

    back = history.undo().undo()

    assert back.edits == Edits(covers=(COVER,))
    assert back.redo().redo().edits == Edits(CROP, 1, (COVER,))
    assert History().undo() == History()
    assert history.redo() == history


def test_a_new_edit_forgets_what_was_taken_back():
    history = History().turn().turn().undo().cover(COVER)

    assert not history.can_redo
    assert history.edits == Edits(quarter_turns=1, covers=(COVER,))


def test_the_same_edit_is_no_step():
    history = History().crop(WHOLE, WHOLE)

    assert history == History()
    assert not history.can_undo


def test_a_cover_is_changed_and_taken_away_in_its_place():
    second = Cover(Box(200, 200, 20, 20))
    history = History().cover(COVER).cover(second)
    hatched = Cover(COVER.box, CoverPattern.HATCHED)

    assert history.recover(0, hatched).edits.covers == (hatched, second)
    assert history.recover(0, None).edits.covers == (second,)


def test_four_turns_are_none():
    assert History().turn().turn().turn().turn().edits == Edits()


def test_reset_can_be_taken_back():
    history = History().cover(COVER).reset()

    assert history.edits == Edits()
    assert history.undo().edits.covers == (COVER,)
