import sys
from dataclasses import fields, replace

import pytest

from app.settings import Settings, load, save

OTHER = Settings(
    theme="contrast",
    font_percent=150,
    language="de",
    idle_minutes=3,
    pin_hours=2,
    last_vault="/vaults/ü/rooms.clinigraph",
    paper="letter",
    camera="usb:1",
    stream_cameras=("Room 1\trtsp://camera/1", "Room 2\trtsp://camera/2"),
    left_handed=True,
    workstation="ws-1",
    backup_folder="/media/stick",
    backup_days=7,
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config" / "settings.toml"


def written(file, text):
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(file)


def test_first_start_has_the_defaults(file):
    assert load(file) == Settings()


def test_every_setting_is_kept(file):
    different = [f.name for f in fields(Settings) if getattr(OTHER, f.name) == f.default]
    assert different == []

    save(OTHER, file)

    assert load(file) == OTHER
    assert b"schema_version = 1" in file.read_bytes()


def test_nothing_but_the_file_is_left(file):
    save(OTHER, file)
    save(Settings(), file)

    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]
    if sys.platform != "win32":
        assert file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Settings()),
        ('theme = "dark"', Settings(theme="dark")),
        ('theme = "pink"\nfont_percent = 120', Settings(font_percent=120)),
        ("font_percent = 99", Settings()),
        ("font_percent = 201", Settings()),
        ("backup_days = 0", Settings(backup_days=0)),
        ("backup_days = 91", Settings()),
        ("idle_minutes = 0", Settings()),
        ("idle_minutes = 121", Settings()),
        ('idle_minutes = "5"', Settings()),
        ("idle_minutes = 5.0", Settings()),
        ("idle_minutes = true", Settings()),
        ("left_handed = 1", Settings()),
        ('paper = "a5"', Settings()),
        ('stream_cameras = ["a", 1, "b"]', Settings(stream_cameras=("a", "b"))),
        ('stream_cameras = "a"', Settings()),
        ('of_a_later_version = 1\ntheme = "light"', Settings(theme="light")),
        ("schema_version = 99", Settings()),
    ],
)
def test_what_is_odd_has_its_default_and_the_rest_counts(file, text, expected):
    assert written(file, text) == expected


@pytest.mark.logs("settings are no TOML")
@pytest.mark.parametrize("text", ["theme =", "a = " + "[" * 100_000, '\0\0\0"'])
def test_damaged_file_gives_the_defaults(file, text):
    assert written(file, text) == Settings()


@pytest.mark.logs("settings could not be read")
def test_bytes_that_are_no_text_give_the_defaults(file):
    assert written(file, b"theme = \xff\xfe") == Settings()


@pytest.mark.logs("settings could not be read")
def test_folder_in_its_place_gives_the_defaults(file):
    file.mkdir(parents=True)

    assert load(file) == Settings()


def test_path_that_is_no_unicode_is_not_remembered(file):
    save(replace(OTHER, last_vault="/vaults/\udcff"), file)

    assert load(file) == replace(OTHER, last_vault="")


def test_what_cannot_be_written_leaves_the_old_settings(file):
    save(OTHER, file)
    (file.parent / "settings.new").mkdir()

    with pytest.raises(OSError, match=r"settings\.new"):
        save(Settings(), file)

    assert load(file) == OTHER
