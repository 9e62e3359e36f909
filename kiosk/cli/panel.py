"""`kiosk panel`: printer, call display, voice and buttons."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click
import msgspec

from kiosk.cli.common import data_option
from kiosk.cli.opened import opened
from kiosk.panel.duties import Surroundings
from kiosk.panel.panel import Panel
from kiosk.panel.process import run_panel
from kiosk.service import panel_state
from kiosk.settings.texts import Texts
from kiosk.system.paths import poweroff_request
from kiosk.system.process_lock import hold_lock
from kiosk.wiring import devices

if TYPE_CHECKING:
    from kiosk.system.paths import Paths


@click.command()
@data_option
def command(paths: Paths) -> None:
    """Serve the devices on the wires until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    kiosk = opened(paths)
    settings = kiosk.config.devices
    poweroff = poweroff_request(paths)
    around = Surroundings(kiosk.office, kiosk.now, Texts.load(), settings, poweroff)
    with hold_lock(paths.lock("panel"), "The panel"):
        panel_state.save_settings(kiosk.office, msgspec.json.encode(settings).decode())
        run_panel(Panel(around, devices(settings, paths)))
