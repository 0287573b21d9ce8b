"""Step 3: pictures come in by every way, are described, retaken, taken in and moved here."""

import hashlib
from functools import partial

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog

from app.domain.body_site import INTIMATE_SITES
from app.domain.clinical_image import (
    ImageFactKind,
    ImageSource,
    ImageState,
    Laterality,
    Sensitivity,
    View,
)
from app.domain.staff import Role
from app.errors import KnownError
from app.services import encounters
from app.services.intake import Arrival, Filing
from app.settings import Settings
from app.ui.camera.camera_choice import NO_CAMERA, CameraChoice, CameraKind, NetworkCamera
from app.ui.camera.frame_source import CameraState
from app.ui.camera.live_camera import LiveCamera
from app.ui.camera.problems import CameraBusyError, StillNotTakenError
from app.ui.camera.stream_source import StreamSource
from app.ui.capture.cameras import Cameras
from app.ui.capture.offers import Offer
from app.ui.capture.outcomes import Ending
from app.ui.design.theme import Appearance, theme
from app.ui.preferences import Preferences
from app.ui.session.capture_page import CapturePage
from app.ui.widgets.thumbnails import THUMBNAIL_ROLE
from tests.imaging.forty_files import forty_files
from tests.ui.camera.fakes import WEBCAM, FakeDoor, FakeInputs, FakeSource, a_frame
from tests.ui.capture.capturing_room import a_photograph, capturing_room
from tests.ui.capture.conftest import capturing, decoder

__all__ = ["capturing", "decoder"]

FOREARM = "70559009"
INTIMATE = next(iter(sorted(INTIMATE_SITES)))


class OneCamera(Cameras):
    """Cameras whose live picture the test gives."""

    def __init__(self, *, chosen=True):
        super().__init__(FakeInputs(WEBCAM), FakeDoor())
        self.sources = []
        if not chosen:
            self._choice = NO_CAMERA

    def open(self, parent):
        if self.choice() == NO_CAMERA:
            return None
        self.sources.append(FakeSource())
        self.sources[-1].setParent(parent)
        return self.sources[-1]

    def live(self, value=128):
        self.sources[-1].send(a_frame(value=value))


class Told:
    """What the page told its shell."""

    def __init__(self, page):
        self.ready: list[bool] = []
        self.notes: list[str] = []
        self.errors: list[KnownError] = []
        self.helps: list[str] = []
        self.finished = 0
        page.ready_changed.connect(self.ready.append)
        page.noted.connect(self.notes.append)
        page.failed.connect(self.errors.append)
        page.help_requested.connect(self.helps.append)
        page.finished.connect(self._count)

    def _count(self):
        self.finished += 1


class Page(CapturePage):
    """The page with what it told."""

    told: Told


@pytest.fixture
def begun(qtbot):
    """Shows the page of a room."""

    def begin(capturing, cameras=None):
        page = Page(capturing.session, cameras)
        qtbot.addWidget(page)
        page.resize(1204, 624)
        page.told = Told(page)
        page.show()
        page.begin()
        with qtbot.waitSignal(page.pictures.loaded):
            pass
        return page

    return begin


@pytest.fixture
def settled(qtbot):
    """Waits until everything that was offered or changed is stored."""

    def wait(page):
        runner = page.session.room.runner
        qtbot.waitUntil(lambda: not page.queue.is_busy() and not runner.is_busy(), timeout=60_000)

    return wait


def thumbnails(page):
    model = page.bar.strip.items
    return [model.index(row).data(THUMBNAIL_ROLE) for row in range(model.rowCount())]


def dropped(page, mime, actions=Qt.DropAction.CopyAction | Qt.DropAction.MoveAction):
    """What a drop of this does, as the window system tells it."""
    at, nothing = QPointF(100, 100), Qt.KeyboardModifier.NoModifier
    button = Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(100, 100), actions, mime, button, nothing)
    QGuiApplication.sendEvent(page, enter)
    invited = page.stage._over.text()
    drop = QDropEvent(at, actions, mime, button, nothing)
    drop.setDropAction(Qt.DropAction.MoveAction)
    QGuiApplication.sendEvent(page, drop)
    return enter.isAccepted(), invited, drop.dropAction()


def written(folder, count=3):
    for number in range(count):
        (folder / f"IMG_{number:04}.JPG").write_bytes(a_photograph(number, size=(160, 120)))
    return sorted(folder.iterdir())


# files, dropping, pasting


def test_forty_files_and_the_program_lives(tmp_path, capturing, begun, settled):
    page = begun(capturing)
    for file in forty_files():
        (tmp_path / file.name).write_bytes(file.data)

    page.import_files([tmp_path])
    settled(page)

    assert len(capturing.images()) == 34
    assert len(thumbnails(page)) == 34
    assert not any(one.picture.isNull() for one in thumbnails(page))
    assert page.imports.summary() == "34 stored · 6 refused"
    assert page.told.ready[-1] is True
    assert page.told.notes[-1].startswith("34 photographs · saved 12:0")
    sheet = page.imports.show_list()
    codes = [row.trailing for row in sheet.rows() if row.trailing]
    assert sorted(codes) == sorted(file.refused_code for file in forty_files() if file.refused_code)
    assert [row.chips[0].text for row in sheet.rows()[:6]] == ["Refused"] * 6
    sheet._list.action_requested.emit(sheet.rows()[0].key)
    assert page.told.helps == [sheet.rows()[0].trailing]
    sheet.primary.click()


def test_dropped_files_and_folders_are_copied_in(qtbot, tmp_path, capturing, begun, settled):
    page = begun(capturing)
    written(tmp_path)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])

    accepted, invited, action = dropped(page, mime)
    settled(page)

    assert (accepted, invited) == (True, "Drop the pictures here")
    assert action == Qt.DropAction.CopyAction
    assert [one.image.source for one in capturing.images()] == [ImageSource.DROPPED] * 3
    assert len(list(tmp_path.iterdir())) == 3
    assert page.stage._over.isHidden()


def test_a_drag_that_brings_no_picture_is_not_invited(capturing, begun):
    page = begun(capturing)
    mime = QMimeData()
    mime.setText("a note")

    accepted, invited, _action = dropped(page, mime)

    assert (accepted, invited) == (False, "")
    assert page.told.errors == []


def test_files_that_could_only_be_moved_are_left_alone(tmp_path, capturing, begun):
    page = begun(capturing)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path))])

    accepted, _invited, _action = dropped(page, mime, Qt.DropAction.MoveAction)

    assert not accepted
    assert not page.queue.is_busy()


def test_a_drag_that_goes_away_leaves_no_invitation(tmp_path, capturing, begun):
    page = begun(capturing)
    page.stage.invite_drop(True)

    QGuiApplication.sendEvent(page, QDragLeaveEvent())

    assert page.stage._over.isHidden()


def test_pixels_are_pasted_without_loss(capturing, begun, settled):
    page = begun(capturing)
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(0x00A08060)
    QGuiApplication.clipboard().setImage(image)

    QTest.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled(page)

    [filed] = capturing.images()
    assert (filed.image.source, filed.image.media_type) == (ImageSource.PASTED, "image/png")
    assert (filed.image.width_px, filed.image.height_px) == (64, 48)
    QGuiApplication.clipboard().clear()


def test_an_encoded_picture_is_pasted_as_it_is(capturing, begun, settled):
    page = begun(capturing)
    data = a_photograph(3, size=(160, 120))
    mime = QMimeData()
    mime.setData("image/jpeg", data)
    QGuiApplication.clipboard().setMimeData(mime)

    page.reception.paste()
    settled(page)

    assert capturing.image().image.sha256 == hashlib.sha256(data).hexdigest()
    QGuiApplication.clipboard().clear()


def test_copied_files_are_pasted(tmp_path, capturing, begun, settled):
    page = begun(capturing)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in written(tmp_path, 2)])
    QGuiApplication.clipboard().setMimeData(mime)

    page.reception.paste()
    settled(page)

    assert [one.image.source for one in capturing.images()] == [ImageSource.PASTED] * 2
    QGuiApplication.clipboard().clear()


def test_pasting_nothing_says_so(capturing, begun):
    page = begun(capturing)
    QGuiApplication.clipboard().setText("a note")

    page.reception.paste()

    assert [error.code for error in page.told.errors] == ["IMAGE-013"]


def test_the_dialog_does_not_block_and_brings_files(qtbot, tmp_path, capturing, begun, settled):
    page = begun(capturing)
    paths = written(tmp_path, 2)

    page.stage.first.import_requested.emit()
    [dialog] = page.findChildren(QFileDialog)
    dialog.filesSelected.emit([str(path) for path in paths])
    dialog.done(QDialog.DialogCode.Accepted)
    settled(page)

    assert len(capturing.images()) == 2
    assert [one.image.source for one in capturing.images()] == [ImageSource.FILE] * 2


def test_an_import_can_be_cancelled(qtbot, tmp_path, capturing, begun, settled):
    page = begun(capturing)
    page.queue.settled.connect(lambda _: page.imports._progress._cancel.click())

    page.import_files(written(tmp_path, 20))
    settled(page)

    stored = len(capturing.images())
    assert 0 < stored < 20
    assert page.imports.summary() == f"{stored} stored · {20 - stored} not imported"
    assert len(thumbnails(page)) == stored


def test_while_pictures_come_in_one_cannot_go_on(tmp_path, capturing, begun, settled):
    page = begun(capturing)

    page.import_files(written(tmp_path, 3))
    page.finish()
    settled(page)
    page.finish()

    assert False in page.told.ready
    assert page.told.finished == 1


def test_the_names_of_files_are_forgotten(tmp_path, capturing, begun, settled):
    page = begun(capturing)
    (tmp_path / "Amara Okafor.jpg").write_bytes(b"no picture")
    page.import_files([tmp_path])
    settled(page)
    told = page.imports.summary()

    page.leave()

    assert told == "The file is not a picture."
    assert (page.imports.outcomes(), page.imports.summary()) == ((), "")


def test_a_new_import_begins_a_new_list(tmp_path, capturing, begun, settled):
    page = begun(capturing)
    (tmp_path / "note.jpg").write_bytes(b"no picture")
    page.import_files([tmp_path])
    settled(page)

    page.import_files([tmp_path, tmp_path])
    settled(page)

    assert [outcome.ending for outcome in page.imports.outcomes()] == [Ending.REFUSED] * 2
    page.imports._summary._cross.click()
    assert page.imports.isHidden()


# the camera


def test_without_a_camera_the_page_teaches(capturing, begun):
    page = begun(capturing)

    assert page.stage.currentWidget() is page.stage.first
    assert not page.bar._shutter.isEnabled()
    assert page.told.ready[-1] is False
    assert page.cards.chooser() is None
    page.press_shutter()
    page.camera.take()
    page.cards.choose_camera()


def test_a_shot_drops_into_the_strip_at_once(qtbot, capturing, begun, settled):
    cameras = OneCamera()
    page = begun(capturing, cameras)
    cameras.live(100)

    QTest.keyClick(page, Qt.Key.Key_Space)
    cameras.live(130)
    at_once = [one.badge.text for one in thumbnails(page)]
    settled(page)

    assert at_once == ["Saving…"]
    [filed] = capturing.images()
    assert filed.image.source is ImageSource.LIVE_CAMERA
    assert filed.image.media_type == "image/jpeg"
    assert not thumbnails(page)[0].picture.isNull()
    assert page.stage.currentWidget() is page.stage.viewfinder
    assert page.imports.isHidden()


def test_a_pedal_is_the_shutter_too(capturing, begun, settled):
    cameras = OneCamera()
    page = begun(capturing, cameras)
    cameras.live()

    QTest.keyClick(page.bar.strip, Qt.Key.Key_PageDown)
    cameras.live(99)
    settled(page)

    assert len(capturing.images()) == 1


def test_pressing_a_button_leaves_space_to_the_shutter(capturing, begun):
    page = begun(capturing, OneCamera())

    QTest.mouseClick(page.bar._timer, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.cards.view.row(View.CONTEXT), Qt.MouseButton.LeftButton)

    assert page.focusWidget() is page


def test_the_timer_counts_and_takes(qtbot, capturing, begun, settled):
    cameras = OneCamera()
    page = begun(capturing, cameras)
    cameras.live()
    page.bar._timer.click()
    names = [page.bar._timer.text()]

    page.press_shutter()
    first = page.stage._over.text()
    page.bar.tick()
    second = page.stage._over.text()
    page.bar.tick()
    page.bar.tick()
    cameras.live(90)
    settled(page)
    page.bar._timer.click()
    names.append(page.bar._timer.text())
    page.bar._timer.click()
    names.append(page.bar._timer.text())

    assert (first, second) == ("3", "2")
    assert len(capturing.images()) == 1
    assert names == ["Timer 3 s", "Timer 10 s", "Timer off"]
    assert page.stage._over.isHidden()


def test_the_shutter_stops_a_running_timer(capturing, begun):
    cameras = OneCamera()
    page = begun(capturing, cameras)
    cameras.live()
    page.bar._timer.click()

    page.press_shutter()
    page.press_shutter()

    assert not page.bar._clock.isActive()
    page.press_shutter()
    cameras.sources[-1].tell(CameraState.LOST, StillNotTakenError())
    assert not page.bar._clock.isActive()
    assert not page.bar._shutter.isEnabled()


def test_a_still_that_fails_is_told(capturing, begun):
    cameras = OneCamera()
    page = begun(capturing, cameras)
    cameras.live()

    page.press_shutter()
    cameras.sources[-1].tell(CameraState.LOST, StillNotTakenError())

    assert [error.code for error in page.told.errors] == ["CAMERA-016"]


def test_leaving_lets_the_camera_go(qtbot, capturing, begun):
    cameras = OneCamera()
    page = begun(capturing, cameras)
    cameras.live()

    page.leave()
    stopped = cameras.sources[0].status().state
    page.begin()

    assert stopped is CameraState.STOPPED
    assert cameras.sources[0].calls == ["start", "start"]
    assert len(cameras.sources) == 1


def test_another_camera_is_opened(capturing, begun):
    cameras = OneCamera()
    page = begun(capturing, cameras)
    cameras.live()
    chooser = page.cards.chooser()

    chooser.chosen.emit(CameraChoice(CameraKind.NETWORK, "Theatre", "Theatre"))
    chooser.chosen.emit(NO_CAMERA)

    assert len(cameras.sources) == 2
    assert cameras.sources[1].calls == ["start"]
    assert page.stage.currentWidget() is page.stage.first
    assert page.stage.first._camera.isVisible()


def test_the_same_shot_twice_is_told(qtbot, capturing, begun, settled):
    cameras = OneCamera()
    page = begun(capturing, cameras)
    for _ in range(2):
        cameras.live(70)
        page.press_shutter()
        cameras.live(70)
        settled(page)

    assert len(thumbnails(page)) == 1
    assert "already" in page._toast.text()


# describing


def test_what_is_said_counts_for_the_next_picture(capturing, begun, settled):
    cameras = OneCamera()
    page = begun(capturing, cameras)
    cameras.live()
    page.cards.site.site_chosen.emit(FOREARM, Laterality.LEFT)
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_3)

    page.press_shutter()
    cameras.live(90)
    settled(page)

    filed = capturing.image()
    assert (filed.body_site, filed.laterality, filed.view) == (
        FOREARM,
        Laterality.LEFT,
        View.DERMOSCOPIC,
    )
    assert filed.sensitivity is Sensitivity.ORDINARY
    assert page.cards.view.row(View.DERMOSCOPIC).is_done()


def test_a_picked_picture_is_corrected_and_its_history_stays(qtbot, capturing, begun, settled):
    capturing.take(a_photograph(1), Filing(capturing.patient, capturing.visit.id, FOREARM, "L"))
    page = begun(capturing, OneCamera())
    page.bar.strip.pick(capturing.image().id)

    page.cards.site._sides.button(Laterality.RIGHT).click()
    page.cards.view.row(View.CLOSE_UP).click()
    settled(page)

    filed = capturing.image()
    assert (filed.laterality, filed.view) == (Laterality.RIGHT, View.CLOSE_UP)
    sides = [one.value for one in filed.facts if one.kind is ImageFactKind.LATERALITY]
    assert sides == ["L", "R"]
    assert page._next.laterality is None
    assert page.stage.picked._what.text() == "Forearm, volar · Right · Close-up"


def test_a_place_can_be_meant_for_all_of_today(capturing, begun, settled):
    for seed in range(3):
        capturing.take(a_photograph(seed))
    page = begun(capturing)
    page.cards.site.site_chosen.emit(FOREARM, Laterality.BOTH)
    settled(page)

    page.cards.site._all.click()
    settled(page)

    assert {(one.body_site, one.laterality) for one in capturing.images()} == {
        (FOREARM, Laterality.BOTH)
    }
    assert page.cards.site._both.isVisible()


def test_an_intimate_place_is_marked_and_asks_for_a_chaperone(capturing, begun):
    page = begun(capturing)

    page.cards.site.site_chosen.emit(INTIMATE, Laterality.LEFT)
    marked = page._next.sensitivity
    hint = page.cards.site._hint.text()
    page.cards.site.site_chosen.emit(FOREARM, Laterality.LEFT)

    assert marked is Sensitivity.INTIMATE
    assert "chaperone" in hint
    assert page._next.sensitivity is Sensitivity.ORDINARY


def test_sensitivity_is_chosen_and_stays(capturing, begun):
    page = begun(capturing)

    page.cards.view._menu.actions()[2].trigger()
    page.cards.site.site_chosen.emit(INTIMATE, Laterality.LEFT)

    assert page._next.sensitivity is Sensitivity.SAFEGUARDING
    assert page.cards.view._degree.text() == "Safeguarding"


def test_a_place_without_its_side_asks_for_it(capturing, begun):
    page = begun(capturing)

    page.cards.site.site_chosen.emit(FOREARM, None)

    assert "Which side" in page.cards.site._hint.text()


def test_the_place_is_chosen_on_the_body_map(capturing, begun):
    page = begun(capturing)

    page.cards.site._figure.pressed.emit()
    sheet = page.cards.site.choose()
    sheet._tap(FOREARM, Laterality.RIGHT)
    sheet.primary.click()

    assert (page._next.body_site, page._next.laterality) == (FOREARM, Laterality.RIGHT)


def earlier_visit(capturing, *seeds, view="close-up"):
    """A visit before this one, with pictures of the left forearm."""
    for seed in seeds:
        where = Filing(capturing.patient, capturing.visit.id, FOREARM, "L", view)
        capturing.take(a_photograph(seed), where)
    capturing.change(
        encounters.abandon, capturing.visit.id, keep_pictures=True, reason="another day"
    )
    before = capturing.visit.before
    visit = capturing.change(encounters.begin, capturing.patient)
    capturing.session.encounter = capturing.change(encounters.settle, visit.id, before)


def test_earlier_pictures_are_counted_and_the_last_is_the_ghost(qtbot, capturing, begun, settled):
    earlier_visit(capturing, 1, 2)
    cameras = OneCamera()
    page = begun(capturing, cameras)
    cameras.live()

    page.cards.site.site_chosen.emit(FOREARM, Laterality.LEFT)
    qtbot.waitUntil(lambda: page.stage.viewfinder._ghost is not None)
    chips = [chip.text for chip in page.stage.viewfinder.top_chips()]
    page.ghost.slider._slider.setValue(70)
    stronger = [chip.text for chip in page.stage.viewfinder.top_chips()]
    page.resize(1300, 700)
    visible = page.ghost.slider.isVisible()
    counted = page.cards.site._earlier.text()
    page.cards.site.site_chosen.emit(FOREARM, Laterality.RIGHT)

    assert counted == "2 earlier pictures"
    assert "Ghost 23 Nov 2026 · 40 %" in chips
    assert "Ghost 23 Nov 2026 · 70 %" in stronger
    assert visible
    assert not page.ghost.slider.isVisible()
    assert page.stage.viewfinder._ghost is None


def test_nothing_large_is_held_while_the_page_is_away(qtbot, capturing, begun, settled):
    earlier_visit(capturing, 1)
    cameras = OneCamera()
    page = begun(capturing, cameras)
    cameras.live()
    page.cards.site.site_chosen.emit(FOREARM, Laterality.LEFT)
    qtbot.waitUntil(lambda: page.stage.viewfinder._ghost is not None)

    page.leave()
    page.take_in(Offer("late", partial(Arrival, a_photograph(9), ImageSource.FILE, ".jpg")))
    settled(page)

    assert len(capturing.images()) == 1
    assert page.stage.viewfinder._ghost is None
    assert not page.stage.picked.has_picture()


# picking, retaking


def test_a_picked_picture_is_shown_large_and_escape_goes_back(qtbot, capturing, begun):
    for seed in range(2):
        capturing.take(a_photograph(seed))
    cameras = OneCamera()
    page = begun(capturing, cameras)
    cameras.live()

    page.bar.strip.pick(capturing.image(1).id)
    qtbot.waitUntil(lambda: page.stage.picked.picture_size().width() == 640)
    QTest.keyClick(page, Qt.Key.Key_Escape)

    assert page.stage.currentWidget() is page.stage.viewfinder
    assert not page.stage.picked.has_picture()
    assert page.bar.strip.current_key() is None
    page.bar.strip.pick(capturing.image(1).id)
    page.stage.picked._close.click()
    assert page.stage.currentWidget() is page.stage.viewfinder


def test_without_a_camera_the_newest_picture_is_shown(qtbot, capturing, begun):
    for seed in range(2):
        capturing.take(a_photograph(seed))

    page = begun(capturing)

    assert page._picked == capturing.image(1).id
    assert page.stage.currentWidget() is page.stage.picked
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page._picked == capturing.image(1).id


def test_space_while_a_picture_is_picked_takes_the_next(capturing, begun, settled):
    capturing.take(a_photograph(1))
    cameras = OneCamera()
    page = begun(capturing, cameras)
    cameras.live()
    page.bar.strip.pick(capturing.image().id)

    QTest.keyClick(page, Qt.Key.Key_Space)
    cameras.live(60)
    settled(page)

    assert len(capturing.images()) == 2
    assert page.stage.currentWidget() is page.stage.viewfinder


def test_retaking_marks_and_deletes_nothing_and_can_be_undone(capturing, begun, settled):
    for seed in range(2):
        capturing.take(a_photograph(seed))
    page = begun(capturing, OneCamera())

    QTest.keyClick(page, Qt.Key.Key_R)
    settled(page)
    retaken = [one.state for one in capturing.images()]
    badge = thumbnails(page)[1]
    note = page.told.notes[-1]
    page._toast.undo_requested.emit()
    settled(page)

    assert retaken == [ImageState.KEPT, ImageState.SUPERSEDED]
    assert (badge.badge.text, badge.faded) == ("Retaken", True)
    assert note.startswith("1 photograph ·")
    assert [one.state for one in capturing.images()] == [ImageState.KEPT] * 2


def test_a_retaken_picture_can_be_kept_after_all(capturing, begun, settled):
    capturing.take(a_photograph(1))
    capturing.take(a_photograph(2))
    page = begun(capturing)
    page.bar.strip.pick(capturing.image(0).id)

    page.stage.picked._retake.click()
    settled(page)
    words = page.stage.picked._retake.text()
    QTest.keyClick(page, Qt.Key.Key_R)
    settled(page)

    assert words == "Keep after all"
    assert capturing.image(0).state is ImageState.KEPT


def test_ctrl_z_takes_a_retake_back_once(capturing, begun, settled):
    capturing.take(a_photograph(1))
    page = begun(capturing, OneCamera())
    page.bar.strip.pick(capturing.image().id)
    page.retake()
    settled(page)
    live = page.stage.currentWidget() is page.stage.viewfinder

    for _ in range(2):
        QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settled(page)

    assert live
    facts = [one.value for one in capturing.image().facts if one.kind is ImageFactKind.STATE]
    assert facts == ["superseded", "kept"]


def test_without_pictures_there_is_nothing_to_retake(capturing, begun):
    page = begun(capturing)

    page.retake()
    page.undo()
    page._describe_all()

    assert capturing.images() == ()


# filing


def test_waiting_pictures_are_taken_in(qtbot, capturing, begun, settled):
    for seed in (1, 2):
        capturing.take(a_photograph(seed), Filing(capturing.patient))
    page = begun(capturing)
    words = page.offers.waiting.words()

    page.offers.waiting.take()
    settled(page)

    assert words == "2 pictures wait for this patient."
    assert len(capturing.images()) == 2
    assert len(thumbnails(page)) == 2
    assert not any(one.picture.isNull() for one in thumbnails(page))
    assert page.offers.isHidden()


def test_waiting_pictures_can_be_left(capturing, begun, settled):
    capturing.take(a_photograph(1), Filing(capturing.patient))
    page = begun(capturing)
    words = page.offers.waiting.words()

    page.offers.waiting._cross.click()
    page.leave()
    page.begin()
    settled(page)

    assert words == "1 picture waits for this patient."
    assert page.offers.isHidden()


def test_pictures_that_wait_for_others_are_not_offered(capturing, begun):
    other = capturing.another_patient()
    capturing.take(a_photograph(1), Filing(other))

    page = begun(capturing)

    assert page.offers.isHidden()


def test_a_picture_of_another_patient_is_moved_here_with_a_reason(
    tmp_path, capturing, begun, settled
):
    other = capturing.another_patient()
    there = capturing.take(a_photograph(0, size=(160, 120)), Filing(other))
    page = begun(capturing)
    page.import_files(written(tmp_path, 1))
    settled(page)

    page.offers.elsewhere.take()
    sheet = page.offers.ask_reason()
    sheet.primary.click()
    asked = sheet._reason.error()
    QTest.keyClicks(sheet._reason.input, "filed under the wrong patient")
    sheet.primary.click()
    settled(page)

    assert asked
    [filed] = capturing.images()
    assert (filed.id, filed.patient) == (there.id, capturing.patient)
    assert filed.facts[-1].reason == "filed under the wrong patient"
    assert len(thumbnails(page)) == 1
    assert page.offers.isHidden()


def test_who_may_not_move_is_only_told(qtbot, qapp, tmp_path, decoder, begun, settled):
    made = capturing_room(decoder, role=Role.PHOTOGRAPHER)
    made.take(a_photograph(0, size=(160, 120)), Filing(made.another_patient()))
    page = begun(made)

    page.import_files(written(tmp_path, 1))
    settled(page)

    assert "another patient" in page.offers.elsewhere.words()
    assert not page.offers.elsewhere._action.isVisible()
    made.close()


def test_what_a_service_refuses_is_told(capturing, begun, settled):
    capturing.take(a_photograph(1))
    page = begun(capturing)
    settled(page)
    capturing.change(encounters.abandon, capturing.visit.id, keep_pictures=False)

    page._large.fetch(capturing.image().id)
    page.corrections.take_in([capturing.image().id], capturing.visit)
    page.corrections.move_here(capturing.image().id, capturing.visit, "")
    settled(page)
    page.retake()
    settled(page)

    assert thumbnails(page) == []
    codes = {error.code for error in page.told.errors}
    assert codes == {"SESSION-007", "SESSION-009", "SESSION-011"}


def test_another_visit_begins_empty(qtbot, capturing, begun):
    capturing.take(a_photograph(1))
    page = begun(capturing)
    page.cards.site.site_chosen.emit(FOREARM, Laterality.LEFT)
    page.leave()
    earlier_visit(capturing)

    page.begin()
    with qtbot.waitSignal(page.pictures.loaded):
        pass

    assert thumbnails(page) == []
    assert page._next.body_site == ""
    assert page.told.notes[-1] == ""


# the cameras of this workstation


def kept_preferences(**values):
    """Preferences that write nothing."""
    return Preferences(Settings(**values), lambda _: None)


def test_the_camera_that_was_used_last_is_used_again(qapp):
    kept = kept_preferences()
    first = Cameras(FakeInputs(WEBCAM), FakeDoor(), kept)

    first.add(NetworkCamera("Theatre", "rtsp://theatre"))
    first.choose(CameraChoice(CameraKind.NETWORK, "Theatre", "Theatre"))
    again = Cameras(FakeInputs(WEBCAM), FakeDoor(), kept)

    assert again.choice() == CameraChoice(CameraKind.NETWORK, "Theatre", "Theatre")
    assert again.network_cameras() == (NetworkCamera("Theatre", "rtsp://theatre"),)
    assert again.source() is ImageSource.STREAM_CAMERA
    assert isinstance(again.open(again), StreamSource)


def test_before_any_choice_the_favourite_camera_is_used(qapp):
    cameras = Cameras(FakeInputs(WEBCAM), FakeDoor(), kept_preferences(camera="nonsense"))

    assert cameras.choice().key == WEBCAM.id
    assert cameras.source() is ImageSource.LIVE_CAMERA
    assert isinstance(cameras.open(cameras), LiveCamera)


def test_without_any_camera_none_is_chosen(qapp):
    cameras = Cameras(FakeInputs(), FakeDoor())

    assert cameras.choice() == NO_CAMERA
    assert cameras.open(cameras) is None
    cameras.choose(CameraChoice(CameraKind.NETWORK, "gone", "gone"))
    cameras.add(NetworkCamera("other", "x"))
    assert cameras.open(cameras) is None


def test_an_address_that_is_none_is_told(capturing, begun):
    class BadCameras(OneCamera):
        def open(self, parent):
            raise CameraBusyError

    page = begun(capturing, BadCameras())

    assert [error.code for error in page.told.errors] == ["CAMERA-011"]
    assert page.stage.currentWidget() is page.stage.first


def test_the_page_is_upright_from_right_to_left(qtbot, capturing, begun):
    page = begun(capturing, OneCamera())

    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    qtbot.waitUntil(lambda: page.cards.geometry().right() < page.stage.geometry().left())
    assert not page.grab().isNull()


def test_large_print_gives_up_words_before_the_picture(qtbot, capturing, begun):
    page = begun(capturing, OneCamera())
    usual = (page.bar._import.text(), page.bar._hint.isVisible())

    theme().apply(Appearance.LIGHT, scale=2.0)
    qtbot.waitUntil(lambda: page.bar._import.text() == "")
    page.cards.view._menu.actions()[0].trigger()

    assert usual == ("Import", True)
    assert page.bar._import.accessibleName() == "Import"
    assert not page.bar._hint.isVisible()
    assert page.stage.height() > 200
