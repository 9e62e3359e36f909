"""Text of several lines in a tile that is hardly higher than they are."""

import pytest

from kiosk.drawing.line_breaking import draw, rim_px
from kiosk.touch.layout.fit import TIGHT, Arrangement
from kiosk.touch.layout.number_layout import number_layout
from kiosk.touch.layout.theme import LIGHT, OUTLINE_MM, STRONG, TARGET_MM, Pane
from kiosk.touch.layout.tile_composition import Look, TileContent, TileLayout, centred_ink, compose
from kiosk.touch.layout.view import Element, Role, Slot, Style


@pytest.mark.parametrize("size", [(1280, 800), (720, 1280)])
@pytest.mark.parametrize("text", ["Nummer zurückgeben", "Cum ajung aici", "Rückmeldung geben"])
def test_no_tail_lies_on_the_edge(size: tuple[int, int], text: str) -> None:
    pane = Pane.of(*size)
    look, layout, width_px = Look(pane, LIGHT), TileLayout(STRONG, TIGHT), 9 * pane.em_px(STRONG)
    natural = compose(TileContent(text, icon=True), look, [layout], (width_px, 0))
    assert natural.block
    assert len(natural.block.lines) > 1
    height_px = max(natural.height_px, pane.px(TARGET_MM))
    composed = compose(TileContent(text, icon=True), look, [layout], (width_px, height_px))
    box = centred_ink(composed, height_px, pane.px(OUTLINE_MM + 0.5))
    assert box
    assert composed.block
    ink = draw(composed.block, composed.align).getbbox()
    assert ink
    top_px = box.y - rim_px(composed.block) + ink[1]
    bottom_px = height_px - (box.y - rim_px(composed.block) + ink[3])
    assert min(top_px, bottom_px) >= pane.px(OUTLINE_MM)
    assert abs(top_px - bottom_px) <= 2


def test_a_text_with_room_stays_where_it_is() -> None:
    pane = Pane.of(1280, 800)
    tall = (pane.inner_px, pane.px(2 * TARGET_MM))
    composed = compose(TileContent("Nummer ziehen"), Look(pane, LIGHT), [TileLayout()], tall)
    assert centred_ink(composed, tall[1], pane.px(1.0)) == composed.text


@pytest.mark.parametrize(("height_mm", "air_mm"), [(110.0, 2.0), (0.0, 0.0)])
def test_buttons_of_several_lines_below_a_number_have_air_where_there_is_room(
    height_mm: float, air_mm: float
) -> None:
    pane, row = Pane.of(1280, 800), Arrangement(3, 1, TIGHT)
    look = Look(pane, LIGHT, right_to_left=True)
    number = Element("number.number", Role.TEXT, Style.NUMBER, Slot.NOTE, "A-017")
    buttons = [
        Element(f"number.{place}", Role.BUTTON, Style.CARD, Slot.SECOND, text, icon="check")
        for place, text in enumerate(["صعوبة مشي أو أطفال صغار", "ما يلزم", "إرجاع الرقم"])
    ]
    size_px = (pane.inner_px, pane.px(height_mm))
    layout = number_layout([number, *buttons], row, look, size_px)
    assert layout.fits == (height_mm > 0)
    content = TileContent(buttons[0].text, icon=True)
    natural = compose(content, look, [TileLayout(density=TIGHT)], (layout.boxes[1].width, 0))
    assert natural.height_px > pane.px(TARGET_MM)
    assert layout.boxes[1].height == natural.height_px + pane.px(air_mm)
