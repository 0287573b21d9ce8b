"""The demonstration drives the real window through a whole session, and leaves what it says."""

import re
import subprocess
import sys

import pytest

NAMED = "Not asked"


def answers(text, use):
    """What stands behind a use wherever its answer is printed."""
    return set(re.findall(rf"^ *{re.escape(use)} +(Yes|No|Not asked)\b", text, re.MULTILINE))


@pytest.mark.timeout(600)
def test_the_whole_session_through_the_real_window_leaves_papers_screens_and_vault(tmp_path):
    out = tmp_path / "left"
    command = [sys.executable, "-m", "app", "demo", "--offscreen", "--out", out.name]

    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=560, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    pdf = ["pdftotext", "-layout", str(out / "consent.pdf"), "-"]
    text = subprocess.run(pdf, capture_output=True, text=True, check=True).stdout
    assert "Saying no changes nothing about your care" in text
    assert "OKAFOR, Amara" in text
    for use in ("Your care record", "Advice from another clinician", "Teaching in this department"):
        assert answers(text, use) == {"Yes"}
    for use in ("Social media", "Our website and leaflets"):
        assert answers(text, use) == {"No"}
    assert NAMED in text
    assert not (out / "vault.clinigraph").read_bytes().startswith(b"SQLite format 3")
    assert (out / "passphrase.txt").read_text("utf-8").strip()
    assert (out / "withdrawal.pdf").read_bytes().startswith(b"%PDF")
    screens = {path.stem.rsplit("-", 1)[-1] for path in (out / "screens").glob("*.png")}
    assert screens == {"light", "dark"}
