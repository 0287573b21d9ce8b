"""Lucide's outline icons, recoloured from the palette and crisp at every scale."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.paths import resources
from app.ui.design.theme import theme
from app.ui.design.tokens import Role

STROKE = "1.75"  # Lucide draws 2 at 24 px; at 20 px beside 13 px Inter that is too heavy
MIRRORED = {
    "chevron-left": "chevron-right",
    "chevron-right": "chevron-left",
    "arrow-left": "arrow-right",
    "arrow-right": "arrow-left",
    "undo-2": "redo-2",
    "redo-2": "undo-2",
}


@cache
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def _render(name: str, colour: str, size_px: int) -> QImage:
    svg = _source(name).replace("currentColor", colour)
    svg = svg.replace('stroke-width="2"', f'stroke-width="{STROKE}"', 1)
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return image


def directed(name: str, direction: Qt.LayoutDirection) -> str:
    """The icon's name, or that of its mirror image where text runs from right to left."""
    rtl = direction == Qt.LayoutDirection.RightToLeft
    return MIRRORED.get(name, name) if rtl else name


def draw_icon(painter: QPainter, name: str, colour: str, box: QRectF) -> None:
    """Draw an icon in "#RRGGBB" centred in a box, as large as the box's shorter side."""
    side = min(box.width(), box.height())
    ratio = painter.device().devicePixelRatio()
    image = _render(name, colour, max(1, round(side * ratio)))
    corner = box.center() - QPointF(side / 2, side / 2)
    snapped = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
    painter.drawImage(QRectF(snapped.x(), snapped.y(), side, side), image)


class _PaletteIcon(QIconEngine):
    """Draws in the colour that its role has at that moment, so a new theme needs no new icons."""

    def __init__(self, name: str, role: Role, checked: Role) -> None:
        super().__init__()
        self._name = name
        self._role = role
        self._checked = checked

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        palette = theme().palette
        if mode == QIcon.Mode.Disabled:
            return palette.outline
        return palette.hex(self._checked if state == QIcon.State.On else self._role)

    def clone(self) -> QIconEngine:
        return _PaletteIcon(self._name, self._role, self._checked)

    def paint(self, painter: QPainter, rect, mode, state) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        draw_icon(painter, self._name, self._colour(mode, state), QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        side = max(1, round(min(size.width(), size.height()) * scale))
        pixmap = QPixmap.fromImage(_render(self._name, self._colour(mode, state), side))
        pixmap.setDevicePixelRatio(scale)
        return pixmap


def icon(name: str, role: Role = Role.INK_2, *, checked: Role | None = None) -> QIcon:
    """An icon by Lucide's name in a palette colour; it follows the theme by itself.

    Args:
        name: A file in `resources/icons` without its ending.
        role: The colour.
        checked: The colour while its button is checked; the same when left out.

    Raises:
        FileNotFoundError: No such icon is bundled.
    """
    _source(name)
    return QIcon(_PaletteIcon(name, role, checked or role))


@cache
def app_icon() -> QIcon:
    """The program's mark for window, task bar and dock."""
    return QIcon(str(resources() / "icons" / "clinigraph.svg"))
