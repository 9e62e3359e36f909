"""Icons: the SVG files of assets/icons, rendered to alpha masks that glass and paper colour."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image
from resvg_py import svg_to_bytes

from kiosk.domain.errors import Unknown
from kiosk.system.paths import ASSETS

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ASSETS / "icons"
_LINES = "#ground { display: none }"
_GROUND = "* { visibility: hidden } #ground, #ground * { visibility: visible }"


@cache
def names() -> tuple[str, ...]:
    """What ships with the program: the folder is listed once."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))


def mask(
    name: str, size_px: int, *, ground: bool = False, right_to_left: bool = False
) -> Image.Image:
    """Coverage, 0 to 255, of the icon's lines, or of the surface beneath them.

    An icon that points along the line of reading is turned round from right to left. Raises
    `Unknown`.
    """
    svg = _file(name).read_text(encoding="utf-8")
    png = svg_to_bytes(
        svg_string=svg,
        width=size_px,
        height=size_px,
        style_sheet=_GROUND if ground else _LINES,
        skip_system_fonts=True,
    )
    alpha = Image.open(BytesIO(png)).getchannel("A")
    if right_to_left and 'id="mirrored"' in svg:
        return alpha.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return alpha


@cache
def has_ground(name: str) -> bool:
    """Whether a surface lies beneath its lines. Raises `Unknown`."""
    return 'id="ground"' in _file(name).read_text(encoding="utf-8")


def _file(name: str) -> Path:
    if name not in names():
        raise Unknown("pictogram", name, names())
    return FOLDER / f"{name}.svg"
