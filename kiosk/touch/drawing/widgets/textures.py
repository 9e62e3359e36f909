"""Text and pictograms as textures: drawn by Pillow in the size at hand, coloured by the GPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kivy.graphics.texture import Texture
from PIL import Image

from kiosk.drawing import icons
from kiosk.drawing.emblem import emblem_picture
from kiosk.drawing.line_breaking import draw
from kiosk.drawing.qr_code import QUIET_MODULES, matrix
from kiosk.touch.drawing.widgets.lru_cache import BytesLruCache

if TYPE_CHECKING:
    from kiosk.drawing.line_breaking import Block


MOST_CACHED_BYTES = 4 * 1024 * 1024
"""Some three screens of 1280 x 800. All of a day would take 50 MiB."""

_BYTES_PER_PX = {"luminance_alpha": 2, "rgba": 4}


def _bytes_of(texture: Texture) -> int:
    return int(texture.width * texture.height * _BYTES_PER_PX[texture.colorfmt])


_cache: BytesLruCache[Texture] = BytesLruCache(MOST_CACHED_BYTES, _bytes_of)


def text_texture(block: Block, align: str) -> Texture:
    """The block with its rim (see `line_breaking.rim_px`)."""
    return _cache.get((block, align), lambda: _texture(draw(block, align)))


def icon_texture(
    name: str, size_px: int, *, ground: bool = False, right_to_left: bool = False
) -> Texture:
    """The lines of an icon, or the surface beneath them, `size_px` wide and high."""
    return _cache.get(
        (name, size_px, ground, right_to_left),
        lambda: _texture(icons.mask(name, size_px, ground=ground, right_to_left=right_to_left)),
    )


def surface_texture() -> Texture:
    """A full square: what a QR code lies on."""
    return _cache.get("surface", lambda: _texture(Image.new("L", (1, 1), 255)))


def code_texture(text: str, size_px: int) -> Texture:
    """The dark modules of a QR code in the middle of a square, each of whole pixels."""
    return _cache.get((text, size_px), lambda: _texture(_code_mask(text, size_px)))


def emblem_texture(svg: str, size_px: int, *, plate: bool) -> Texture:
    """The emblem in its own colours, in the middle of a square."""
    return _cache.get((svg, size_px, plate), lambda: _emblem(svg, size_px, plate=plate))


def _code_mask(text: str, size_px: int) -> Image.Image:
    code = matrix(text)
    pitch_px = max(1, size_px // (len(code) + 2 * QUIET_MODULES))
    rim_px = (size_px - pitch_px * len(code)) // 2
    picture = Image.new("L", (size_px, size_px), 0)
    for y, row in enumerate(code):
        for x, dark in enumerate(row):
            if dark:
                left, top = rim_px + x * pitch_px, rim_px + y * pitch_px
                picture.paste(255, (left, top, left + pitch_px, top + pitch_px))
    return picture


def _emblem(svg: str, size_px: int, *, plate: bool) -> Texture:
    return _uploaded(emblem_picture(svg, size_px, plate=plate), "rgba")


def _texture(mask: Image.Image) -> Texture:
    white = Image.new("L", mask.size, 255)
    return _uploaded(Image.merge("LA", (white, mask)), "luminance_alpha")


def _uploaded(picture: Image.Image, colorfmt: str) -> Texture:
    pixels = picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM).tobytes()
    texture = Texture.create(size=picture.size, colorfmt=colorfmt)
    texture.blit_buffer(pixels, colorfmt=colorfmt, bufferfmt="ubyte")
    texture.mag_filter = texture.min_filter = "nearest"
    return texture
