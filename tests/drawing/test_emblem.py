"""The emblem keeps its colours and its shape, in the middle of its square."""

from kiosk.drawing.emblem import emblem_picture

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
