"""Kind of device: the printer of slips and information sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.printer.families import families
from hardware.trouble import Trouble
from kiosk.devices.finding import Finding, failure, ok, warning
from kiosk.devices.kind import TEST_NUMBER, DeviceKind, opened
from kiosk.devices.staff_words import ITSELF, UNATTENDED, Words
from kiosk.domain.errors import Unknown
from kiosk.domain.ids import GERMAN
from kiosk.settings.config.devices import PrinterSettings

if TYPE_CHECKING:
    from hardware.printer.port import Printer
    from kiosk.devices.kind import Checkup, SelfTestContext
    from kiosk.domain.profile import Profile
    from kiosk.settings.texts import Texts

_SLOWEST_BAUD = 38400
"""A slip takes 6 to 9 s at this speed; after 10 s of waiting it is not printed at all."""


def _print(printer: Printer, settings: PrinterSettings, context: SelfTestContext) -> str:
    from kiosk.drawing.paper.draw import WIDTH_PX, draw_slip  # noqa: PLC0415 - brings Pillow
    from kiosk.drawing.paper.slip_words import sample_slip  # noqa: PLC0415 - same

    slip = draw_slip(sample_slip(TEST_NUMBER, GERMAN, context.texts), WIDTH_PX[settings.paper_mm])
    with opened(printer):
        printer.print_slip(slip)
        status = printer.trouble() or "ready"
        return f"A slip {TEST_NUMBER} was printed; the printer says: {status}."


def _check(settings: PrinterSettings, _checkup: Checkup) -> Finding | None:
    """A width that does not fit, a printer that says nothing, a line that is too slow."""
    from kiosk.drawing.paper.draw import WIDTH_PX  # noqa: PLC0415 - brings Pillow

    if settings.driver != "serial":
        return None
    known, paper_mm = families()[settings.family], settings.paper_mm
    dots, needed = known.dots.get(paper_mm, 0), WIDTH_PX[paper_mm]
    if needed > dots:
        return failure(
            f"Slips for {paper_mm} mm have {needed} dots, the family {settings.family} has {dots}.",
            "Set another paper_mm or family in its section: docs/hardware/printer.md.",
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
            "Set the printer, and baud in its section, to 115200: docs/hardware/printer.md.",
        )
    return ok(f"Family {settings.family}: {known.title}.")


def _misconfigured(settings: PrinterSettings, profile: Profile, _texts: Texts) -> str | None:
    for group in settings.groups:
        try:
            profile.group(group)
        except Unknown as fault:
            return f"groups: {fault}"
    return None


PRINTER = DeviceKind(
    settings=PrinterSettings,
    german="Drucker",
    page="printer",
    self_test=_print,
    misconfigured=_misconfigured,
    check=_check,
    words={
        Trouble.UNATTENDED: Words(
            UNATTENDED,
            "Die Steuerung der Geräte antwortet nicht: Es kommen keine Zettel.",
            f"Schreiben Sie die Nummer auf, wo jemand sie braucht. {ITSELF}",
        ),
        Trouble.FAULT: Words(
            "gestört",
            "Der Drucker meldet einen Fehler.",
            "Bitte prüfen Sie, ob Papier klemmt, und schalten Sie ihn aus und wieder ein.",
        ),
        Trouble.HOT: Words(
            "zu heiß", "Der Drucker ist zu heiß.", "Er macht nach einer Pause von selbst weiter."
        ),
    },
)
