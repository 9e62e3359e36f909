"""What the doctor says of the slip printer's family."""

from pathlib import Path

import pytest

from kiosk.devices.finding import Result
from kiosk.devices.kind import Checkup
from kiosk.devices.printer import PRINTER
from kiosk.settings.config.devices import PrinterSettings
from kiosk.system.paths import Paths
from kiosk.wiring.sound import recorded_voice
from tests.town import TOWN

UART = "/dev/serial0"
UNUSED = Checkup(lambda: TOWN, lambda: recorded_voice(Paths(Path("/"))), lambda: None)


@pytest.mark.parametrize(
    ("printer", "result", "said"),
    [
        (PrinterSettings(driver="serial", family="epson_tm"), Result.OK, "TM-T20III"),
        (PrinterSettings(driver="serial", family="epson_tm_t88"), Result.FAILURE, "576 dots"),
        (
            PrinterSettings(driver="serial", family="epson_tm_t88", paper_mm=58),
            Result.OK,
            "TM-T88V",
        ),
        (PrinterSettings(driver="serial", family="csn_a2"), Result.FAILURE, "80 mm"),
        (PrinterSettings(driver="serial", family="mute"), Result.WARNING, "cannot say"),
        (
            PrinterSettings(driver="serial", family="generic", port=UART),
            Result.WARNING,
            "9600 baud",
        ),
        (
            PrinterSettings(driver="serial", family="generic", port=UART, baud=115200),
            Result.OK,
            "Rongta",
        ),
    ],
)
def test_a_family_fits_its_paper_and_baud_rate(
    printer: PrinterSettings, result: Result, said: str
) -> None:
    found = PRINTER.check(printer, UNUSED)
    assert found
    assert (found.result, said in found.cause) == (result, True)


def test_the_family_of_a_stand_in_does_not_matter() -> None:
    assert PRINTER.check(PrinterSettings(driver="file", family="mute"), UNUSED) is None
