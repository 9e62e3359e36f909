"""Text and pictograms as textures: drawn by Pillow in the size at hand, coloured by the GPU."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kivy.graphics.texture import Texture
from PIL import Image

from kiosk import icons
from kiosk.touch.typeset import draw

if TYPE_CHECKING:
    from kiosk.touch.typeset import Block


@lru_cache(maxsize=256)
def text_texture(block: Block, align: str) -> Texture:
    """The block with its rim (see `typeset.rim_px`)."""
    return _texture(draw(block, align))


@lru_cache(maxsize=128)
def icon_texture(name: str, size_px: int, paints: tuple[str, ...], *, mirrored: bool) -> Texture:
    """The shapes of these paints, `size_px` wide and high."""
    return _texture(icons.mask(name, size_px, paints=paints, mirrored=mirrored))


def _texture(mask: Image.Image) -> Texture:
    white = Image.new("L", mask.size, 255)
    pixels = Image.merge("LA", (white, mask)).transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes()
    texture = Texture.create(size=mask.size, colorfmt="luminance_alpha")
    texture.blit_buffer(pixels, colorfmt="luminance_alpha", bufferfmt="ubyte")
    texture.mag_filter = texture.min_filter = "nearest"
    return texture
