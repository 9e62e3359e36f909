"""Draws slips and information sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.slip.paper import Paper
from kiosk.slip.wrap import Style

if TYPE_CHECKING:
    from PIL import Image

    from kiosk.slip.appointment import AppointmentSlip
    from kiosk.slip.sheet import Entry, Sheet
    from kiosk.slip.slip import Slip
    from kiosk.slip.wrap import Direction

WIDTH_PX = {58: 384, 80: 576}
"""Printable dots by paper width in millimetres."""

_SMALL = Style(size_px=30, most_lines=3)
_TEXT = Style(size_px=34)
_HINT = Style(size_px=30, most_lines=6)
_TOPIC = Style(size_px=40, bold=True, most_lines=3)
_DATE = Style(size_px=34, bold=True)
_TIME = Style(size_px=48, bold=True)
_NAME = Style(size_px=34, bold=True, most_lines=4)
_ABOUT = Style(size_px=30, most_lines=12)
_CONTACT = Style(size_px=30, most_lines=12)
_ADDRESS = Style(size_px=28, most_lines=12, at_signs=True)


def draw_slip(slip: Slip, width_px: int) -> Image.Image:
    """The picture of a slip, as high as its content needs.

    Raises the errors of `kiosk.fonts`, and `QrTooLong` for a link of some hundred letters.
    """
    paper = Paper(width_px, _direction(right_to_left=slip.right_to_left))
    if slip.mark:
        paper.band(slip.mark)
    paper.text(slip.place, _SMALL, "ltr")
    paper.text(slip.date, _SMALL, "ltr")
    paper.rule()
    paper.text(slip.heading, _TEXT)
    paper.number(slip.number)
    paper.text(slip.topic, _TOPIC)
    paper.text(slip.ahead, _TEXT)
    paper.text(slip.wait, _TEXT)
    paper.rule()
    paper.text(slip.hint, _HINT)
    paper.code(slip.link or slip.number)
    paper.text(slip.code_hint, _HINT)
    return paper.cut()


def draw_sheet(sheet: Sheet, width_px: int) -> Image.Image:
    """The picture of an information sheet; raises the errors of `kiosk.fonts`."""
    paper = Paper(width_px, _direction(right_to_left=sheet.right_to_left))
    paper.text(sheet.giver, _SMALL, "ltr")
    paper.text(sheet.title, _TOPIC)
    for entry in sheet.entries:
        paper.rule()
        _draw_entry(paper, entry)
        paper.code(entry.card)
        paper.text(sheet.save_hint, _HINT)
    return paper.cut()


def draw_appointment(slip: AppointmentSlip, width_px: int) -> Image.Image:
    """The picture of an appointment's slip; raises the errors of `kiosk.fonts`."""
    paper = Paper(width_px, _direction(right_to_left=slip.right_to_left))
    paper.text(slip.place, _SMALL, "ltr")
    paper.rule()
    paper.text(slip.heading, _TEXT)
    paper.text(slip.weekday, _DATE)
    paper.text(slip.date, _DATE)
    paper.text(slip.time, _TIME)
    paper.text(slip.topic, _TEXT)
    paper.rule()
    paper.text(slip.code_heading, _TEXT)
    paper.number(slip.code_shown)
    paper.code(slip.code)
    paper.text(slip.hint, _HINT)
    return paper.cut()


def _draw_entry(paper: Paper, entry: Entry) -> None:
    paper.row([entry.name], _NAME)
    paper.row([entry.about], _ABOUT)
    paper.row(entry.address, _CONTACT, "pin")
    paper.row(entry.hours, _CONTACT, "clock")
    paper.row([entry.phone], _CONTACT, "phone")
    paper.row([entry.email], _ADDRESS, "letter")
    paper.row([entry.website], _ADDRESS, "globe")
    paper.row([entry.languages], _CONTACT, "speech")


def _direction(*, right_to_left: bool) -> Direction:
    return "rtl" if right_to_left else "ltr"
