"""The sheet of one box: its header at the left, and for each device a row with what hangs where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.operate.wiring_diagram import header, symbols
from kiosk.operate.wiring_diagram.svg import Sheet
from kiosk.settings.config.devices import Board, Buttons, Lamp, Printer, Speaker
from kiosk.settings.config.pins import is_header_line, pin_uses

if TYPE_CHECKING:
    from kiosk.settings.config import Devices
    from kiosk.settings.config.devices import Contact
    from kiosk.settings.config.section import Section

WIDTH_PX = 1240
_LEFT, _TOP, _ROW = 490, 120, 62
_PIN_PX = 28
_USB = ("usb", "/serial/by-", "ttyacm")


def drawn(devices: Devices, name: str) -> str:
    """The wiring of this box as SVG; `name` stands above it."""
    sheet = Sheet(WIDTH_PX)
    sheet.text(40, 52, f"{name}: what is wired where", "title")
    sheet.text(
        40, 80, "Drawn by 'kiosk hardware wiring' from config.toml. Switch all power off first."
    )
    used = {use.pin: use.purpose for use in pin_uses(devices)}
    bottom = max(_header(sheet, used), _rows(sheet, devices))
    return sheet.as_text(bottom + 40)


def _header(sheet: Sheet, used: dict[int, str]) -> float:
    """All 40 pins as one sees them with the USB sockets pointing down."""
    left = 210
    sheet.text(left + 30, _TOP - 6, "Header", "heading middle")
    for pin in header.PINS:
        row, at_right = divmod(pin - 1, 2)
        x, y = left + at_right * 32, _TOP + 14 + row * _PIN_PX
        words = _purpose(pin, used)
        sheet.box(x, y, 26, 22, "used" if words else "", round_px=11 if pin > 1 else 2)
        sheet.text(x + 13, y + 16, str(pin), f"small middle {'used' if words else ''}")
        shown = f"{header.label(pin)} {words}".strip()
        place, style = (x + 34, "") if at_right else (x - 8, "end")
        sheet.text(place, y + 16, shown, f"{style} {'bold' if words else 'small'}")
    return _TOP + 14 + 20 * _PIN_PX


def _purpose(pin: int, used: dict[int, str]) -> str:
    name = header.PINS[pin]
    return used.get(int(name), "") if name.isdigit() else ""


def _rows(sheet: Sheet, devices: Devices) -> float:
    y: float = _TOP
    for buttons in devices.of(Buttons).values():
        y = _buttons(sheet, y, buttons.contacts) if any(buttons.pin_uses()) else y
    for lamp in devices.of(Lamp).values():
        y = _lamps(sheet, y, lamp.pins) if any(lamp.pin_uses()) else y
    for board in devices.of(Board).values():
        y = _ignition(sheet, y, board, board.pin) if any(board.pin_uses()) else y
    y = _lines(sheet, y, devices)
    for speaker in devices.of(Speaker).values():
        y = _speaker(sheet, y) if speaker.real else y
    return y


def _pin(sheet: Sheet, y: float, gpio: int) -> float:
    pin = header.PIN_OF[gpio]
    return symbols.pin(sheet, _LEFT, y, f"pin {pin}  GPIO{gpio}")


def _heading(sheet: Sheet, y: float, words: str, note: str) -> float:
    sheet.text(_LEFT, y, words, "heading")
    sheet.text(_LEFT, y + 20, note, "small")
    return y + _ROW


def _buttons(sheet: Sheet, y: float, contacts: dict[str, Contact]) -> float:
    grounds = ", ".join(map(str, header.GROUNDS))
    y = _heading(sheet, y, "Buttons", f"Closed while pressed. Ground is at pins {grounds}.")
    for name, contact in contacts.items():
        x = symbols.contact(sheet, _pin(sheet, y, contact.pin), y)
        if contact.pull == "up":
            x = symbols.ground(sheet, x, y)
        else:
            x = symbols.supply(sheet, x, y, "3V3 (pin 1 or 17, never 5 V)")
        sheet.text(x + 20, y + 5, name, "bold")
        y += _ROW
    return y


def _lamps(sheet: Sheet, y: float, pins: dict[str, int]) -> float:
    y = _heading(
        sheet, y, "Lamps", "Each behind a transistor (NPN or logic-level MOSFET), never on the pin."
    )
    for name, pin in pins.items():
        x = symbols.resistor(sheet, _pin(sheet, y, pin), y, "1 kΩ")
        x = symbols.switch_to_ground(sheet, x, y)
        x = symbols.lamp(sheet, x, y - 26)
        x = symbols.supply(sheet, x, y - 26, "the lamp's own supply")
        sheet.text(x + 20, y - 21, name, "bold")
        y += _ROW + 12
    return y


def _ignition(sheet: Sheet, y: float, board: Board, pin: int) -> float:
    """The circuits of docs/hardware/board.md."""
    if board.off_when == "high":
        note = "Through an optocoupler: the vehicle's 12 V never meet the computer."
        y = _heading(sheet, y, "Ignition", note)
        x = symbols.optocoupler(sheet, _pin(sheet, y, pin), y)
        x = symbols.resistor(sheet, x, y, "2.2 kΩ")
        symbols.supply(sheet, x, y, "terminal 15 (12 V), behind a fuse of 100 mA")
        return y + _ROW + 40
    note = "Through a voltage divider, for 12 V only. Measure first: at most 3.3 V at the pin."
    y = _heading(sheet, y, "Ignition", note)
    x = symbols.wire(sheet, _pin(sheet, y, pin), y, 30)
    symbols.ground(sheet, x, y + 20)
    sheet.line((x, y), (x, y + 20))
    sheet.text(x + 22, y + 34, "10 kΩ, and a Zener diode of 3.3 V beside it", "small")
    x = symbols.resistor(sheet, x, y, "33 kΩ")
    symbols.supply(sheet, x, y, "terminal 15 (12 V)")
    return y + _ROW + 20


def _lines(sheet: Sheet, y: float, devices: Devices) -> float:
    on_lines = {name: device for name, device in devices.items() if device.serial_port}
    if on_lines:
        y = _heading(sheet, y, "Serial lines", "Found by name, whatever the socket.")
    for name, device in on_lines.items():
        port = str(device.serial_port)
        x = _socket(sheet, y, port)
        x = symbols.wire(sheet, x, y, 40)
        x = symbols.device(sheet, x, y, name.replace("_", " "))
        sheet.text(x + 20, y - 4, port, "bold")
        sheet.text(x + 20, y + 15, _speed(device), "small")
        y += _ROW
    return y


def _socket(sheet: Sheet, y: float, port: str) -> float:
    if is_header_line(port):
        return symbols.pin(sheet, _LEFT, y, "pins 8, 10, 6")
    usb = any(sign in port.lower() for sign in _USB)
    return symbols.plug(sheet, _LEFT, y, "USB" if usb else "serial")


def _speed(section: Section) -> str:
    if isinstance(section, Printer) and section.baud == 0:
        return f"{section.family}, as fast as that family leaves the factory"
    return f"{section.driver}, {getattr(section, 'baud', '')} baud"


def _speaker(sheet: Sheet, y: float) -> float:
    y = _heading(sheet, y, "Loudspeaker", "A jack, a USB sound card or an amplifier on the header.")
    x = symbols.wire(sheet, symbols.plug(sheet, _LEFT, y, "sound"), y, 40)
    x = symbols.wire(sheet, symbols.device(sheet, x, y, "amplifier"), y, 40)
    symbols.device(sheet, x, y, "loudspeaker")
    return y + _ROW
