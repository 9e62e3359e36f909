"""Doors that do not answer: devices of a silent panel are unattended, and its paper fails."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from hardware.trouble import Trouble
from kiosk.domain.device_events import DeviceChanged
from kiosk.service.panel_state import active_settings
from kiosk.service.queue_view import device_states
from kiosk.service.reminders import REMINDERS
from kiosk.service.sheets import SHEETS
from kiosk.service.slips import COPIES, SLIPS
from kiosk.system.heartbeat import PANEL, DoorSeen, door_seen, doors_seen
from kiosk.system.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office, Snapshot
    from kiosk.service.paper import PaperReason

EVERY_QUEUE = (SLIPS, COPIES, REMINDERS, SHEETS)


def paths_of(office: Office) -> Paths:
    """The data folder around the office's database."""
    return Paths(office.database.path.parent)


def doors_of(office: Office) -> list[DoorSeen]:
    """The doors of this box as they are now."""
    return doors_seen(paths_of(office))


def silent_doors(doors: Iterable[DoorSeen]) -> list[DoorSeen]:
    """Those that do not answer."""
    return [seen for seen in doors if not seen.alive]


def disk_takes_writes(office: Office, doors: Iterable[DoorSeen]) -> bool:
    """Whether no door has had something refused by the disk since it took something last."""
    return office.database.write_fault is None and all(d.writes for d in doors if d.alive)


def panel_answers(office: Office) -> bool:
    """Whether the panel works; also where none has ever been started."""
    panel = door_seen(paths_of(office), PANEL)
    return panel is None or panel.alive


def devices_now(
    snapshot: Snapshot, doors: Iterable[DoorSeen], now: Moment
) -> dict[str, DeviceChanged]:
    """The last report of each device; all are unattended while the panel does not answer."""
    said = device_states(snapshot, now)
    panel = next((seen for seen in doors if seen.door == PANEL), None)
    if panel is None or panel.alive:
        return said
    detail = f"the panel {panel.sentence}"
    unattended = {
        name: DeviceChanged(name, (Trouble.UNATTENDED,), detail, kind)
        for name, kind in _kinds(snapshot).items()
    }
    left = {name: each for name, each in said.items() if name not in unattended}
    return unattended | {
        name: replace(each, troubles=(Trouble.UNATTENDED,), detail=detail)
        for name, each in left.items()
    }


def fail_late_paper(office: Office, now: Moment, reason: PaperReason | None = None) -> bool:
    """Fail paper that is wanted for longer than `PAPER_MAX_AGE_S`, however the printers do.

    Says whether some is still wanted. `reason` is told where it is known why none came.
    """
    left = [queue.fail_late(office, now, reason) for queue in EVERY_QUEUE]
    return any(left)


def _kinds(snapshot: Snapshot) -> dict[str, str]:
    """The kind of each device with which the panel was started last."""
    kept = active_settings(snapshot)
    settings = msgspec.json.decode(kept, type=dict[str, dict[str, object]]) if kept else {}
    return {
        name: str(each.get("kind", name))
        for name, each in settings.items()
        if each.get("driver") != "none"
    }
