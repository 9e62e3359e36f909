"""The number, and what somebody who waits wants to know: how many are ahead, how long, where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.settings.texts.waits import people_ahead, range_of_wait
from kiosk.touch.content.context import Content
from kiosk.touch.flow.state import Slip
from kiosk.touch.layout.tile_layouts import side_mm
from kiosk.touch.layout.view import Element, Place, Role, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.touch.content.context import Script
    from kiosk.touch.flow.state import Shown

_EARLY = "early"
_REMEMBER = "number.remember"
_PRINTING = "number.printing"
_OF_PAPER = {
    Slip.UNKNOWN: _PRINTING,
    Slip.COMING: _PRINTING,
    Slip.PRINTED: "number.take_slip",
    Slip.FAILED: _REMEMBER,
    Slip.NEVER: _REMEMBER,
}


def number_screen(script: Script) -> Content:
    """All of it on a large pane; on a small one what matters most, and the code a page on."""
    shown = script.state.shown
    if shown is None:
        return Content(())
    if script.state.page and shown.link:
        return Content(tuple(_page_on_the_phone(script, shown)))
    beside = [_code(script, shown, Place.SIDE)] if has_code_beside(script) else []
    for elements in _ever_less(script, shown):
        if _fits(elements, script, beside=bool(beside)):
            break
    return Content((*elements, *beside))


def has_code_beside(script: Script) -> bool:
    """Whether the code of the ticket's page stands beside the number."""
    pane, shown = script.stage.pane, script.state.shown
    return bool(shown and shown.link and not pane.small and not pane.upright)


def _ever_less(script: Script, shown: Shown) -> Iterator[list[Element]]:
    """Everything, then without what matters least; the number itself and its paper come first."""
    title = _text(script.text("number.title"), "heading", Style.BODY, Role.HEADING, Place.TOP)
    number = Element(
        "number",
        Role.TEXT,
        Style.NUMBER,
        Place.MAIN,
        shown.number,
        script.text("number.say", number=shown.number),
    )
    alone = replace(number, role=Role.HEADING)
    if shown.over:
        closed = _text(script.text("number.over"), "number.over", Style.STRONG)
        yield [title, number, closed]
        yield [alone, closed]
        return
    slip, ahead = _slip(script, shown), _ahead(script, shown)
    expected, kept = _appointment(script, shown)
    for wait in (_wait(script, shown, short=False), _wait(script, shown, short=True)):
        yield [title, number, *expected, *kept, *ahead, *wait, *slip]
    yield [alone, *expected, *kept, *ahead, *wait, *slip]
    yield [alone, *expected, *kept, *ahead, *slip]
    yield [alone, *expected, *kept, *slip]
    yield [alone, *kept, *slip]
    yield [alone, *(slip or kept)]


def _ahead(script: Script, shown: Shown) -> list[Element]:
    if shown.punctuality == _EARLY:
        return []
    text = people_ahead(script.stage.texts, script.state.language, shown.ahead)
    return [_text(text, "number.ahead", Style.STRONG)]


def _wait(script: Script, shown: Shown, *, short: bool) -> list[Element]:
    if shown.estimate_min is None or shown.punctuality == _EARLY:
        return []
    texts, language = script.stage.texts, script.state.language
    text = range_of_wait(texts, language, shown.estimate_min, short=short)
    return [_text(text, "number.wait", Style.MUTED)]


def _slip(script: Script, shown: Shown) -> list[Element]:
    if shown.slip is Slip.UNKNOWN and not _comes_on_paper(script):
        return []
    key = _OF_PAPER[shown.slip]
    style = Style.STRONG if key == _REMEMBER else Style.MUTED
    text = script.text(key, number=shown.number) if key == _REMEMBER else script.text(key)
    told = _text(text, "number.slip", style, place=Place.NOTE)
    return [told, _reprint(script)] if _can_print_again(script, shown) else [told]


def _comes_on_paper(script: Script) -> bool:
    return script.stage.printer and script.stage.profile.has("printer")


def _can_print_again(script: Script, shown: Shown) -> bool:
    return script.stage.printer and shown.slip is Slip.FAILED


def _reprint(script: Script) -> Element:
    text, say = script.text("number.reprint"), script.text("number.reprint.say")
    return Element("reprint", Role.BUTTON, Style.OUTLINED, Place.NOTE, text, say, "papers")


def _appointment(script: Script, shown: Shown) -> tuple[list[Element], list[Element]]:
    """When somebody is expected, and how they keep it."""
    expected, kept = [], []
    if shown.appointment:
        text = script.text("number.appointment", time=shown.appointment)
        expected = [_text(text, "number.appointment", Style.MUTED)]
    if shown.punctuality:
        text = script.text(f"number.came.{shown.punctuality}")
        kept = [_text(text, "number.came", Style.STRONG)]
    return expected, kept


def _page_on_the_phone(script: Script, shown: Shown) -> list[Element]:
    text = script.text("slip.page")
    if script.stage.pane.upright:
        return [_code(script, shown, Place.MAIN), _text(text, "heading", Style.BODY, Role.HEADING)]
    return [_text(text, "heading", Style.BODY, Role.HEADING), _code(script, shown, Place.SIDE)]


def _code(script: Script, shown: Shown, place: Place) -> Element:
    text = script.text("number.page") if has_code_beside(script) else ""
    say = script.text("slip.page")
    return Element("number.code", Role.TEXT, Style.CODE, place, text, say, code=shown.link)


def _text(
    text: str, name: str, style: Style, role: Role = Role.TEXT, place: Place = Place.MAIN
) -> Element:
    return Element(name, role, style, place, text)


def _fits(elements: list[Element], script: Script, *, beside: bool) -> bool:
    """Whether they stand below each other on this pane."""
    pane = script.stage.pane
    width_px = pane.inner_px - (pane.px(side_mm(pane)) + pane.gap_px if beside else 0)
    high_px = sum(script.natural_px(element, width_px) for element in elements)
    return high_px <= script.height_px
