"""Opens the box that a command works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kiosk.wiring.box import open_kiosk

if TYPE_CHECKING:
    from kiosk.system.paths import Paths
    from kiosk.wiring.box import Kiosk


def open_box(paths: Paths) -> Kiosk:
    """Open the box and close it when the command ends, well or not. Raises `KioskError`."""
    kiosk = open_kiosk(paths)
    click.get_current_context().call_on_close(kiosk.office.database.close)
    return kiosk
