"""Gauges in the text format of Prometheus. Numbers of people, never who."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import kiosk
from hardware.board.port import Readings
from kiosk.domain.errors import KioskError
from kiosk.domain.feedback import Misuse
from kiosk.domain.local_time import local_date
from kiosk.domain.ticket import TicketState
from kiosk.export.upload.state import upload_status
from kiosk.service.access import wrong_pins
from kiosk.service.closing import closing_state, open_since
from kiosk.service.doors import devices_now, disk_takes_writes, doors_of
from kiosk.service.queue_view import queue_view
from kiosk.service.smileys import count_by_misuse
from kiosk.store.lost_numbers import lost_ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from kiosk.console.http.context import ConsoleContext
    from kiosk.domain.device_events import DeviceChanged
    from kiosk.domain.moment import Moment
    from kiosk.service.closing import ClosingState
    from kiosk.service.office import Snapshot
    from kiosk.system.heartbeat import DoorSeen

Sample = tuple[str, float]
"""Labels in Prometheus' notation, or nothing, and the value."""


def metrics_text(context: ConsoleContext) -> str:
    with context.office.snapshot() as snapshot:
        view, presses = queue_view(snapshot), count_by_misuse(snapshot)
        now = context.now()
        day = list(_day(snapshot, now))
        doors = doors_of(context.office)
        devices, counts = devices_now(snapshot, doors, now), closing_state(snapshot, now)
        wrong = wrong_pins(snapshot.connection, now)
        uploads = _uploads(snapshot, context.equipment.upload_url)
    by_state = Counter(ticket.state for ticket in view.tickets)
    return "".join(
        [
            _gauge("info", "The version that runs.", [(f'{{version="{kiosk.__version__}"}}', 1)]),
            _gauge("visit_open", "1 while a visit is open.", [("", int(view.visit is not None))]),
            _gauge(
                "tickets",
                "Tickets of the open visit by state.",
                [(f'{{state="{state}"}}', by_state[state]) for state in TicketState],
            ),
            _gauge("journal_entry", "Id of the newest journal entry.", [("", view.entry)]),
            *_machine(context, doors, devices),
            _gauge("wrong_pins", "From unknown browsers, not forgiven by now.", [("", wrong)]),
            *day,
            *_smileys(presses),
            *uploads,
            *_closing(counts, now),
            *_backup(context.equipment.last_backup(), now),
            *_board(context.equipment.board() or Readings()),
        ]
    )


def _machine(
    context: ConsoleContext, doors: list[DoorSeen], devices: Mapping[str, DeviceChanged]
) -> Iterator[str]:
    ready = [(f'{{device="{name}"}}', int(said.condition.ready)) for name, said in devices.items()]
    yield _gauge(
        "device_ready", "1 when a device said last that it is ready, and its panel answers.", ready
    )
    alive = [(f'{{door="{seen.door}"}}', int(seen.alive)) for seen in doors]
    yield _gauge("door_alive", "1 while the main loop of a door turns.", alive)
    writes = int(disk_takes_writes(context.office, doors))
    yield _gauge(
        "disk_takes_writes", "0 when the disk has refused what a door wrote.", [("", writes)]
    )
    yield _gauge("event_streams", "Browsers that listen.", [("", context.stream_slots["browsers"])])


def _day(snapshot: Snapshot, now: Moment) -> Iterator[str]:
    numbers = sum(len(each.running_numbers()) for each in lost_ranges(snapshot.connection))
    yield _gauge(
        "numbers_lost", "Numbers on paper that a damage has taken out of the file.", [("", numbers)]
    )
    opened = open_since(snapshot, now)
    days = (local_date(now) - opened).days if opened else 0
    yield _gauge("visit_open_days", "Nights that the open visit has been open.", [("", days)])


def _smileys(presses: Mapping[Misuse | None, int]) -> Iterator[str]:
    yield _gauge("smileys", "Smileys of the open visit that count.", [("", presses.get(None, 0))])
    yield _gauge(
        "presses_set_aside",
        "Presses of smileys that do not count, by reason.",
        [(f'{{reason="{reason}"}}', presses.get(reason, 0)) for reason in Misuse],
    )


def _uploads(snapshot: Snapshot, target: str) -> list[str]:
    """What waits for the server; without one, or with a faulty ledger, there are no gauges."""
    if not target:
        return []
    try:
        status = upload_status(snapshot.connection, target)
    except KioskError:
        return []
    waiting = _gauge("upload_waiting", "Closed periods to send.", [("", len(status.waiting))])
    if not status.last_sent:
        return [waiting]
    sent = [("", status.last_sent.timestamp())]
    return [waiting, _gauge("upload_last_sent_seconds", "When the server had one last.", sent)]


def _closing(state: ClosingState, now: Moment) -> Iterator[str]:
    """Periods, never people: how many have come since the last closing is told as enough or not."""
    if state.last and state.last.moment.trusted and now.trusted:
        age = now.wall - state.last.moment.wall
        yield _gauge(
            "last_closing_seconds", "Since a period was closed.", [("", age.total_seconds())]
        )
    yield _gauge("periods_over", "Periods that are over and not closed.", [("", len(state.over))])
    yield _gauge(
        "closing_due", "1 while one of them is to be closed.", [("", int(bool(state.due)))]
    )
    yield _gauge("closing_failed", "1 when that was tried in vain.", [("", int(state.failed))])
    yield _gauge(
        "people_enough",
        "1 when those counted since the last closing are enough to be protected.",
        [("", int(state.enough))],
    )


def _backup(last: datetime | None, now: Moment) -> Iterator[str]:
    """How old the newest is; without one, or without a clock, there is no gauge."""
    if last and now.trusted:
        age_s = (now.wall - last).total_seconds()
        yield _gauge("last_backup_seconds", "Since a backup was written.", [("", age_s)])


def _board(readings: Readings) -> Iterator[str]:
    """What the computer tells about itself; what it does not tell has no gauge."""
    gauges: dict[str, tuple[str, float | None]] = {
        "celsius": ("Temperature of the processor.", readings.celsius),
        "under_voltage": ("1 while the supply is too low.", readings.under_voltage),
        "throttled": ("1 while it slows itself down.", readings.throttled),
        "disk_wear_percent": ("Used of the disk's life, at most.", readings.wear_percent),
        "disk_free_bytes": ("Room for the data folder.", readings.free_bytes),
        "disk_read_only": ("1 when nothing can be written.", readings.read_only),
    }
    for name, (about, value) in gauges.items():
        if value is not None:
            yield _gauge(f"board_{name}", about, [("", float(value))])


def _gauge(name: str, about: str, samples: Iterable[Sample]) -> str:
    lines = [f"radhaus_{name}{labels} {value}" for labels, value in samples]
    head = [f"# HELP radhaus_{name} {about}", f"# TYPE radhaus_{name} gauge"]
    return "\n".join([*head, *lines]) + "\n"
