"""Health check of the console: database, disk, journal, doors."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from kiosk.console.api.answer_schemas import CheckAnswer
from kiosk.domain.errors import KioskError
from kiosk.service.doors import disk_takes_writes, doors_of, silent_doors
from kiosk.service.visits import current_visit
from kiosk.store.examination import LEAST_FREE_BYTES

if TYPE_CHECKING:
    from kiosk.console.http.context import ConsoleContext


def checks(context: ConsoleContext) -> list[CheckAnswer]:
    """The database answers, the disk has room, the journal is followed, the doors answer."""
    return [_database(context), _disk(context), _journal(context), _doors(context)]


def _database(context: ConsoleContext) -> CheckAnswer:
    try:
        context.office.read(current_visit)
    except KioskError as error:
        return CheckAnswer("database", ok=False, message=str(error))
    return CheckAnswer("database", ok=True, message="The database answers.")


def _disk(context: ConsoleContext) -> CheckAnswer:
    if fault := context.disk.fault():
        message = f"The disk does not take what is written: {fault.strerror}."
        return CheckAnswer("disk", ok=False, message=message)
    if not disk_takes_writes(context.office, doors_of(context.office)):
        message = "The disk has refused what was written last."
        return CheckAnswer("disk", ok=False, message=message)
    free = shutil.disk_usage(context.office.database.path.parent).free
    message = f"{free // 1024**2} MB are free."
    return CheckAnswer("disk", ok=free >= LEAST_FREE_BYTES, message=message)


def _doors(context: ConsoleContext) -> CheckAnswer:
    if silent := silent_doors(doors_of(context.office)):
        told = "; ".join(f"{each.door} {each.sentence}" for each in silent)
        return CheckAnswer("doors", ok=False, message=f"{told[0].upper()}{told[1:]}.")
    return CheckAnswer("doors", ok=True, message="Glass, console and panel answer.")


def _journal(context: ConsoleContext) -> CheckAnswer:
    if context.broadcast.closed:
        return CheckAnswer("journal", ok=False, message="The journal is not followed any more.")
    return CheckAnswer("journal", ok=True, message="The journal is followed.")
