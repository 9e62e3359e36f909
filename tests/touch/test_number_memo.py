"""What the glass keeps in memory of a number that is gone: nothing that opens its page."""

import gc
from dataclasses import replace

import pytest

from kiosk.domain.ids import LanguageCode
from kiosk.settings.profiles import load_profile
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import Element
from kiosk.touch.samples import flow_of, sample

SECRET = "K7QX2M9D4TRB"
GELSENKIRCHEN = load_profile("gelsenkirchen")


@pytest.mark.parametrize("size", [(1280, 800), (800, 480), (720, 1280)])
@pytest.mark.parametrize("page", [0, 1, 2])
def test_no_memo_of_the_layout_keeps_the_code_of_a_page(size: tuple[int, int], page: int) -> None:
    setup = GlassSetup(
        GELSENKIRCHEN, Texts.load(), flow_of(GELSENKIRCHEN), Pane.of(*size), phone_pages=True
    )
    state = sample("number-linked", setup, LanguageCode("de"))
    assert state.shown
    shown = replace(state.shown, link=f"http://10.42.0.1:8080/t/{SECRET}")
    view = present(replace(state, shown=shown, page=page), setup)
    assert any(SECRET in element.code for element in view.elements) or page != 2
    del view
    gc.collect()
    kept = [each for each in gc.get_objects() if isinstance(each, Element) and SECRET in each.code]
    assert kept == []
