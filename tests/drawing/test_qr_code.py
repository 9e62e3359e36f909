"""A QR code says what it was given, on whatever it is drawn."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from kiosk.drawing.qr_code import (
    LARGEST_MODULES,
    QUIET_MODULES,
    SCREEN_MASK,
    Matrix,
    QrTooLong,
    matrix,
)
from tests.drawing.paper.reading import codes_in

DOTS = 4


def with_quiet_zone(code: Matrix) -> Image.Image:
    side = (len(code) + 2 * QUIET_MODULES) * DOTS
    picture = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(picture)
    for row, modules in enumerate(code, start=QUIET_MODULES):
        for column, is_dark in enumerate(modules, start=QUIET_MODULES):
            if is_dark:
                x, y = column * DOTS, row * DOTS
                pen.rectangle((x, y, x + DOTS - 1, y + DOTS - 1), 0)
    return picture


@pytest.mark.parametrize("mask_pattern", [None, SCREEN_MASK])
@settings(max_examples=30)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=60))
def test_any_text_can_be_read_back(mask_pattern: int | None, text: str) -> None:
    assert codes_in(with_quiet_zone(matrix(text, mask_pattern=mask_pattern))) == [text]


def test_a_short_text_makes_the_smallest_code() -> None:
    assert len(matrix("A-017")) == 21
    assert len(matrix("x" * 500)) > 80


@pytest.mark.parametrize(("text", "most"), [("x" * 505, 85), ("x" * 2332, 177), ("ä" * 9999, 177)])
def test_a_text_that_is_too_long_is_refused_with_its_length(text: str, most: int) -> None:
    with pytest.raises(QrTooLong, match=rf"{len(text.encode())} bytes.*{most} modules.*shorten"):
        matrix(text, most)


def test_what_just_fits_is_not_refused() -> None:
    assert len(matrix("x" * 504, 85)) == 85
    assert len(matrix("x" * 2331)) == LARGEST_MODULES
