"""What a start does about an update that waits: try it, keep it, refuse it, or arm it again."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kiosk.domain.errors import KioskError
from kiosk.operate.updates.record import MOST_ATTEMPTS, UpdateState, read_record, write_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiosk.operate.updates.record import UpdateRecord
    from kiosk.operate.updates.slots import Slots


class Verdict(Enum):
    """What the start does next."""

    GO_ON = auto()
    RESTART = auto()
    """Into the other slot: the one that the firmware starts, or one that it tries."""


def settle_update(
    path: Path, running: str, slots: Slots, rehearse: Callable[[], str | None]
) -> Verdict:
    """Settle the update of the record at `path`; `running` is the version of the running slot.

    `rehearse` tries it on a copy of the data and says what is wrong, or None. Nothing of the box
    itself has changed before the running slot is kept. Asked for twice, a restart never becomes a
    circle: the record is settled before it.
    """
    record = read_record(path)
    if record is None or not record.state.is_pending:
        return Verdict.GO_ON
    if running != record.version:
        rearmed = _rearmed(record, slots)
        write_record(path, rearmed)
        tries_now = rearmed.state.is_pending and not slots.trial_outlives_power_off
        return Verdict.RESTART if tries_now else Verdict.GO_ON
    reason = _fault(slots, rehearse)
    if reason is not None:
        write_record(path, replace(record, state=UpdateState.REFUSED, reason=reason))
        return Verdict.RESTART
    write_record(path, replace(record, state=UpdateState.KEPT))
    return Verdict.GO_ON


def _fault(slots: Slots, rehearse: Callable[[], str | None]) -> str | None:
    """Why the running version is not kept; None where it is."""
    try:
        if slots.runs_on_trial():
            if reason := rehearse():
                return reason
            slots.keep_running_slot()
    except KioskError as error:
        return str(error)
    return None


def _rearmed(record: UpdateRecord, slots: Slots) -> UpdateRecord:
    """The old version runs: the new one was cut off, or never came up.

    Where the firmware forgets the trial with the power, the old version always starts first.
    """
    attempts = record.attempts + 1
    most = MOST_ATTEMPTS if slots.trial_outlives_power_off else MOST_ATTEMPTS + 1
    interrupted = replace(record, state=UpdateState.INTERRUPTED, attempts=attempts)
    if record.state is UpdateState.INSTALLING or attempts >= most:
        return interrupted
    try:
        slots.try_other_slot()
    except KioskError as error:
        return replace(interrupted, reason=str(error))
    return replace(record, attempts=attempts)
