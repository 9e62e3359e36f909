"""The bar at the bottom: where it begins what leaves the screen, where it ends the helps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.domain.refusal_reason import CODE_REFUSED, Reason
from kiosk.touch.content.number_row import page_link
from kiosk.touch.flow import addresses
from kiosk.touch.flow.state import OF_OFFERS, Screen
from kiosk.touch.flow.timeouts import HOMES
from kiosk.touch.layout.bar_fit import BarItem, bar_widths, names_that_fit
from kiosk.touch.layout.theme import TARGET_MM
from kiosk.touch.layout.view import Element, Role, Slot, Style, helps_of

if TYPE_CHECKING:
    from kiosk.touch.content.context import ScreenContext

_WITHOUT_BAR = (Screen.MOMENT, Screen.STILL_THERE, Screen.UPDATING)
_FOR_LAST_PAGE = ("offer.paper", "thanks.undo")
_WITHOUT_BACK = (*HOMES, Screen.TROUBLE)


def bar(context: ScreenContext, *, more: bool) -> list[Element]:
    """Its buttons from where reading begins; `more` leads to a next page."""
    if context.screen in _WITHOUT_BAR:
        return []
    if context.screen in HOMES:
        return [*_names(context), *_helps(context)]
    buttons = _leaving(context)
    if more:
        text, say = context.text("more"), context.text("more.say")
        forward = _outlined("more", Slot.BAR_START, "more", text, say)
        buttons = [*_without_waiting(buttons, context), forward]
    return [*_fitted(buttons, context), *_helps(context)]


def _leaving(context: ScreenContext) -> list[Element]:
    """What leaves the screen, and what goes on from it."""
    state = context.state
    match context.screen:
        case Screen.NUMBER if state.warned or not state.page:
            text = context.text("bar.close" if state.warned else "bar.done")
            return [_filled("number.done", text), *_to_the_phone(context)]
        case Screen.SURVEY | Screen.THANKS | Screen.RETURNED:
            return _at_the_end(context)
        case Screen.REFUSED | Screen.BRING:
            return [_back(context), *_onward(context)]
        case screen if screen in OF_OFFERS:
            return _of_offers(context)
        case screen if screen not in _WITHOUT_BACK:
            return [_back(context)]
    return []


def _to_the_phone(context: ScreenContext) -> list[Element]:
    """The code of the network, and the page's where that does not stand beside the number."""
    if not page_link(context) or context.state.warned or context.state.returning:
        return []
    say = context.text("number.join", wifi=context.setup.profile.bus_wifi)
    return [_outlined("more", Slot.BAR_START, "phone", context.text("number.phone"), say)]


def _at_the_end(context: ScreenContext) -> list[Element]:
    done = _filled(f"{context.screen}.done", context.text("bar.done"))
    if context.state.feedback is not None:
        say, text = context.text("thanks.undo.say"), context.text("thanks.undo")
        return [done, _outlined("thanks.undo", Slot.BAR_START, "undo", text, say)]
    if context.screen is Screen.RETURNED and context.state.offered:
        text = context.text("start.take_number")
        return [done, _outlined("returned.number", Slot.BAR_START, "ticket", text)]
    return [done]


def _of_offers(context: ScreenContext) -> list[Element]:
    """First what leaves an address at once, for whoever is not to be seen with it; then the rest.

    A way back that leads to the first screen as well is left out.
    """
    state = context.state
    if context.screen is Screen.SHEET:
        return [_filled("sheet.done", context.text("bar.done")), _back(context)]
    buttons = [_outlined("close", Slot.BAR_START, "close", context.text("bar.close"))]
    if state.page or not addresses.is_first(context.setup.profile, state):
        buttons.append(_back(context))
    if context.screen is Screen.OFFER and context.setup.printer:
        buttons.append(_filled("offer.paper", context.text("offer.paper"), "papers"))
    return buttons


def _without_waiting(buttons: list[Element], context: ScreenContext) -> list[Element]:
    """On a small pane some wait for the last page: there is no room beside the way to it."""
    step_px = context.setup.pane.px(TARGET_MM) + context.setup.pane.gap_px
    if (len(buttons) + 1) * step_px - context.setup.pane.gap_px <= context.beginning().width_px:
        return buttons
    return [each for each in buttons if each.id not in _FOR_LAST_PAGE]


def _for_topic(context: ScreenContext) -> list[Element]:
    """The way to the addresses for the citizen's topic."""
    state = context.state
    if not state.topic or not addresses.offers(context.setup.profile, state):
        return []
    text, say = context.text("offers.title_short"), context.text("offers.title")
    return [_outlined("offers.topic", Slot.BAR_START, "pin", text, say)]


def _onward(context: ScreenContext) -> list[Element]:
    """What can be done instead of what was refused, or besides reading what to bring."""
    reason, state = context.state.reason, context.state
    if context.screen is Screen.BRING:
        return _for_topic(context)
    if reason in CODE_REFUSED and state.offered:
        return [_filled("refused.number", context.text("start.take_number"), "ticket")]
    if reason is Reason.BY_APPOINTMENT and state.expected:
        text = context.text("start.appointment_short")
        return [_filled("refused.appointment", text, "calendar")]
    return _for_topic(context)


def _names(context: ScreenContext) -> list[Element]:
    """German, then the other languages most used, in their own script; as many as have room.

    What is another way to write one of them stands on the sheet of all languages.
    """
    setup, language = context.setup, context.state.language
    offered = setup.profile.languages
    ordered = dict.fromkeys((GERMAN, *setup.used_languages, *offered))
    codes = [c for c in ordered if c in offered and c != language and "-" not in c]
    names = [setup.texts.name(code) for code in codes]
    widths = names_that_fit(names, context.beginning())
    return [
        replace(
            _outlined(f"language.{codes[place]}", Slot.BAR_START, "", names[place]),
            width_px=width,
        )
        for place, width in widths.items()
    ]


def _helps(context: ScreenContext) -> list[Element]:
    """Each at its own place, on every screen."""
    state, theme = context.state, context.state.theme
    shown = {}
    if len(context.setup.profile.languages) > 1:
        name = context.setup.texts.name(state.language)
        globe = _outlined(
            "language", Slot.BAR_END, "globe", "", context.text("bar.language.say", language=name)
        )
        open_ = context.screen is Screen.LANGUAGE
        shown["language"] = replace(globe, style=Style.FILLED) if open_ else globe
    if context.setup.flow.voices is not None:
        shown["listen"] = _help_switch(context, "listen", "ear", on=state.listening)
    shown["contrast"] = _help_switch(context, "contrast", "contrast", on=theme == "contrast")
    shown["text_size"] = _help_switch(context, "text_size", "text-size", on=state.large_text)
    return [shown[name] for name in helps_of(context.setup.pane) if name in shown]


def _help_switch(context: ScreenContext, name: str, icon: str, *, on: bool) -> Element:
    say = context.text(f"bar.{name}.say_on" if on else f"bar.{name}.say_off")
    element = _outlined(name, Slot.BAR_END, icon, "", say)
    return replace(element, state="on" if on else "off")


def _back(context: ScreenContext) -> Element:
    return _outlined("back", Slot.BAR_START, "back", context.text("bar.back"))


def _outlined(name: str, slot: Slot, icon: str, text: str, say: str = "") -> Element:
    return Element(name, Role.BUTTON, Style.OUTLINED, slot, text, say or text, icon)


def _filled(name: str, text: str, icon: str = "") -> Element:
    return Element(name, Role.BUTTON, Style.FILLED, Slot.BAR_START, text, text, icon)


def _fitted(buttons: list[Element], context: ScreenContext) -> list[Element]:
    """As wide as they get; where there is no room, pictures without words."""
    items = [
        BarItem(e.text, bool(e.icon), filled=e.style is Style.FILLED, lasting=e.id == "close")
        for e in buttons
    ]
    widths = bar_widths(items, context.beginning())
    target_px = context.setup.pane.px(TARGET_MM)
    return [
        replace(element, width_px=width, text="" if element.icon and width <= target_px else text)
        for element, width in zip(buttons, widths, strict=True)
        for text in [element.text]
    ]
