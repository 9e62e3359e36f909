"""Text and note of one button: no tail of a letter touches the line below."""

import pytest

from kiosk.drawing.line_breaking import free_of_ink_px
from kiosk.touch.layout.fit import SINGLE
from kiosk.touch.layout.theme import LIGHT, Pane
from kiosk.touch.layout.tile_composition import Look, TileContent, compose
from kiosk.touch.layout.tile_layouts import tile_layouts
from kiosk.touch.layout.view import Element, Role, Slot, Style

TEXTS = [("Nummer ziehen", "Jetzt A-016", "ltr"), ("سحب رقم", "الآن A-016", "rtl")]


@pytest.mark.parametrize(("text", "note", "direction"), TEXTS)
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_ink_of_text_and_note_stands_apart(
    text: str, note: str, direction: str, size: tuple[int, int]
) -> None:
    pane = Pane.of(*size)
    button = Element(
        "start.number", Role.BUTTON, Style.FILLED, Slot.MAIN, text, note=note, icon="ticket"
    )
    look = Look(pane, LIGHT, right_to_left=direction == "rtl")
    layouts = tile_layouts(button, pane, SINGLE)
    content = TileContent(text, icon=True, note=note)
    composed = compose(content, look, layouts, (pane.inner_px, pane.px(34)))
    assert composed.text
    assert composed.note
    assert composed.block
    assert composed.note_block
    ink_ends = composed.text.y + composed.text.height - free_of_ink_px(composed.block)[1]
    assert composed.note.y + free_of_ink_px(composed.note_block)[0] - ink_ends >= pane.px(0.9)
