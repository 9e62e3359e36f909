"""Call displays on a serial line: the bytes that the makers publish, and what cables do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from hardware.call_display.alpha import AlphaDisplay, packet
from hardware.call_display.call_text import in_digits
from hardware.call_display.ditel import DitelDisplay
from hardware.call_display.segments import SegmentDisplay
from hardware.errors import DeviceConfused, DeviceLost, DeviceSilent
from hardware.serial_line import SerialLine
from tests.emulators.call_display import AlphaSign, DitelSign, SegmentSign
from tests.emulators.line import plugged_in
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.emulators.line import EmulatedLine, FarEnd


@contextmanager
def at(sign: FarEnd, folder: Path) -> Iterator[tuple[EmulatedLine, SerialLine]]:
    with plugged_in(sign, folder / "sign") as far:
        near = SerialLine("call display", str(far.port), 9600)
        yield far, near
        near.close()


def test_the_bytes_of_an_alpha_sign() -> None:
    assert packet("00", "A-017 > 3") == (
        b"\0\0\0\0\0\x01Z00\x02A0\x1b bA-017 > 3\x03" + b"02CA" + b"\x04"
    )
    assert packet("00", None) == b"\0\0\0\0\0\x01Z00\x02A0\x030076\x04"


@pytest.mark.parametrize(
    ("number", "desk", "digits", "shown"),
    [
        ("A-017", "3", 6, "  17 3"),
        ("A-017", "12", 6, " 17 12"),
        ("A-017", "Raum 2", 6, "  17 2"),
        ("A-017", "Theke", 6, "    17"),
        ("A-999", "12", 5, "  999"),
        ("A-017", "3", 3, " 17"),
        ("A-1234", "3", 3, "234"),
    ],
)
def test_a_call_on_digits_alone(number: str, desk: str, digits: int, shown: str) -> None:
    assert in_digits(number, desk, digits, letter=False) == shown


def test_a_call_on_digits_that_can_show_a_to_f() -> None:
    assert in_digits("B-017", "3", 6, letter=True) == " B17 3"
    assert in_digits("B-017", "3", 3, letter=True) == "B17"
    assert in_digits("B-117", "3", 3, letter=True) == "117"
    assert in_digits("G-017", "3", 6, letter=True) == "  17 3"
    assert in_digits("017", "3", 6, letter=True) == "  17 3"


@pytest.mark.parametrize("desk", ["3\x04\x01Z00\x02E$", "*\r@01ED9", "3\x03\x0204\x1b", "Ü\udcff٣"])
def test_no_name_of_a_desk_becomes_a_command(tmp_path: Path, desk: str) -> None:
    alpha, ditel, segments = AlphaSign(), DitelSign(), SegmentSign()
    with at(alpha, tmp_path / "a") as (far, line):
        line.open()
        AlphaDisplay(line, "00").show("A-017", desk)
        eventually(lambda: str(alpha.shown).startswith("A-017 > "))
        assert far.received.count(b"\x04") == 1
    with at(ditel, tmp_path / "d") as (far, line):
        display = DitelDisplay(line, "01")
        display.open()
        display.show("A-017", desk)
        assert far.received.count(b"*\r") == 1
    with at(segments, tmp_path / "s") as (_, line):
        line.open()
        SegmentDisplay(line, "01", 6, "etx", letter=False).show("A-017", desk)
        eventually(lambda: segments.shown is not None)
    assert alpha.faults == segments.faults == []


def test_a_sign_that_missed_bytes_shows_the_call_when_sent_again(tmp_path: Path) -> None:
    sign = AlphaSign()
    with at(sign, tmp_path) as (far, line):
        display = AlphaDisplay(line, "00")
        display.open()
        far.faults.drops_every = 9
        display.show("A-017", "3")
        eventually(lambda: bool(sign.faults))
        far.faults.drops_every = 0
        display.show("A-017", "3")
        eventually(lambda: sign.shown == "A-017 > 3")


@pytest.mark.parametrize("fault", ["mute", "stalls", "halves_answers"])
def test_a_display_that_does_not_answer_is_silent(tmp_path: Path, fault: str) -> None:
    with at(DitelSign(), tmp_path) as (far, line):
        display = DitelDisplay(line, "01")
        display.open()
        setattr(far.faults, fault, True)
        with pytest.raises(DeviceSilent):
            display.show("A-017", "3")


def test_a_display_that_refuses_is_reported(tmp_path: Path) -> None:
    sign = DitelSign()
    sign.refuses = True
    with at(sign, tmp_path) as (_, line):
        display = DitelDisplay(line, "01")
        display.open()
        with pytest.raises(DeviceConfused, match="answered"):
            display.show("A-017", "3")


def test_garbage_before_an_answer_is_passed_over(tmp_path: Path) -> None:
    sign = DitelSign()
    with at(sign, tmp_path) as (far, line):
        display = DitelDisplay(line, "01")
        display.open()
        far.faults.garbage = b"\xff\x00~"
        display.show("A-017", "3")
        assert sign.shown == "A-017  3"


def test_a_display_pulled_in_the_middle_of_a_call(tmp_path: Path) -> None:
    with at(DitelSign(), tmp_path) as (far, line):
        display = DitelDisplay(line, "01")
        display.open()
        far.faults.hangs_up_after = 5
        with pytest.raises(DeviceLost):
            display.show("A-017", "3")
