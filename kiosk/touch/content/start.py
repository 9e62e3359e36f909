"""The first screen: the service and its stop, and what can be done here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.drawing.line_breaking import width_of
from kiosk.touch.content.context import Content, button
from kiosk.touch.layout.fit import SINGLE
from kiosk.touch.layout.main_buttons import arrange_buttons
from kiosk.touch.layout.theme import BODY, STRONG
from kiosk.touch.layout.view import Element, Place, Role, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.touch.content.context import Script
    from kiosk.touch.layout.fit import Arrangement, Room


def start_screen(script: Script) -> Content:
    """One filled button, or one sentence instead of it, and up to three others."""
    main = script.text("start.take_number") if script.state.offered else ""
    note = _note(script)
    for above in _above(script):
        room = script.room(_free_px(script, above, note))
        seconds, arrangement = _fitting(script, room, main)
        if arrangement:
            break
    elements = [*above]
    if main:
        elements.append(button("start.number", Style.FILLED, Place.MAIN, main, "ticket"))
    elements += seconds
    if note:
        elements.append(Element("stand_in", Role.TEXT, Style.MUTED, Place.NOTE, note))
    return Content(tuple(elements), arrangement or SINGLE)


def _above(script: Script) -> Iterator[list[Element]]:
    """The titles; without numbers also the answer to everybody's question, at last one alone."""
    titles = _titles(script)
    if script.state.offered:
        yield titles
        yield [replace(_dearest(titles), role=Role.HEADING)]
        return
    why, short = _no_numbers(script)
    style = Style.STRONG if script.stage.pane.small else Style.HEADING
    lead = Element("no_numbers", Role.TEXT, style, Place.LEAD, script.text(why))
    yield [*titles, lead]
    yield [*titles, replace(lead, text=script.text(short))]
    yield [replace(lead, text=script.text(short), role=Role.HEADING)]


def _note(script: Script) -> str:
    """That this is no bus, or none that is complete; a small pane has no room for a line more."""
    played = script.stage.stand_ins
    if played == "none" or script.stage.pane.small:
        return ""
    return script.text("start.stand_in" if played == "all" else "start.some_missing")


def _no_numbers(script: Script) -> tuple[str, str]:
    """Why nobody can draw a number: the text, and a shorter one."""
    visit = script.state.visit
    if script.stage.profile.by_appointment and visit and not visit.intake:
        return "start.by_appointment", "start.by_appointment"
    return "start.no_numbers", "topics.used_up.say"


def _dearest(titles: list[Element]) -> Element:
    """What stays where two lines have no room: that nothing here is real, else the name."""
    return next((title for title in titles if title.id == "stand_in"), titles[0])


def _titles(script: Script) -> list[Element]:
    stage, state = script.stage, script.state
    name = Element("service", Role.HEADING, Style.STRONG, Place.TOP, stage.profile.name)
    if stage.stand_ins == "all" and stage.pane.small:  # no room for both, and no bus stands there
        text = script.text("start.stand_in_short")
        return [name, Element("stand_in", Role.TEXT, Style.MUTED, Place.TOP, text)]
    if state.visit:
        stop = stage.profile.stop(state.visit.stop).name
        return [name, Element("stop", Role.TEXT, Style.MUTED, Place.TOP, stop)]
    return [name]


def _free_px(script: Script, above: list[Element], note: str) -> int:
    """The height that is left for buttons."""
    pane = script.stage.pane
    titles = [element for element in above if element.place is Place.TOP]
    heights = [script.natural_px(title) for title in titles]
    widths = [
        width_of(title.text, script.room().letters(kind))
        for title, kind in ((t, BODY if t.style is Style.MUTED else STRONG) for t in titles)
    ]
    space_px = pane.px(0.35 * STRONG.em_mm) + 2
    in_line = sum(widths) + space_px * (len(titles) - 1) <= pane.inner_px
    used_px = max(heights, default=0) if in_line else sum(heights)
    used_px += sum(script.natural_px(e) for e in above if e.place is Place.LEAD)
    used_px += script.lines_px(note, BODY) if note else 0
    return script.height_px - used_px - 2 * pane.gap_px


def _fitting(script: Script, room: Room, main: str) -> tuple[list[Element], Arrangement | None]:
    """The other buttons with their full words, or with short ones where those do not fit."""
    for short in (False, True):
        seconds = _seconds(script, short=short)
        arrangement = arrange_buttons([second.text for second in seconds], room, main=main)
        if arrangement:
            break
    return seconds, arrangement


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
