"""The first screen: the service and its stop, and what can be done here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.touch.arrange import SINGLE
from kiosk.touch.buttons import arrange_buttons
from kiosk.touch.script import Content, button
from kiosk.touch.theme import BODY, STRONG
from kiosk.touch.typeset import width_of
from kiosk.touch.view import Element, Place, Role, Style

if TYPE_CHECKING:
    from kiosk.touch.arrange import Arrangement, Room
    from kiosk.touch.script import Script


def start_screen(script: Script) -> Content:
    """One filled button, or one sentence instead of it, and up to three others."""
    state, notice = script.state, script.text("start.stand_in")
    titles = [] if _no_room_for_titles(script) else _titles(script)
    main = script.text("start.take_number") if state.offered else ""
    lead = None if state.offered else _no_numbers(script)
    note = notice if script.stage.stand_ins and not script.stage.pane.small else ""
    room = script.room(_free_px(script, titles, lead, note))
    seconds, arrangement = _fitting(script, room, main)
    elements = [*titles]
    if lead:
        elements.append(lead)
    if main:
        elements.append(button("start.number", Style.FILLED, Place.MAIN, main, "ticket"))
    elements += seconds
    if note:
        elements.append(Element("stand_in", Role.TEXT, Style.MUTED, Place.NOTE, note))
    return Content(tuple(elements), arrangement)


def _no_room_for_titles(script: Script) -> bool:
    """On a low pane the answer to everybody's question stands there instead."""
    pane = script.stage.pane
    return pane.small and not pane.upright and not script.state.offered


def _no_numbers(script: Script) -> Element:
    alone = _no_room_for_titles(script)
    style = Style.STRONG if script.stage.pane.small else Style.HEADING
    text = script.text("topics.used_up.say" if alone else "start.no_numbers")
    role = Role.HEADING if alone else Role.TEXT
    return Element("no_numbers", role, style, Place.LEAD, text)


def _titles(script: Script) -> list[Element]:
    stage, state = script.stage, script.state
    name = Element("service", Role.HEADING, Style.STRONG, Place.TOP, stage.profile.name)
    if stage.stand_ins and stage.pane.small:  # no room for both, and no bus stands there
        text = script.text("start.stand_in_short")
        return [name, Element("stand_in", Role.TEXT, Style.MUTED, Place.TOP, text)]
    if state.visit:
        stop = stage.profile.stop(state.visit.stop).name
        return [name, Element("stop", Role.TEXT, Style.MUTED, Place.TOP, stop)]
    return [name]


def _free_px(script: Script, titles: list[Element], lead: Element | None, note: str) -> int:
    """The height that is left for buttons."""
    pane = script.stage.pane
    kinds = [STRONG, BODY]
    widths = [
        width_of(title.text, script.room().letters(kind))
        for title, kind in zip(titles, kinds, strict=False)
    ]
    space_px = pane.px(0.35 * STRONG.em_mm) + 2
    if titles and sum(widths) + space_px * (len(titles) - 1) <= pane.inner_px:
        used_px = script.lines_px(titles[0].text, STRONG)
    else:
        used_px = sum(
            script.lines_px(title.text, kind) for title, kind in zip(titles, kinds, strict=False)
        )
    used_px += script.natural_px(lead) if lead else 0
    used_px += script.lines_px(note, BODY) if note else 0
    return script.height_px - used_px - 2 * pane.gap_px


def _fitting(script: Script, room: Room, main: str) -> tuple[list[Element], Arrangement]:
    """The other buttons with their full words, or with short ones where those do not fit."""
    for short in (False, True):
        seconds = _seconds(script, short=short)
        arrangement = arrange_buttons([second.text for second in seconds], room, main=main)
        if arrangement:
            return seconds, arrangement
    return seconds, SINGLE


def _seconds(script: Script, *, short: bool) -> list[Element]:
    def card(name: str, key: str, icon: str) -> Element:
        text = script.text(f"start.{key}_short" if short else f"start.{key}")
        say = script.text(f"start.{key}")
        return Element(f"start.{name}", Role.BUTTON, Style.CARD, Place.SECOND, text, say, icon)

    seconds = []
    if script.state.expected:
        seconds.append(card("appointment", "appointment", "calendar"))
    seconds.append(card("feedback", "give_feedback", "smiley"))
    if script.stage.profile.directory:
        seconds.append(card("offers", "offers", "pin"))
    return seconds
