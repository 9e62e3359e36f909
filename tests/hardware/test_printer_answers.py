"""Every byte that a printer may answer, right or wrong: none makes a bad state look ready."""

from __future__ import annotations

import pytest

from hardware.printer.answers import Answers, NoAnswer, trouble_by_sensor, worst_of
from hardware.printer.families import families
from hardware.trouble import Trouble

FINE = 0x12
BAD_BITS = {1: 0x08, 2: 0x64, 3: 0x6C, 4: 0x60}
"""Of DLE EOT 1 to 4, as the references have them."""


@pytest.mark.parametrize("question", BAD_BITS)
def test_only_a_right_answer_without_trouble_lets_it_print(question: int) -> None:
    for answer in range(256):
        heard = Answers()
        heard.feed(bytes([answer]))
        right = answer & 0x93 == FINE
        assert bytes(heard.at_once) == (bytes([answer]) if right else b"")
        if right:
            told = [answer if which == question else FINE for which in BAD_BITS]
            trouble = worst_of(*told)
            prints = trouble is None or trouble.harmless
            assert prints == (answer & BAD_BITS[question] == 0)


def test_a_sensor_with_wrong_fixed_bits_is_no_answer() -> None:
    for name, family in families().items():
        if family.sensor is None:
            continue
        for answer in range(256):
            if answer & 0x90:
                with pytest.raises(NoAnswer):
                    trouble_by_sensor(answer, family.sensor)
            elif answer & family.sensor.out:
                assert trouble_by_sensor(answer, family.sensor) is Trouble.PAPER_OUT, name


def test_a_printer_that_never_stops_talking_is_not_kept_in_memory() -> None:
    with pytest.raises(NoAnswer):
        Answers().feed(b"\x00" * 5000)
