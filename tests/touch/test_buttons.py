"""How a main button and others share a pane."""

import pytest

from kiosk.touch.layout.fit import Room
from kiosk.touch.layout.main_buttons import arrange_buttons
from kiosk.touch.layout.theme import Pane

SIZES = ((1280, 800), (800, 480), (720, 1280))


def _room(size: tuple[int, int], height_mm: float) -> Room:
    pane = Pane.of(*size)
    return Room(pane, pane.inner_px, pane.px(height_mm), right_to_left=False)


@pytest.mark.parametrize("size", SIZES)
def test_a_main_button_may_stand_alone(size: tuple[int, int]) -> None:
    assert arrange_buttons([], _room(size, 40), main="Nummer ziehen")


@pytest.mark.parametrize(("size", "height_mm"), [((1280, 800), 85), ((720, 1280), 110)])
def test_a_word_stays_whole_where_less_air_makes_room_for_it(
    size: tuple[int, int], height_mm: float
) -> None:
    labels = ["Rück\u00admeldung geben", "Adressen und Beratung"]
    shared = arrange_buttons(labels, _room(size, height_mm), main="Nummer ziehen")
    assert shared
    assert not shared.hyphenated


def test_others_stand_below_it_and_beside_it_where_there_is_no_room_below() -> None:
    labels = ["Mein Termin", "Adressen", "Meinung"]
    roomy = arrange_buttons(labels, _room((1280, 800), 85), main="Nummer ziehen")
    low = arrange_buttons(labels, _room((800, 480), 49), main="Nummer ziehen")
    assert (roomy and (roomy.columns, roomy.level)) == (3, False)
    assert (low and (low.columns, low.level)) == (2, True)
    assert arrange_buttons(labels, _room((800, 480), 20), main="Nummer ziehen") is None
