"""What technicians set in DIR/config.toml, typed; unknown keys are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec.structs import replace

from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


class ConfigError(KioskError):
    """config.toml is missing or says something that nobody understands."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}.")


class Glass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The touchscreen. `mm_per_px` 0 means: the usual panel of that size."""

    size: str = "1280x800"
    mm_per_px: float = 0.0
    fullscreen: bool = False


class Console(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The web pages. `host` 0.0.0.0 opens them to the bus's own network.

    `names` are names by which browsers ask for the box, beside addresses and local names.
    """

    host: str = "127.0.0.1"
    port: int = 8080
    names: list[str] = msgspec.field(default_factory=list)


DEVICES = ("printer", "buttons", "call_display", "speaker", "lamp", "scanner")
"""The kinds of devices, as config.toml and the journal name them."""

STAND_INS = frozenset({"fake", "file", "keyboard"})
"""Drivers for a desk or a demo: where one runs, glass, console and doctor say so."""

BUTTON_PINS = {
    "smiley.1": 5,
    "smiley.2": 6,
    "smiley.3": 13,
    "smiley.4": 19,
    "smiley.5": 26,
    "next": 21,
}
"""GPIO numbers (BCM): the end of the Raspberry Pi's header, pins 29 to 40."""


class Devices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What hangs on the wires, by driver name. Stand-ins run only where they are named here.

    `next_button_desk` is the desk that the button `next` calls for, else the first one;
    `call_languages` are spoken one after the other, the same for everybody.
    """

    printer: Literal["none", "fake", "file"] = "file"
    paper_mm: Literal[58, 80] = 80
    buttons: Literal["none", "fake", "keyboard", "gpio"] = "keyboard"
    button_pins: dict[str, int] = msgspec.field(default_factory=lambda: dict(BUTTON_PINS))
    next_button_desk: str = ""
    call_display: Literal["none", "fake"] = "fake"
    speaker: Literal["none", "fake"] = "fake"
    call_languages: list[str] = msgspec.field(default_factory=lambda: ["de", "en"])
    lamp: Literal["none", "fake"] = "fake"
    scanner: Literal["none", "fake", "file"] = "file"

    def driver_of(self, device: str) -> str:
        """The driver's name for one of `DEVICES`."""
        return str(getattr(self, device))

    @property
    def stand_ins(self) -> tuple[str, ...]:
        """The devices that are not real ones."""
        return tuple(device for device in DEVICES if self.driver_of(device) in STAND_INS)


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings. `profile` is a shipped profile's name or a file.

    `clock`: a desk has a clock with a battery, a bus may have none (see `for_a_bus`).
    """

    profile: str
    clock: Literal["always trusted", "trusted when synchronised"] = "always trusted"
    glass: Glass = Glass()
    console: Console = Console()
    devices: Devices = Devices()

    @property
    def trust_always(self) -> bool:
        """Whether the wall clock is believed without a time service."""
        return self.clock == "always trusted"

    def without(self, devices: Collection[str]) -> Config:
        """The same settings, for a service that does not carry some of `DEVICES`."""
        none = dict.fromkeys(devices, "none")
        return replace(self, devices=replace(self.devices, **none))


def for_a_bus(profile: str) -> Config:
    """Full screen, pages for the bus's own network, and a clock that somebody must set first."""
    return Config(
        profile,
        clock="trusted when synchronised",
        glass=Glass(fullscreen=True),
        console=Console(host="0.0.0.0"),  # noqa: S104 - the unit lets in that network only
    )


_WORDS = {
    "Object contains unknown field": "there is no setting",
    "Object missing required field": "this setting is missing:",
    "Expected": "must be",
    "Invalid enum value": "cannot be",
}


def load(path: Path) -> Config:
    """Read config.toml. Raises `ConfigError`."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Config)
    except FileNotFoundError:
        raise ConfigError(path, "missing; create it with 'kiosk init'") from None
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise ConfigError(path, _in_words(str(error))) from error
    except UnicodeDecodeError as error:
        raise ConfigError(path, "is not written in UTF-8") from error


def _in_words(fault: str) -> str:
    """What msgspec says about a setting, as a technician would say it."""
    said, _, place = fault.rstrip(".").replace("`", "").partition(" - at $.")
    at = f"{place}: " if place else ""
    for theirs, ours in _WORDS.items():
        if said.startswith(theirs):
            return f"{at}{ours} {said.removeprefix(theirs).strip()}".replace(", got ", ", not ")
    return f"{at}{said}"


def as_text(config: Config) -> str:
    """A fresh config.toml with every setting, so that a technician sees what can be set."""
    lines = [
        "# Radhaus: settings of this device. Each value is checked by 'kiosk doctor'.",
        f'profile = "{config.profile}"',
        f'clock = "{config.clock}" # "always trusted" or "trusted when synchronised"',
    ]
    for section in ("glass", "console", "devices"):
        lines += ["", f"[{section}]"]
        values = msgspec.to_builtins(getattr(config, section))
        lines += [f"{key} = {_toml(value)}" for key, value in values.items()]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, dict):
        pairs = ", ".join(f"{_toml(key)} = {_toml(item)}" for key, item in value.items())
        return f"{{ {pairs} }}"
    return msgspec.json.encode(value).decode()
