"""A printer's own words become ours by their spelling: each must have its counterpart."""

import pytest

from hardware.printer.port import PrinterStatus
from kiosk.console.words.devices import words_of
from kiosk.domain.device import Condition, Trouble
from kiosk.service.paper import PaperTrouble


@pytest.mark.parametrize("status", [one for one in PrinterStatus if one is not PrinterStatus.READY])
def test_staff_are_told_everything_that_a_printer_can_say(status: PrinterStatus) -> None:
    assert words_of("printer", Trouble(status)).remedy


@pytest.mark.parametrize("status", [one for one in PrinterStatus if not one.can_print])
def test_every_refusal_of_a_printer_is_a_reason_for_no_paper(status: PrinterStatus) -> None:
    assert PaperTrouble(status).value == status.value


def test_what_the_printer_babbles_is_no_jam_of_paper() -> None:
    words = words_of("printer", Trouble.CONFUSED)
    assert "unverständlich" in words.full
    assert (words.remedy, "Papier" in words.remedy) == ("Bitte rufen Sie die Technik.", False)


def test_an_ignition_that_cannot_be_read_is_told_by_its_name() -> None:
    assert "ignition" in Condition((Trouble.IGNITION_UNKNOWN,), "48 °C").sentence
    assert words_of("board", Trouble.IGNITION_UNKNOWN).short == "Zündung unbekannt"
