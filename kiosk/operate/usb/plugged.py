"""What is plugged into the USB sockets, as the kernel tells it, and whether it may be used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.settings.config.usb import SERIAL, UsbDevice

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEVICES: Final = "sys/bus/usb/devices"
_SOCKET: Final = re.compile(r"[0-9]+-[0-9.]+")
"""Of a device; controllers are called `usb1`, interfaces `1-2:1.0`."""

RULES_IN_FORCE: Final = "/etc/udev/rules.d/70-radhaus-usb.rules"
"""A link to the shipped ones: of an appliance, or by `kiosk provision --usb named`."""

_INTERFACE_DESCRIPTOR: Final = 4
_CLASS_AT, _SUBCLASS_AT, _PROTOCOL_AT = 5, 6, 7
_KINDS: Final = {
    0x01: "sound",
    0x02: "serial line",
    0x03: "touchscreen or mouse",
    0x06: "camera",
    0x07: "printer",
    0x08: "storage",
    0x09: "hub",
    0x0A: "serial line",
    0x0B: "card reader",
    0x0E: "camera",
    0xE0: "network",
    0xFF: "maker's own",
}
_KEYBOARD: Final = (0x03, 0x01)
_NETWORK: Final = {(0x02, 0x06), (0x02, 0x0D)}
"""Class and subclass of CDC Ethernet, in a serial line's family."""


@dataclass(frozen=True, slots=True)
class Plugged:
    """One device. `socket` is the kernel's name of its place, `kinds` what it says it is."""

    socket: str
    id: str
    name: str
    serial: str
    kinds: tuple[str, ...]
    authorized: bool

    @property
    def sentence(self) -> str:
        """`046d:c31c (keyboard, Logitech USB Keyboard) in socket 1-2`."""
        said = ", ".join([*self.kinds, *filter(None, [self.name])]) or "unknown"
        return f"{self.id} ({said}) in socket {self.socket}"

    @property
    def as_setting(self) -> UsbDevice:
        """By its serial number, else by its socket."""
        if self.serial and re.search(SERIAL, self.serial):
            return UsbDevice(self.id, serial=self.serial)
        return UsbDevice(self.id, socket=self.socket)

    @property
    def setting(self) -> str:
        """What names it in config.toml, as narrowly as it can be told."""
        named = self.as_setting
        only = f'serial = "{named.serial}"' if named.serial else f'socket = "{named.socket}"'
        return f'allow = [{{ id = "{self.id}", {only} }}]'


def refuses_strangers(root: Path) -> bool:
    """Whether this machine has the rules."""
    return (root / RULES_IN_FORCE.removeprefix("/")).is_symlink()


def plugged_devices(root: Path = Path("/")) -> list[Plugged]:
    """All of them but the controllers, by their sockets."""
    found = [path for path in (root / _DEVICES).glob("*") if _SOCKET.fullmatch(path.name)]
    return [_read(path) for path in sorted(found)]


def refused_devices(root: Path = Path("/")) -> list[Plugged]:
    return [each for each in plugged_devices(root) if not each.authorized]


def _read(path: Path) -> Plugged:
    return Plugged(
        socket=path.name,
        id=f"{_attribute(path, 'idVendor')}:{_attribute(path, 'idProduct')}",
        name=_attribute(path, "product"),
        serial=_attribute(path, "serial"),
        kinds=tuple(dict.fromkeys(_kinds(path))),
        authorized=_attribute(path, "authorized") != "0",
    )


def _attribute(path: Path, name: str) -> str:
    """What a device says of itself, without control characters; empty where it says nothing."""
    try:
        text = (path / name).read_text(encoding="utf-8", errors="replace")
    except OSError:  # not every device has it, and one may be pulled meanwhile
        return ""
    return "".join(each for each in text if each.isprintable()).strip()


def _kinds(path: Path) -> Iterator[str]:
    """Of each interface in all its configurations, also where it was refused and has none yet."""
    try:
        rest = (path / "descriptors").read_bytes()
    except OSError:
        return
    while len(rest) > 1 and rest[0] > 1:
        descriptor, rest = rest[: rest[0]], rest[rest[0] :]
        if descriptor[1] == _INTERFACE_DESCRIPTOR and len(descriptor) > _PROTOCOL_AT:
            number, sub = descriptor[_CLASS_AT], descriptor[_SUBCLASS_AT]
            if (number, descriptor[_PROTOCOL_AT]) == _KEYBOARD:
                yield "keyboard"
            elif (number, sub) in _NETWORK:
                yield "network"
            else:
                yield _KINDS.get(number, f"class {number:02x}")
