"""Composes samples of the design system, to be looked at: frame, lists, inputs, messages."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QSlider,
    QTabBar,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.encounter import Step
from app.errors import KnownError
from app.imaging.synthetic_skin import Lesion, LesionKind, SkinScene, Tone, synthetic_skin
from app.ui.design.tokens import Role, Space
from app.ui.frame.main_window import MainWindow
from app.ui.frame.page import Page
from app.ui.frame.rail import Place
from app.ui.widgets.buttons import (
    AnswerButton,
    DangerButton,
    IconButton,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
)
from app.ui.widgets.cards import Card, Facts
from app.ui.widgets.chips import Chip, ChipState, ChipText, FilterChip, chip_line
from app.ui.widgets.choices import Choice, ChoiceGroup, Segmented
from app.ui.widgets.columns import SideColumn
from app.ui.widgets.fields import Field, SearchField
from app.ui.widgets.notices import EmptyState, Notice
from app.ui.widgets.notices import Tone as NoticeTone
from app.ui.widgets.numbers import NumberField
from app.ui.widgets.pictures import Corner, Fit, PictureView
from app.ui.widgets.pin import PinPad
from app.ui.widgets.progress import Dots, ProgressStrip
from app.ui.widgets.row_model import Row
from app.ui.widgets.rows import RowList
from app.ui.widgets.selects import Select
from app.ui.widgets.shutter import ShutterButton
from app.ui.widgets.signs import Busy, Sign
from app.ui.widgets.text import Label, Look, Paragraph
from app.ui.widgets.thumbnails import Thumbnail, ThumbnailStrip
from app.ui.widgets.toggles import ToggleRow


class SampleError(KnownError):
    """Shown in the gallery only."""

    code = "IMAGE-004"
    message = "The picture could not be read."
    advice = "Take it again, or choose another file. The file on the card is untouched."


def skin(seed: int, tone: Tone = Tone.FAIR, *, wide: int = 852, high: int = 500) -> QPixmap:
    """A photograph of nobody."""
    scene = SkinScene(
        seed=seed,
        width_px=wide,
        height_px=high,
        tone=tone,
        lesions=(Lesion(0.5, 0.5, 0.1, LesionKind.IRREGULAR_MOLE),),
    )
    pixels = synthetic_skin(scene)
    height, width, _ = pixels.shape
    image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
    return QPixmap.fromImage(image.copy())


class Thirds:
    """The lines of thirds and an outline, as an overlay."""

    def paint_over(self, painter: QPainter, picture: QRectF) -> None:
        painter.setPen(QColor(255, 255, 255, 90))
        for share in (1 / 3, 2 / 3):
            x = picture.x() + picture.width() * share
            y = picture.y() + picture.height() * share
            painter.drawLine(int(x), int(picture.top()), int(x), int(picture.bottom()))
            painter.drawLine(int(picture.left()), int(y), int(picture.right()), int(y))
        painter.setPen(QPen(QColor(255, 255, 255, 220), 1, Qt.PenStyle.DashLine))
        painter.drawEllipse(picture.center(), 130, 95)


CONSENTS = (
    ChipText("Care record", ChipState.GRANTED),
    ChipText("Local teaching", ChipState.GRANTED),
    ChipText("Publication", ChipState.REFUSED),
    ChipText("until Nov 2028", ChipState.EXPIRING),
)


def window(name: str = "OKAFOR, Amara") -> MainWindow:
    """The whole frame with a session at the capture step."""
    made = MainWindow()
    made.resize(1280, 800)
    made.register(Place.TODAY, capture())
    made.show_page(Place.TODAY)
    made.rail.set_badge(Place.TODAY, 2)
    made.banner.set_patient(name, "Female · 34 y · born 12 Mar 1992 · MRN 0042-771", CONSENTS)
    made.steps.set_step(Step.CAPTURE)
    made.set_session_open(True)
    return made


def capture() -> Page:
    """The capture screen of the design, without its function."""
    page = Page()
    left, right = QVBoxLayout(), SideColumn()
    view = PictureView("Live picture", fit=Fit.FILL)
    view.set_picture(skin(3))
    view.add_overlay(Thirds())
    live = ChipState.ON_PICTURE
    view.place(Chip("Live · 3840×2160", live, "circle-dot"), Corner.TOP_LEADING)
    view.place(Chip("Ghost 14 Feb 2026 · 40 %", live, "layers"), Corner.TOP_LEADING)
    view.place(Chip("Sharp", ChipState.GRANTED, "focus"), Corner.BOTTOM_LEADING)
    view.place(Chip("Exposure", ChipState.GRANTED, "sun"), Corner.BOTTOM_LEADING)
    view.place(Chip("No scale card", ChipState.EXPIRING, "ruler"), Corner.BOTTOM_LEADING)
    view.place(Chip("Match with last 86 %", live), Corner.BOTTOM_TRAILING)
    left.addWidget(view, 1)
    left.addLayout(_below())
    left.setSpacing(Space.L)
    for card in (_site(), _protocol(), _camera()):
        right.body.addWidget(card)
    row = QHBoxLayout()
    row.setSpacing(Space.L)
    row.addLayout(left, 1)
    row.addWidget(right)
    page.content.addLayout(row, 1)
    footer = page.use_footer("Check the pictures", back="Back")
    footer.set_note("3 photographs · saved 10:42")
    return page


def strip() -> ThumbnailStrip:
    """Three small pictures."""
    made = ThumbnailStrip("Pictures of today")
    badges = (
        ChipText("Sharp", ChipState.GRANTED),
        ChipText("Sharp", ChipState.GRANTED),
        ChipText("Dark", ChipState.EXPIRING),
    )
    tones = (Tone.FAIR, Tone.BROWN, Tone.VERY_DARK)
    made.items.set_items(
        [
            Thumbnail(str(n), f"Picture {n}", skin(n + 3, tone, wide=192, high=144), badge)
            for n, (tone, badge) in enumerate(zip(tones, badges, strict=True))
        ]
    )
    made.pick("0")
    return made


def _below() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.L)
    row.addWidget(strip(), 3)
    row.addWidget(QuietButton("Import", icon="folder-input"))
    row.addWidget(ShutterButton("Take the picture (Space)"))
    row.addWidget(QuietButton("Timer off", icon="timer"))
    keys = Label("Space or pedal: take\nR: retake", Look.SMALL, Role.INK_3)
    keys.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(keys, 1)
    return row


def _site() -> Card:
    card = Card("Body site", "Front")
    card.body.setSpacing(Space.S)
    card.body.addWidget(Label("Left forearm, volar", Look.EMPHASIS))
    card.body.addWidget(Label("Lesion 3 · since 2024", Look.SMALL, Role.INK_3))
    card.body.addLayout(chip_line([Chip("4 earlier pictures")]))
    return card


def _protocol() -> Card:
    card = Card("Lesion protocol", "2 of 3")
    signs = (
        ("circle-check", Role.GRANTED, "Context", Look.BODY),
        ("circle-dot", Role.ACCENT, "Close-up with scale", Look.STRONG),
        ("circle", Role.INK_3, "Dermoscopic", Look.BODY),
    )
    for sign, role, words, look in signs:
        row = QHBoxLayout()
        row.addWidget(Sign(sign, role, 18))
        row.addWidget(Label(words, look, Role.INK if look is Look.STRONG else Role.INK_2), 1)
        card.body.addLayout(row)
    return card


def _camera() -> Card:
    card = Card("Camera")
    select = Select([("room-3", "Room 3 document camera"), ("own", "Built-in camera")])
    card.body.addWidget(select)
    card.body.addWidget(Label("Hot folder on · 0 waiting", Look.SMALL, Role.INK_3))
    return card


def release() -> Page:
    """The release desk of the design."""
    page = Page("Release", "Choose what for and to whom first. Then the pictures that may go.")
    page.heading.addWidget(SecondaryButton("History", icon="history"))
    rows = RowList("Photographs")
    rows.setProperty("bare", "true")
    may = ChipText("May go", ChipState.GRANTED)
    sites = (
        ("Left forearm, volar", "Close-up · 23 Nov 2026 · crop 2", may, ""),
        ("Back, upper left", "Close-up · 3 Sep 2026", may, ""),
        ("Cheek, right", "Context · 3 Sep 2026",
         ChipText("Patient said no to this use", ChipState.REFUSED), "Drop"),
        ("Shin, left", "Dermoscopic · 12 May 2026", may, ""),
        ("Neck", "Context · 12 May 2026",
         ChipText("Crop changed after consent", ChipState.EXPIRING, "crop"), "Ask again"),
        ("Hand, left", "Context · 2 Feb 2025",
         ChipText("Withdrawn 4 Oct 2026", ChipState.WITHDRAWN), "Drop"),
    )  # fmt: skip
    rows.rows.set_rows(
        [
            Row(str(n), site, told, skin(n, wide=144, high=108), chips=(chip,), action=act)
            for n, (site, told, chip, act) in enumerate(sites)
        ]
    )
    card = Card("6 photographs", "from collection “Pigmented lesions”", flush=True)
    card.body.addWidget(rows)
    side = Card("What will leave")
    facts = (("Pictures", "3 of 6"), ("Format", "JPEG, 2400 px"), ("Metadata", "removed"))
    side.body.addWidget(
        Facts((*facts, ("Marked for", "Dr Lindqvist"), ("Package", "ZIP, AES-256")))
    )
    warn = Notice(
        NoticeTone.WARN,
        "Conference slides get photographed.",
        "The three patients were told this and agreed.",
    )
    right = SideColumn()
    right.body.addWidget(side)
    right.body.addWidget(warn)
    row = QHBoxLayout()
    row.setSpacing(Space.L)
    row.addWidget(card, 1)
    row.addWidget(right)
    page.content.addLayout(row, 1)
    footer = page.use_footer(back="Cancel")
    footer.set_primary("Release 3 of 6", icon="send")
    footer.set_back("Cancel", icon="")
    footer.set_note("The release is written to the ledger before any file is")
    return page


def inputs() -> QWidget:
    """Every input and button."""
    whole = QWidget()
    whole.setProperty("ground", "surface")
    whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    columns = QHBoxLayout(whole)
    columns.setContentsMargins(24, 24, 24, 24)
    columns.setSpacing(24)
    for column in (_buttons(), _fields(), _choices()):
        columns.addLayout(column, 1)
    return whole


def _buttons() -> QVBoxLayout:
    column = QVBoxLayout()
    off = PrimaryButton("Not yet", trailing="chevron-right")
    off.setEnabled(False)
    line = QHBoxLayout()
    small: tuple[QWidget, ...] = (
        SecondaryButton("Close session", compact=True),
        IconButton("zoom-in", "Larger"),
        IconButton("trash-2", "Erase"),
        Busy("Reading"),
    )
    for part in small:
        line.addWidget(part)
    line.addStretch(1)
    answers = QHBoxLayout()
    answers.addWidget(AnswerButton("No"))
    answers.addWidget(AnswerButton("Yes"))
    filters = QHBoxLayout()
    chosen = FilterChip("Teaching granted")
    chosen.setChecked(True)
    for chip in (chosen, FilterChip("Forearm", "map-pin"), FilterChip("2026")):
        filters.addWidget(chip)
    filters.addStretch(1)
    dots = Dots()
    dots.set_position(2, 6)
    for widget in (
        PrimaryButton("Check the pictures", trailing="chevron-right"),
        SecondaryButton("Print", icon="printer"),
        QuietButton("Back", icon="chevron-left"),
        DangerButton("Erase 3 photographs", icon="trash-2"),
        off,
    ):
        column.addWidget(widget)
    column.addLayout(line)
    column.addLayout(answers)
    column.addWidget(dots)
    for states in (tuple(ChipState)[:4], tuple(ChipState)[4:]):
        column.addLayout(chip_line([Chip(state.value.title(), state) for state in states]))
    column.addLayout(filters)
    for look in (Look.DISPLAY, Look.TITLE, Look.EMPHASIS, Look.STRONG, Look.BODY, Look.SMALL):
        column.addWidget(Label(f"{look.value} – Amara 陳大文 عبد الرحمن हिन्दी", look))
    column.addStretch(1)
    return column


def _fields() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(Space.L)
    wrong = Field("Identifier", QLineEdit("0042-77"), "Issuer and value")
    wrong.set_error("One digit is missing: 0042-77?")
    select = Select([("room-3", "Room 3 document camera")])
    column.addWidget(SearchField("Find or scan a patient"))
    column.addWidget(
        Field("Family name", QLineEdit("O'Neill-Featherstonehaugh"), "As in the record")
    )
    column.addWidget(wrong)
    column.addWidget(Field("Camera", select))
    column.addWidget(Field("Years", NumberField(0, 120, 34)))
    text = QTextEdit("The reason, in a sentence.")
    text.setFixedHeight(80)
    column.addWidget(Field("Reason", text))
    check = QCheckBox("Chaperone present")
    check.setChecked(True)
    radio = QRadioButton("Interpreter by telephone")
    radio.setChecked(True)
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setValue(40)
    tabs = QTabBar()
    for word in ("Side by side", "Slider", "Blink"):
        tabs.addTab(word)
    for widget in (check, radio, slider, tabs):
        column.addWidget(widget)
    column.addStretch(1)
    return column


def _choices() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(Space.M)
    who = ChoiceGroup(
        "Who decides",
        [
            Choice("patient", "The patient", "Able to decide for themselves", "user"),
            Choice("parent", "A parent or guardian", "For a child; the child's own no stops it"),
            Choice("proxy", "A lawful proxy", "An adult who cannot decide at present"),
        ],
    )
    who.set_value("parent")
    side = Segmented("View", [Choice("front", "Front"), Choice("back", "Back")], "front")
    toggle = ToggleRow("Read aloud", "Each question is spoken when its page opens")
    toggle.setChecked(True)
    progress = ProgressStrip()
    progress.begin("Importing from the card")
    progress.report(12, 40)
    for widget in (
        who,
        side,
        toggle,
        ToggleRow("Large print"),
        progress,
        Notice.for_error(SampleError(), closable=True),
        Notice(NoticeTone.INFO, "Saying no changes nothing about the care."),
        Notice(NoticeTone.GRANTED, "The copy was given at 10:47."),
    ):
        column.addWidget(widget)
    column.addWidget(Paragraph("A paragraph that wraps, with the line height for reading. " * 3))
    column.addStretch(1)
    return column


def empty() -> Page:
    """A screen without anything in it yet, beside a PIN pad."""
    page = Page("Library", "Every photograph in this vault.")
    row = QHBoxLayout()
    row.addWidget(
        EmptyState(
            "images",
            "No photographs yet",
            "Those you take or import in a session stand here, newest first.",
            "Begin a session",
        ),
        1,
    )
    pad = PinPad("Staff PIN")
    pad.set_message("That was not the PIN. Two tries are left.")
    row.addWidget(pad)
    page.content.addLayout(row, 1)
    return page
