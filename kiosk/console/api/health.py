"""Whether this process can do its work."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from kiosk.console.api.shapes import CheckAnswer
from kiosk.domain.errors import KioskError
from kiosk.service.visits import current_visit
from kiosk.store.examination import LEAST_FREE_BYTES

if TYPE_CHECKING:
    from kiosk.console.http.context import Door


def checks(door: Door) -> list[CheckAnswer]:
    """The database answers, the disk has room, the journal is followed."""
    return [_database(door), _disk(door), _journal(door)]


def _database(door: Door) -> CheckAnswer:
    try:
        door.office.read(current_visit)
    except KioskError as error:
        return CheckAnswer("database", ok=False, message=str(error))
    return CheckAnswer("database", ok=True, message="The database answers.")


def _disk(door: Door) -> CheckAnswer:
    free = shutil.disk_usage(door.office.database.path.parent).free
    message = f"{free // 1024**2} MB are free."
    return CheckAnswer("disk", ok=free >= LEAST_FREE_BYTES, message=message)


def _journal(door: Door) -> CheckAnswer:
    if door.broadcast.closed:
        return CheckAnswer("journal", ok=False, message="Nobody follows the journal any more.")
    return CheckAnswer("journal", ok=True, message="The journal is followed.")
