"""`kiosk hardware`: the devices on the wires, for technicians."""

from __future__ import annotations

import math
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import click
import msgspec
from msgspec.structs import replace

from kiosk.cli.common import data_option, json_option, print_json
from kiosk.cli.opened import opened
from kiosk.cli.wiring_sheet import command as wiring
from kiosk.config import DEVICES
from kiosk.domain.events import (
    AppointmentCheckedIn,
    CodeRefused,
    CopyFailed,
    CopyPrinted,
    DeviceChanged,
    FeedbackGiven,
    SlipFailed,
    SlipPrinted,
    VolumeChanged,
)
from kiosk.domain.volume import LEAST, MOST
from kiosk.panel.trials import PRESS_WITHIN_S, try_device
from kiosk.service import volume
from kiosk.service.follow import Follower
from kiosk.service.queue_view import call_of, device_states
from kiosk.texts import Texts
from kiosk.wiring import Kiosk, devices

if TYPE_CHECKING:
    from kiosk.domain.events import Event
    from kiosk.paths import Paths
    from kiosk.store.journal import Entry


_UNHEARD = "Not heard of since the start: is the panel running?"


class Shown(msgspec.Struct, frozen=True):
    """One device in the list; `ready` is None until the panel has told."""

    name: str
    driver: str
    stand_in: bool
    ready: bool | None
    message: str


@click.group()
def command() -> None:
    """Printer, buttons, call display, speaker, lamps: list, try and watch them."""


command.add_command(wiring)


@command.command("list")
@json_option
@data_option
def list_(paths: Paths, *, as_json: bool) -> None:
    """Say for each device its driver and how it is, as the panel has told last."""
    shown = _shown(opened(paths))
    if as_json:
        print_json(shown)
        return
    for device in shown:
        driver = f"{device.driver} (stand-in)" if device.stand_in else device.driver
        click.echo(f"{device.name:13} {driver:21} {device.message}")


@command.command("test")
@click.argument("name", type=click.Choice(DEVICES))
@data_option
def test(paths: Paths, name: str) -> None:
    """Print, show, play, light up or wait for a press, without a ticket or a call.

    A device that only one program can hold answers when the panel is stopped.
    """
    kiosk = opened(paths)
    settings = kiosk.config.devices
    as_loud = replace(settings.speaker, volume_percent=volume.percent(kiosk.office))
    settings = replace(settings, speaker=as_loud)
    if name == "buttons":
        click.echo(f"Press each button; {PRESS_WITHIN_S:g} seconds without a press end this.")
    if name == "scanner":
        click.echo(f"Hold a code under the scanner within {PRESS_WITHIN_S:g} seconds.")
    click.echo(try_device(name, devices(settings, paths), settings, Texts.load(), say=click.echo))
    if name in settings.stand_ins:
        click.echo(f"This was the stand-in {settings.driver_of(name)!r}, not a real device.")


@command.command("volume")
@click.argument("percent", type=click.IntRange(LEAST, MOST), required=False)
@data_option
def volume_(paths: Paths, percent: int | None) -> None:
    """Say how loud calls are, or set it: PERCENT is 10 to 100. It stays so over a restart."""
    kiosk = opened(paths)
    if percent is not None:
        volume.choose(kiosk.office, percent, kiosk.now())
    click.echo(f"Calls are spoken at {volume.percent(kiosk.office)} %.")


@command.command()
@click.option("--seconds", type=float, default=math.inf, help="Stop after this time.")
@data_option
def watch(paths: Paths, seconds: float) -> None:
    """Show what the devices do, as it happens, until Ctrl-C."""
    kiosk = opened(paths)
    follower = Follower(kiosk.office.database)
    click.get_current_context().call_on_close(follower.close)
    ends_s = time.monotonic() + seconds
    for device in _shown(kiosk):
        click.echo(f"{device.name}: {device.message}")
    with suppress(KeyboardInterrupt):
        while (remaining_s := ends_s - time.monotonic()) > 0:
            for line in filter(None, map(_line, follower.wait(min(remaining_s, 1.0)))):
                click.echo(line)


def _shown(kiosk: Kiosk) -> list[Shown]:
    states = device_states(kiosk.office, kiosk.now())
    return [_device(kiosk, name, states.get(name)) for name in DEVICES]


def _device(kiosk: Kiosk, name: str, state: DeviceChanged | None) -> Shown:
    settings = kiosk.config.devices
    driver = settings.driver_of(name)
    if driver == "none":
        return Shown(name, driver, stand_in=False, ready=None, message="Not there.")
    condition = state.condition if state else None
    message = condition.sentence if condition else _UNHEARD
    ready = condition.ready if condition else None
    return Shown(name, driver, name in settings.stand_ins, ready, message)


def _line(entry: Entry) -> str | None:
    call = call_of(entry)
    return f"call: {call.number} to desk {call.desk}" if call else _words(entry.event)


def _words(event: Event) -> str | None:
    told: str | None = None
    match event:
        case DeviceChanged(device):
            told = f"{device}: {event.condition.sentence}"
        case SlipPrinted(_, number):
            told = f"printer: slip {number} printed"
        case SlipFailed(_, number, reason):
            told = f"printer: no slip for {number}: {reason.replace('_', ' ')}"
        case CopyPrinted(_, number):
            told = f"printer: copy of {number} printed"
        case CopyFailed(_, number, _, reason):
            told = f"printer: no copy of {number}: {reason.replace('_', ' ')}"
        case AppointmentCheckedIn(_, number):
            told = f"checked in: {number}, on glass, scanner or at a desk"
        case CodeRefused(reason):
            told = f"scanner: refused, {reason.replace('_', ' ')}"
        case VolumeChanged(percent):
            told = f"speaker: calls are spoken at {percent} %"
        case FeedbackGiven():
            told = "a smiley was pressed, on glass or button"
    return told
