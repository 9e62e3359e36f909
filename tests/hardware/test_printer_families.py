"""The families of printers are data: all of them fit, and what does not fit is refused."""

from __future__ import annotations

import msgspec
import pytest

from hardware.printer.families import families, parse
from kiosk.settings.config.devices import PrinterSettings

MUTE = """
[mute]
title = "one"
sources = ["a manual"]
unverified = []
dots = { 58 = 384 }
baud = 9600
band_rows = 24
feed_rows = 0
prepare = ""
finish = "1d 56 42 00"
status = "none"
confirm = "line"
clears = false
"""


def test_every_family_can_be_named_in_the_settings_and_no_other() -> None:
    assert all(not list(PrinterSettings(family=name).faults()) for name in families())
    [fault] = PrinterSettings(family="epson_mt").faults()
    assert fault == 'family: cannot be "epson_mt"; did you mean "epson_tm"?'


def test_every_family_names_its_sources_and_what_is_unverified() -> None:
    for name, family in families().items():
        assert family.sources, name
        assert family.dots, name
        assert b"\x10" not in family.prepare + family.finish, "a command in real time may hide"


def test_bytes_are_read_as_they_are_written() -> None:
    assert parse(MUTE)["mute"].finish == b"\x1dV\x42\x00"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('title = "one"', 'title = "one"\ncolour = 1', "colour"),
        ("baud = 9600\n", "", "baud"),
        ('confirm = "line"', 'confirm = "sensor"', "sensor is missing"),
        ("band_rows = 24", "band_rows = 300", "band_rows"),
        ("58 = 384", "58 = 2000", "dots"),
        ('sources = ["a manual"]', "sources = []", "sources"),
        ('"1d 56 42 00"', '"1d 5"', "finish"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(right: str, wrong: str, said: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=said):
        parse(MUTE.replace(right, wrong))
