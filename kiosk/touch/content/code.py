"""The number pad for the code of an appointment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.appointment_code import GROUP_DIGITS, MOST_DIGITS, digit_groups
from kiosk.drawing.line_breaking import width_of
from kiosk.touch.content.context import Content, heading, spoken_heading
from kiosk.touch.layout.fit import Arrangement
from kiosk.touch.layout.theme import HEADING, TYPED
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from kiosk.touch.content.context import ScreenContext

_TOGETHER = "\u00a0"
_CURSOR = "_"


def code_screen(context: ScreenContext) -> Content:
    """Digits as on a telephone, or in two rows where a pane is too low for four."""
    pane = context.setup.pane
    low = pane.small and not pane.upright
    order = "12345<67890>" if low else "123456789<0>"
    keys = tuple(_key(context, sign) for sign in order)
    arrangement = Arrangement(6, 2) if low else Arrangement(3, 4)
    title = context.text("code.title_short" if pane.small else "code.title")
    if pane.small and (pane.upright or not _fits_beside_digits(context, title)):
        # the line of the digits says what they are
        return Content((spoken_heading(title), _typed(context, title), *keys), arrangement)
    return Content((heading(title), _typed(context), *keys), arrangement)


def _fits_beside_digits(context: ScreenContext, title: str) -> bool:
    """Whether the longest code has room in the line of the heading."""
    room = context.room()
    digits = _TOGETHER.join((*digit_groups("0" * MOST_DIGITS), _CURSOR))
    used_px = width_of(title, room.letters(HEADING)) + width_of(digits, room.letters(TYPED[-1]))
    return used_px + 2 * room.pane.gap_px + 2 <= room.width_px


def _typed(context: ScreenContext, asked: str = "") -> Element:
    typed = context.state.typed
    groups = digit_groups(typed)
    open_group = not typed or len(groups[-1]) < GROUP_DIGITS
    shown = _TOGETHER.join(groups) + ("" if open_group else _TOGETHER) + _CURSOR
    if asked and not typed:
        shown = asked.replace(" ", _TOGETHER)  # one line, as the digits are
    say = " ".join(typed) if typed else context.text("code.empty.say")
    return Element("code.typed", Role.TEXT, Style.TYPED, Slot.MAIN, shown, say)


def _key(context: ScreenContext, sign: str) -> Element:
    if sign == "<":
        say = context.text("code.delete.say")
        return Element("code.delete", Role.BUTTON, Style.OUTLINED, Slot.KEY, say=say, icon="delete")
    if sign == ">":
        text = context.text("code.ok")
        say = context.text("code.ok.say")
        return Element("code.ok", Role.BUTTON, Style.FILLED, Slot.KEY, text, say)
    return Element(f"code.{sign}", Role.BUTTON, Style.CARD, Slot.KEY, sign)
