"""The panel as a process: ready and not hung for systemd, and a clean end on SIGTERM."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

from kiosk.system import systemd

if TYPE_CHECKING:
    from kiosk.panel.panel import Panel


def run_panel(panel: Panel) -> None:
    """Run until SIGTERM or Ctrl-C."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    systemd.ready()
    panel.run(stopping, systemd.watchdog)
    systemd.stopping()
