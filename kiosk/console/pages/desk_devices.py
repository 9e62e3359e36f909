"""Device status on the page of a desk: one line in the bar, everything in a dialog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.console.words.devices import TroubledDevice, describe_trouble
from kiosk.console.words.doors import (
    describe_disk,
    describe_door,
    describe_left_open,
    describe_lost,
)
from kiosk.console.words.periods import closed_news, closing_trouble
from kiosk.devices.check_words import COUNTS
from kiosk.devices.kinds import staff_name
from kiosk.devices.stick_words import STICK_WORDS
from kiosk.domain.local_time import local_date
from kiosk.service.closing import closing_state, open_since
from kiosk.service.doors import devices_now, disk_takes_writes, doors_of, silent_doors
from kiosk.service.sticks import stick_state
from kiosk.store.errors import is_full
from kiosk.store.lost_numbers import lost_ranges

if TYPE_CHECKING:
    from kiosk.console.http.context import ConsoleContext
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Snapshot


@dataclass(frozen=True, slots=True)
class DeviceStates:
    """What is in trouble, the worst first, what is ready, and what is only simulated.

    A period that could not be closed is a trouble among them; `news` tells of one that was.
    `leaving_within_s` is None unless the ignition is off: then the box shuts down.
    """

    troubled: list[TroubledDevice]
    ready: list[str]
    stand_ins: list[str]
    leaving_within_s: int | None = None
    news: str = ""

    @property
    def broken(self) -> bool:
        """Whether one does not do its work; all other troubles are only to be looked after."""
        return any(not device.harmless for device in self.troubled)

    @property
    def short(self) -> str:
        """The worst in a few words, and how many more there are."""
        more = len(self.troubled) - 1
        others = f" und {more} {'weiteres' if more == 1 else 'weitere'}" if more else ""
        return f"{self.troubled[0].short}{others}"

    @property
    def all_stand_ins(self) -> bool:
        """No device that has told of itself is a real one."""
        devices = (one.name for one in self.troubled if one.name != COUNTS)
        return {*self.ready, *devices} <= {*self.stand_ins}


@dataclass(frozen=True, slots=True)
class StickNotice:
    """How a plugged stick is doing."""

    text: str
    good: bool


def stick_notice(snapshot: Snapshot, now: Moment) -> StickNotice | None:
    """None while none is plugged."""
    state = stick_state(snapshot, now)
    return StickNotice(STICK_WORDS[state], state.good) if state in STICK_WORDS else None


def devices_of(snapshot: Snapshot, context: ConsoleContext, now: Moment) -> DeviceStates:
    """The devices as they are now."""
    doors = doors_of(snapshot.office)
    said = devices_now(snapshot, doors, now)
    troubled = [describe_trouble(event) for event in said.values() if event.troubles]
    troubled += [door for each in silent_doors(doors) if (door := describe_door(each))]
    if not disk_takes_writes(snapshot.office, doors):
        full = is_full(snapshot.office.database.path.parent)
        troubled.insert(0, describe_disk(full=full))
    if numbers := lost_ranges(snapshot.connection):
        troubled.append(describe_lost(numbers))
    opened = open_since(snapshot, now)
    if opened and opened < local_date(now):
        troubled.append(describe_left_open(opened))
    counts = closing_state(snapshot, now)
    if trouble := closing_trouble(counts):
        troubled.append(trouble)
    leaving = any(device.urgent for device in troubled)
    return DeviceStates(
        troubled=sorted(troubled, key=lambda device: (not device.urgent, device.harmless)),
        ready=[staff_name(name, event.kind) for name, event in said.items() if not event.troubles],
        stand_ins=[staff_name(name, kind) for name, kind in context.equipment.stand_ins.items()],
        leaving_within_s=context.equipment.off_after_s if leaving else None,
        news=closed_news(counts, now),
    )
