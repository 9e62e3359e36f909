"""A QR code says what it was given, on whatever it is drawn."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from kiosk.qr import LARGEST_MODULES, QUIET_MODULES, Matrix, QrTooLong, as_svg, matrix
from tests.slip.reading import codes_in

DOTS = 4
PAGE = "http://10.42.0.1/t/abc"
SVG = "{http://www.w3.org/2000/svg}"


def drawn(dark: list[tuple[int, int]], side: int) -> Image.Image:
    picture = Image.new("L", (side * DOTS, side * DOTS), 255)
    pen = ImageDraw.Draw(picture)
    for x, y in dark:
        pen.rectangle((x * DOTS, y * DOTS, (x + 1) * DOTS - 1, (y + 1) * DOTS - 1), 0)
    return picture


def with_quiet_zone(code: Matrix) -> Image.Image:
    dark = [(x, y) for y, row in enumerate(code) for x, is_dark in enumerate(row) if is_dark]
    moved = [(x + QUIET_MODULES, y + QUIET_MODULES) for x, y in dark]
    return drawn(moved, len(code) + 2 * QUIET_MODULES)


@settings(max_examples=30)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=60))
def test_any_text_can_be_read_back(text: str) -> None:
    assert codes_in(with_quiet_zone(matrix(text))) == [text]


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


def test_a_page_shows_the_same_code_with_its_quiet_zone() -> None:
    svg = ET.fromstring(as_svg(matrix(PAGE), 'Ihr "Platz" <b> & mehr'))  # noqa: S314 - ours
    path, side = svg.find(f"{SVG}path"), int(svg.attrib["viewBox"].split()[2])
    assert path is not None
    bars = re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", path.attrib["d"])
    dark = [(int(x) + i, int(y)) for x, y, length, _ in bars for i in range(int(length))]
    picture = drawn(dark, side)
    assert all(there == back for _, _, there, back in bars)
    assert codes_in(picture) == [PAGE]
    assert svg.findtext(f"{SVG}title") == 'Ihr "Platz" <b> & mehr'
    assert svg.attrib["role"] == "img"
