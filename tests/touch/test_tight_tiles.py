"""Text of several lines in a tile that is hardly higher than they are."""

import pytest

from kiosk.drawing.line_breaking import draw, rim_px
from kiosk.touch.layout.fit import TIGHT
from kiosk.touch.layout.theme import LIGHT, OUTLINE_MM, STRONG, TARGET_MM, Pane
from kiosk.touch.layout.tile_composition import Look, TileContent, TileLayout, centred_ink, compose


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
