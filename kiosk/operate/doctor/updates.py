"""Check of the last update of an appliance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.devices.finding import Finding, ok, warning
from kiosk.operate.updates.appliance import record_of, running_version
from kiosk.operate.updates.device_update import FETCHING, device_update
from kiosk.operate.updates.record import UpdateState, read_record

if TYPE_CHECKING:
    from kiosk.operate.doctor.host import Host


WAITING: Final = "waiting"


def update(host: Host) -> Finding:
    """An update that was refused or cut off is told until the next one."""
    running = running_version(host.root)
    if running is None:
        return ok("This machine is updated as a package or a checkout.")
    record = read_record(record_of(host.root))
    known = device_update(host.root, fetches=True)
    if known and known.state == FETCHING:
        held_up = f" Held up: {known.reason}" if known.reason else ""
        told = f"{known.version} is being fetched ({known.percent} %).{held_up}"
        return ok(f"Version {running} runs; {told}", FETCHING)
    if record is None or record.state is UpdateState.KEPT:
        return ok(f"Version {running} runs.")
    if record.state.is_pending:
        return ok(
            f"Version {running} runs; {record.version} starts at the next switching on.", WAITING
        )
    if record.state is UpdateState.REFUSED:
        return warning(
            f"The update to {record.version} did not pass its check: {record.reason}",
            f"Version {running} goes on. Hand 'kiosk support' to whoever made the update.",
        )
    return warning(
        f"The update to {record.version} was cut off. {record.reason}".strip(),
        f"Version {running} goes on. Install it again: kiosk update install FILE.",
    )
