"""The bar at the bottom: what stays, and what ends a step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.content.number import has_code_beside
from kiosk.touch.flow.state import CODE_REFUSED, Screen
from kiosk.touch.layout.fit import BarItem, bar_widths
from kiosk.touch.layout.theme import TARGET_MM
from kiosk.touch.layout.view import Element, Place, Role, Style

if TYPE_CHECKING:
    from kiosk.touch.content.context import Script

_WITH_BACK = (
    Screen.LANGUAGE,
    Screen.GROUPS,
    Screen.TOPICS,
    Screen.QUESTION,
    Screen.CHECK,
    Screen.CODE,
    Screen.OFFERS,
    Screen.OFFER,
    Screen.SHEET,
    Screen.FEEDBACK,
    Screen.REFUSED,
)
_WITHOUT_BAR = (Screen.MOMENT, Screen.STILL_THERE)
_WITHOUT_LANGUAGE = (Screen.LANGUAGE, Screen.OFFER)


def bar(script: Script, *, more: bool) -> list[Element]:
    """Its buttons from where reading begins, as wide as they get; `more` leads to a next page."""
    if script.screen in _WITHOUT_BAR:
        return []
    match script.screen:
        case Screen.NUMBER:
            buttons = _of_number(script)
        case Screen.THANKS if script.state.passing:
            buttons = [_done(script)]
        case Screen.THANKS:
            say, text = script.text("thanks.undo.say"), script.text("thanks.undo")
            undo = _outlined("thanks.undo", Place.BAR_START, "undo", text, say)
            buttons = [undo, _done(script)]
        case Screen.SHEET:
            buttons = [_back(script), _done(script)]
        case Screen.REFUSED if script.state.reason in CODE_REFUSED and script.state.offered:
            text = script.text("start.take_number")
            number = _filled("refused.number", text, "ticket")
            buttons = [_back(script), _contrast(script, Place.BAR_END), number]
        case _:
            buttons = _usual(script, more=more)
    return _fitted(buttons, script)


def _usual(script: Script, *, more: bool) -> list[Element]:
    screen = script.screen
    buttons = [_back(script)] if screen in _WITH_BACK else []
    if screen is Screen.OFFER:
        return [*buttons, *_of_offer(script, more=more)]
    buttons.append(_contrast(script, Place.BAR_END))
    if more:
        buttons.append(_more(script))
    if screen not in _WITHOUT_LANGUAGE and not (more and script.stage.pane.upright):
        buttons.append(_language(script))
    return buttons


def _of_number(script: Script) -> list[Element]:
    state = script.state
    if state.page:
        return [_back(script), _done(script)]
    on_a_page = bool(state.shown and state.shown.link) and not has_code_beside(script)
    buttons = []
    if not on_a_page or not script.stage.pane.upright:  # that one is too narrow for three
        buttons.append(_contrast(script, Place.BAR_START))
    if on_a_page:
        text, say = script.text("number.phone"), script.text("slip.page")
        buttons.append(_outlined("more", Place.BAR_END, "phone", text, say))
    return [*buttons, _done(script)]


def _of_offer(script: Script, *, more: bool) -> list[Element]:
    """An upright pane has room for three targets: there the contrast is set before."""
    buttons = [] if script.stage.pane.upright else [_contrast(script, Place.BAR_END)]
    if more:
        buttons.append(_more(script))
    if script.stage.printer:
        buttons.append(_filled("offer.paper", script.text("offer.paper"), "papers"))
    return buttons


def _more(script: Script) -> Element:
    return _outlined("more", Place.BAR_END, "more", script.text("more"), script.text("more.say"))


def _back(script: Script) -> Element:
    return _outlined("back", Place.BAR_START, "back", script.text("bar.back"))


def _done(script: Script) -> Element:
    return _filled(f"{script.screen}.done", script.text("bar.done"))


def _contrast(script: Script, place: Place) -> Element:
    on = script.state.theme == "contrast"
    say = script.text("bar.contrast.say_on" if on else "bar.contrast.say_off")
    state = "on" if on else "off"
    return replace(_outlined("contrast", place, "contrast", "", say), state=state)


def _language(script: Script) -> Element:
    name = script.stage.texts.name(script.state.language)
    say = script.text("bar.language.say", language=name)
    text = name
    if script.state.screen in {Screen.START, Screen.CLOSED}:
        short = script.stage.pane.upright
        text = script.text("start.language_short" if short else "start.language")
    return _outlined("language", Place.BAR_END, "globe", text, say)


def _outlined(name: str, place: Place, icon: str, text: str, say: str = "") -> Element:
    return Element(name, Role.BUTTON, Style.OUTLINED, place, text, say or text, icon)


def _filled(name: str, text: str, icon: str = "") -> Element:
    return Element(name, Role.BUTTON, Style.FILLED, Place.BAR_END, text, text, icon)


def _fitted(buttons: list[Element], script: Script) -> list[Element]:
    """As wide as they get; where there is no room, pictures without words."""
    items = [BarItem(e.text, bool(e.icon), e.style is Style.FILLED) for e in buttons]
    widths = bar_widths(items, script.room())
    target_px = script.stage.pane.px(TARGET_MM)
    return [
        replace(element, width_px=width, text="" if element.icon and width <= target_px else text)
        for element, width in zip(buttons, widths, strict=True)
        for text in [element.text]
    ]
