"""Draws slips and information sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.drawing.paper.strip import Strip, TextStyle

if TYPE_CHECKING:
    from PIL import Image

    from kiosk.drawing.paper.appointment_slip import AppointmentSlip
    from kiosk.drawing.paper.call_back_slip import CallBackSlip
    from kiosk.drawing.paper.sheet import SheetContent, SheetEntry
    from kiosk.drawing.paper.slip import SlipContent

WIDTH_PX = {58: 384, 80: 576}
"""Printable dots by paper width in millimetres."""

_SMALL = TextStyle(size_px=30, most_lines=3)
TEXT = TextStyle(size_px=34)
HINT = TextStyle(size_px=30, most_lines=6)
_BRING = TextStyle(size_px=30, bold=True)
TOPIC = TextStyle(size_px=40, bold=True, most_lines=3)
_DATE = TextStyle(size_px=34, bold=True)
_TIME = TextStyle(size_px=48, bold=True)
_NAME = TextStyle(size_px=34, bold=True, most_lines=4)
_ABOUT = TextStyle(size_px=30, most_lines=12)
_CONTACT = TextStyle(size_px=30, most_lines=12)
_ADDRESS = TextStyle(size_px=28, most_lines=12, at_signs=True)


def draw_slip(slip: SlipContent, width_px: int) -> Image.Image:
    """The picture of a slip, as high as its content needs.

    Raises the errors of `kiosk.drawing.fonts`, and `QrTooLong` for a link of some hundred letters.
    """
    strip = _begin(slip, width_px)
    strip.text(slip.date, _SMALL)
    strip.rule()
    strip.text(slip.heading, TEXT)
    strip.number(slip.number)
    strip.text(slip.group, TOPIC)
    strip.text(slip.ahead, TEXT)
    strip.text(slip.wait, TEXT)
    strip.rule()
    strip.text(slip.hint, HINT)
    _draw_bring(strip, slip.bring_heading, slip.bring)
    strip.code(slip.link or slip.number)
    strip.text(slip.code_hint, HINT)
    return strip.cut()


def draw_sheet(sheet: SheetContent, width_px: int) -> Image.Image:
    """The picture of an information sheet; raises the errors of `kiosk.drawing.fonts`."""
    strip = Strip(width_px, right_to_left=sheet.right_to_left)
    strip.text(sheet.giver, _SMALL)
    strip.text(sheet.title, TOPIC)
    for entry in sheet.entries:
        strip.rule()
        _draw_entry(strip, entry)
        if entry.card:
            strip.code(entry.card)
            strip.text(sheet.save_hint, HINT)
    return strip.cut()


def draw_appointment(slip: AppointmentSlip, width_px: int) -> Image.Image:
    """The picture of an appointment's slip; raises the errors of `kiosk.drawing.fonts`."""
    strip = _begin(slip, width_px)
    strip.rule()
    strip.text(slip.heading, TEXT)
    strip.text(slip.weekday, _DATE)
    strip.text(slip.date, _DATE)
    strip.text(slip.time, _TIME)
    strip.text(slip.topic, TEXT)
    _draw_bring(strip, slip.bring_heading, slip.bring)
    strip.rule()
    strip.text(slip.code_heading, TEXT)
    strip.number(slip.code_shown)
    strip.code(slip.code)
    strip.text(slip.hint, HINT)
    return strip.cut()


def draw_call_back(slip: CallBackSlip, width_px: int) -> Image.Image:
    """The picture of the slip of a call back; raises the errors of `kiosk.drawing.fonts`."""
    strip = _begin(slip, width_px)
    strip.text(slip.date, _SMALL)
    strip.rule()
    strip.text(slip.heading, TOPIC)
    strip.number(slip.number)
    strip.text(slip.group, TEXT)
    strip.rule()
    strip.text(slip.hint, HINT)
    return strip.cut()


def _begin(slip: SlipContent | AppointmentSlip | CallBackSlip, width_px: int) -> Strip:
    strip = Strip(width_px, right_to_left=slip.right_to_left)
    if slip.mark:
        strip.band(slip.mark)
    strip.text(slip.place, _SMALL)
    return strip


def _draw_bring(strip: Strip, heading: str, bring: str) -> None:
    if bring:
        strip.text(heading, _BRING)
        strip.text(bring, HINT)


def _draw_entry(strip: Strip, entry: SheetEntry) -> None:
    strip.row([entry.name], _NAME)
    strip.row([entry.about], _ABOUT)
    strip.row(entry.address, _CONTACT, "pin")
    strip.row(entry.hours, _CONTACT, "clock")
    strip.row([entry.phone], _CONTACT, "phone")
    strip.row([entry.email], _ADDRESS, "letter")
    strip.row([entry.website], _ADDRESS, "globe")
    strip.row([entry.languages], _CONTACT, "speech")
