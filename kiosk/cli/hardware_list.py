"""Rows of `kiosk hardware list`: kind, driver, port and state of each device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from hardware.board.port import Readings
from hardware.serial_names import all_lines, fitting
from kiosk.devices.technician_words import sentence_of
from kiosk.service import panel_state
from kiosk.service.queue_view import device_states
from kiosk.settings.config.devices import BoardSettings, PrinterSettings
from kiosk.system.heartbeat import PANEL, door_seen
from kiosk.wiring.drivers import board_readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kiosk.domain.device_condition import Condition
    from kiosk.domain.device_events import DeviceChanged
    from kiosk.settings.config import Devices
    from kiosk.settings.config.section import Section
    from kiosk.system.heartbeat import DoorSeen
    from kiosk.wiring.box import Kiosk

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


class ListedDevice(msgspec.Struct, frozen=True):
    """One device in the list; `ready` is None unless the panel runs and has reported it."""

    name: str
    kind: str
    driver: str
    stand_in: bool
    ready: bool | None = None
    message: str = ""
    troubles: list[str] = []
    detail: str = ""
    port: Port | None = None
    free_lines: list[str] | None = None
    readings: Readings | None = None


@dataclass(frozen=True, slots=True)
class _Panel:
    """Snapshot of the panel: its settings, and the last state of each device."""

    seen: DoorSeen | None
    settings: Mapping[str, Any]
    states: Mapping[str, DeviceChanged]

    @property
    def answers(self) -> bool:
        return self.seen is not None and self.seen.alive

    @property
    def silence(self) -> str:
        """Why nothing is known of now."""
        if self.seen is None or self.seen.age_s is None:
            return _AWAY
        return f"The panel {self.seen.sentence}."

    def knows(self, name: str, settings: Devices) -> bool:
        """Whether what it tells is of the device that config.toml names now."""
        return bool(self.settings.get(name) == msgspec.to_builtins(settings[name]))


def all_shown(kiosk: Kiosk) -> list[ListedDevice]:
    """Every device of config.toml, there or not."""
    stored = kiosk.office.read(panel_state.active_settings)
    panel = _Panel(
        door_seen(kiosk.paths, PANEL),
        msgspec.json.decode(stored) if stored else {},
        kiosk.office.read(device_states, kiosk.now()),
    )
    return [_shown(kiosk, name, panel) for name in kiosk.config.devices]


def free_lines(settings: Devices) -> list[str]:
    """The serial lines of this computer that no device uses, as config.toml may name them."""
    patterns = (device.serial_port for device in settings.values())
    used = {line.resolve() for pattern in patterns if pattern for line in fitting(pattern)}
    return _names(line for line in all_lines() if line.resolve() not in used)


def _shown(kiosk: Kiosk, name: str, panel: _Panel) -> ListedDevice:
    settings = kiosk.config.devices
    device = settings[name]
    shown = ListedDevice(name, device.kind, device.driver, device.stand_in)
    if not device.is_there:
        return replace(shown, message="Not there.")
    condition, message = _state(name, settings, panel)
    readings = board_readings(settings, kiosk.paths) if isinstance(device, BoardSettings) else None
    return replace(
        shown,
        ready=condition.ready if condition else None,
        message=f"{message} Now: {readings.sentence}" if readings else message,
        troubles=list(condition.troubles) if condition else [],
        detail=condition.detail if condition else "",
        port=_port(device),
        free_lines=free_lines(settings) if device.serial_port else None,
        readings=readings,
    )


def _state(name: str, settings: Devices, panel: _Panel) -> tuple[Condition | None, str]:
    """The last known state of a device, and that in words."""
    state = panel.states.get(name)
    if not panel.knows(name, settings):
        return None, _OUTDATED if panel.answers else panel.silence
    if not panel.answers:
        before = f" It has told last: {sentence_of(state.condition)}" if state else ""
        return None, f"{panel.silence}{before}"
    return (state.condition, sentence_of(state.condition)) if state else (None, _UNHEARD)


def _port(device: Section) -> Port | None:
    if device.serial_port is None:
        return None
    family = device.family if isinstance(device, PrinterSettings) else None
    return Port(device.serial_port, _names(fitting(device.serial_port)), family)


def _names(lines: Iterable[Path]) -> list[str]:
    return [str(line) for line in lines]
