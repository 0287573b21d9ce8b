"""Many files: each gets its outcome, none stops another, and the order is the card's."""

import os
from functools import partial

import pytest

from app.domain.clinical_image import ImageSource
from app.domain.ids import EncounterId
from app.domain.picture import Oddity
from app.services.intake import Arrival, Filing
from app.ui.capture.import_queue import AHEAD, ImportQueue
from app.ui.capture.offers import Offer, files_below, offered_file
from app.ui.capture.outcomes import Ending, Outcome, oddity_text, outcome_text
from tests.imaging.forty_files import forty_files
from tests.ui.capture.capturing_room import a_photograph


class Heard:
    """What a queue said."""

    def __init__(self, queue):
        self.began: list[tuple[str, str]] = []
        self.settled: list[Outcome] = []
        self.dropped: list[str] = []
        self.progress: list[tuple[int, int]] = []
        self.finished: list[int] = []
        queue.began.connect(lambda key, name: self.began.append((key, name)))
        queue.settled.connect(self.settled.append)
        queue.dropped.connect(self.dropped.append)
        queue.progressed.connect(lambda done, total: self.progress.append((done, total)))
        queue.finished.connect(self.finished.append)

    def endings(self):
        return [outcome.ending for outcome in self.settled]


@pytest.fixture
def queue(capturing):
    made = ImportQueue(capturing.room)
    yield made
    made.deleteLater()


@pytest.fixture
def heard(queue):
    return Heard(queue)


@pytest.fixture
def filing(capturing):
    return Filing(capturing.visit.patient, capturing.visit.id)


def shot(data, *, name="Photograph", at_once=True):
    return Offer(name, partial(Arrival, data, ImageSource.LIVE_CAMERA, ".jpg"), at_once)


def written(folder, count):
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"IMG_{number:04}.JPG").write_bytes(a_photograph(number, size=(80, 60)))
    return sorted(folder.iterdir())


def test_forty_files_give_thirty_four_pictures_and_six_refusals(
    qtbot, tmp_path, capturing, queue, heard, filing
):
    for file in forty_files():
        (tmp_path / file.name).write_bytes(file.data)
    paths = [tmp_path / file.name for file in forty_files()]

    queue.offer_files(paths, ImageSource.FILE, filing)
    qtbot.waitUntil(lambda: bool(heard.finished), timeout=60_000)
    capturing.room.runner.run(lambda: None, lambda _: None).result()  # the last is recorded

    codes = {outcome.name: outcome.error.code for outcome in heard.settled if outcome.error}
    assert codes == {file.name: file.refused_code for file in forty_files() if file.refused_code}
    assert len(capturing.images()) == 34
    assert [outcome.name for outcome in heard.settled] == [file.name for file in forty_files()]
    assert heard.progress[-1] == (40, 40)
    assert heard.finished == [0]
    assert sum("image.refused" in event for event in capturing.events()) == 6
    assert not queue.is_busy()
    assert not any(name in event for event in capturing.events() for name in codes)


def test_the_strip_keeps_the_order_of_the_card(qtbot, tmp_path, capturing, queue, heard, filing):
    queue.offer_files([*written(tmp_path / "card", 9)], ImageSource.FILE, filing)
    qtbot.waitUntil(lambda: bool(heard.finished))

    stored = [outcome.image.id for outcome in heard.settled]
    assert [image.id for image in capturing.images()] == stored
    assert [name for _key, name in heard.began] == [f"IMG_{n:04}.JPG" for n in range(9)]


def test_no_more_than_a_few_are_ahead(qtbot, tmp_path, queue, heard, filing):
    paths, most = written(tmp_path / "card", 12), 0

    def count(*_):
        nonlocal most
        most = max(most, len(heard.began) - len(heard.settled))

    queue.began.connect(count)
    queue.offer_files(paths, ImageSource.FILE, filing)
    qtbot.waitUntil(lambda: bool(heard.finished))

    assert most <= AHEAD + 1  # one begins as the signal of another's end is under way


def test_a_folder_is_searched_and_hidden_files_are_left(tmp_path):
    card = tmp_path / "DCIM"
    (card / "100MEDIA").mkdir(parents=True)
    (card / ".Trashes").mkdir()
    for name in ("100MEDIA/b.jpg", "100MEDIA/a.jpg", ".Trashes/c.jpg", "100MEDIA/._a.jpg"):
        (card / name).write_bytes(b"x")

    found = files_below([card, tmp_path / "single.jpg"])

    assert [path.name for path in found] == ["a.jpg", "b.jpg", "single.jpg"]


def test_the_same_file_twice_is_told_and_stored_once(
    qtbot, tmp_path, capturing, queue, heard, filing
):
    [path] = written(tmp_path / "card", 1)

    queue.offer_files([path, path], ImageSource.DROPPED, filing)
    qtbot.waitUntil(lambda: bool(heard.finished))

    assert heard.endings() == [Ending.STORED, Ending.DUPLICATE]
    assert not heard.settled[1].other_patient
    assert len(capturing.images()) == 1


def test_a_picture_of_another_patient_is_told(qtbot, capturing, queue, heard, filing):
    other = capturing.another_patient()
    capturing.take(a_photograph(5), Filing(other))

    queue.offer(shot(a_photograph(5)), filing)
    qtbot.waitUntil(lambda: bool(heard.finished))

    assert heard.settled[0].other_patient
    assert "another patient" in outcome_text(heard.settled[0])


def test_a_file_that_is_gone_is_refused_alone(qtbot, tmp_path, capturing, queue, heard, filing):
    paths = [tmp_path / "gone.jpg", *written(tmp_path / "card", 1)]

    queue.offer_files(paths, ImageSource.FILE, filing)
    qtbot.waitUntil(lambda: bool(heard.finished))

    assert [outcome.error and outcome.error.code for outcome in heard.settled] == [
        "IMAGE-010",
        None,
    ]
    assert not any("image.refused" in event for event in capturing.events())  # no bytes came


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_is_no_ordinary_file_is_not_waited_for(qtbot, tmp_path, queue, heard, filing):
    os.mkfifo(tmp_path / "pipe.jpg")

    queue.offer(offered_file(tmp_path / "pipe.jpg", ImageSource.FILE), filing)
    qtbot.waitUntil(lambda: bool(heard.finished))

    assert heard.settled[0].error.code == "IMAGE-010"


def test_a_huge_file_is_not_read(qtbot, tmp_path, queue, heard, filing):
    path = tmp_path / "film.mov"
    with path.open("wb") as file:
        file.truncate(600_000_000)  # a hole: takes no room on the disk

    queue.offer(offered_file(path, ImageSource.FILE), filing)
    qtbot.waitUntil(lambda: bool(heard.finished))

    assert heard.settled[0].error.code == "IMAGE-011"
    assert "600 MB" in outcome_text(heard.settled[0])


def test_cancelling_keeps_what_is_stored_and_leaves_the_rest(
    qtbot, tmp_path, capturing, queue, heard, filing
):
    def cancel_after_two(_outcome):
        if len(heard.settled) == 2:
            queue.cancel()

    queue.settled.connect(cancel_after_two)

    queue.offer_files(written(tmp_path / "card", 20), ImageSource.FILE, filing)
    qtbot.waitUntil(lambda: bool(heard.finished))
    capturing.room.runner.run(lambda: None, lambda _: None).result()

    assert heard.finished == [20 - len(heard.settled)]
    assert len(capturing.images()) == len(heard.settled) < 20
    assert len(heard.began) == len(heard.settled) + len(heard.dropped)
    assert not queue.is_busy()


def test_cancelling_while_folders_are_searched_takes_nothing_in(
    qtbot, tmp_path, capturing, queue, heard, filing
):
    queue.offer_files(written(tmp_path / "card", 3), ImageSource.FILE, filing)

    queue.cancel()
    qtbot.waitUntil(lambda: bool(heard.finished))

    assert heard.settled == []
    assert capturing.images() == ()


def test_a_shot_goes_before_what_waits_and_survives_cancel(
    qtbot, tmp_path, capturing, queue, heard, filing
):
    data = a_photograph(77)
    keys: list[str] = []

    def shoot_and_cancel(_outcome):
        if not keys:
            keys.append(queue.offer(shot(data), filing))
            assert heard.began[-1][0] == keys[0]
            queue.cancel()

    queue.settled.connect(shoot_and_cancel)

    queue.offer_files(written(tmp_path / "card", 12), ImageSource.FILE, filing)
    qtbot.waitUntil(lambda: bool(heard.finished))

    assert keys[0] in [outcome.key for outcome in heard.settled]
    assert keys[0] not in heard.dropped
    assert len(capturing.images()) < 12


def test_a_fault_of_the_program_is_reported_and_the_others_go_on(
    qtbot, capturing, queue, heard, filing
):
    def broken():
        raise RuntimeError

    queue.offer(Offer("broken.jpg", broken), filing)
    queue.offer(shot(a_photograph(3)), filing)
    qtbot.waitUntil(lambda: bool(heard.finished))

    assert sorted(heard.endings()) == [Ending.REFUSED, Ending.STORED]
    assert [type(error) for error in capturing.failures] == [RuntimeError]
    capturing.failures.clear()


def test_what_the_vault_refuses_is_told_with_its_code(qtbot, capturing, queue, heard):
    queue.offer(shot(a_photograph(3)), Filing(capturing.patient, EncounterId("no-such-visit")))
    qtbot.waitUntil(lambda: bool(heard.finished))

    assert heard.settled[0].error.code == "SESSION-007"


def test_a_folder_that_cannot_be_searched_is_reported(qtbot, capturing, queue, heard, filing):
    class BadPath:
        def is_dir(self):
            raise RuntimeError

    queue.offer_files([BadPath()], ImageSource.FILE, filing)
    qtbot.waitUntil(lambda: bool(heard.finished))

    assert [type(error) for error in capturing.failures] == [RuntimeError]
    capturing.failures.clear()


@pytest.mark.parametrize("oddity", Oddity)
def test_every_oddity_has_words(oddity):
    assert oddity_text(oddity).endswith(".")


def test_a_wrong_name_is_a_warning_and_the_picture_is_stored(qtbot, queue, heard, filing):
    arrival = partial(Arrival, a_photograph(4), ImageSource.FILE, ".png")

    queue.offer(Offer("really-a-jpeg.png", arrival), filing)
    qtbot.waitUntil(lambda: bool(heard.finished))

    assert heard.settled[0].remarkable
    assert outcome_text(heard.settled[0]) == "Its name says another kind of file than it is."
