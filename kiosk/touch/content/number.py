"""The number: how many are ahead, what happens next, what becomes of the slip."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.settings.phone_pages import wifi_code
from kiosk.settings.texts.waits import people_ahead, range_of_wait
from kiosk.touch.content.context import Content
from kiosk.touch.content.number_row import can_print_again, has_column, page_link, row
from kiosk.touch.flow.state import PaperState
from kiosk.touch.layout.fit import SINGLE
from kiosk.touch.layout.number_layout import number_layout
from kiosk.touch.layout.theme import LIGHT
from kiosk.touch.layout.tile_composition import Look
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.touch.content.context import ScreenContext
    from kiosk.touch.flow.state import ShownNumber
    from kiosk.touch.layout.fit import Arrangement

_WORDED = 2
"""Of all that can be told, so many variants stand above buttons with words."""

_WORDED_IN_LARGE_TEXT = 3
_SIZES_IN_LARGE_TEXT = 3
"""Of the number, before words of buttons give way: 30 mm on 10.1"."""

_SIZES_WITH_AHEAD = 2
"""Of the number, before how many are ahead gives way: 36 mm."""

_NOBODY_AHEAD_TOLD = ("early", "called")
_REMEMBER = "number.remember"
_PRINTING = "number.printing"
_OF_PAPER = {
    PaperState.UNKNOWN: _PRINTING,
    PaperState.COMING: _PRINTING,
    PaperState.PRINTED: "number.take_slip",
    PaperState.FAILED: _REMEMBER,
    PaperState.NEVER: _REMEMBER,
}
_TO_REMEMBER = tuple(state for state, key in _OF_PAPER.items() if key == _REMEMBER)


def number_screen(context: ScreenContext) -> Content:
    """As much as the pane holds: what matters least gives way first, then the words of buttons.

    Where even that is too much, the number itself gets smaller.
    """
    shown = context.state.shown
    if shown is None:
        return Content(())
    if context.state.page and not context.state.warned and page_link(context):
        return _on_the_phone(context)
    beside = [_code(context, Slot.SIDE)] if has_code_beside(context) else []
    look = Look(context.setup.pane, LIGHT, context.right_to_left)
    elements: tuple[Element, ...] = ()
    arrangement, size_px = SINGLE, (look.pane.inner_px, context.height_px)
    for size, texts, (tiles, arrangement) in _in_order(context, shown):
        elements = (*texts, *beside, *tiles)
        if number_layout(elements, arrangement, look, size_px, [size]).fits:
            break
    return Content(elements, arrangement)


def _in_order(
    context: ScreenContext, shown: ShownNumber
) -> Iterator[tuple[int, list[Element], tuple[list[Element], Arrangement]]]:
    """The size of the number, what is told, and the buttons: what is to be tried first comes first.

    What is told goes before the words of buttons, but for the longest sentences. Rather than leave
    out how many are ahead, the number gets a little smaller. Large text keeps the words of buttons
    for whoever asked for it: there it gets smaller still.
    """
    *worded, pictures = row(context, shown)
    texts, sizes = [*_variants(context, shown)], range(len(context.setup.pane.numbers))
    most = _WORDED_IN_LARGE_TEXT if context.setup.pane.large_text else _WORDED
    with_words = [(each, buttons) for buttons in worded for each in texts[:most]]
    with_pictures = [(each, pictures) for each in texts]
    if context.setup.pane.large_text:
        yield from ((size, *each) for each in with_words for size in sizes[:_SIZES_IN_LARGE_TEXT])
        with_words = []
    found = (*with_words, *with_pictures)
    with_ahead = [each for each in found if any(one.id == "number.ahead" for one in each[0])]
    yield from ((size, *each) for size in sizes[:_SIZES_WITH_AHEAD] for each in with_ahead)
    yield from ((size, *each) for size in sizes for each in found)


def has_code_beside(context: ScreenContext) -> bool:
    """Whether the code of the ticket's page stands beside the number."""
    pane = context.setup.pane
    crowded = pane.small or pane.upright or pane.large_text or has_column(context)
    return bool(page_link(context)) and not crowded


def _variants(context: ScreenContext, shown: ShownNumber) -> Iterator[list[Element]]:
    """Everything, then without what matters least; the number itself and its paper come first."""
    say = context.text("number.say", number=shown.number)
    number = Element("number", Role.HEADING, Style.NUMBER, Slot.MAIN, shown.number, say)
    top = [number]
    if context.practice:
        mark = _text(context.text("practice.mark"), "heading", Style.BODY, Role.HEADING, Slot.TOP)
        top = [mark, replace(number, role=Role.TEXT)]
    if shown.over:
        yield [*top, _text(context.text("number.over"), "number.over", Style.STRONG)]
        return
    slip, ahead, wait = _slip(context, shown), _ahead(context, shown), _wait(context, shown)
    expected, arrived = _appointment(context, shown)
    next_, brief = _next(context, "number.next"), _next(context, "number.next_short")
    if asked := _asked(context, shown):
        yield [*top, *expected, *arrived, *ahead, *wait, *asked]
        yield [*top, *asked]
        yield [*top, *asked[:1]]
        return
    for sentence in (next_, brief):
        yield [*top, *expected, *arrived, *ahead, *wait, *sentence, *slip]
    yield [*top, *expected, *arrived, *ahead, *wait, *(slip or brief)]
    yield [*top, *expected, *arrived, *ahead, *(slip or brief)]
    yield [*top, *expected, *arrived, *slip]
    yield [*top, *arrived, *slip]
    least = slip if shown.slip in _TO_REMEMBER else arrived or slip
    yield [*top, *least]
    yield [number, *least]


def _asked(context: ScreenContext, shown: ShownNumber) -> list[Element]:
    """What is asked above the lower row, in place of what was told before."""
    if context.state.returning:
        text = context.text("number.return.title", number=shown.number)
        return [_text(text, "number.return.title", Style.STRONG)]
    if not context.state.warned:
        return []
    close, valid = context.text("number.close"), context.text("number.valid")
    return [
        _text(valid, "number.valid", Style.STRONG),
        _text(close, "number.close", Style.BODY),
    ]


def _next(context: ScreenContext, key: str) -> list[Element]:
    shown = context.state.shown
    if shown and shown.punctuality in _NOBODY_AHEAD_TOLD:
        return []
    return [_text(context.text(key), "number.next", Style.STRONG)]


def _ahead(context: ScreenContext, shown: ShownNumber) -> list[Element]:
    if shown.punctuality in _NOBODY_AHEAD_TOLD:
        return []
    text = people_ahead(context.setup.texts, context.state.language, shown.ahead, short=True)
    return [_text(text, "number.ahead", Style.STRONG)]


def _wait(context: ScreenContext, shown: ShownNumber) -> list[Element]:
    """The range, in one line with who is ahead if there is room."""
    if shown.estimate_min is None or shown.punctuality in _NOBODY_AHEAD_TOLD:
        return []
    texts, language = context.setup.texts, context.state.language
    text = range_of_wait(texts, language, shown.estimate_min, short=True)
    return [_text(text, "number.wait", Style.MUTED, slot=Slot.LEAD)]


def _slip(context: ScreenContext, shown: ShownNumber) -> list[Element]:
    printed = context.setup.printer and context.setup.profile.has("printer")
    if shown.slip is PaperState.UNKNOWN and not printed:
        return []
    key = _OF_PAPER[shown.slip]
    style = Style.STRONG if key == _REMEMBER else Style.BODY
    text = context.text(key, number=shown.number) if key == _REMEMBER else context.text(key)
    icon = "printer" if can_print_again(context, shown) or key != _REMEMBER else ""
    return [replace(_text(text, "number.slip", style, slot=Slot.NOTE), icon=icon)]


def _appointment(context: ScreenContext, shown: ShownNumber) -> tuple[list[Element], list[Element]]:
    """Time of the appointment, and how to keep it."""
    expected, arrived = [], []
    if shown.appointment:
        text = context.text("number.appointment", time=shown.appointment)
        expected = [_text(text, "number.appointment", Style.MUTED)]
    if shown.punctuality:
        text = context.text(f"number.came.{shown.punctuality}")
        arrived = [_text(text, "number.came", Style.STRONG)]
    return expected, arrived


def _on_the_phone(context: ScreenContext) -> Content:
    """A code with which a phone joins the network; then the page's, unless the number has it."""
    profile = context.setup.profile
    joins = context.state.page == 1
    text = context.text("number.join", wifi=profile.bus_wifi) if joins else _how_to_scan(context)
    title = _text(text, "heading", Style.BODY, Role.HEADING)
    slot = Slot.MAIN if context.setup.pane.upright else Slot.SIDE
    code = _code(context, slot)
    if joins:
        code = replace(code, id="number.wifi", say=text, code=wifi_code(profile))
    code = replace(code, text="")
    upright = context.setup.pane.upright
    return Content(
        (code, title) if upright else (title, code), more=joins and not has_code_beside(context)
    )


def _code(context: ScreenContext, slot: Slot) -> Element:
    text = _how_to_scan(context) if has_code_beside(context) else ""
    say, link = _how_to_scan(context), page_link(context)
    return Element("number.code", Role.TEXT, Style.CODE, slot, text, say, code=link)


def _how_to_scan(context: ScreenContext) -> str:
    """The network by its name: first join it, then scan."""
    return context.text("number.page_wifi", wifi=context.setup.profile.bus_wifi)


def _text(
    text: str, name: str, style: Style, role: Role = Role.TEXT, slot: Slot = Slot.MAIN
) -> Element:
    return Element(name, role, style, slot, text)
