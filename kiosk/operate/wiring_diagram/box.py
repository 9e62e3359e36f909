"""Wiring diagram of one box: its header at the left, and a row for each device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.operate.wiring_diagram import header, symbols
from kiosk.operate.wiring_diagram.drawing import Drawing
from kiosk.settings.config.devices import (
    BoardSettings,
    ButtonsSettings,
    LampSettings,
    PrinterSettings,
    SpeakerSettings,
)
from kiosk.settings.config.pins import is_header_line, pin_uses

if TYPE_CHECKING:
    from kiosk.settings.config import Devices
    from kiosk.settings.config.devices import Contact
    from kiosk.settings.config.section import Section

WIDTH_PX = 1240
_LEFT, _TOP, _ROW = 490, 120, 62
_PIN_PX = 28
_USB = ("usb", "/serial/by-", "ttyacm")


def draw_wiring(devices: Devices, name: str) -> str:
    """The wiring of this box as SVG; `name` stands above it."""
    drawing = Drawing(WIDTH_PX)
    drawing.text(40, 52, f"{name}: what is wired where", "title")
    drawing.text(
        40, 80, "Drawn by 'kiosk hardware wiring' from config.toml. Switch all power off first."
    )
    used = {use.pin: use.purpose for use in pin_uses(devices)}
    bottom = max(_header(drawing, used), _rows(drawing, devices))
    return drawing.as_text(bottom + 40)


def _header(drawing: Drawing, used: dict[int, str]) -> float:
    """All 40 pins as one sees them with the USB sockets pointing down."""
    left = 210
    drawing.text(left + 30, _TOP - 6, "Header", "heading middle")
    for pin in header.PINS:
        row, at_right = divmod(pin - 1, 2)
        x, y = left + at_right * 32, _TOP + 14 + row * _PIN_PX
        words = _purpose(pin, used)
        drawing.box(x, y, 26, 22, "used" if words else "", round_px=11 if pin > 1 else 2)
        drawing.text(x + 13, y + 16, str(pin), f"small middle {'used' if words else ''}")
        shown = f"{header.label(pin)} {words}".strip()
        place, style = (x + 34, "") if at_right else (x - 8, "end")
        drawing.text(place, y + 16, shown, f"{style} {'bold' if words else 'small'}")
    return _TOP + 14 + 20 * _PIN_PX


def _purpose(pin: int, used: dict[int, str]) -> str:
    name = header.PINS[pin]
    return used.get(int(name), "") if name.isdigit() else ""


def _rows(drawing: Drawing, devices: Devices) -> float:
    y: float = _TOP
    for buttons in devices.of(ButtonsSettings).values():
        y = _buttons(drawing, y, buttons.contacts) if any(buttons.pin_uses()) else y
    for lamp in devices.of(LampSettings).values():
        y = _lamps(drawing, y, lamp.pins) if any(lamp.pin_uses()) else y
    for board in devices.of(BoardSettings).values():
        y = _ignition(drawing, y, board, board.pin) if any(board.pin_uses()) else y
    y = _lines(drawing, y, devices)
    for speaker in devices.of(SpeakerSettings).values():
        y = _speaker(drawing, y) if speaker.real else y
    return y


def _pin(drawing: Drawing, y: float, gpio: int) -> float:
    pin = header.PIN_OF[gpio]
    return symbols.pin(drawing, _LEFT, y, f"pin {pin}  GPIO{gpio}")


def _heading(drawing: Drawing, y: float, words: str, note: str) -> float:
    drawing.text(_LEFT, y, words, "heading")
    drawing.text(_LEFT, y + 20, note, "small")
    return y + _ROW


def _buttons(drawing: Drawing, y: float, contacts: dict[str, Contact]) -> float:
    grounds = ", ".join(map(str, header.GROUNDS))
    y = _heading(drawing, y, "Buttons", f"Closed while pressed. Ground is at pins {grounds}.")
    for name, contact in contacts.items():
        x = symbols.contact(drawing, _pin(drawing, y, contact.pin), y)
        if contact.pull == "up":
            x = symbols.ground(drawing, x, y)
        else:
            x = symbols.supply(drawing, x, y, "3V3 (pin 1 or 17, never 5 V)")
        drawing.text(x + 20, y + 5, name, "bold")
        y += _ROW
    return y


def _lamps(drawing: Drawing, y: float, pins: dict[str, int]) -> float:
    y = _heading(
        drawing,
        y,
        "Lamps",
        "Each behind a transistor (NPN or logic-level MOSFET), never on the pin.",
    )
    for name, pin in pins.items():
        x = symbols.resistor(drawing, _pin(drawing, y, pin), y, "1 kΩ")
        x = symbols.switch_to_ground(drawing, x, y)
        x = symbols.lamp(drawing, x, y - 26)
        x = symbols.supply(drawing, x, y - 26, "the lamp's own supply")
        drawing.text(x + 20, y - 21, name, "bold")
        y += _ROW + 12
    return y


def _ignition(drawing: Drawing, y: float, board: BoardSettings, pin: int) -> float:
    """The circuits of docs/hardware/board.md."""
    if board.off_when == "high":
        note = "Through an optocoupler: the vehicle's 12 V never meet the computer."
        y = _heading(drawing, y, "Ignition", note)
        x = symbols.optocoupler(drawing, _pin(drawing, y, pin), y)
        x = symbols.resistor(drawing, x, y, "2.2 kΩ")
        symbols.supply(drawing, x, y, "terminal 15 (12 V), behind a fuse of 100 mA")
        return y + _ROW + 40
    note = "Through a voltage divider, for 12 V only. Measure first: at most 3.3 V at the pin."
    y = _heading(drawing, y, "Ignition", note)
    x = symbols.wire(drawing, _pin(drawing, y, pin), y, 30)
    symbols.ground(drawing, x, y + 20)
    drawing.line((x, y), (x, y + 20))
    drawing.text(x + 22, y + 34, "10 kΩ, and a Zener diode of 3.3 V beside it", "small")
    x = symbols.resistor(drawing, x, y, "33 kΩ")
    symbols.supply(drawing, x, y, "terminal 15 (12 V)")
    return y + _ROW + 20


def _lines(drawing: Drawing, y: float, devices: Devices) -> float:
    on_lines = {name: device for name, device in devices.items() if device.serial_port}
    if on_lines:
        y = _heading(drawing, y, "Serial lines", "Found by name, whatever the socket.")
    for name, device in on_lines.items():
        port = str(device.serial_port)
        x = _socket(drawing, y, port)
        x = symbols.wire(drawing, x, y, 40)
        x = symbols.device(drawing, x, y, name.replace("_", " "))
        drawing.text(x + 20, y - 4, port, "bold")
        drawing.text(x + 20, y + 15, _speed(device), "small")
        y += _ROW
    return y


def _socket(drawing: Drawing, y: float, port: str) -> float:
    if is_header_line(port):
        return symbols.pin(drawing, _LEFT, y, "pins 8, 10, 6")
    usb = any(sign in port.lower() for sign in _USB)
    return symbols.plug(drawing, _LEFT, y, "USB" if usb else "serial")


def _speed(section: Section) -> str:
    if isinstance(section, PrinterSettings) and section.baud == 0:
        return f"{section.family}, as fast as that family leaves the factory"
    return f"{section.driver}, {getattr(section, 'baud', '')} baud"


def _speaker(drawing: Drawing, y: float) -> float:
    y = _heading(
        drawing, y, "Loudspeaker", "A jack, a USB sound card or an amplifier on the header."
    )
    x = symbols.wire(drawing, symbols.plug(drawing, _LEFT, y, "sound"), y, 40)
    x = symbols.wire(drawing, symbols.device(drawing, x, y, "amplifier"), y, 40)
    symbols.device(drawing, x, y, "loudspeaker")
    return y + _ROW
