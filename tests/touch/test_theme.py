from dataclasses import replace
from itertools import combinations

import pytest

from kiosk.domain.colour import contrast
from kiosk.drawing.line_breaking import Letters, draw, typeset
from kiosk.touch.drawing.widgets.colours import tile_colours
from kiosk.touch.layout.theme import (
    BODY,
    CONTRAST,
    LIGHT,
    STRONG,
    USUAL_MM_PER_PX,
    Palette,
    Pane,
    Type,
    palette,
)
from kiosk.touch.layout.view import Element, Role, Slot, Style
from tests.norms.pixels import LEAST_H_MM, ink_height_px


@pytest.mark.parametrize("colours", [LIGHT, CONTRAST], ids=["light", "contrast"])
def test_every_pair_that_is_drawn_can_be_distinguished(colours: Palette) -> None:
    for text in (colours.ink, colours.muted, colours.action, *colours.groups.values()):
        assert contrast(text, colours.ground) >= 4.5
        assert contrast(text, colours.paper) >= 4.5
    assert contrast(colours.on_action, colours.action) >= 7
    assert contrast(colours.on_action, colours.action_pressed) >= 4.5
    assert contrast(colours.ink, colours.paper_pressed) >= 4.5
    for skin in colours.smileys:
        assert contrast(colours.smiley_ink, skin) >= 3


@pytest.mark.parametrize("colours", [LIGHT, CONTRAST], ids=["light", "contrast"])
@pytest.mark.parametrize("style", [Style.CARD, Style.OUTLINED], ids=["card", "outlined"])
def test_a_switch_that_is_on_is_filled(colours: Palette, style: Style) -> None:
    off = Element("switch", Role.BUTTON, style, Slot.SECOND, "Hilfe", state="off")
    on = replace(off, state="on")
    before, after = (tile_colours(each, colours) for each in (off, on))
    assert contrast(before.fill, after.fill) >= 7
    assert contrast(after.text, after.fill) >= 7
    assert contrast(after.icon, after.fill) >= 7
    assert tile_colours(on, colours, pressed=True) != after


def test_a_press_can_be_seen() -> None:
    for colours in (LIGHT, CONTRAST):
        assert contrast(colours.action, colours.action_pressed) >= 1.4
        assert contrast(colours.paper, colours.paper_pressed) >= 1.2


def test_groups_have_colours_of_their_own() -> None:
    for one, other in combinations(LIGHT.groups.values(), 2):
        assert one != other


def test_an_operator_brings_an_action_colour() -> None:
    own = palette("light", {"action": "#7A1F1F"})
    assert (own.action, own.group("action"), own.ink) == ("#7A1F1F", "#7A1F1F", LIGHT.ink)
    assert contrast(own.action, own.action_pressed) > 1.2
    assert palette("contrast", {"action": "#7A1F1F"}) == CONTRAST


def test_millimetres_are_never_rounded_down() -> None:
    pane = Pane.of(800, 480)
    assert pane.px(20) * pane.mm_per_px >= 20
    assert Pane.of(1280, 800).px(8.5) == 50
    assert Pane.of(1366, 768).mm_per_px == 0.170
    assert Pane.of(1280, 800, 0.2).mm_per_px == 0.2


@pytest.mark.parametrize("kind", [BODY, STRONG], ids=["body", "strong"])
@pytest.mark.parametrize("size", USUAL_MM_PER_PX)
def test_the_smallest_letters_are_read_from_half_a_metre(size: tuple[int, int], kind: Type) -> None:
    pane = Pane.of(*size)
    picture = draw(typeset("H", Letters(pane.em_px(kind), kind.bold), 500), "left")
    high_px = ink_height_px(picture, (0, 0, *picture.size))
    assert high_px * pane.mm_per_px >= LEAST_H_MM
