"""From a state to what is on the glass: the screen's content, and the bar below it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.touch.arrange import BarItem, bar_widths
from kiosk.touch.scenes import content
from kiosk.touch.script import Script, Stage
from kiosk.touch.state import Screen, State
from kiosk.touch.theme import TARGET_MM
from kiosk.touch.view import Element, Place, Role, Style, View

_WITH_BACK = (
    Screen.LANGUAGE,
    Screen.GROUPS,
    Screen.TOPICS,
    Screen.CHECK,
    Screen.FEEDBACK,
    Screen.REFUSED,
)
_WITH_DONE = (Screen.NUMBER, Screen.THANKS)


def present(state: State, stage: Stage) -> View:
    """The glass as it looks in this state."""
    script = Script(stage, state)
    shown = content(script)
    bar = _fitted(_bar(script), script)
    return View(
        screen=Screen.STILL_THERE if state.warned else state.screen,
        language=state.language,
        right_to_left=script.right_to_left,
        theme=state.theme,
        elements=(*shown.elements, *bar),
        arrangement=shown.arrangement,
    )


def _bar(script: Script) -> list[Element]:
    state = script.state
    if state.warned:
        return []
    bar = []
    if state.screen in _WITH_BACK:
        bar.append(_outlined("back", Place.BAR_START, "back", script.text("bar.back")))
    if state.screen is Screen.THANKS:
        say = script.text("thanks.undo.say")
        text = script.text("thanks.undo")
        bar.append(_outlined("thanks.undo", Place.BAR_START, "undo", text, say))
    if state.screen is Screen.NUMBER:
        bar.append(_contrast(script, Place.BAR_START))
    if state.screen in _WITH_DONE:
        text = script.text(f"{state.screen}.done")
        done = Element(f"{state.screen}.done", Role.BUTTON, Style.FILLED, Place.BAR_END, text)
        return [*bar, done]
    bar.append(_contrast(script, Place.BAR_END))
    if state.screen is not Screen.LANGUAGE:
        bar.append(_language(script))
    return bar


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


def _fitted(bar: list[Element], script: Script) -> list[Element]:
    """The bar's buttons as wide as they get; where there is no room, pictures without words."""
    items = [BarItem(e.text, bool(e.icon), e.style is Style.FILLED) for e in bar]
    widths = bar_widths(items, script.room()) if items else []
    target_px = script.stage.pane.px(TARGET_MM)
    return [
        replace(element, width_px=width, text="" if element.icon and width <= target_px else text)
        for element, width in zip(bar, widths, strict=True)
        for text in [element.text]
    ]
