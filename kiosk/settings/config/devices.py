"""Settings of each kind of device: a section of config.toml, `driver` first.

Stand-ins run only where they are named here. A `port` is a path or a pattern such as
`/dev/serial/by-id/usb-*Printer*`, which must fit one line only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

from hardware.printer.families import families
from kiosk.domain.hours import CLOCK_TIME
from kiosk.domain.keys import Key
from kiosk.domain.volume import DEFAULT_PERCENT, MAX_PERCENT, MIN_PERCENT
from kiosk.settings.config.section import PinUse, Section
from kiosk.settings.schema.faults import suggest_closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_EVERY_DISPLAY = "00"
_FRAMING = r"^[78][NEO][12]\Z"
_ADDRESS = r"^[0-9A-F]{2}\Z"
_TIME = rf"^{CLOCK_TIME}\Z"
PORT = "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
_BROKER = rf"^[A-Za-z0-9.-]+:{PORT}\Z"
_TOPIC = r"^[^+#\s]+\Z"
OUTPUT = r"^[^\s-]\S*\Z"
GLASS_NAME = r"^[a-z][a-z0-9-]{0,19}\Z"
SIZE = r"^[1-9][0-9]{2,3}x[1-9][0-9]{2,3}\Z"
FORMS = {
    _FRAMING: "data bits, parity (N, E, O) and stop bits, such as 8N1",
    _ADDRESS: "two digits, such as 01",
    _TIME: "a time of the day with four digits, 00:00 to 23:59, such as 07:30",
    _BROKER: "host and port of an MQTT broker, such as 10.42.0.20:1883",
    _TOPIC: "a topic without blanks, + and #, such as radhaus/call",
    OUTPUT: "a name without blanks that does not begin with a hyphen",
    GLASS_NAME: "the name of a glass: up to 20 small letters, digits and hyphens, such as touch",
    SIZE: "width and height in pixels, such as 1280x800",
}
"""Each pattern of a setting in words, for error messages."""


Baud = Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200]
"""Bits per second that any serial line here can do."""


PaperKind = Literal["slips", "sheets"]
"""Slips with their copies, and information sheets."""


class PrinterSettings(Section, frozen=True, tag="printer"):
    """A printer. `family` is one of `hardware/printer/families.toml`, `baud` 0 its own.

    `prints` and `groups` share the paper out among several printers: which kinds of paper, and the
    slips of which topic groups. Without them it prints whatever no other one is named for.
    """

    driver: Literal["none", "fake", "file", "serial"] = "file"
    paper_mm: Literal[58, 80] = 80
    port: str = "/dev/serial/by-id/usb-*"
    baud: Literal[0, Baud, 230400, 460800, 921600] = 0
    family: str = "generic"
    prints: list[PaperKind] = msgspec.field(default_factory=list)
    groups: list[str] = msgspec.field(default_factory=list)

    @property
    def gives_slips(self) -> bool:
        return self.is_there and "slips" in (self.prints or ["slips"])

    def faults(self) -> Iterator[str]:
        if self.family not in families():
            yield f'family: cannot be "{self.family}"; {suggest_closest(self.family, families())}'
        if self.groups and "slips" not in (self.prints or ["slips"]):
            yield "groups: are for slips, and this printer prints sheets alone"


_PULLED_UP = (2, 3)
"""On the board itself, by 1.8 kilohm: nothing pulls them down."""


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A push button: `pin` is a GPIO number (BCM), `pull` where its resistor pulls it at rest.

    A contact must be closed for `bounce_ms` to count as pressed.
    """

    pin: int
    pull: Literal["up", "down"] = "up"
    bounce_ms: Annotated[int, msgspec.Meta(ge=1, le=250)] = 10


CONTACTS = {
    "smiley.1": Contact(5),
    "smiley.2": Contact(6),
    "smiley.3": Contact(13),
    "smiley.4": Contact(19),
    "smiley.5": Contact(26),
    "next": Contact(21),
}
"""The end of the Raspberry Pi's header, pins 29 to 40."""


BUTTONS = (
    *(f"smiley.{score}" for score in range(1, 6)),
    "next",
    *(f"key.{key}" for key in Key),
)
"""Every button that means something."""


class ButtonsSettings(Section, frozen=True, tag="buttons"):
    """Smileys, the staff's `next`, and keys for use by touch: `key.up`, `key.ok` and so on.

    `next_desk` is the desk that the button `next` calls for, else the first one. Up, down, louder
    and softer count again `key_lock_ms` after they were let go; 500 and more for hands that shake.
    `glass` is the one beside which they are, where a bus has several. `volume_keys` says how loud
    they make what: the calls, or the voice of that glass.
    """

    driver: Literal["none", "fake", "keyboard", "gpio"] = "keyboard"
    contacts: dict[str, Contact] = msgspec.field(default_factory=lambda: dict(CONTACTS))
    next_desk: str = ""
    glass: Annotated[str, msgspec.Meta(pattern=GLASS_NAME)] = "touch"
    key_lock_ms: Annotated[int, msgspec.Meta(ge=0, le=2000)] = 100
    volume_keys: Literal["calls", "voice"] = "calls"

    def faults(self) -> Iterator[str]:
        yield from _unknown_buttons("contacts", self.contacts)
        if self.driver != "gpio":
            return
        if not self.contacts:
            yield "contacts: the driver gpio needs a pin for each button"
        for name, contact in self.contacts.items():
            if contact.pin in _PULLED_UP and contact.pull == "down":
                yield f"contacts.{name}: the board itself pulls GPIO {contact.pin} up, not down"

    def pin_uses(self) -> Iterator[PinUse]:
        for name, contact in self.contacts.items() if self.driver == "gpio" else ():
            yield PinUse(f"contacts.{name}", contact.pin, name)

    @property
    def wired(self) -> dict[str, Contact]:
        """The buttons that can be pressed; a stand-in has them all."""
        return self.contacts if self.driver == "gpio" else dict.fromkeys(BUTTONS, Contact(0))


def _unknown_buttons(setting: str, named: Iterable[str]) -> Iterator[str]:
    for name in named:
        if name not in BUTTONS:
            yield f"{setting}: there is no button {name!r}; there are {', '.join(BUTTONS)}"


class LampSettings(Section, frozen=True, tag="lamp"):
    """The lamps beside the buttons: the GPIO number (BCM) for each button that has one."""

    driver: Literal["none", "fake", "gpio"] = "fake"
    pins: dict[str, int] = msgspec.field(default_factory=dict)

    def faults(self) -> Iterator[str]:
        yield from _unknown_buttons("pins", self.pins)
        if self.driver == "gpio" and not self.pins:
            yield "pins: the driver gpio needs a pin for each lamp"

    def pin_uses(self) -> Iterator[PinUse]:
        for name, pin in self.pins.items() if self.driver == "gpio" else ():
            yield PinUse(f"pins.{name}", pin, f"lamp {name}")

    @property
    def wired(self) -> tuple[str, ...]:
        """The buttons whose lamps can light up; a stand-in has them all."""
        return tuple(self.pins) if self.driver == "gpio" else BUTTONS


class CallDisplaySettings(Section, frozen=True, tag="call_display"):
    """A call display on a serial line or behind a broker, beside the web page that does the same.

    `framing` is data bits, parity and stop bits; `address` two digits, as set on the display.
    `digits`, `ends` and `letter` are for the driver `segments`; `broker` (its host and port),
    `topic`, `user` and `password` for `mqtt`.
    """

    driver: Literal["none", "fake", "alpha", "ditel", "segments", "mqtt"] = "fake"
    port: str = "/dev/serial/by-id/usb-*"
    baud: Baud = 9600
    framing: Annotated[str, msgspec.Meta(pattern=_FRAMING)] = "8N1"
    address: Annotated[str, msgspec.Meta(pattern=_ADDRESS)] = "01"
    digits: Annotated[int, msgspec.Meta(ge=2, le=12)] = 6
    ends: Literal["etx", "cr"] = "etx"
    letter: bool = False
    broker: Annotated[str, msgspec.Meta(pattern=_BROKER)] = "localhost:1883"
    topic: Annotated[str, msgspec.Meta(pattern=_TOPIC)] = "radhaus/call"
    user: str = ""
    password: str = ""

    @property
    def serial_port(self) -> str | None:
        return None if self.driver == "mqtt" else super().serial_port

    @property
    def broker_address(self) -> tuple[str, int]:
        host, _, port = self.broker.rpartition(":")
        return host, int(port)

    def faults(self) -> Iterator[str]:
        if self.driver not in {"ditel", "segments"}:
            return
        if not self.address.isdecimal():
            yield (
                f"address: the driver {self.driver} needs two digits, such as 01,"
                f" not {self.address!r}"
            )
        elif self.driver == "ditel" and self.address == _EVERY_DISPLAY:
            yield "address: no display of the driver ditel answers to 00"


Clock = Annotated[str, msgspec.Meta(pattern=_TIME)]
"""A time of the day, `HH:MM`."""


class Quiet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A local time of the day in which the loudspeaker is not louder than `percent`.

    May span midnight. With 0 the call display calls alone.
    """

    begins: Clock
    ends: Clock
    percent: Annotated[int, msgspec.Meta(ge=0, le=MAX_PERCENT)]


class SpeakerSettings(Section, frozen=True, tag="speaker"):
    """Chime and spoken calls, in the same `languages` for every call, one after the other.

    `output` is the name of an ALSA device or a PipeWire sink. `volume_percent` holds until staff
    choose another, and again when it is changed here.
    """

    driver: Literal["none", "fake", "wav", "alsa", "pipewire"] = "wav"
    output: Annotated[str, msgspec.Meta(pattern=OUTPUT)] = "default"
    languages: list[str] = msgspec.field(default_factory=lambda: ["de", "en"])
    volume_percent: Annotated[int, msgspec.Meta(ge=MIN_PERCENT, le=MAX_PERCENT)] = DEFAULT_PERCENT
    quiet: list[Quiet] = msgspec.field(default_factory=list)

    def faults(self) -> Iterator[str]:
        if not self.languages:
            yield 'languages: must name one at least; or set driver = "none"'
        for language in sorted(set(self.languages)):
            if self.languages.count(language) > 1:
                yield f"languages: names {language!r} twice"
        for at, quiet in enumerate(self.quiet):
            if quiet.begins == quiet.ends:
                yield f"quiet, entry {at + 1}: begins and ends at {quiet.begins}"


class ScannerSettings(Section, frozen=True, tag="scanner"):
    """The reader for the codes of appointments."""

    driver: Literal["none", "fake", "file", "serial"] = "file"
    port: str = "/dev/serial/by-id/usb-*"
    baud: Baud = 115200


class BoardSettings(Section, frozen=True, tag="board"):
    """The computer itself, read below the folder `root`.

    `ignition` tells that the driver has turned the key: `pin`, low or high when it is off, or
    `ups` for the kernel's own power supply. After `off_after_s` without power the box shuts down.
    """

    driver: Literal["none", "fake", "linux"] = "none"
    root: str = "/"
    ignition: Literal["none", "gpio", "ups"] = "none"
    pin: Annotated[int, msgspec.Meta(ge=0, le=27)] = 4
    off_when: Literal["low", "high"] = "low"
    off_after_s: Annotated[int, msgspec.Meta(ge=5, le=3600)] = 60

    def faults(self) -> Iterator[str]:
        if self.driver == "linux" and not self.root.startswith("/"):
            yield f"root: must be a folder such as /, not {self.root!r}"

    def pin_uses(self) -> Iterator[PinUse]:
        if self.ignition_pin is not None:
            yield PinUse("pin", self.ignition_pin, "ignition")

    @property
    def ignition_pin(self) -> int | None:
        """The GPIO number of the ignition's line; None where no pin is touched for it."""
        return self.pin if self.driver == "linux" and self.ignition == "gpio" else None


DEVICE_KINDS: Mapping[str, type[Section]] = {
    str(section.__struct_config__.tag): section for section in Section.__subclasses__()
}
"""The settings of each kind of device, as config.toml and profiles name it."""
