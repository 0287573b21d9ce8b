"""Makes the few images that a Qt style sheet can only take from files, once for each palette."""

from __future__ import annotations

from app.paths import resources
from app.ui.design.tokens import PALETTES, Palette

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" '
_STROKE = (
    'fill="none" stroke="{}" stroke-width="{}" stroke-linecap="round" stroke-linejoin="round">'
)


def theme_images(palette: Palette) -> dict[str, str]:
    """File name to SVG text."""

    def lines(path: str, colour: str, width: float) -> str:
        return f'{_HEAD}{_STROKE.format(colour, width)}<path d="{path}"/></svg>\n'

    return {
        "chevron-down.svg": lines("m6 9 6 6 6-6", palette.ink_2, 2),
        "chevron-down-faint.svg": lines("m6 9 6 6 6-6", palette.line, 2),
        "chevron-up.svg": lines("m18 15-6-6-6 6", palette.ink_2, 2),
        "check.svg": lines("M19 7 10 16.5 5.5 12", palette.on_accent, 3),
        "minus.svg": lines("M6 12h12", palette.on_accent, 3),
        "dot.svg": f'{_HEAD}><circle cx="12" cy="12" r="5" fill="{palette.on_accent}"/></svg>\n',
    }


def write_theme_images() -> None:
    """Write the images of all palettes to `resources/theme`."""
    for palette in PALETTES:
        folder = resources() / "theme" / palette.name
        folder.mkdir(exist_ok=True)
        for name, text in theme_images(palette).items():
            (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write_theme_images()
