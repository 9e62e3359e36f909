"""A firmware that has forgotten which slot to start: back into the one that was kept.

An empty battery or another board starts slot A by its file, whatever was kept. An older program
there would refuse the data of the newer one, so the box starts once more, into the other slot.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from kiosk.domain.errors import KioskError
from kiosk.operate.updates.record import UpdateState, read_record, write_record
from kiosk.operate.updates.trial import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.operate.updates.record import UpdateRecord
    from kiosk.operate.updates.slots import Slots

MOST_RESTARTS: Final = 2
"""One after the other, into a slot that does not come up: then what runs goes on until it is
switched on again."""


def leave_forgotten_slot(path: Path, running: str, slots: Slots, *, listed: bool) -> Verdict:
    """Whether the running slot is the right one; `path` is that of the record of updates.

    `listed`: the firmware's order has the running slot, and starts it by itself next time, too. The
    right one is listed again; a trial is neither, and left to `settle_update`.
    """
    record = read_record(path)
    if record and record.state.is_pending and running == record.version:
        return Verdict.GO_ON
    if record is None or running == _right_version(record):
        if not listed:
            with suppress(KioskError):  # the next start asks again
                slots.keep_running_slot()
        if record and record.restarts:
            write_record(path, replace(record, restarts=0))
        return Verdict.GO_ON
    if record.restarts >= MOST_RESTARTS:
        write_record(path, replace(record, restarts=0))
        return Verdict.GO_ON
    write_record(path, replace(record, restarts=record.restarts + 1))
    try:
        slots.try_other_slot()
    except KioskError:
        return Verdict.GO_ON
    return Verdict.RESTART


def _right_version(record: UpdateRecord) -> str:
    return record.version if record.state is UpdateState.KEPT else record.replaces
