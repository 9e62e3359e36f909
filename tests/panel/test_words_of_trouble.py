"""A printer's own words become ours by their spelling: each must have its counterpart."""

import pytest

from hardware.printer.port import PrinterStatus
from kiosk.console.device_words import words_of
from kiosk.domain.device import Trouble
from kiosk.service.paper import PaperTrouble


@pytest.mark.parametrize("status", [one for one in PrinterStatus if one is not PrinterStatus.READY])
def test_staff_are_told_everything_that_a_printer_can_say(status: PrinterStatus) -> None:
    assert words_of("printer", Trouble(status)).remedy


@pytest.mark.parametrize("status", [one for one in PrinterStatus if not one.can_print])
def test_every_refusal_of_a_printer_is_a_reason_for_no_paper(status: PrinterStatus) -> None:
    assert PaperTrouble(status).value == status.value
