"""A code on the glass is read by another program than the one that made it, at any size."""

import pytest
from PIL import Image, ImageChops, ImageFilter

from kiosk.touch.drawing.widgets.pictures import CodePicture
from tests.drawing.paper.reading import codes_in

LINKS = [f"http://10.42.0.1:8080/t/{code}" for code in ("K7QX2M9D4TRB", "000000000000")]
LONG = "WIFI:T:WPA;S:" + "BuS-Bus der Stadt " * 12 + ";P:geheim;;"


def on_the_glass(text: str, size_px: int) -> Image.Image:
    """Dark modules are what the mask lets through."""
    return ImageChops.invert(CodePicture(text, size_px).draw())


@pytest.mark.parametrize("text", [*LINKS, LONG])
@pytest.mark.parametrize("size_px", [150, 189, 295, 450])
def test_a_phone_reads_it(text: str, size_px: int) -> None:
    assert codes_in(on_the_glass(text, size_px)) == [text]


@pytest.mark.parametrize("text", LINKS)
def test_a_phone_reads_it_out_of_focus_and_through_a_glare(text: str) -> None:
    seen = on_the_glass(text, 295).filter(ImageFilter.GaussianBlur(3))
    seen.paste(255, (140, 140, 170, 170))
    assert codes_in(seen) == [text]


def test_it_stands_in_the_middle_of_its_square() -> None:
    left, top, right, bottom = CodePicture(LINKS[0], 189).draw().getbbox() or (0, 0, 0, 0)
    assert abs(left - (189 - right)) <= 1
    assert (left, right) == (top, bottom)
