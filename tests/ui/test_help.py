"""Help finds the page of a screen, of a step and of an error's code."""

import pytest
from PySide6.QtCore import QUrl

import app.bootstrap  # noqa: F401 - brings the errors of store, imaging and papers
from app.errors import known_errors
from app.ui.frame.main_window import MainWindow
from app.ui.help import HelpPages, HelpSheet, show_help


@pytest.fixture
def guide(tmp_path):
    """A small guide of its own."""
    (tmp_path / "errors").mkdir()
    (tmp_path / "today.md").write_text("# Today\n\nWhat waits.\n\n## Search\n\nType a name.\n")
    (tmp_path / "session.md").write_text(
        "# A session\n\nSeven steps.\n\n## Sign\n\nInk.\n\n### Pad\n\nDraw.\n\n## Copy\n\nPaper.\n"
    )
    (tmp_path / "errors" / "VAULT.md").write_text(
        "# Vault\n\n## VAULT-001 · Wrong\n\nType again.\n"
    )
    return HelpPages(tmp_path)


def test_a_topic_is_a_file(guide):
    page = guide.page("today")

    assert (page.name, page.title) == ("today", "Today")


def test_a_step_is_a_section_with_what_lies_below_it(guide):
    page = guide.page("step-sign")

    assert page.title == "Sign"
    assert "Draw." in page.text
    assert "Paper." not in page.text


def test_a_step_without_words_of_its_own_is_the_session(guide):
    assert guide.page("step-capture").name == "session"


def test_a_code_is_a_section_of_its_area(guide):
    assert "Type again." in guide.page("VAULT-001").text
    assert guide.page("VAULT-999") is None
    assert guide.page("NOWHERE-001") is None


def test_every_known_error_has_help():
    pages = HelpPages()
    ours = [error for error in known_errors() if error.__module__.startswith("app.")]
    said = [error.code for error in ours if "code" in vars(error)]

    assert said
    assert [code for code in said if pages.page(code) is None] == []


def test_what_nobody_wrote_lists_all_pages(guide, qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    sheet = HelpSheet(window, "unheard-of", guide)

    assert "[Today](today.md)" in sheet.markdown()
    sheet._text.anchorClicked.emit(QUrl("session.md"))
    assert sheet.title.text() == "A session"
    sheet._all.click()
    assert sheet.title.text() == "Help"


def test_the_shipped_guide_opens(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)
    window.show()

    sheet = show_help(window, "settings")

    assert sheet.isVisible()
    assert "Consent form" in sheet.markdown()
