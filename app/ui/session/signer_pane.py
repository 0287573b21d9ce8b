"""One person's declaration with the pad to sign it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.consent import AttestationKind, Signature, SignerRole
from app.domain.consent_form import ConsentForm
from app.ui.design.tokens import Role, Space
from app.ui.session.signers import Signer
from app.ui.signature.signature_pad import SignaturePad
from app.ui.widgets.cards import Card
from app.ui.widgets.fields import Field
from app.ui.widgets.text import Label, Look, Paragraph
from app.ui.widgets.toggles import ToggleRow


class SignerPane(Card):
    """Who signs, what that declares, and the pad; on paper a confirmation takes the pad's place.

    Signals:
        changed: The signature is complete, or no longer.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=Space.XL, parent=parent)
        self.setObjectName("signer-pane")
        self._signer: Signer | None = None
        self._name = Label("", Look.TITLE, wrap=True)
        self._title = Label("", Look.BODY, Role.INK_2)
        self._typed = QLineEdit()
        self._typed.setObjectName("signer-name")
        self._field = Field(self.tr("Name in print"), self._typed)
        self._declaration = Paragraph("", Look.EMPHASIS)
        self._meaning = Label("", Look.SMALL, Role.INK_3, wrap=True)
        self._note = Label("", Look.SMALL, Role.INK_3, wrap=True)
        self.pad = SignaturePad("")
        self.on_paper = ToggleRow(
            self.tr("The paper form is signed, and I have it here"),
            self.tr("Keep the signed paper with the records; its copy is made in the next step."),
        )
        self.on_paper.setObjectName("signed-on-paper")
        self._room_below = QWidget()
        self._build()
        self.pad.changed.connect(self.changed)
        self.on_paper.toggled.connect(self._tell)
        self._typed.textChanged.connect(self._tell)

    def show_signer(self, signer: Signer, form: ConsentForm) -> None:
        """Ask for this signature; what was drawn for it stays."""
        self._signer = signer
        with_relationship = (
            f"{signer.name}, {signer.relationship}" if signer.relationship else signer.name
        )
        self._name.setText(with_relationship)
        self._name.setVisible(bool(signer.name))
        self._field.setVisible(not signer.name)
        self._title.setText(signer.title)
        self._declaration.setText(signer.declaration)
        consenter = signer.role is SignerRole.CONSENTER
        self._meaning.setText(form.signing.meaning if consenter else "")
        self._meaning.setVisible(consenter)
        paper = signer.kind is AttestationKind.PAPER
        self._note.setText(form.signing.electronic_note)
        self._note.setVisible(not paper)
        self.pad.setVisible(not paper)
        self.pad.set_label(
            self.tr("Signature of {name}").format(name=signer.name or signer.title),
            form.signing.sign_here,
        )
        self.pad.set_clear_text(form.signing.clear)
        self.on_paper.setVisible(paper)
        self._room_below.setVisible(paper)
        rtl = form.right_to_left
        direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        for part in (self._title, self._declaration, self._meaning, self._note, self.pad):
            part.setLayoutDirection(direction)

    @property
    def signer(self) -> Signer:
        """Whose signature it is."""
        assert self._signer is not None
        return self._signer

    def complete(self) -> bool:
        """Whether name and signature are there; a mark may be as small as the hand can make it."""
        signer = self.signer
        named = bool(signer.name or self._printed())
        if signer.kind is AttestationKind.PAPER:
            return named and self.on_paper.isChecked()
        if signer.kind is AttestationKind.MARK:
            return named and self.pad.ink() is not None
        return named and self.pad.counts()

    def signature(self, at: datetime) -> Signature:
        """The signature, once it is complete."""
        signer = self.signer
        drawn = signer.kind is not AttestationKind.PAPER
        return Signature(
            role=signer.role,
            name=signer.name or self._printed(),
            kind=signer.kind,
            meaning=signer.meaning,
            signed_at=at,
            ink=self.pad.ink() if drawn else None,
        )

    def clear(self) -> None:
        """Forget name and ink."""
        self.pad.set_ink(None)
        self._typed.clear()
        self.on_paper.setChecked(False)

    def _printed(self) -> str:
        return " ".join(self._typed.text().split())

    def _tell(self, _value: object) -> None:
        self.changed.emit()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._title)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        self.body.setSpacing(Space.M)
        self.body.addLayout(head)
        self.body.addWidget(self._field)
        self.body.addWidget(self._declaration)
        self.body.addWidget(self._meaning)
        self.body.addWidget(self.pad, 1)
        self.body.addWidget(self.on_paper)
        self.body.addWidget(self._note)
        self.body.addWidget(self._room_below, 1)
