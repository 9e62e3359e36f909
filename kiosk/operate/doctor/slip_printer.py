"""Whether the slip printer's family goes with its paper and its speed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.printer.families import families
from kiosk.drawing.paper.draw import WIDTH_PX
from kiosk.operate.doctor.finding import Finding, failure, ok, warning

if TYPE_CHECKING:
    from kiosk.operate.doctor.place import Place

_SLOWEST_BAUD = 38400
"""A slip takes 6 to 9 s at this speed; whoever waits longer than 10 s gets none."""


def family(place: Place) -> Finding:
    """A width that does not fit, a printer that says nothing, a line that is too slow."""
    settings = place.settings().devices.printer
    if settings.driver != "serial":
        return ok("Its family does not matter.")
    known, paper_mm = families()[settings.family], settings.paper_mm
    dots, needed = known.dots.get(paper_mm, 0), WIDTH_PX[paper_mm]
    if needed > dots:
        return failure(
            f"Slips for {paper_mm} mm have {needed} dots, the family {settings.family} has {dots}.",
            "Set another paper_mm or family under [devices.printer]: docs/hardware/printer.md.",
        )
    if known.status == "none":
        return warning(
            f"A printer of the family {settings.family} cannot say that it is out of paper.",
            "Look at its roll every day, or use another printer: docs/hardware/printer.md.",
        )
    baud = settings.baud or known.baud
    if baud < _SLOWEST_BAUD and "usb" not in settings.port:
        return warning(
            f"At {baud} baud a slip takes longer than people wait for it.",
            "Set the printer and [devices.printer] baud to 115200: docs/hardware/printer.md.",
        )
    return ok(f"Family {settings.family}: {known.title}.")
