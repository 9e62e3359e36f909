"""The emblem keeps its colours and its shape, in the middle of its square."""

import pytest

from kiosk.drawing.emblem import emblem_picture, is_blank

TALL = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 40">'
    '<path d="M0 0H20V40H0Z" fill="#005916"/></svg>'
)
GREEN, NOTHING, WHITE = (0, 89, 22, 255), (255, 255, 255, 0), (255, 255, 255, 255)


def test_a_tall_picture_is_not_stretched() -> None:
    picture = emblem_picture(TALL, 80)
    assert picture.size == (80, 80)
    assert (picture.getpixel((40, 1)), picture.getpixel((40, 78))) == (GREEN, GREEN)
    assert (picture.getpixel((10, 40)), picture.getpixel((70, 40))) == (NOTHING, NOTHING)


def test_on_a_dark_ground_it_stands_on_a_white_plate() -> None:
    picture = emblem_picture(TALL, 100, plate=True)
    assert (picture.getpixel((50, 50)), picture.getpixel((50, 3))) == (GREEN, WHITE)
    assert picture.getpixel((2, 2)) == WHITE


@pytest.mark.parametrize(
    "svg",
    [
        TALL.replace("M0 0H20V40H0Z", "M0 0 20"),
        TALL.replace("M0 0H", "M90 90H").replace("H0Z", "H90Z").replace("V40", "V99"),
        TALL.replace("0 0 20 40", "0 0 100000 1"),
        TALL.replace("#005916", "none"),
    ],
    ids=["a broken path", "beside the viewBox", "finer than a pixel", "no colour"],
)
def test_a_picture_that_nobody_would_see_is_blank(svg: str) -> None:
    assert is_blank(svg)
    assert not is_blank(TALL)
