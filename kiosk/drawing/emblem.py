"""Emblem: the operator's own picture, in its own colours."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from resvg_py import svg_to_bytes

_RIM = 0.08
"""Of the side: what a plate shows around the picture."""
_SMALLEST_PX = 112
"""Its side on the coarsest pane that has one, 10.1 inches of 1280 x 800."""


def emblem_picture(svg: str, size_px: int, *, plate: bool = False) -> Image.Image:
    """The whole picture in the middle of a square; on a white plate where the ground is dark."""
    side_px = round(size_px * (1 - 2 * _RIM)) if plate else size_px
    png = svg_to_bytes(svg_string=svg, width=side_px, height=side_px, skip_system_fonts=True)
    drawn = Image.open(BytesIO(png)).convert("RGBA")
    square = Image.new("RGBA", (size_px, size_px), "#FFFFFF" if plate else "#FFFFFF00")
    place = ((size_px - drawn.width) // 2, (size_px - drawn.height) // 2)
    square.alpha_composite(drawn, place)
    return square


def is_blank(svg: str) -> bool:
    """Whether nobody would see it: no shape lies in its `viewBox`, or none that fills a pixel."""
    return emblem_picture(svg, _SMALLEST_PX).getbbox() is None
