"""The panel as a process: ready and not hung for systemd, and a clean end on SIGTERM."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from kiosk.system import systemd

if TYPE_CHECKING:
    from kiosk.panel.panel import Panel


def run_panel(panel: Panel) -> None:
    """Run until SIGTERM or Ctrl-C."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: panel.stop())
    systemd.ready()
    panel.run(systemd.watchdog)
    systemd.stopping()
