"""The number: how many are ahead, how long it takes, what becomes of the slip."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.settings.texts.waits import people_ahead, range_of_wait
from kiosk.touch.content.context import Content
from kiosk.touch.flow.state import PaperState
from kiosk.touch.layout.tile_layouts import side_mm
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.touch.content.context import ScreenContext
    from kiosk.touch.flow.state import ShownNumber

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


def number_screen(context: ScreenContext) -> Content:
    """All of it on a large pane; on a small one what matters most, and the code a page on."""
    shown = context.state.shown
    if shown is None:
        return Content(())
    if context.state.page and shown.link:
        return Content(tuple(_page_on_the_phone(context, shown)))
    beside = [_code(context, shown, Slot.SIDE)] if has_code_beside(context) else []
    for elements in _variants(context, shown):
        if _fits(elements, context, beside=bool(beside)):
            break
    return Content((*elements, *beside))


def has_code_beside(context: ScreenContext) -> bool:
    """Whether the code of the ticket's page stands beside the number."""
    pane, shown = context.setup.pane, context.state.shown
    return bool(shown and shown.link and not pane.small and not pane.upright)


def _variants(context: ScreenContext, shown: ShownNumber) -> Iterator[list[Element]]:
    """Everything, then without what matters least; the number itself and its paper come first."""
    title = _text(_title(context), "heading", Style.BODY, Role.HEADING, Slot.TOP)
    number = Element(
        "number",
        Role.TEXT,
        Style.NUMBER,
        Slot.MAIN,
        shown.number,
        context.text("number.say", number=shown.number),
    )
    alone = [replace(number, role=Role.HEADING)]
    if context.practice:
        alone = [replace(title, text=context.text("practice.mark")), number]
    if shown.over:
        closed = _text(context.text("number.over"), "number.over", Style.STRONG)
        yield [title, number, closed]
        yield [*alone, closed]
        return
    slip, ahead = _slip(context, shown), _ahead(context, shown)
    expected, arrived = _appointment(context, shown)
    for wait in (_wait(context, shown, short=False), _wait(context, shown, short=True)):
        yield [title, number, *expected, *arrived, *ahead, *wait, *slip]
    yield [*alone, *expected, *arrived, *ahead, *wait, *slip]
    yield [*alone, *expected, *arrived, *ahead, *slip]
    yield [*alone, *expected, *arrived, *slip]
    yield [*alone, *arrived, *slip]
    yield [*alone, *(slip or arrived)]


def _title(context: ScreenContext) -> str:
    title = context.text("number.title")
    return f"{context.text('practice.mark')} · {title}" if context.practice else title


def _ahead(context: ScreenContext, shown: ShownNumber) -> list[Element]:
    if shown.punctuality in _NOBODY_AHEAD_TOLD:
        return []
    text = people_ahead(context.setup.texts, context.state.language, shown.ahead)
    return [_text(text, "number.ahead", Style.STRONG)]


def _wait(context: ScreenContext, shown: ShownNumber, *, short: bool) -> list[Element]:
    if shown.estimate_min is None or shown.punctuality in _NOBODY_AHEAD_TOLD:
        return []
    texts, language = context.setup.texts, context.state.language
    text = range_of_wait(texts, language, shown.estimate_min, short=short)
    return [_text(text, "number.wait", Style.MUTED)]


def _slip(context: ScreenContext, shown: ShownNumber) -> list[Element]:
    if shown.slip is PaperState.UNKNOWN and not _comes_on_paper(context):
        return []
    key = _OF_PAPER[shown.slip]
    style = Style.STRONG if key == _REMEMBER else Style.MUTED
    text = context.text(key, number=shown.number) if key == _REMEMBER else context.text(key)
    note = _text(text, "number.slip", style, slot=Slot.NOTE)
    return [note, _reprint(context)] if _can_print_again(context, shown) else [note]


def _comes_on_paper(context: ScreenContext) -> bool:
    return context.setup.printer and context.setup.profile.has("printer")


def _can_print_again(context: ScreenContext, shown: ShownNumber) -> bool:
    printable = context.setup.printer and context.state.printers_attended
    return printable and shown.slip is PaperState.FAILED


def _reprint(context: ScreenContext) -> Element:
    text, say = context.text("number.reprint"), context.text("number.reprint.say")
    return Element("reprint", Role.BUTTON, Style.OUTLINED, Slot.NOTE, text, say, "papers")


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


def _page_on_the_phone(context: ScreenContext, shown: ShownNumber) -> list[Element]:
    text = context.text("slip.page")
    if context.setup.pane.upright:
        return [_code(context, shown, Slot.MAIN), _text(text, "heading", Style.BODY, Role.HEADING)]
    return [_text(text, "heading", Style.BODY, Role.HEADING), _code(context, shown, Slot.SIDE)]


def _code(context: ScreenContext, shown: ShownNumber, slot: Slot) -> Element:
    text = context.text("number.page") if has_code_beside(context) else ""
    say = context.text("slip.page")
    return Element("number.code", Role.TEXT, Style.CODE, slot, text, say, code=shown.link)


def _text(
    text: str, name: str, style: Style, role: Role = Role.TEXT, slot: Slot = Slot.MAIN
) -> Element:
    return Element(name, role, style, slot, text)


def _fits(elements: list[Element], context: ScreenContext, *, beside: bool) -> bool:
    """Whether they stand below each other on this pane."""
    pane = context.setup.pane
    width_px = pane.inner_px - (pane.px(side_mm(pane)) + pane.gap_px if beside else 0)
    high_px = sum(context.natural_px(element, width_px) for element in elements)
    return high_px <= context.height_px
