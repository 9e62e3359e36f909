"""The first screen: the service and its stop, and what can be done here."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from kiosk.devices.stick_words import stick_words_on_glass
from kiosk.domain.refusal_reason import Reason
from kiosk.drawing.line_breaking import break_lines, height_of, width_of
from kiosk.settings.texts.waits import range_of_wait
from kiosk.touch.content.context import Content, brand, button, emblem_px
from kiosk.touch.content.messages import next_chance, next_chance_short
from kiosk.touch.flow.offered import nothing_offered
from kiosk.touch.layout.fit import SINGLE
from kiosk.touch.layout.main_buttons import arrange_buttons
from kiosk.touch.layout.theme import BODY, HEADING, STRONG
from kiosk.touch.layout.tile_layouts import main_density
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.touch.content.context import ScreenContext
    from kiosk.touch.layout.fit import Arrangement, Room


_MOST_LINES_OF_STOP = 2
"""Beside the names of bus and operator."""

_BETWEEN = " \N{MIDDLE DOT} "


def start_screen(context: ScreenContext) -> Content:
    """One filled button, or one sentence instead of it, and up to three others.

    Where that has no room the note is left out, as on every small pane.
    """
    main = context.text("start.take_number") if context.state.offered else ""
    note, moves = _note(context), _moves(context) if main else ""
    optional = ((note, "") if note else ("",), _above(context), (moves, "") if moves else ("",))
    for noted, above, told in product(*optional):
        free_px = _free_px(context, above, noted) - _told_px(context, told)
        seconds, arrangement = _fitting(context, context.room(free_px), main)
        if arrangement and not (told and arrangement.level):
            break
    elements = [*above]
    if main:
        take = button("start.number", Style.FILLED, Slot.MAIN, main, "ticket")
        say = ". ".join(filter(None, (main, *told.split(_BETWEEN))))
        elements.append(replace(take, note=told, say=say))
    elements += seconds
    if noted:
        elements.append(Element(_name_of_note(context), Role.TEXT, Style.MUTED, Slot.NOTE, noted))
    return Content(tuple(elements), arrangement or SINGLE)


def _moves(context: ScreenContext) -> str:
    """The number called last, and the usual wait; a small pane has no room for them."""
    queue, context_text = context.state.queue, context.text
    if context.setup.pane.small:
        return ""
    parts = [context_text("start.called", number=queue.called)] if queue.called else []
    if queue.wait_min:
        texts, language = context.setup.texts, context.state.language
        minutes = range_of_wait(texts, language, queue.wait_min, short=True)
        parts.append(context_text("start.wait", minutes=minutes))
    return _BETWEEN.join(parts)


def _told_px(context: ScreenContext, told: str) -> int:
    """The height that it takes below the words of the main button."""
    pane = context.setup.pane
    inside = main_density(pane)
    beside_px = pane.px(inside.icon_mm + inside.space_mm + 1.5 * inside.side_mm)
    letters = context.room().letters(BODY)
    return height_of(told, letters, pane.inner_px - beside_px) if told else 0


def _above(context: ScreenContext) -> Iterator[list[Element]]:
    """The titles; without numbers also why, at last one alone."""
    titles = _titles(context)
    mastheads = [*_mastheads(context)]
    if context.state.offered:
        yield from mastheads
        yield titles
        yield [replace(_most_important(titles), role=Role.HEADING)]
        return
    why, short = _no_numbers(context)
    style = Style.STRONG if context.setup.pane.small else Style.HEADING
    lead = Element("no_numbers", Role.TEXT, style, Slot.LEAD, context.text(why))
    brief = replace(lead, text=context.text(short))
    chance = next_chance(context)
    if not chance:
        yield from ([*masthead, lead] for masthead in mastheads)
    if chance:
        when = Element("next_visit", Role.TEXT, Style.BODY, Slot.LEAD, chance)
        yield from ([*masthead, lead, when] for masthead in mastheads)
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


def _mastheads(context: ScreenContext) -> Iterator[list[Element]]:
    """Whose bus this is, and where it stands until when; then without what has no room."""
    setup, state = context.setup, context.state
    if setup.pane.small or setup.pane.upright or state.visit is None:
        return
    *emblem, service, operator = brand(context)
    begin = [*emblem, replace(service, role=Role.HEADING), operator]
    name = setup.profile.stop(state.visit.stop).name
    stop = Element("stop", Role.TEXT, Style.STRONG, Slot.BRAND_END, name, left_to_right=True)
    letters = context.room().letters(STRONG)
    broken = break_lines(name, letters, _end_px(context))
    if broken.torn or len(broken.lines) > _MOST_LINES_OF_STOP:
        return
    if state.queue.ends:
        until = context.text("start.until", time=context.clock_time(state.queue.ends))
        if width_of(until, context.room().letters(BODY)) <= _end_px(context):
            yield [*begin, stop, Element("until", Role.TEXT, Style.MUTED, Slot.BRAND_END, until)]
    yield [*begin, stop]


def _end_px(context: ScreenContext) -> int:
    """The width that the names of bus and operator leave beside them."""
    *_, service, operator = brand(context)
    letters, pane = context.room().letters, context.setup.pane
    begin_px = max(width_of(service.text, letters(HEADING)), width_of(operator.text, letters(BODY)))
    return max(1, pane.inner_px - emblem_px(context) - begin_px - pane.gap_px - 2)


def _free_px(context: ScreenContext, above: list[Element], note: str) -> int:
    """The height that is left for buttons."""
    pane = context.setup.pane
    begin, end = (
        [element for element in above if element.slot is slot]
        for slot in (Slot.BRAND, Slot.BRAND_END)
    )
    end_px = sum(context.natural_px(each, _end_px(context)) for each in end)
    brand_px = max(sum(map(context.natural_px, begin)), end_px)
    titles = [element for element in above if element.slot is Slot.TOP]
    heights = [context.natural_px(title) for title in titles]
    widths = [
        width_of(title.text, context.room().letters(kind))
        for title, kind in ((t, BODY if t.style is Style.MUTED else STRONG) for t in titles)
    ]
    space_px = round(0.35 * pane.em_px(STRONG)) + 2
    in_line = sum(widths) + space_px * (len(titles) - 1) <= pane.inner_px
    used_px = brand_px + (max(heights, default=0) if in_line else sum(heights))
    used_px += sum(context.natural_px(e) for e in above if e.slot is Slot.LEAD)
    used_px += context.lines_px(note, BODY) if note else 0
    return context.height_px - used_px - 2 * pane.gap_px


def _fitting(
    context: ScreenContext, room: Room, main: str
) -> tuple[list[Element], Arrangement | None]:
    """The other buttons with their full words, or with short ones where those are divided."""
    found = None
    for short in (False, True):
        seconds = _seconds(context, short=short)
        arrangement = arrange_buttons([second.text for second in seconds], room, main=main)
        if arrangement and not arrangement.hyphenated:
            return seconds, arrangement
        found = found or (arrangement and (seconds, arrangement))
    return found or (seconds, None)


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
