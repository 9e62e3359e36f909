"""The first screen: the service and its stop, and what can be done here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.devices.stick_words import stick_words_on_glass
from kiosk.domain.refusal_reason import Reason
from kiosk.drawing.line_breaking import width_of
from kiosk.touch.content.context import Content, button
from kiosk.touch.content.messages import next_chance, next_chance_short
from kiosk.touch.flow.offered import nothing_offered
from kiosk.touch.layout.fit import SINGLE
from kiosk.touch.layout.main_buttons import arrange_buttons
from kiosk.touch.layout.theme import BODY, STRONG
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.touch.content.context import ScreenContext
    from kiosk.touch.layout.fit import Arrangement, Room


def start_screen(context: ScreenContext) -> Content:
    """One filled button, or one sentence instead of it, and up to three others."""
    main = context.text("start.take_number") if context.state.offered else ""
    note = _note(context)
    for above in _above(context):
        room = context.room(_free_px(context, above, note))
        seconds, arrangement = _fitting(context, room, main)
        if arrangement:
            break
    elements = [*above]
    if main:
        elements.append(button("start.number", Style.FILLED, Slot.MAIN, main, "ticket"))
    elements += seconds
    if note:
        elements.append(Element(_name_of_note(context), Role.TEXT, Style.MUTED, Slot.NOTE, note))
    return Content(tuple(elements), arrangement or SINGLE)


def _above(context: ScreenContext) -> Iterator[list[Element]]:
    """The titles; without numbers also why, at last one alone."""
    titles = _titles(context)
    if context.state.offered:
        yield titles
        yield [replace(_most_important(titles), role=Role.HEADING)]
        return
    why, short = _no_numbers(context)
    style = Style.STRONG if context.setup.pane.small else Style.HEADING
    lead = Element("no_numbers", Role.TEXT, style, Slot.LEAD, context.text(why))
    brief = replace(lead, text=context.text(short))
    if chance := next_chance(context):
        when = Element("next_visit", Role.TEXT, Style.BODY, Slot.LEAD, chance)
        yield [*titles, lead, when]
        yield [*titles, brief, when]
        yield [replace(brief, role=Role.HEADING), when]
        briefly = replace(when, text=next_chance_short(context))
        yield [*titles, brief, briefly]
        yield [replace(brief, role=Role.HEADING), briefly]
    yield [*titles, lead]
    yield [*titles, brief]
    yield [replace(brief, role=Role.HEADING)]


def _name_of_note(context: ScreenContext) -> str:
    if stick_words_on_glass(context.state.stick):
        return "stick"
    return "practice" if context.practice else "stand_in"


def _note(context: ScreenContext) -> str:
    """How the stick of staff is doing, in their German, or that this is practice, or no bus.

    A small pane has no room for a line more: some words stand in its title.
    """
    played, stick = context.setup.stand_ins, stick_words_on_glass(context.state.stick)
    if context.setup.pane.small:
        return ""
    if stick:
        return stick
    if context.practice:
        return context.text("start.practice")
    if played == "none":
        return ""
    return context.text("start.stand_in" if played == "all" else "start.some_missing")


def _no_numbers(context: ScreenContext) -> tuple[str, str]:
    """Why no number can be drawn: the text, and a shorter one."""
    reason = nothing_offered(context.setup.profile, context.state)
    if reason is Reason.BY_APPOINTMENT:
        return "start.by_appointment", "start.by_appointment"
    return "start.no_numbers", "topics.used_up.say"


def _most_important(titles: list[Element]) -> Element:
    """What stays where two lines have no room: that nothing here is real, else the name."""
    return next(
        (title for title in titles if title.id in {"stand_in", "stick", "practice"}), titles[0]
    )


def _titles(context: ScreenContext) -> list[Element]:
    setup, state = context.setup, context.state
    name = Element("service", Role.HEADING, Style.STRONG, Slot.TOP, setup.profile.name)
    stick = stick_words_on_glass(state.stick, short=True)
    if stick and setup.pane.small:
        return [name, Element("stick", Role.TEXT, Style.MUTED, Slot.TOP, stick)]
    if context.practice and setup.pane.small:
        return [
            name,
            Element("practice", Role.TEXT, Style.MUTED, Slot.TOP, context.text("practice.mark")),
        ]
    if setup.stand_ins == "all" and setup.pane.small:  # no room for both, and no bus stands there
        text = context.text("start.stand_in_short")
        return [name, Element("stand_in", Role.TEXT, Style.MUTED, Slot.TOP, text)]
    if state.visit:
        stop = setup.profile.stop(state.visit.stop).name
        return [name, Element("stop", Role.TEXT, Style.MUTED, Slot.TOP, stop)]
    return [name]


def _free_px(context: ScreenContext, above: list[Element], note: str) -> int:
    """The height that is left for buttons."""
    pane = context.setup.pane
    titles = [element for element in above if element.slot is Slot.TOP]
    heights = [context.natural_px(title) for title in titles]
    widths = [
        width_of(title.text, context.room().letters(kind))
        for title, kind in ((t, BODY if t.style is Style.MUTED else STRONG) for t in titles)
    ]
    space_px = pane.px(0.35 * STRONG.em_mm) + 2
    in_line = sum(widths) + space_px * (len(titles) - 1) <= pane.inner_px
    used_px = max(heights, default=0) if in_line else sum(heights)
    used_px += sum(context.natural_px(e) for e in above if e.slot is Slot.LEAD)
    used_px += context.lines_px(note, BODY) if note else 0
    return context.height_px - used_px - 2 * pane.gap_px


def _fitting(
    context: ScreenContext, room: Room, main: str
) -> tuple[list[Element], Arrangement | None]:
    """The other buttons with their full words, or with short ones where those do not fit."""
    for short in (False, True):
        seconds = _seconds(context, short=short)
        arrangement = arrange_buttons([second.text for second in seconds], room, main=main)
        if arrangement:
            break
    return seconds, arrangement


def _seconds(context: ScreenContext, *, short: bool) -> list[Element]:
    def card(name: str, key: str, icon: str) -> Element:
        text = context.text(f"start.{key}_short" if short else f"start.{key}")
        say = context.text(f"start.{key}")
        return Element(f"start.{name}", Role.BUTTON, Style.CARD, Slot.SECOND, text, say, icon)

    seconds = []
    if context.state.expected:
        seconds.append(card("appointment", "appointment", "calendar"))
    seconds.append(card("feedback", "give_feedback", "smiley"))
    if context.setup.profile.directory:
        seconds.append(card("offers", "offers", "pin"))
    return seconds
