"""Status of this box for its office, of all that the machine tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.export.upload.box_status import build_status
from kiosk.operate.updates.device_update import device_update

if TYPE_CHECKING:
    from kiosk.export.upload.box_status import DeviceStatus
    from kiosk.wiring.box import Kiosk


def own_status(kiosk: Kiosk) -> DeviceStatus:
    """As it is now."""
    config = kiosk.config
    return build_status(
        kiosk.office.database,
        kiosk.paths,
        config.name,
        config.upload.url,
        kiosk.now(),
        update=device_update(fetches=config.updates.from_office),
    )
