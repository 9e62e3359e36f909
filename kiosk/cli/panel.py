"""`kiosk panel`: printer, call display, voice and buttons."""

from __future__ import annotations

import logging
import os
import signal
from typing import TYPE_CHECKING

import click
import msgspec

from kiosk.cli.box import open_box
from kiosk.cli.common import data_option
from kiosk.panel.duties import PanelContext
from kiosk.panel.panel import Panel
from kiosk.panel.wal_upkeep import log_unwritable
from kiosk.service import panel_state
from kiosk.service.closing_watch import ClosingWatch, closing_command
from kiosk.settings.texts import Texts
from kiosk.system import systemd
from kiosk.system.heartbeat import PANEL, Heartbeat
from kiosk.system.paths import poweroff_request
from kiosk.system.process_lock import hold_lock
from kiosk.wiring.drivers import drivers

if TYPE_CHECKING:
    from kiosk.store.database import Database
    from kiosk.system.paths import Paths

NICENESS = 5
"""Niceness: drawing a slip or a sentence takes a tenth of a second, taps and clicks go first."""

FIRST_LOOK_S = 30.0
"""Whether a period is to be closed: once the bus has started."""


@click.command()
@data_option
def command(paths: Paths) -> None:
    """Serve the devices on the wires until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    os.nice(NICENESS)
    kiosk = open_box(paths)
    settings = kiosk.config.devices
    poweroff = poweroff_request(paths)
    context = PanelContext(kiosk.office, kiosk.now, Texts.load(), settings, poweroff)
    with hold_lock(paths.lock("panel"), "The panel"):
        wired = drivers(settings, paths)
        encoded = msgspec.json.encode(settings.as_builtins()).decode()
        with log_unwritable("the settings of the devices"):
            panel_state.save_settings(kiosk.office, encoded, wired)
        watch = ClosingWatch(kiosk.office, kiosk.now, closing_command(paths.data), FIRST_LOOK_S)
        with watch.running():
            _run(Panel(context, wired), Heartbeat(paths, PANEL), kiosk.office.database)


def _run(panel: Panel, heartbeat: Heartbeat, database: Database) -> None:
    """Until SIGTERM or Ctrl-C."""

    def tick() -> None:
        systemd.watchdog()
        heartbeat.beat(database.probe_disk)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: panel.stop())
    systemd.ready()
    panel.run(tick)
    systemd.stopping()
