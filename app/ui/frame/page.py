"""The base of all pages of the staff's window: title, content and footer in one measure."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.ui.design.tokens import Role, Space
from app.ui.frame.footer import FooterBar
from app.ui.widgets.text import ElidedLabel, Label, Look

RING_ROOM = Space.XS  # around the content; what scrolls takes it in, so that no focus ring is cut
_SIDE = Space.XL - RING_ROOM


class Page(QWidget):
    """A page: a title when it has one, content with 24 px margins, a footer when it has one.

    A page shows values and emits what the user wants; it knows no service. Enter anywhere on it,
    unless an input takes the key itself, is the footer's primary action. When it is shown it takes
    the focus; `setFocusProxy` hands that on, for instance to the search field.

    Attributes:
        content: The layout for the content.
        heading: Layout at the end of the title line, for actions.
        footer: The footer bar; hidden until `use_footer`.
        help_page: The name of the help page that F1 opens.

    Signals:
        primary_requested: The footer's primary action is wanted.
        back_requested: The footer's Back is wanted.
    """

    primary_requested = Signal()
    back_requested = Signal()

    def __init__(
        self,
        title: str = "",
        subtitle: str = "",
        *,
        help_page: str = "",
        scroll: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.help_page = help_page
        self.title = ElidedLabel(title, Look.DISPLAY)
        self.subtitle = Label(subtitle, Look.BODY, Role.INK_3, wrap=True)
        self.heading = QHBoxLayout()
        self.content = QVBoxLayout()
        self._inner = QVBoxLayout()
        self.footer = FooterBar()
        self.setAccessibleName(title)
        self._build_frame(scroll=scroll)
        self.footer.hide()
        # A page may hold the focus itself, so that Enter reaches its primary action at once.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("ownFocus", 1)
        self.footer.primary_requested.connect(self.primary_requested)
        self.footer.back_requested.connect(self.back_requested)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Change title and subtitle; "" hides each."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        top = Space.XL if title else Space.L
        self._inner.setContentsMargins(_SIDE, top, _SIDE, Space.L - RING_ROOM)
        self.setAccessibleName(title)

    def use_footer(self, primary: str = "", *, back: str = "") -> FooterBar:
        """Show the footer with these two texts and give it for more."""
        self.footer.set_primary(primary)
        self.footer.set_back(back)
        self.footer.show()
        return self.footer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.footer.isVisible():
            self.footer.press_primary()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _build_frame(self, *, scroll: bool) -> None:
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.setContentsMargins(RING_ROOM, 0, RING_ROOM, 0)
        head.addLayout(words, 1)
        head.addLayout(self.heading)
        inner = self._inner
        inner.setSpacing(Space.L - RING_ROOM)
        inner.addLayout(head)
        inner.addLayout(self.content, 1)
        self.content.setContentsMargins(*(RING_ROOM,) * 4)
        self.content.setSpacing(Space.M)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if scroll:
            outer.addWidget(_scrolled(inner), 1)
        else:
            outer.addLayout(inner, 1)
        outer.addWidget(self.footer)
        self.set_title(self.title.text(), self.subtitle.text())


def _scrolled(inner: QVBoxLayout) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    holder = QWidget()
    holder.setLayout(inner)
    area.setWidget(holder)
    return area
