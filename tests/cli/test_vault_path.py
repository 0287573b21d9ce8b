import sys
from pathlib import Path

import pytest

from app.cli.errors import NoVaultNamedError
from app.cli.vault_path import vault_path
from app.store.errors import NotAVaultNameError, ReadOnlyFolderError


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("rooms", "rooms.clinigraph"),
        ("st.brigid", "st.brigid.clinigraph"),
        ("rooms.clinigraph", "rooms.clinigraph"),
        ("rooms.clinigraph-keys", "rooms.clinigraph-keys"),
        ("a folder/ü #1?%", "a folder/ü #1?%.clinigraph"),
    ],
)
def test_suffix_may_be_left_out(named, meant):
    assert vault_path(Path(named)) == Path(meant)


@pytest.mark.parametrize("named", ["", ".", "/", "x" * 300])
def test_what_is_no_name_is_said(named):
    with pytest.raises(NotAVaultNameError):
        vault_path(Path(named))


def test_file_of_another_kind_is_said(tmp_path):
    (tmp_path / "photo.jpg").touch()

    with pytest.raises(NotAVaultNameError):
        vault_path(tmp_path / "photo.jpg")


def test_folder_of_the_same_name_does_not_matter(tmp_path):
    (tmp_path / "rooms").mkdir()

    assert vault_path(tmp_path / "rooms") == tmp_path / "rooms.clinigraph"


def test_no_vault_named_is_said():
    with pytest.raises(NoVaultNamedError):
        vault_path(None)


@pytest.mark.skipif(sys.platform == "win32", reason="no such folders there")
def test_folder_that_may_not_be_entered_is_said(monkeypatch):
    def forbidden(_):
        raise PermissionError

    monkeypatch.setattr(Path, "is_file", forbidden)  # who runs the tests may enter every folder

    with pytest.raises(ReadOnlyFolderError):
        vault_path(Path("rooms"))
