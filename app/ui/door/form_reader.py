"""A consent form to be read by whoever approves it: every sentence a patient may meet."""

from __future__ import annotations

import html
from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.domain.consent_form import ConsentForm, Use
from app.ui.design.theme import theme
from app.ui.design.tokens import Type

_NEAR = 4  # px from the end that count as the end


class FormReader(QTextBrowser):
    """The text of one form; nothing in it can be clicked.

    Signals:
        read_to_end: Its last line came on screen.
    """

    read_to_end = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form-text")
        self.setAccessibleName(self.tr("Text of the consent form"))
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self._form: ConsentForm | None = None
        theme().changed.connect(self._draw)
        self.verticalScrollBar().valueChanged.connect(self._look)

    def show_form(self, form: ConsentForm) -> None:
        """Show this form, from its beginning."""
        self._form = form
        self._draw()
        self.verticalScrollBar().setValue(0)

    def _look(self, at: int) -> None:
        most = self.verticalScrollBar().maximum()
        if most and at >= most - _NEAR:
            self.read_to_end.emit()

    def _draw(self) -> None:
        form = self._form
        if form is None:
            return
        direction = "rtl" if form.right_to_left else "ltr"
        parts = [
            f'<div dir="{direction}">',
            self._heading(form.title, Type.TITLE),
            self._paragraphs([form.patient.welcome_text]),
            self._heading(self.tr("What is said first")),
            self._paragraphs(statement.text for statement in form.statements),
            self._heading(self.tr("What is asked, from the narrowest use to the widest")),
            *(self._use(form, use) for use in form.uses),
            self._heading(self.tr("What is signed")),
            self._paragraphs(self._declarations(form)),
            self._heading(self.tr("How it is taken back")),
            self._paragraphs([form.withdraw.how, form.withdraw.effect, form.withdraw.limits]),
            "</div>",
        ]
        self.setHtml("".join(parts))

    def _use(self, form: ConsentForm, use: Use) -> str:
        colour, quiet = theme().palette.ink, theme().palette.ink_2
        rows = "".join(
            f'<tr><td style="color:{quiet}; padding-right:16px">{html.escape(row.label)}</td>'
            f'<td style="color:{colour}">{html.escape(row.text)}</td></tr>'
            for row in form.details(use)
        )
        title = html.escape(use.title)
        question = html.escape(use.question.replace("{named}", "…"))
        return (
            f'<p style="margin:{theme().px(12)}px 0 2px 0; color:{colour}"><b>{title}</b></p>'
            f'<p style="margin:0 0 4px 0; color:{colour}">{question}</p>'
            f'<table cellspacing="2">{rows}</table>'
        )

    def _declarations(self, form: ConsentForm) -> tuple[str, ...]:
        signs = form.signing
        return (
            signs.patient_declaration,
            signs.representative_declaration,
            signs.assent_declaration,
            signs.clinician_declaration,
            signs.witness_declaration,
            signs.interpreter_declaration,
            signs.meaning,
        )

    def _heading(self, text: str, size: int = Type.EMPHASIS) -> str:
        px = theme().px(size)
        style = f"font-size:{px}px; font-weight:600; color:{theme().palette.ink}"
        return f'<p style="{style}; margin:{theme().px(16)}px 0 6px 0">{html.escape(text)}</p>'

    def _paragraphs(self, texts: Iterable[str]) -> str:
        style = f"color:{theme().palette.ink}; margin:0 0 6px 0; line-height:140%"
        return "".join(f'<p style="{style}">{html.escape(text)}</p>' for text in texts)


def shipped_forms(forms: Iterable[ConsentForm]) -> tuple[ConsentForm, ...]:
    """The newest version of each form in each language, for reading and approving."""
    newest: dict[tuple[str, str], ConsentForm] = {}
    for form in forms:
        known = newest.setdefault((form.id, form.language), form)
        if form.version > known.version:
            newest[form.id, form.language] = form
    return tuple(newest.values())
