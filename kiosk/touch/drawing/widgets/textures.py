"""Text and pictograms as textures: drawn by Pillow in the size at hand, coloured by the GPU."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kivy.graphics.texture import Texture
from PIL import Image

from kiosk.drawing import icons
from kiosk.drawing.line_breaking import draw
from kiosk.drawing.qr_code import QUIET_MODULES, matrix

if TYPE_CHECKING:
    from kiosk.drawing.line_breaking import Block


@lru_cache(maxsize=256)
def text_texture(block: Block, align: str) -> Texture:
    """The block with its rim (see `line_breaking.rim_px`)."""
    return _texture(draw(block, align))


@lru_cache(maxsize=128)
def icon_texture(
    name: str, size_px: int, *, ground: bool = False, right_to_left: bool = False
) -> Texture:
    """The lines of an icon, or the surface beneath them, `size_px` wide and high."""
    return _texture(icons.mask(name, size_px, ground=ground, right_to_left=right_to_left))


@lru_cache(maxsize=8)
def code_texture(text: str, size_px: int) -> Texture:
    """The dark modules of a QR code in the middle of a square, each of whole pixels."""
    code = matrix(text)
    pitch_px = max(1, size_px // (len(code) + 2 * QUIET_MODULES))
    rim_px = (size_px - pitch_px * len(code)) // 2
    picture = Image.new("L", (size_px, size_px), 0)
    for y, row in enumerate(code):
        for x, dark in enumerate(row):
            if dark:
                left, top = rim_px + x * pitch_px, rim_px + y * pitch_px
                picture.paste(255, (left, top, left + pitch_px, top + pitch_px))
    return _texture(picture)


@lru_cache(maxsize=8)
def surface_texture(size_px: int) -> Texture:
    """A full square: what a QR code lies on."""
    return _texture(Image.new("L", (size_px, size_px), 255))


def _texture(mask: Image.Image) -> Texture:
    white = Image.new("L", mask.size, 255)
    pixels = Image.merge("LA", (white, mask)).transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes()
    texture = Texture.create(size=mask.size, colorfmt="luminance_alpha")
    texture.blit_buffer(pixels, colorfmt="luminance_alpha", bufferfmt="ubyte")
    texture.mag_filter = texture.min_filter = "nearest"
    return texture
