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
from app.ui.widgets.selects import Select


class CheckTools(QWidget):
    """Which tool is on, how covers are filled, and what is done at once.

    Attributes:
        extras: What belongs to covers; part of the bar unless somebody takes it elsewhere.

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
        self._row = QHBoxLayout(self)
        self.extras = QWidget()
        self._tools = self._chooser(words=True)
        self._signs = self._chooser(words=False)
        self._patterns = Select(
            (
                (CoverPattern.SOLID, self.tr("Solid")),
                (CoverPattern.HATCHED, self.tr("Hatched")),
                (CoverPattern.CHECKED, self.tr("Checked")),
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
        for chooser in (self._tools, self._signs):
            chooser.set_value(tool)
        self._patterns.set_value(pattern)
        self._patterns.setVisible(tool is Tool.COVER)
        self._remove.setVisible(tool is Tool.COVER)
        self._remove.setEnabled(picked)
        self._undo.setEnabled(history.can_undo)
        self._redo.setEnabled(history.can_redo)
        self._reset.setEnabled(history.edits != Edits())

    def set_enabled(self, *, enabled: bool) -> None:
        """Whether there is a picture to work on."""
        for part in (self._tools, self._signs, self._patterns, self._turn):
            part.setEnabled(enabled)

    def _choose_tool(self, value: str) -> None:
        self.tool_chosen.emit(Tool(value))

    def _choose_pattern(self, value: str) -> None:
        self.pattern_chosen.emit(CoverPattern(value))

    def set_short(self, *, short: bool) -> None:
        """Use signs without words where large print has no room; `extras` then stands elsewhere."""
        self._tools.setVisible(not short)
        self._signs.setVisible(short)

    def take_extras(self) -> None:
        """Put `extras` into the bar."""
        self._row.insertWidget(2, self.extras)

    def _chooser(self, *, words: bool) -> Segmented:
        looks = (
            (Tool.LOOK, self.tr("Look"), self.tr("Look and move"), "hand"),
            (Tool.COVER, self.tr("Cover"), self.tr("Cover (C)"), "square"),
            (Tool.CROP, self.tr("Crop"), self.tr("Crop (X)"), "crop"),
        )
        made = Segmented(
            self.tr("Tool"),
            [Choice(tool, name if words else "", tip, icon) for tool, name, tip, icon in looks],
            Tool.LOOK,
        )
        for tool, _name, tip, _icon in looks:
            made.button(tool).setAccessibleName(tip)
        made.chosen.connect(self._choose_tool)
        return made

    def _build(self) -> None:
        names = {
            "tools": self._tools,
            "signs": self._signs,
            "patterns": self._patterns,
            "turn": self._turn,
            "remove-cover": self._remove,
            "undo": self._undo,
            "redo": self._redo,
            "reset": self._reset,
        }
        for name, part in names.items():
            part.setObjectName(f"check-{name}")
        self._patterns.setAccessibleName(self.tr("Pattern of covers"))
        extras = QHBoxLayout(self.extras)
        extras.setContentsMargins(0, 0, 0, 0)
        extras.setSpacing(Space.S)
        extras.addWidget(self._patterns)
        extras.addWidget(self._remove)
        extras.addStretch(1)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S)
        for part in (self._tools, self._signs, self.extras, self._turn):
            self._row.addWidget(part)
        self._row.addStretch(1)
        for part in (self._undo, self._redo, self._reset):
            self._row.addWidget(part)
        self.set_short(short=False)

    def _wire(self) -> None:
        self._patterns.chosen.connect(self._choose_pattern)
        self._turn.clicked.connect(self.turn_requested)
        self._remove.clicked.connect(self.remove_requested)
        self._undo.clicked.connect(self.undo_requested)
        self._redo.clicked.connect(self.redo_requested)
        self._reset.clicked.connect(self.reset_requested)
