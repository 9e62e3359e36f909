"""Cuts a picture into the bands that go over the wire: few bytes, and none that a printer obeys."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHITE_ROWS = 4
"""From so many white rows on a band of its own is shorter than white dots."""
_DLE = 0x10
_OBEYED = (0x04, 0x05, 0x14)
"""EOT, ENQ and DC4: after a DLE they are obeyed at once, even in the middle of a picture."""
_ONE_MORE_DOT = 0x08


def bands(picture: Image.Image, most_rows: int, left_dots: int = 0) -> Iterator[Image.Image]:
    """From top to bottom, each as narrow as its ink; white ones are eight dots wide.

    `left_dots` move the picture to the right, in steps of eight.
    """
    left_dots -= left_dots % 8
    width = -(-(left_dots + picture.width) // 8) * 8
    sheet = Image.new("1", (width, picture.height), 1)
    sheet.paste(picture, (left_dots, 0))
    for top, bottom, white in _stretches(sheet):
        for begin in range(top, bottom, most_rows):
            end = min(begin + most_rows, bottom)
            yield blank(end - begin) if white else _narrow(sheet.crop((0, begin, width, end)))


def blank(rows: int) -> Image.Image:
    """White paper: a byte for each row moves it in every printer, whatever its units of feed."""
    return Image.new("1", (8, rows), 1)


def _stretches(sheet: Image.Image) -> Iterator[tuple[int, int, bool]]:
    """First row, row after the last, and whether all of it is white."""
    began = 0
    for row, white, length in _runs(sheet):
        if white and length >= _WHITE_ROWS:
            if row > began:
                yield began, row, False
            yield row, row + length, True
            began = row + length
    if began < sheet.height:
        yield began, sheet.height, False


def _runs(sheet: Image.Image) -> Iterator[tuple[int, bool, int]]:
    """Each run of rows alike: its first row, whether it is white, how many."""
    row_bytes = sheet.width // 8
    dots, white = sheet.tobytes(), b"\xff" * row_bytes
    rows = (dots[at : at + row_bytes] == white for at in range(0, len(dots), row_bytes))
    row = 0
    for is_white, run in groupby(rows):
        length = sum(1 for _ in run)
        yield row, is_white, length
        row += length


def _narrow(band: Image.Image) -> Image.Image:
    """Without the white on its right, and without what would be obeyed."""
    box = band.point(lambda dot: 255 - dot).getbbox()
    right = -(-box[2] // 8) * 8 if box else 8
    return _harmless(band.crop((0, 0, right, band.height)))


def _harmless(band: Image.Image) -> Image.Image:
    """One dot more beside another one, where the dots spell a command that works in real time.

    0x10 is a single dot in white, so it is never a part of a QR code.
    """
    dots = bytearray(band.tobytes())
    for at in range(1, len(dots)):
        if dots[at - 1] ^ 0xFF == _DLE and dots[at] ^ 0xFF in _OBEYED:
            dots[at] &= ~_ONE_MORE_DOT & 0xFF
    return Image.frombytes("1", band.size, bytes(dots))
