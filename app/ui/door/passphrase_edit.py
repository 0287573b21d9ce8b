"""The field a passphrase is typed in: it gives the text away once, as bytes, and is empty then."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.design.theme import theme
from app.ui.design.tokens import TARGET, Space
from app.ui.widgets.buttons import IconButton

_HINTS = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class PassphraseEdit(QLineEdit):
    """Hidden characters, an eye to look at them, and a word when Caps Lock seems to be on.

    Signals:
        caps_lock_changed: Caps Lock seems to be on or off. Argument: on.
    """

    caps_lock_changed = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(_HINTS)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._caps = False
        self._eye = IconButton("eye", self.tr("Show what is typed"), parent=self)
        self._eye.setObjectName(f"{name}-show")
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.clicked.connect(self._turn)
        self._fit()

    def take(self) -> bytearray:
        """What was typed, as UTF-8 of its NFC form; the field is empty then. Overwrite it soon."""
        typed = bytearray(unicodedata.normalize("NFC", self.text()).encode())
        self.clear()
        self._show(shown=False)
        return typed

    def is_shown(self) -> bool:
        """Whether the characters can be read."""
        return self.echoMode() is QLineEdit.EchoMode.Normal

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer keys."""
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.lower() != letter.upper():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tell_caps(on=letter.isupper() is not shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self._tell_caps(on=False)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The focus went elsewhere."""
        self._tell_caps(on=False)
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            self._fit()

    def _turn(self) -> None:
        self._show(shown=not self.is_shown())

    def _show(self, *, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._eye.set_icon("eye-off" if shown else "eye")
        self._eye.set_label(
            self.tr("Hide what is typed") if shown else self.tr("Show what is typed")
        )

    def _tell_caps(self, *, on: bool) -> None:
        if on is not self._caps:
            self._caps = on
            self.caps_lock_changed.emit(on)

    def _fit(self) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        end = theme().px(TARGET) - Space.M
        self.setTextMargins(end if rtl else 0, 0, 0 if rtl else end, 0)
        eye = self._eye.sizeHint()
        left = 0 if rtl else self.width() - eye.width()
        top = (self.height() - eye.height()) // 2
        self._eye.setGeometry(left, top, eye.width(), eye.height())
