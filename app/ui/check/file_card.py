"""What the file says beside the pixels, and that none of it goes along."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.picture import MetadataFinding, MetadataKind
from app.ui.design.tokens import Role, Space
from app.ui.widgets.cards import Card
from app.ui.widgets.signs import Sign
from app.ui.widgets.text import ElidedLabel, Label, Look

_SIGN_PX = 16


class FileCard(Card):
    """Groups of metadata findings; each is removed from every copy by itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.S)
        self._names: list[str] = []
        self._foot = Label("", Look.SMALL, Role.INK_3, wrap=True)
        self.set_title(self.tr("In the file"))
        self.body.addLayout(self._lines)
        self.body.addWidget(self._foot)
        self.body.setSpacing(Space.S)

    def show_findings(self, findings: Iterable[MetadataFinding]) -> None:
        """Show what was found; the values stand in the tips, for staff only."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        groups: dict[MetadataKind, list[MetadataFinding]] = {}
        for finding in findings:
            groups.setdefault(finding.kind, []).append(finding)
        self._names = [self._name(kind) for kind in groups]
        for kind, group in groups.items():
            tip = "\n".join(f"{finding.label}: {finding.value}" for finding in group)
            self._lines.addWidget(self._line(self._name(kind), tip))
        self._foot.setText(
            self.tr("This is removed from every copy that leaves or is shown.")
            if groups
            else self.tr("Nothing beside the picture tells about a person.")
        )

    def lines(self) -> list[str]:
        """What is shown, group by group."""
        return list(self._names)

    def _line(self, name: str, tip: str) -> QWidget:
        line = QWidget()
        line.setAccessibleName(name)
        line.setAccessibleDescription(tip)
        line.setToolTip(tip)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(Sign("circle-check", Role.GRANTED, _SIGN_PX))
        row.addWidget(ElidedLabel(name, Look.BODY), 1)
        removed = Label(self.tr("removed"), Look.SMALL, Role.INK_3)
        row.addWidget(removed, 0, Qt.AlignmentFlag.AlignVCenter)
        return line

    def _name(self, kind: MetadataKind) -> str:
        return {
            MetadataKind.POSITION: self.tr("Where it was taken"),
            MetadataKind.SERIAL_NUMBER: self.tr("Serial numbers"),
            MetadataKind.OWNER: self.tr("Owner or author"),
            MetadataKind.COMMENT: self.tr("Comments"),
            MetadataKind.EMBEDDED_PREVIEW: self.tr("A hidden preview"),
            MetadataKind.TRAILING_DATA: self.tr("Data behind the picture"),
        }[kind]
