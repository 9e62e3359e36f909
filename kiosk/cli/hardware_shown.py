"""What `kiosk hardware list` tells of each device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from hardware.board.port import Readings
from hardware.serial_names import all_lines, fitting
from kiosk.devices.technician_words import sentence_of
from kiosk.service import panel_state
from kiosk.service.queue_view import device_states
from kiosk.settings.config import DEVICES
from kiosk.system.process_lock import is_locked
from kiosk.wiring import board_readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kiosk.domain.device import Condition
    from kiosk.domain.events import DeviceChanged
    from kiosk.settings.config import Devices
    from kiosk.wiring import Kiosk

_AWAY = "The panel is not running."
_UNHEARD = "The panel has not told of it yet."
_OUTDATED = "Its settings have changed since the panel was started: restart the panel."


class Port(msgspec.Struct, frozen=True, omit_defaults=True):
    """A serial device's line: what config.toml says, and which lines that fits now.

    A printer has a `family` of `hardware/printer/families.toml`.
    """

    pattern: str
    fits: list[str]
    family: str | None = None


class Shown(msgspec.Struct, frozen=True):
    """One device in the list; `ready` is None unless the panel runs and has told."""

    name: str
    driver: str
    stand_in: bool
    ready: bool | None
    message: str
    troubles: list[str] = []
    detail: str = ""
    port: Port | None = None
    free_lines: list[str] | None = None
    readings: Readings | None = None


@dataclass(frozen=True, slots=True)
class _Panel:
    """The panel as it is now: what it works with, and what it has told last of its devices."""

    running: bool
    settings: Mapping[str, Any]
    told: Mapping[str, DeviceChanged]

    def knows(self, name: str, settings: Devices) -> bool:
        """Whether what it tells is of the device that config.toml names now."""
        return bool(self.settings.get(name) == msgspec.to_builtins(getattr(settings, name)))


def all_shown(kiosk: Kiosk) -> list[Shown]:
    """Every device of `DEVICES`, there or not."""
    kept = kiosk.office.read(panel_state.active_settings)
    panel = _Panel(
        is_locked(kiosk.paths.lock("panel")),
        msgspec.json.decode(kept) if kept else {},
        kiosk.office.read(device_states, kiosk.now()),
    )
    return [_shown(kiosk, name, panel) for name in DEVICES]


def free_lines(settings: Devices) -> list[str]:
    """The serial lines of this computer that no device uses, as config.toml may name them."""
    patterns = (settings.port_of(name) for name in DEVICES)
    used = {line.resolve() for pattern in patterns if pattern for line in fitting(pattern)}
    return _names(line for line in all_lines() if line.resolve() not in used)


def _shown(kiosk: Kiosk, name: str, panel: _Panel) -> Shown:
    settings = kiosk.config.devices
    driver = settings.driver_of(name)
    if driver == "none":
        return Shown(name, driver, stand_in=False, ready=None, message="Not there.")
    condition, message = _told(name, settings, panel)
    pattern = settings.port_of(name)
    readings = board_readings(settings, kiosk.paths) if name == "board" else None
    return Shown(
        name,
        driver,
        name in settings.stand_ins,
        condition.ready if condition else None,
        f"{message} Now: {readings.sentence}" if readings else message,
        list(condition.troubles) if condition else [],
        condition.detail if condition else "",
        _port(settings, name, pattern) if pattern else None,
        free_lines(settings) if pattern else None,
        readings,
    )


def _told(name: str, settings: Devices, panel: _Panel) -> tuple[Condition | None, str]:
    """How a device is now, as far as anybody knows, and that in words."""
    state = panel.told.get(name)
    if not panel.knows(name, settings):
        return None, _OUTDATED if panel.running else _AWAY
    if not panel.running:
        return None, f"{_AWAY} It has told last: {sentence_of(state.condition)}" if state else _AWAY
    return (state.condition, sentence_of(state.condition)) if state else (None, _UNHEARD)


def _port(settings: Devices, name: str, pattern: str) -> Port:
    family = getattr(getattr(settings, name), "family", None)
    return Port(pattern, _names(fitting(pattern)), family)


def _names(lines: Iterable[Path]) -> list[str]:
    return [str(line) for line in lines]
