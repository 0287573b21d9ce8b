import os
import sys
from pathlib import Path

import pytest

from app import paths


def test_settings_and_logs_lie_in_the_users_home(home):
    assert paths.settings_file().is_relative_to(home)
    assert paths.log_folder().is_relative_to(home)
    assert paths.settings_file().name == "settings.toml"


def test_resources_and_forms_lie_beside_the_program():
    assert (paths.resources() / "help").is_dir()
    assert list(paths.forms().rglob("*.toml"))


def test_frozen_program_brings_them_along(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert paths.resources() == tmp_path / "resources"
    assert paths.forms() == tmp_path / "forms"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows always knows a home")
@pytest.mark.parametrize("answer", ["~/.config/clinigraph", RuntimeError()])
def test_without_a_home_there_is_nowhere_to_keep_anything(monkeypatch, answer):
    def unknown(*_, **__):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr("platformdirs.user_config_dir", unknown)
    monkeypatch.setattr("platformdirs.user_log_dir", unknown)

    for place in (paths.settings_file(), paths.log_folder()):
        assert place.is_relative_to(Path(os.devnull))
        with pytest.raises(OSError, match="Not a directory"):
            place.mkdir(parents=True)
