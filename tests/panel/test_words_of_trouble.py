"""Every trouble has words for staff and for technicians, and is told as what it is."""

import pytest

from hardware.trouble import Trouble
from kiosk.devices.kinds import words_of
from kiosk.devices.technician_words import ADVICE, sentence_of
from kiosk.domain.device_condition import Condition


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_cause_and_remedy_for_technicians(trouble: Trouble) -> None:
    assert ADVICE[trouble].sentence.endswith(".")
    assert ADVICE[trouble].remedy.endswith(".")
    assert words_of("printer", trouble).remedy


def test_what_the_printer_babbles_is_no_jam_of_paper() -> None:
    words = words_of("printer", Trouble.CONFUSED)
    assert "unverständlich" in words.full
    assert (words.remedy, "Papier" in words.remedy) == ("Bitte rufen Sie die Technik.", False)


def test_an_unreadable_ignition_is_reported_by_its_name() -> None:
    assert "ignition" in sentence_of(Condition((Trouble.IGNITION_UNKNOWN,), "48 °C"))
    assert words_of("board", Trouble.IGNITION_UNKNOWN).short == "Zündung unbekannt"
