"""What is said about a picture until it is stored."""

from app.domain.clinical_image import FiledImage
from app.domain.ids import FactId, RenditionId
from app.domain.rendition import (
    Assessment,
    Box,
    Cover,
    Edits,
    Identifiable,
    Resolution,
    SettledFinding,
)
from app.services.checking import CheckedPicture
from app.ui.check.draft import CheckDraft, Sight
from tests.builders import a_patient_id, a_picture, a_stamp

COVER = Cover(Box(10, 10, 40, 40))


def stored(*findings, answer=Identifiable.NO) -> CheckedPicture:
    picture = a_picture(a_patient_id())
    filed: FiledImage = picture.filed
    assessment = Assessment(
        FactId("f"), RenditionId(picture.rendition.id), answer, tuple(findings), a_stamp()
    )
    return CheckedPicture(filed, picture.rendition, assessment)


def test_what_the_vault_has_is_taken_up():
    face = SettledFinding("seen/face", Resolution.ACCEPTED, "the lesion is there")
    position = SettledFinding("position/GPSLatitude", Resolution.STRIPPED)

    draft = CheckDraft.of(stored(position, face))

    assert draft.seen == {"face": Sight(Resolution.ACCEPTED, "the lesion is there")}
    assert draft.identifiable is Identifiable.NO
    assert draft.drawn


def test_without_changes_it_is_saved():
    face = SettledFinding("seen/face", Resolution.ACCEPTED, "needed")

    assert CheckDraft.of(stored(face)).saved


def test_any_change_has_to_be_stored():
    draft = CheckDraft.of(stored())

    assert not draft.answer(Identifiable.YES).saved
    assert not draft.edit(draft.history.turn()).saved
    assert not draft.see("face", Sight(Resolution.ACCEPTED, "why not")).saved
    assert draft.answer(Identifiable.YES).answer(Identifiable.NO).saved


def test_the_question_must_be_answered():
    blank = CheckDraft.of(CheckedPicture(stored().filed, None, None))

    assert not blank.complete
    assert blank.answer(Identifiable.UNSURE).complete
    assert not blank.saved


def test_a_finding_whose_cover_has_gone_is_open_again():
    draft = CheckDraft.of(stored())
    covered = draft.edit(draft.history.cover(COVER)).see("face", Sight(Resolution.COVERED))

    uncovered = covered.edit(covered.history.undo())

    assert covered.complete
    assert uncovered.seen == {"face": Sight()}
    assert not uncovered.complete
    assert uncovered.findings() == ()


def test_a_finding_whose_crop_has_gone_is_open_again():
    draft = CheckDraft.of(stored())
    cropped = draft.edit(draft.history.crop(Box(0, 0, 50, 50), Box(0, 0, 100, 100)))
    cropped = cropped.see("person", Sight(Resolution.CROPPED))

    assert not cropped.edit(cropped.history.reset()).complete
    assert cropped.see("person", None).seen == {}


def test_the_edits_of_a_rendition_go_on():
    first = stored()
    assert first.rendition is not None
    draft = CheckDraft.of(first)

    assert draft.edits == Edits()
    assert draft.id == first.filed.id
