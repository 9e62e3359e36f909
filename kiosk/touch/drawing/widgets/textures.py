"""Textures of pictures: drawn by Pillow in the size at hand, coloured by the GPU.

What comes next is drawn ahead and kept packed, for it takes a twentieth of the room then. It is
found by what it shows: what has changed meanwhile is another picture, and drawn when it is needed.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

from kivy.graphics.texture import Texture
from PIL import Image

from kiosk.touch.drawing.widgets.lru_cache import BytesLruCache

if TYPE_CHECKING:
    from kiosk.touch.drawing.widgets.pictures import Picture


MOST_CACHED_BYTES = 4 * 1024 * 1024
"""Some three screens of 1280 x 800. All of a day would take 50 MiB."""

MOST_PACKED_BYTES = 4 * 1024 * 1024
"""More than a hundred screens of 1280 x 800."""

_NO_INK = 0, 0, 1, 1
"""What is taken of an empty picture."""

_BYTES_PER_PX = {"luminance_alpha": 2, "rgba": 4}


class InkTexture(NamedTuple):
    """A texture of what a picture has within its empty rims, `left_px` and `bottom_px` wide.

    Rims are room for accents and tails: more than half of a number's picture.
    """

    texture: Texture
    left_px: int
    bottom_px: int


class _Pixels(NamedTuple):
    """From the bottom to the top, as OpenGL has them: a mask, or RGBA; and the rims cut off."""

    size: tuple[int, int]
    data: bytes
    left_px: int
    bottom_px: int


def _bytes_of(ink: InkTexture) -> int:
    return int(ink.texture.width * ink.texture.height * _BYTES_PER_PX[ink.texture.colorfmt])


_cache: BytesLruCache[InkTexture] = BytesLruCache(MOST_CACHED_BYTES, _bytes_of)
_packed: BytesLruCache[_Pixels] = BytesLruCache(MOST_PACKED_BYTES, lambda each: len(each.data))


def texture_of(picture: Picture) -> InkTexture:
    """Of what was drawn ahead, or drawn now."""
    return _cache.get(picture, lambda: _texture(picture))


def prerender(picture: Picture) -> bool:
    """Draw a picture and keep it packed; says whether there was anything to do."""
    if picture in _packed:
        return False
    _packed.get(picture, lambda: _pack(_pixels(picture)))
    return True


def displaced_pictures() -> int:
    """How many of those drawn ahead have had to make room."""
    return _packed.displaced


def forget_textures() -> None:
    """Keep none but those on the window: numbers and codes of people who have gone among them."""
    _cache.clear()


def _texture(picture: Picture) -> InkTexture:
    packed = _packed.find(picture)
    ink = _unpack(packed) if packed else _pixels(picture)
    colorfmt = "rgba" if picture.coloured else "luminance_alpha"
    texture = Texture.create(size=ink.size, colorfmt=colorfmt)
    pixels = ink.data if picture.coloured else _white(ink.data)
    texture.blit_buffer(pixels, colorfmt=colorfmt, bufferfmt="ubyte")
    texture.mag_filter = texture.min_filter = "nearest"
    return InkTexture(texture, ink.left_px, ink.bottom_px)


def _pixels(picture: Picture) -> _Pixels:
    image = picture.draw()
    left, top, right, bottom = image.getbbox() or _NO_INK
    ink = image.crop((left, top, right, bottom)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    return _Pixels(ink.size, ink.tobytes(), left, image.height - bottom)


def _white(mask: bytes) -> bytes:
    """White of that coverage, two bytes a pixel: the GPU multiplies it with the colour."""
    pixels = bytearray(b"\xff") * (2 * len(mask))
    pixels[1::2] = mask
    return bytes(pixels)


def _pack(pixels: _Pixels) -> _Pixels:
    return pixels._replace(data=zlib.compress(pixels.data, 1))


def _unpack(packed: _Pixels) -> _Pixels:
    return packed._replace(data=zlib.decompress(packed.data))
