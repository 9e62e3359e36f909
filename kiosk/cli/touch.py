"""`kiosk touch`: the glass."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

import click

from kiosk.cli.box import open_box
from kiosk.cli.common import data_option, glass_option, size_option
from kiosk.settings.config.devices import ButtonsSettings, PrinterSettings
from kiosk.settings.phone_pages import can_open_pages
from kiosk.system.process_lock import hold_lock
from kiosk.system.virtual_display import NoDisplay, has_display
from kiosk.touch.environment import UPDATING, prepare, rotate
from kiosk.touch.glass_process import GlassProcess
from kiosk.touch.layout.theme import Pane
from kiosk.wiring.sound import voice_devices

if TYPE_CHECKING:
    from kiosk.settings.config import Devices
    from kiosk.system.paths import Paths
    from kiosk.touch.content.context import StandIns


@click.command()
@size_option
@glass_option
@click.option(
    "--updating", is_flag=True, envvar=UPDATING, help="Do nothing but say that an update is tried."
)
@data_option
def command(paths: Paths, size: str | None, name: str, *, updating: bool) -> None:
    """Serve citizens at the touchscreen until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    kiosk = open_box(paths)
    settings = kiosk.config.glass
    if not has_display(os.environ):
        raise NoDisplay("set DISPLAY or WAYLAND_DISPLAY, or use 'kiosk run', which brings its own")
    width_px, height_px = (int(side) for side in (size or settings.size).split("x"))
    pane = Pane.of(width_px, height_px, settings.mm_per_px)
    prepare(os.environ, paths.runtime / "kivy", pane, fullscreen=settings.fullscreen)
    rotate(os.environ, settings.rotation)
    run = import_module("kiosk.touch.run")  # reads the environment when it is imported
    stand_ins = stand_ins_of(kiosk.config.devices)
    with hold_lock(paths.lock(name), f"The glass {name!r}"):
        devices = kiosk.config.devices
        printer = any(each.gives_slips for each in devices.of(PrinterSettings).values())
        beside = any(each.glass == name for each in devices.of(ButtonsSettings).values())
        spoken = settings.voice
        voice = voice_devices(spoken, name, paths) if spoken.is_there else None
        phones = can_open_pages(kiosk.config.console, kiosk.office.profile)
        process = GlassProcess(
            name, kiosk.office, kiosk.now, paths, stand_ins, printer, beside, phones, voice
        )
        run.run_glass(replace(process, updating=updating), pane)


def stand_ins_of(devices: Devices) -> StandIns:
    """What the glass tells of them; the computer itself is real on every desk."""
    if not devices.stand_ins:
        return "none"
    return "some" if any(each.real and each.kind != "board" for each in devices.values()) else "all"
