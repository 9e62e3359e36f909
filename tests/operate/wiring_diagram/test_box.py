"""The sheet that a technician wires a box by: everything on it, readable, and nothing else."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from msgspec.structs import replace
from PIL import ImageFont

from kiosk.operate.wiring_diagram.box import draw_wiring
from kiosk.operate.wiring_diagram.header import GROUNDS, PIN_OF, PINS
from kiosk.settings.config import Devices
from kiosk.settings.config.devices import (
    CONTACTS,
    BoardSettings,
    ButtonsSettings,
    Contact,
    PrinterSettings,
)
from tests.gallery.wiring import IN_DOCS, WHOLE, picture

ON_PINS = ButtonsSettings(driver="gpio", contacts={**CONTACTS, "key.ok": Contact(20, pull="down")})
FULL = Devices(**{**WHOLE, "buttons": ON_PINS})
SIZES = {"title": 26, "heading": 19, "small": 12.5}


def texts(svg: str) -> list[ET.Element]:
    return [part for part in ET.fromstring(svg).iter() if part.tag.endswith("text")]  # noqa: S314


def words(devices: Devices) -> str:
    return "\n".join(part.text or "" for part in texts(draw_wiring(devices, "Bus 1")))


def bounds(part: ET.Element) -> tuple[float, float, float, float]:
    """Left, top, right, bottom, as DejaVu Sans takes room."""
    styles = (part.get("class") or "").split()
    size = next((SIZES[style] for style in styles if style in SIZES), 15)
    bold = {"bold", "title", "heading"} & {*styles}
    font = ImageFont.truetype("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf", size)
    width = font.getlength(part.text or "")
    x, y = float(part.get("x") or 0), float(part.get("y") or 0)
    left = x - width / 2 if "middle" in styles else x - width if "end" in styles else x
    return left, y - size * 0.75, left + width, y + size * 0.2


def test_the_header_is_the_one_of_the_raspberry_pi() -> None:
    assert sorted(PIN_OF) == list(range(28))
    assert GROUNDS == (6, 9, 14, 20, 25, 30, 34, 39)
    assert [PIN_OF[gpio] for gpio in (4, 14, 15, 17, 5, 26, 21)] == [7, 8, 10, 11, 29, 37, 40]
    assert [PINS[pin] for pin in (1, 2, 4, 17)] == ["3V3", "5V", "5V", "3V3"]


def test_every_wire_of_the_box_is_on_it() -> None:
    told = words(FULL)
    for contact in ON_PINS.contacts.values():
        assert f"pin {PIN_OF[contact.pin]}  GPIO{contact.pin}\n" in told
    for name in ("GPIO17 lamp smiley.1", "GPIO4 ignition", "GPIO14 to call display", "key.ok"):
        assert name in told
    assert "3V3 (pin 1 or 17" in told
    assert told.count("/dev/serial/by-id/usb-*") == 2


def test_what_the_box_does_not_have_is_not_on_it() -> None:
    told = words(Devices())
    assert re.search("Buttons|Lamps|Ignition|Serial|Loudspeaker", told) is None
    assert "smiley" not in told


@pytest.mark.parametrize(
    ("port", "socket"),
    [
        ("/dev/serial0", "pins 8, 10, 6"),
        ("/dev/ttyAMA[0]", "pins 8, 10, 6"),
        ("/dev/ttyAMA2", "serial"),
        ("/dev/serial/by-id/*Printer*", "USB"),
        ("/dev/ttyACM0", "USB"),
    ],
)
def test_a_line_is_drawn_where_it_is_plugged_in(port: str, socket: str) -> None:
    told = words(Devices(printer=PrinterSettings("serial", port=port))).splitlines()
    assert socket in told
    assert ("GPIO14 to printer" in told) == (socket == "pins 8, 10, 6")


def test_only_a_real_board_has_an_ignition() -> None:
    for driver in ("none", "fake"):
        assert (
            "ignition" not in words(Devices(board=BoardSettings(driver, ignition="gpio"))).lower()
        )


DIVIDED = Devices(**{**FULL, "board": replace(FULL.first(BoardSettings), off_when="low")})


@pytest.mark.parametrize("devices", [Devices(), WHOLE, DIVIDED], ids=["bare", "whole", "divided"])
def test_no_word_lies_over_another_or_leaves_the_sheet(devices: Devices) -> None:
    svg = draw_wiring(devices, "Beratungsbus Gelsenkirchen-Ückendorf")
    _, _, width, height = map(float, ET.fromstring(svg).attrib["viewBox"].split())  # noqa: S314
    boxes = [(part.text, bounds(part)) for part in texts(svg)]
    for text, (left, top, right, bottom) in boxes:
        assert left >= 0, text
        assert top >= 0, text
        assert right <= width, text
        assert bottom <= height, text
    for (one, a), (other, b) in itertools.combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (one, other)


def test_names_from_the_configuration_stay_words() -> None:
    contacts = {'"><script>alert(1)</script>': Contact(5)}
    svg = draw_wiring(Devices(buttons=ButtonsSettings(driver="gpio", contacts=contacts)), "<b>&")
    assert "<script" not in svg
    assert any("<b>&" in (part.text or "") for part in texts(svg))


def test_the_picture_in_the_docs_is_what_is_drawn_now() -> None:
    assert IN_DOCS.read_text(encoding="utf-8") == picture(), "run script/gallery --docs"
