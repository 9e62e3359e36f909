"""Check of the backups: whether there are any, and how old the newest is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from kiosk.devices.finding import Finding, ok, warning
from kiosk.operate.backup.backup_files import newest_backup

if TYPE_CHECKING:
    from kiosk.operate.doctor.host import Host

_DAY_S: Final = 24 * 3600.0
OLDEST_S: Final = 4 * _DAY_S
"""A bus that stands still from Friday to Monday is no reason to worry."""

_SET_UP = (
    "Make a key with age-keygen in the office and write its public key into config.toml:"
    ' [backup] recipient = "age1..." (docs/backup.md).'
)
_LOOK = "Run: kiosk backup, and look at: systemctl status kiosk-backup.timer."


def backup(host: Host) -> Finding:
    """There is a recent backup, encrypted to a recipient."""
    if not host.settings().backup.recipient:
        if host.is_appliance:
            return warning(
                "No backups: config.toml names no recipient who could read them.", _SET_UP
            )
        return ok("No backups, as on a desk: config.toml names no recipient who could read them.")
    last = newest_backup(host.paths.backups)
    if last is None:
        return warning("There is no backup yet.", _LOOK)
    if not host.clock_is_set():
        return ok(f"The newest backup is {last.name}; how old it is, the clock does not know.")
    age_s = time.time() - last.stat().st_mtime
    if age_s > OLDEST_S:
        return warning(f"The newest backup is {age_s / _DAY_S:.0f} days old.", _LOOK)
    return ok(f"The newest backup is {age_s / 3600:.0f} hours old: {last.name}.")
