"""What an appliance tells of its update: what is fetched, waits, runs or was refused."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from msgspec.structs import replace

from kiosk.domain.version import version_order
from kiosk.export.upload.update_messages import DeviceUpdate
from kiosk.operate.updates.appliance import (
    compatible_of,
    fetched_of,
    record_of,
    running_version,
)
from kiosk.operate.updates.fetch import FetchFolder
from kiosk.operate.updates.record import UpdateState, read_record

FETCHING: Final = "fetching"
_ALL: Final = 100


def device_update(root: Path = Path("/"), *, fetches: bool) -> DeviceUpdate | None:
    """Of the machine below `root`; None where it has no two slots."""
    running = running_version(root)
    if running is None:
        return None
    update = DeviceUpdate(running, compatible_of(root), fetches=fetches)
    record, folder = read_record(record_of(root)), FetchFolder(fetched_of(root))
    fetch = folder.read()
    if fetch and not fetch.fetched and version_order(fetch.offer.version) > version_order(running):
        percent = _ALL * folder.have_bytes(fetch.offer) // fetch.offer.size
        state = UpdateState.REFUSED if fetch.given_up else FETCHING
        return replace(
            update,
            version=fetch.offer.version,
            state=str(state),
            reason=fetch.reason,
            percent=percent,
        )
    if record is None:
        return update
    return replace(update, version=record.version, state=str(record.state), reason=record.reason)
