"""`kiosk hardware`: the devices on the wires, for technicians."""

from __future__ import annotations

import math
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import data_option, json_option, print_json
from kiosk.cli.hardware_list import all_shown, free_lines
from kiosk.cli.hardware_watch import line_of
from kiosk.cli.wiring_sheet import command as wiring
from kiosk.devices.kind import SelfTestContext
from kiosk.devices.self_test import run_self_test
from kiosk.devices.speaker import quiet_times
from kiosk.domain.volume import MAX_PERCENT, MIN_PERCENT, quiet_now
from kiosk.service import volume
from kiosk.service.follower import Follower
from kiosk.settings.config.devices import SpeakerSettings
from kiosk.settings.texts import Texts
from kiosk.wiring.drivers import drivers

if TYPE_CHECKING:
    from kiosk.system.paths import Paths


@click.group()
def command() -> None:
    """Printer, buttons, call display, speaker, lamps, board: list, try and watch them."""


command.add_command(wiring)


@command.command("list")
@json_option
@data_option
def list_(paths: Paths, *, as_json: bool) -> None:
    """Say for each device its driver and how it is, as the panel has told last."""
    kiosk = open_box(paths)
    shown = all_shown(kiosk)
    if as_json:
        print_json(shown)
        return
    for device in shown:
        driver = f"{device.driver} (stand-in)" if device.stand_in else device.driver
        click.echo(f"{device.name:13} {driver:21} {device.message}")
        if device.port:
            fits = ", ".join(device.port.fits) or "nothing"
            family = f"Family {device.port.family}: " if device.port.family else ""
            click.echo(f"{'':13} {family}{device.port.pattern} fits {fits}")
    if free := free_lines(kiosk.config.devices):
        click.echo(f"Serial lines that no device uses: {', '.join(free)}")


@command.command("test")
@click.argument("name")
@data_option
def test(paths: Paths, name: str) -> None:
    """Print, show, play, light up or wait for a press, without a ticket or a call.

    A device that only one program can hold answers when the panel is stopped.
    """
    kiosk = open_box(paths)
    settings = kiosk.config.devices.with_volume(kiosk.office.read(volume.percent))
    context = SelfTestContext(kiosk.office.profile, Texts.load(), click.echo)
    click.echo(run_self_test(name, drivers(settings, paths), settings, context))
    if settings[name].stand_in:
        click.echo(f"This was the stand-in {settings[name].driver!r}, not a real device.")


@command.command("volume")
@click.argument("percent", type=click.IntRange(MIN_PERCENT, MAX_PERCENT), required=False)
@data_option
def volume_(paths: Paths, percent: int | None) -> None:
    """Say how loud calls are, or set it: PERCENT is 10 to 100. It stays so over a restart."""
    kiosk = open_box(paths)
    if percent is not None:
        volume.choose(kiosk.office, percent, kiosk.now())
    chosen = kiosk.office.read(volume.percent)
    quiet = quiet_now(quiet_times(kiosk.config.devices.first(SpeakerSettings)), kiosk.now())
    but = ""
    if quiet and quiet.percent < chosen:
        but = f", but now at {quiet.percent} %: quiet {quiet.begins:%H:%M}-{quiet.ends:%H:%M}"
    click.echo(f"Calls are spoken at {chosen} %{but}.")


@command.command()
@click.option("--seconds", type=float, default=math.inf, help="Stop after this time.")
@data_option
def watch(paths: Paths, seconds: float) -> None:
    """Show what the devices do, as it happens, until Ctrl-C."""
    kiosk = open_box(paths)
    follower = Follower(kiosk.office.database)
    click.get_current_context().call_on_close(follower.close)
    ends_s = time.monotonic() + seconds
    for device in all_shown(kiosk):
        click.echo(f"{device.name}: {device.message}")
    with suppress(KeyboardInterrupt):
        while (remaining_s := ends_s - time.monotonic()) > 0:
            for line in filter(None, map(line_of, follower.wait(min(remaining_s, 1.0)))):
                click.echo(line)
