"""The bar at the bottom: what stays, and what ends a step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.refusal_reason import CODE_REFUSED, Reason
from kiosk.touch.content.number import has_code_beside
from kiosk.touch.flow.state import Screen
from kiosk.touch.layout.fit import BarItem, bar_widths
from kiosk.touch.layout.theme import TARGET_MM
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from kiosk.touch.content.context import ScreenContext

_WITH_BACK = (
    Screen.LANGUAGE,
    Screen.GROUPS,
    Screen.TOPICS,
    Screen.QUESTION,
    Screen.CHECK,
    Screen.BRING,
    Screen.CODE,
    Screen.OFFERS,
    Screen.OFFER,
    Screen.SHEET,
    Screen.FEEDBACK,
    Screen.REFUSED,
)
_WITHOUT_BAR = (Screen.MOMENT, Screen.STILL_THERE)
_WITHOUT_LANGUAGE = (Screen.LANGUAGE, Screen.OFFER)


def bar(context: ScreenContext, *, more: bool) -> list[Element]:
    """Its buttons from where reading begins, as wide as they get; `more` leads to a next page."""
    if context.screen in _WITHOUT_BAR:
        return []
    expected = context.state.expected
    match context.screen:
        case Screen.NUMBER:
            buttons = _of_number(context)
        case Screen.THANKS if context.state.passing:
            buttons = [_done(context)]
        case Screen.THANKS:
            say, text = context.text("thanks.undo.say"), context.text("thanks.undo")
            undo = _outlined("thanks.undo", Slot.BAR_START, "undo", text, say)
            buttons = [undo, _done(context)]
        case Screen.SHEET:
            buttons = [_back(context), _done(context)]
        case Screen.REFUSED if context.state.reason in CODE_REFUSED and context.state.offered:
            text = context.text("start.take_number")
            number = _filled("refused.number", text, "ticket")
            buttons = [_back(context), _contrast(context, Slot.BAR_END), number]
        case Screen.REFUSED if context.state.reason is Reason.BY_APPOINTMENT and expected:
            text = context.text("start.appointment_short")
            code = _filled("refused.appointment", text, "calendar")
            buttons = [_back(context), _contrast(context, Slot.BAR_END), code]
        case _:
            buttons = _usual(context, more=more)
    return _fitted(buttons, context)


def _usual(context: ScreenContext, *, more: bool) -> list[Element]:
    screen = context.screen
    buttons = [_back(context)] if screen in _WITH_BACK else []
    if screen is Screen.OFFER:
        return [*buttons, *_of_offer(context, more=more)]
    if screen is Screen.CHECK and _has_bring(context):
        return [*buttons, *_of_check(context)]
    buttons.append(_contrast(context, Slot.BAR_END))
    if more:
        buttons.append(_more(context))
    if screen not in _WITHOUT_LANGUAGE and not (more and context.setup.pane.upright):
        buttons.append(_language(context))
    return buttons


def _of_number(context: ScreenContext) -> list[Element]:
    state = context.state
    if state.page:
        return [_back(context), _done(context)]
    on_a_page = bool(state.shown and state.shown.link) and not has_code_beside(context)
    buttons = []
    if not on_a_page or not context.setup.pane.upright:  # that one is too narrow for three
        buttons.append(_contrast(context, Slot.BAR_START))
    if on_a_page:
        text, say = context.text("number.phone"), context.text("slip.page")
        buttons.append(_outlined("more", Slot.BAR_END, "phone", text, say))
    return [*buttons, _done(context)]


def _has_bring(context: ScreenContext) -> bool:
    return bool(context.setup.profile.topic(context.state.topic or "").bring)


def _of_check(context: ScreenContext) -> list[Element]:
    """What to bring is a button; a small pane has its words instead of what could be set before."""
    text, say = context.text("bring.button"), context.text("bring.title")
    bring = _outlined("bring", Slot.BAR_END, "papers", text, say)
    if context.setup.pane.upright:  # the word says more than its picture
        return [replace(bring, icon="") if context.setup.pane.small else bring]
    return [_contrast(context, Slot.BAR_END), _language(context), bring]


def _of_offer(context: ScreenContext, *, more: bool) -> list[Element]:
    """An upright pane has room for three targets: there the contrast is set before."""
    buttons = [] if context.setup.pane.upright else [_contrast(context, Slot.BAR_END)]
    if more:
        buttons.append(_more(context))
    if context.setup.printer:
        buttons.append(_filled("offer.paper", context.text("offer.paper"), "papers"))
    return buttons


def _more(context: ScreenContext) -> Element:
    return _outlined("more", Slot.BAR_END, "more", context.text("more"), context.text("more.say"))


def _back(context: ScreenContext) -> Element:
    return _outlined("back", Slot.BAR_START, "back", context.text("bar.back"))


def _done(context: ScreenContext) -> Element:
    return _filled(f"{context.screen}.done", context.text("bar.done"))


def _contrast(context: ScreenContext, slot: Slot) -> Element:
    on = context.state.theme == "contrast"
    say = context.text("bar.contrast.say_on" if on else "bar.contrast.say_off")
    state = "on" if on else "off"
    return replace(_outlined("contrast", slot, "contrast", "", say), state=state)


def _language(context: ScreenContext) -> Element:
    name = context.setup.texts.name(context.state.language)
    say = context.text("bar.language.say", language=name)
    text = name
    if context.state.screen in {Screen.START, Screen.CLOSED}:
        short = context.setup.pane.upright
        text = context.text("start.language_short" if short else "start.language")
    return _outlined("language", Slot.BAR_END, "globe", text, say)


def _outlined(name: str, slot: Slot, icon: str, text: str, say: str = "") -> Element:
    return Element(name, Role.BUTTON, Style.OUTLINED, slot, text, say or text, icon)


def _filled(name: str, text: str, icon: str = "") -> Element:
    return Element(name, Role.BUTTON, Style.FILLED, Slot.BAR_END, text, text, icon)


def _fitted(buttons: list[Element], context: ScreenContext) -> list[Element]:
    """As wide as they get; where there is no room, pictures without words."""
    items = [BarItem(e.text, bool(e.icon), e.style is Style.FILLED) for e in buttons]
    widths = bar_widths(items, context.room())
    target_px = context.setup.pane.px(TARGET_MM)
    return [
        replace(element, width_px=width, text="" if element.icon and width <= target_px else text)
        for element, width in zip(buttons, widths, strict=True)
        for text in [element.text]
    ]
