"""The tools above the picture."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.rendition import CoverPattern, Edits
from app.ui.check.canvas import Tool
from app.ui.check.history import History
from app.ui.design.tokens import Space
from app.ui.widgets.buttons import IconButton, QuietButton
from app.ui.widgets.choices import Choice, Segmented


class CheckTools(QWidget):
    """Which tool is on, how covers are filled, and what is done at once.

    Signals:
        tool_chosen: Argument: the Tool.
        pattern_chosen: Argument: the CoverPattern.
        turn_requested: A quarter turn clockwise.
        remove_requested: The picked cover is to go.
        undo_requested: One step back.
        redo_requested: One step on.
        reset_requested: The whole original again.
    """

    tool_chosen = Signal(object)
    pattern_chosen = Signal(object)
    turn_requested = Signal()
    remove_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    reset_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tools = Segmented(
            self.tr("Tool"),
            (
                Choice(Tool.LOOK, self.tr("Look"), self.tr("Look and move"), "hand"),
                Choice(Tool.COVER, self.tr("Cover"), self.tr("Cover (C)"), "square"),
                Choice(Tool.CROP, self.tr("Crop"), self.tr("Crop (X)"), "crop"),
            ),
            Tool.LOOK,
        )
        self._patterns = Segmented(
            self.tr("Pattern of covers"),
            (
                Choice(CoverPattern.SOLID, self.tr("Solid")),
                Choice(CoverPattern.HATCHED, self.tr("Hatched")),
                Choice(CoverPattern.CHECKED, self.tr("Checked")),
            ),
            CoverPattern.SOLID,
        )
        self._turn = IconButton("rotate-cw", self.tr("Turn by a quarter"))
        self._remove = IconButton("trash-2", self.tr("Take this cover away (Delete)"))
        self._undo = IconButton("undo-2", self.tr("Undo (Ctrl+Z)"))
        self._redo = IconButton("redo-2", self.tr("Redo (Ctrl+Y)"))
        self._reset = QuietButton(self.tr("Reset"))
        self._build()
        self._wire()
        self.show_state(Tool.LOOK, CoverPattern.SOLID, History(), picked=False)

    def show_state(
        self, tool: Tool, pattern: CoverPattern, history: History, *, picked: bool
    ) -> None:
        """Show what is on and what can be done."""
        self._tools.set_value(tool)
        self._patterns.set_value(pattern)
        self._patterns.setVisible(tool is Tool.COVER)
        self._remove.setVisible(tool is Tool.COVER)
        self._remove.setEnabled(picked)
        self._undo.setEnabled(history.can_undo)
        self._redo.setEnabled(history.can_redo)
        self._reset.setEnabled(history.edits != Edits())

    def set_enabled(self, *, enabled: bool) -> None:
        """Whether there is a picture to work on."""
        for part in (self._tools, self._patterns, self._turn):
            part.setEnabled(enabled)

    def _choose_tool(self, value: str) -> None:
        self.tool_chosen.emit(Tool(value))

    def _choose_pattern(self, value: str) -> None:
        self.pattern_chosen.emit(CoverPattern(value))

    def _build(self) -> None:
        names = {
            "tools": self._tools,
            "patterns": self._patterns,
            "turn": self._turn,
            "remove-cover": self._remove,
            "undo": self._undo,
            "redo": self._redo,
            "reset": self._reset,
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        for name, part in names.items():
            part.setObjectName(f"check-{name}")
            if part is self._undo:
                row.addStretch(1)
            row.addWidget(part)

    def _wire(self) -> None:
        self._tools.chosen.connect(self._choose_tool)
        self._patterns.chosen.connect(self._choose_pattern)
        self._turn.clicked.connect(self.turn_requested)
        self._remove.clicked.connect(self.remove_requested)
        self._undo.clicked.connect(self.undo_requested)
        self._redo.clicked.connect(self.redo_requested)
        self._reset.clicked.connect(self.reset_requested)
