"""The sixth step: the answers in words, and everybody's signature under them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.domain.consent import Attestation, AttestationKind, Consent, SignerRole
from app.domain.encounter import Step
from app.services import consents
from app.ui.design.icons import icon
from app.ui.design.theme import theme
from app.ui.design.tokens import Role, Space
from app.ui.people.person_words import clock_word
from app.ui.session.folding import FoldingRow
from app.ui.session.inner_steps import InnerSteps
from app.ui.session.show_panels import AnswersPanel
from app.ui.session.sign_facts import SignFacts, sign_facts
from app.ui.session.signer_pane import SignerPane
from app.ui.session.signers import attestation, signers
from app.ui.session.step_page import Session
from app.ui.widgets.choices import Choice, Segmented
from app.ui.widgets.notices import EmptyState
from app.ui.widgets.text import Label, Look

ANSWERS_WIDTH = 344
LEAST_PAD = 640
TICK = 16


class SignPage(InnerSteps):
    """One signature after the other, each with the whole pad; a refusal needs none (R15)."""

    step = Step.SIGN

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setObjectName("sign-page")
        self._facts: SignFacts | None = None
        self._storing = False
        self._answers: AnswersPanel | None = None
        self._calm: EmptyState | None = None
        self._panes: dict[SignerRole, SignerPane] = {}
        self._shown: tuple[SignerPane, ...] = ()
        self._title = Label("", Look.DISPLAY, wrap=True)
        self.kind = Segmented(self.tr("How it is signed"), self._kinds(), AttestationKind.INK)
        self.kind.setObjectName("attestation-kind")
        self.tabs = QTabBar()
        self.tabs.setObjectName("signers")
        self.tabs.setAccessibleName(self.tr("Who signs"))
        self._pads = QStackedWidget()
        self._beside = QVBoxLayout()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._screens = QStackedWidget()
        self._build()
        self.kind.chosen.connect(self._choose_kind)
        self.tabs.currentChanged.connect(self._show_signer)

    def begin(self) -> None:
        """Show the answers as they stand; what was drawn under the same answers is still there."""
        self._storing = False
        self._look()
        room = self.session.room
        question = partial(sign_facts, encounter=self.session.visit, library=room.workplace.forms)
        room.ask(question, self._show, on_failure=self.failed.emit)

    def finish(self) -> None:
        """The next signature; after the last one the consent is recorded."""
        if self._facts is None or self._storing:
            return
        if self._facts.consent is not None:
            self.finished.emit()
        elif not self._facts.draft.grants_anything:
            self._record(None)
        elif (missing := self._missing()) is not None:
            self.tabs.setCurrentIndex(missing)
        else:
            now = self.session.room.desk.clock.now()
            self._record(attestation(self._kind(), [p.signature(now) for p in self._shown]))

    def back(self) -> bool:
        """To the signature before; nothing that was drawn is lost."""
        if self._screens.currentWidget() is not self._signing or self.tabs.currentIndex() <= 0:
            return False
        self.tabs.setCurrentIndex(self.tabs.currentIndex() - 1)
        return True

    def primary_text(self) -> str:
        """The words on the primary button."""
        facts = self._facts
        if facts is None or facts.consent is not None:
            return self.tr("Continue")
        if facts.draft.grants_anything and self._missing() not in (None, self.tabs.currentIndex()):
            return self.tr("Next signature")
        return self.tr("Record the answers")

    def changeEvent(self, event: QEvent) -> None:
        """Follow style, font and direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.tabs.setIconSize(QSize(theme().px(TICK), theme().px(TICK)))

    def forget(self) -> None:
        """The session is over: no ink stays on the page."""
        self._facts = None
        self._forget_ink()

    # showing

    def _show(self, facts: SignFacts) -> None:
        before = self._facts
        self._facts = facts
        if before is None or before.draft.answers != facts.draft.answers:
            self._forget_ink()
        if facts.consent is not None:
            self._show_signed(facts.consent)
        elif not facts.draft.grants_anything:
            self._show_calm(
                self.tr("Nothing was granted; no signature is needed."),
                self.tr(
                    "Every answer is recorded as it was given. The photographs stay in the care "
                    "record and are used for nothing else."
                ),
            )
        else:
            self._show_signing(facts)
        self._look()

    def _show_signed(self, consent: Consent) -> None:
        told = self.tr("Recorded at {time}.").format(
            time=clock_word(consent.stamp.at, self.session.room.desk)
        )
        names = (
            ", ".join(s.name for s in consent.attestation.signatures)
            if (consent.attestation)
            else ""
        )
        signed = self.tr("Signed by {names}.").format(names=names) if names else ""
        again = self.tr("Other answers need a new signature: go back and show the pictures again.")
        self._show_calm(self.tr("The answers are recorded."), f"{told} {signed}\n{again}".strip())

    def _show_calm(self, title: str, text: str) -> None:
        old, self._calm = self._calm, EmptyState("circle-check", title, text)
        self._calm.setObjectName("nothing-to-sign")
        self._screens.addWidget(self._calm)
        self._screens.setCurrentWidget(self._calm)
        if old is not None:
            self._screens.removeWidget(old)
            old.deleteLater()

    def _show_signing(self, facts: SignFacts) -> None:
        self._title.setText(facts.form.signing.title)
        old, self._answers = self._answers, AnswersPanel(facts.form, facts.draft, again=False)
        if old is not None:
            self._beside.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._beside.insertWidget(0, self._answers)
        self._screens.setCurrentWidget(self._signing)
        self._show_signers()

    def _show_signers(self) -> None:
        """The tabs and panes of those who sign in the way that is chosen."""
        facts, before = self._facts, self.session.visit.before
        assert facts is not None
        assert before is not None
        wanted = signers(self._kind(), before, facts.form, self.session.room.desk.staff.name)
        self.tabs.blockSignals(True)  # noqa: FBT003 - Qt's signature
        while self.tabs.count():
            self.tabs.removeTab(0)
        shown = []
        for signer in wanted:
            pane = self._pane(signer.role)
            pane.show_signer(signer, facts.form)
            self.tabs.addTab(signer.title)
            shown.append(pane)
        self._shown = tuple(shown)
        self.tabs.setVisible(len(shown) > 1)
        self.tabs.blockSignals(False)  # noqa: FBT003 - Qt's signature
        missing = self._missing()
        self.tabs.setCurrentIndex(missing if missing is not None else 0)
        self._show_signer(self.tabs.currentIndex())

    def _pane(self, role: SignerRole) -> SignerPane:
        if role not in self._panes:
            pane = SignerPane()
            pane.changed.connect(self._look)
            self._panes[role] = pane
            self._pads.addWidget(pane)
        return self._panes[role]

    def _show_signer(self, place: int) -> None:
        if 0 <= place < len(self._shown):
            self._pads.setCurrentWidget(self._shown[place])
        self._look()

    def _look(self) -> None:
        """Tick what is signed, and name what comes next."""
        for place, pane in enumerate(self._shown):
            done = pane.complete()
            name = "circle-check" if done else "circle"
            self.tabs.setTabIcon(place, _tick(name, Role.GRANTED if done else Role.INK_3))
        self.primary_changed.emit(self.primary_text())
        self.ready_changed.emit(self._ready())

    def _ready(self) -> bool:
        if self._facts is None or self._storing:
            return False
        if self._facts.consent is not None or not self._facts.draft.grants_anything:
            return True
        place = self.tabs.currentIndex()
        return 0 <= place < len(self._shown) and self._shown[place].complete()

    def _missing(self) -> int | None:
        """Who has not signed yet."""
        return next((n for n, pane in enumerate(self._shown) if not pane.complete()), None)

    def _kind(self) -> AttestationKind:
        return AttestationKind(self.kind.value() or AttestationKind.INK)

    def _choose_kind(self, _value: str) -> None:
        self._show_signers()

    # storing

    def _record(self, signed: Attestation | None) -> None:
        facts, visit = self._facts, self.session.visit.id
        assert facts is not None
        self._storing = True
        self._look()
        self.session.room.change(
            lambda uow, desk: consents.sign(uow, desk, visit, facts.form, signed),
            self._recorded,
            on_failure=self._fail,
        )

    def _recorded(self, _consent: Consent) -> None:
        self._storing = False
        self._forget_ink()
        self._facts = None
        self.finished.emit()

    def _forget_ink(self) -> None:
        for pane in self._panes.values():
            pane.clear()

    def _fail(self, error: Exception) -> None:
        self._storing = False
        self._look()
        self.failed.emit(error)

    def _build(self) -> None:
        self._head.setSpacing(Space.M)
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self.kind)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        right = QWidget()
        pads = QVBoxLayout(right)
        pads.setContentsMargins(0, 0, 0, 0)
        pads.setSpacing(Space.S)
        pads.addLayout(self._head)
        pads.addWidget(self.tabs)
        pads.addWidget(self._pads, 1)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.addStretch(1)
        answers = QWidget()
        answers.setLayout(self._beside)
        self._signing = FoldingRow(
            right, answers, ANSWERS_WIDTH, side_first=True, least_main=LEAST_PAD
        )
        self._signing.folded_changed.connect(self._fold)
        self._fold(self._signing.is_folded())
        self._screens.addWidget(self._signing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._screens)

    def _fold(self, folded: bool) -> None:  # noqa: FBT001 - a signal's argument
        under = QBoxLayout.Direction.TopToBottom
        self._head.setDirection(under if folded else QBoxLayout.Direction.LeftToRight)

    def _kinds(self) -> list[Choice]:
        tr = self.tr
        return [
            Choice(AttestationKind.INK, tr("On this screen")),
            Choice(AttestationKind.PAPER, tr("On paper")),
            Choice(AttestationKind.SPOKEN, tr("Spoken"), tr("Said aloud before a witness")),
            Choice(AttestationKind.MARK, tr("Mark"), tr("A mark before a witness")),
        ]


def _tick(name: str, role: Role) -> QIcon:
    """On the chosen tab of high contrast only the text's own colour is to be seen."""
    strong = theme().palette.name == "high-contrast"
    return icon(name, role, checked=Role.ON_ACCENT if strong else role)
