"""What the doctor says of the slip printer's family."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.operate.doctor.finding import Result
from kiosk.operate.doctor.slip_printer import family
from kiosk.settings.config import Config, Devices, as_text
from kiosk.settings.config.devices import Printer

if TYPE_CHECKING:
    from kiosk.operate.doctor.place import Place

UART = "/dev/serial0"


@pytest.mark.parametrize(
    ("printer", "result", "said"),
    [
        (Printer(driver="file", family="mute"), Result.OK, "does not matter"),
        (Printer(driver="serial", family="epson_tm"), Result.OK, "TM-T20III"),
        (Printer(driver="serial", family="epson_tm_t88"), Result.FAILURE, "576 dots"),
        (Printer(driver="serial", family="epson_tm_t88", paper_mm=58), Result.OK, "TM-T88V"),
        (Printer(driver="serial", family="csn_a2"), Result.FAILURE, "80 mm"),
        (Printer(driver="serial", family="mute"), Result.WARNING, "cannot say"),
        (Printer(driver="serial", family="generic", port=UART), Result.WARNING, "9600 baud"),
        (Printer(driver="serial", family="generic", port=UART, baud=115200), Result.OK, "Rongta"),
    ],
)
def test_a_family_goes_with_its_paper_and_its_speed(
    place: Place, printer: Printer, result: Result, said: str
) -> None:
    config = Config("gelsenkirchen", devices=Devices(printer=printer))
    place.paths.config.write_text(as_text(config))
    found = family(place)
    assert (found.result, said in found.cause) == (result, True)
