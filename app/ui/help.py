"""Help: the user guide's pages and the meaning of error codes, read from resources/help."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.paths import resources
from app.ui.design.theme import theme
from app.ui.design.tokens import Role
from app.ui.widgets.buttons import QuietButton
from app.ui.widgets.sheet import Sheet, list_height
from app.ui.widgets.text import Label, Look

_CODE = re.compile(r"[A-Z]+-\d{3}")
_HEADING = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)
_STEP, _ALL_STEPS = "step-", "session"
_WIDTH = 720


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page, or a section of one, as Markdown.

    Attributes:
        name: Of the file, without its ending; or the error's code.
    """

    name: str
    title: str
    text: str


class HelpPages:
    """Finds pages by topic, file name or error code; never fails."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or resources() / "help"

    def page(self, topic: str) -> HelpPage | None:
        """The page of a topic; None when nobody wrote one."""
        if _CODE.fullmatch(topic):
            return self._of_code(topic)
        for path in self._files():
            if path.stem == topic:
                return self._read(path)
        section = self._section(topic)
        if section is None and topic.startswith(_STEP):
            return self.page(_ALL_STEPS)
        return section

    def pages(self) -> tuple[HelpPage, ...]:
        """All pages, by title."""
        found = (self._read(path) for path in self._files())
        return tuple(sorted(found, key=lambda page: page.title))

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.md"))

    def _read(self, path: Path) -> HelpPage:
        text = path.read_text(encoding="utf-8")
        heading = _HEADING.search(text)
        return HelpPage(path.stem, heading[2] if heading else path.stem, text)

    def _of_code(self, code: str) -> HelpPage | None:
        path = self._folder / "errors" / f"{code.split('-', maxsplit=1)[0]}.md"
        return self._cut(path, code) if path.is_file() else None

    def _section(self, topic: str) -> HelpPage | None:
        """A section whose heading is the topic's words: "step-capture" is "Capture"."""
        words = topic.removeprefix(_STEP).replace("-", " ")
        found = (self._cut(path, words) for path in self._files())
        return next((page for page in found if page is not None), None)

    def _cut(self, path: Path, begins: str) -> HelpPage | None:
        text = path.read_text(encoding="utf-8")
        headings = list(_HEADING.finditer(text))
        for place, heading in enumerate(headings):
            if not heading[2].casefold().startswith(begins.casefold()):
                continue
            level = len(heading[1])
            after = (each for each in headings[place + 1 :] if len(each[1]) <= level)
            end = next((each.start() for each in after), len(text))
            return HelpPage(begins, heading[2], text[heading.start() : end])
        return None


class HelpSheet(Sheet):
    """One page at a time, and the list of all."""

    def __init__(self, host: QWidget, topic: str, pages: HelpPages | None = None) -> None:
        super().__init__("", "", host, width=_WIDTH)
        self.setObjectName("help")
        self._pages = pages or HelpPages()
        self._text = QTextBrowser()
        self._text.setObjectName("help-text")
        self._text.setOpenLinks(False)
        self._text.setProperty("bare", "true")
        self._all = QuietButton(self.tr("All help pages"), icon="list")
        self._all.setObjectName("help-all")
        self._text.setMinimumHeight(list_height(host, 380))
        self.body.addWidget(self._text, 1)
        self.body.addWidget(
            Label(self.tr("F1 opens the page of the screen you are on."), Look.SMALL, Role.INK_3)
        )
        self.body.addWidget(self._all)
        self.primary.hide()
        self.secondary.setText(self.tr("Close"))
        self._text.anchorClicked.connect(self._follow)
        self._all.clicked.connect(self._show_all)
        self.show_topic(topic)

    def show_topic(self, topic: str) -> None:
        """Show a topic's page; the list of all pages when nobody wrote one."""
        page = self._pages.page(topic) if topic else None
        if page is None:
            self._show_all()
        else:
            self._show(page.title, page.text)

    def markdown(self) -> str:
        """The text that is shown."""
        return self._text.toMarkdown()

    def _show(self, title: str, text: str) -> None:
        self.title.setText(title)
        self.setAccessibleName(title)
        without = _HEADING.sub("", text, count=1).lstrip()
        self._text.setMarkdown(without)
        self._space_out()

    def _space_out(self) -> None:
        """Give paragraphs the line height and the distance of the window's own texts."""
        block = self._text.document().begin()
        while block.isValid():
            shape = block.blockFormat()
            shape.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            heading = shape.headingLevel() > 0
            shape.setTopMargin(theme().px(14 if heading else 0))
            shape.setBottomMargin(theme().px(4 if block.textList() else 8))
            QTextCursor(block).setBlockFormat(shape)
            block = block.next()

    def _show_all(self) -> None:
        lines = [f"* [{page.title}]({page.name}.md)" for page in self._pages.pages()]
        self._show(self.tr("Help"), "\n".join(["# ", *lines]))

    def _follow(self, url: QUrl) -> None:
        self.show_topic(Path(url.path()).stem)


def show_help(host: QWidget, topic: str) -> HelpSheet:
    """Open help on a topic or an error's code."""
    sheet = HelpSheet(host, topic)
    sheet.open()
    return sheet
