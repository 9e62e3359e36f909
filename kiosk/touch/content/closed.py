"""The screen of a closed bus: whose it is, when and where it stands next, and its addresses."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from babel.dates import format_date, format_skeleton

from kiosk.devices.stick_words import stick_words_on_glass
from kiosk.domain.ids import GERMAN
from kiosk.drawing.line_breaking import width_of
from kiosk.settings.texts.locales import locale_of
from kiosk.touch.content.context import Content, brand, heading
from kiosk.touch.layout.fit import SINGLE, TIGHT
from kiosk.touch.layout.hyphenation import hyphenate
from kiosk.touch.layout.main_buttons import arrange_buttons
from kiosk.touch.layout.theme import BODY, HEADING, TARGET_MM
from kiosk.touch.layout.view import Element, Role, Slot, Style
from kiosk.touch.layout.visit_table_layout import VisitRow, arrange_visits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.domain.timetable import PlannedVisit
    from kiosk.touch.content.context import ScreenContext
    from kiosk.touch.layout.fit import Arrangement


def closed_screen(context: ScreenContext) -> Content:
    """The next visits, as many as there is room for; how the stick of staff is doing goes first."""
    stick = stick_words_on_glass(context.state.stick)
    planned = () if stick else context.state.next_visits
    foot, below = _addresses(context)
    found = next(_tables(context, planned, below), None)
    if found is None:
        text = stick or _next_or_unknown(context)
        return _with_text(context, text, foot, below)
    above, cells, table = found
    return Content((*above, *cells, *foot), _joined(table, below))


def _tables(
    context: ScreenContext, planned: tuple[PlannedVisit, ...], below: Arrangement | None
) -> Iterator[tuple[list[Element], list[Element], Arrangement]]:
    """What fits: all visits rather than the name of the bus, the fewest lines, then whole days."""
    for count, named in product(range(len(planned), 0, -1), (True, False)):
        above = _above(context, named=named, again=True)
        room = context.room(_free_px(context, above, below))
        written = [
            [_row(context, visit, brief=brief) for visit in planned[:count]]
            for brief in (False, True)
        ]
        tables = [(rows, table) for rows in written if (table := arrange_visits(rows, room))]
        for rows, table in sorted(tables, key=lambda found: sum(found[1].heights_px)):
            cells = [
                cell
                for place, visit in enumerate(planned[:count], start=1)
                for cell in _cells(context, place, visit, rows[place - 1])
            ]
            yield above, cells, table


def _with_text(
    context: ScreenContext, text: str, foot: list[Element], below: Arrangement | None
) -> Content:
    body = Element("text", Role.TEXT, Style.BODY, Slot.NOTE, text)
    for named, foot_arrangement in ((True, below), (False, below), (False, None)):
        above = _above(context, named=named, again=False)
        if context.natural_px(body) <= _free_px(context, above, foot_arrangement):
            break
    if foot_arrangement is None:
        return Content((*above, body))
    return Content((*above, body, *foot), _joined(SINGLE, below))


def _next_or_unknown(context: ScreenContext) -> str:
    """When alone, where a small pane has no room for a table; that nothing is known yet, else."""
    planned = context.state.next_visit
    if planned is None:
        return context.text("closed.text")
    language = context.state.language
    date = format_skeleton("MEd", planned.begins, locale=locale_of(language))
    return context.text("next_visit_short", date=date, time=context.clock_time(planned.begins))


def _above(context: ScreenContext, *, named: bool, again: bool) -> list[Element]:
    """Whose bus it is and that it is closed; only where the next visit is another day's, today."""
    state = context.state
    another_day = bool(state.next_visits) and not state.opens_today
    title = heading(context.text("closed.today" if another_day else "closed.title"))
    elements = [*brand(context), title] if named else [title]
    text = context.text("closed.again")
    room = context.room()
    widths_px = width_of(title.text, room.letters(HEADING)) + width_of(text, room.letters(BODY))
    if again and widths_px + context.setup.pane.gap_px + 2 <= context.setup.pane.inner_px:
        elements.append(Element("again", Role.TEXT, Style.MUTED, Slot.SIDE, text))
    return elements


def _free_px(context: ScreenContext, above: list[Element], below: Arrangement | None) -> int:
    """The height that is left between what stands above and the way to the addresses."""
    gap_px = context.setup.pane.gap_px
    names_px = sum(context.natural_px(e) for e in above if e.slot is Slot.BRAND)
    title_px = sum(context.natural_px(e) for e in above if e.slot is Slot.TOP)
    used_px = title_px + (names_px + gap_px if names_px else 0) + gap_px
    used_px += below.row_px + gap_px if below else gap_px
    return context.height_px - used_px


def _row(context: ScreenContext, visit: PlannedVisit, *, brief: bool) -> VisitRow:
    language = context.state.language
    locale = locale_of(language)
    weekday = format_date(visit.begins, "EEE", locale=locale).removesuffix(".")
    date = format_skeleton("Md" if brief else "MMMd", visit.begins, locale=locale)
    begins, ends = context.clock_time(visit.begins), context.clock_time(visit.ends)
    hours = context.text("sheet.hours", begins=begins, ends=ends)
    stop = hyphenate(context.setup.profile.stop(visit.stop).name, GERMAN)
    return VisitRow(f"{weekday} {date}", f"{begins}\N{EN DASH}{ends}" if brief else hours, stop)


def _cells(
    context: ScreenContext, place: int, visit: PlannedVisit, row: VisitRow
) -> Iterator[Element]:
    name, language = f"visit.{place}", context.state.language
    locale = locale_of(language)
    weekday = format_date(visit.begins, "EEEE", locale=locale)
    whole = f"{weekday}, {format_skeleton('MMMMd', visit.begins, locale=locale)}"
    hours = _row(context, visit, brief=False).hours
    yield Element(f"{name}.day", Role.TEXT, Style.STRONG, Slot.CELL, row.day, whole)
    yield Element(f"{name}.hours", Role.TEXT, Style.BODY, Slot.CELL, row.hours, hours)
    stop = Element(f"{name}.stop", Role.TEXT, Style.BODY, Slot.CELL, row.stop)
    yield replace(stop, left_to_right=True)


def _addresses(context: ScreenContext) -> tuple[list[Element], Arrangement | None]:
    """The way to the advice offers, on paper where a printer is; in words for one target's height.

    Without a directory there is none.
    """
    if not context.setup.profile.directory:
        return [], None
    whole = "closed.offers" if context.setup.printer else "start.offers"
    least_px = context.setup.pane.px(TARGET_MM)
    for text in (context.text(whole), context.text("start.offers_short")):
        found = arrange_buttons([text], context.room(least_px))
        if found:
            break
    found = found or replace(SINGLE, density=TIGHT, row_px=least_px)
    icon = "papers" if context.setup.printer else "pin"
    say = context.text(whole)
    card = Element("closed.offers", Role.BUTTON, Style.CARD, Slot.SECOND, text, say, icon)
    return [card], found


def _joined(table: Arrangement, below: Arrangement | None) -> Arrangement:
    """One arrangement for both: they share nothing but the columns, and a button has one."""
    if below is None:
        return table
    return replace(table, density=below.density, stacked=below.stacked, row_px=below.row_px)
