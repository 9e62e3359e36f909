"""An appointment, without names: time, topic and stop, and the punctuality of its holder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.ids import StopId, TicketId, TopicId
    from kiosk.domain.moment import Moment


class Punctuality(StrEnum):
    """When the holder checked in, as the glass says it.

    LATE still keeps the appointment, TOO_LATE waits like a walk-in. AGAIN: checked in before, and
    the number stays the same; BACK: was parked or missed, and waits again; CALLED: is called to a
    desk, or there.
    """

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    TOO_LATE = "too_late"
    AGAIN = "again"
    BACK = "back"
    CALLED = "called"


CAME_BEFORE = frozenset({Punctuality.AGAIN, Punctuality.BACK, Punctuality.CALLED})
"""Their holder has a number and a slip."""

ON_TIME_FOR = timedelta(minutes=1)
"""Ten o'clock is over at one minute past ten."""


@dataclass(frozen=True, slots=True)
class Booking:
    """An appointment as it stands in an imported file, before it has a code of this box.

    `time` is in UTC. Without `stop` it holds wherever the bus stands. Where no `code` finds it
    again in the next file, `origin` does: what this file calls it. That may hold a name, so only a
    digest of it is ever stored. `withdrawn_in_line` is where the envelope of its file cancels it,
    0 where it does not. `sequence` counts its versions, where its program does.
    """

    time: datetime
    topic: TopicId
    stop: StopId | None
    code: str | None
    origin: str
    cancelled: bool = False
    withdrawn_in_line: int = 0
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """An appointment that is expected.

    `origin` is the digest of what a file without codes called it, or says that it was made here.
    `ticket` is what it has led to. `slip` says whether it is on paper, so that a move prints a new
    one; by telephone it has none.
    """

    code: str
    time: datetime
    topic: TopicId
    stop: StopId | None
    origin: str | None = None
    ticket: TicketId | None = None
    slip: bool = True

    @property
    def was_made_at_desk(self) -> bool:
        """Whether staff made it at a desk, so that no file knows it."""
        return self.origin in {_of_desk(self.code), _of_practice(self.code)}

    @property
    def is_practice(self) -> bool:
        """Whether it was made in a practice visit, and goes with it."""
        return self.origin == _of_practice(self.code)


def made_at_desk(
    code: str, time: datetime, topic: TopicId, stop: StopId, *, practice: bool
) -> Appointment:
    """An appointment that no file knows; its origin says so."""
    origin = _of_practice(code) if practice else _of_desk(code)
    return Appointment(code, time, topic, stop, origin)


def _of_desk(code: str) -> str:
    return f"desk:{code}"


def _of_practice(code: str) -> str:
    return f"practice:{code}"


def punctuality(time: datetime, arrival: Moment, grace_min: int) -> Punctuality:
    """The punctuality of an arrival; every one is on time while the clock is not trusted."""
    if not arrival.trusted:
        return Punctuality.ON_TIME
    if arrival.wall < time:
        return Punctuality.EARLY
    if arrival.wall < time + ON_TIME_FOR:
        return Punctuality.ON_TIME
    in_grace = arrival.wall <= time + timedelta(minutes=grace_min)
    return Punctuality.LATE if in_grace else Punctuality.TOO_LATE
