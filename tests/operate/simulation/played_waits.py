"""What tickets are told of their wait, what came true, and what ZMS would have told.

Plausible days are played through the real use cases. Each ticket is told its range when it is
taken; the truth is the time until its first call.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from random import Random
from statistics import fmean, median
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.domain import queue
from kiosk.domain.ticket import TicketState
from kiosk.operate.simulation.citizens import population_of
from kiosk.operate.simulation.days import play_visit
from kiosk.service.wait_forecast import Forecast
from tests.operate.simulation.loads import visits_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.ids import TicketId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.ticket import Ticket
    from kiosk.service.office import Office

Range = tuple[int, int]

_WAY_S: Final = 37.5  # from the call to the desk, on average


class Line(NamedTuple):
    """By what ZMS would go: how many people wait ahead, and how many desks call them."""

    people: int
    desks: int


@dataclass(frozen=True, slots=True)
class WaitRecord:
    """One ticket: the range it was told, and after how many minutes it was called.

    `own` is the line of its topic (the people whom one of its desks may call before), `whole` that
    of the whole visit, as if all desks called all people.
    """

    range: Range | None
    wait_min: float
    own: Line
    whole: Line


class Figures(NamedTuple):
    """How good ranges were: the share that came true, and the minutes between low and high."""

    right: float
    mean_width: float
    median_width: float


def zms_range(minutes: int, line: Line) -> Range:
    """What ZMS tells when its operator has set so many minutes per person."""
    per_person = minutes / line.desks
    least = floor(0.8 * per_person * max(0, line.people - line.desks + 1))
    return least, floor(per_person * (line.people + 1))


def usual_minutes(profile: Profile, wrong_by: float = 0.0) -> int:
    """What an operator of ZMS would set: the true mean from call to finish, or that share off."""
    return round((population_of(profile).mean_s + _WAY_S) / 60 * (1 + wrong_by))


def recorded_waits(office: Office, busy: float, visits: int, seed: int) -> list[WaitRecord]:
    """Play visits with the busiest desks `busy` for that share; all tickets that were called."""
    profile = office.profile
    public = population_of(profile)
    random = Random(f"{profile.id} {busy} {seed}")
    found: list[WaitRecord] = []
    for visit in visits_of(profile, public, busy, visits, random):
        listener = _Listener(office)
        play_visit(office, visit, public, random, listener)
        found += listener.found
    return found


def figures(ranges: Sequence[Range], waits_min: Sequence[float]) -> Figures:
    """Compare ranges with what came true: seconds outside are outside."""
    pairs = zip(ranges, waits_min, strict=True)
    widths = [high - low for low, high in ranges]
    right = fmean(low <= wait <= high for (low, high), wait in pairs)
    return Figures(right, fmean(widths), median(widths))


class _Listener:
    """Hears what every ticket is told, and at the end what came true."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._told: dict[TicketId, tuple[Range | None, Line, Line]] = {}
        self.found: list[WaitRecord] = []

    def taken(self, ticket: Ticket, now: Moment) -> None:
        with self._office.snapshot() as snapshot:
            everyone, desks = snapshot.tickets, snapshot.desk_states()
            told = Forecast(snapshot, now).wait_of(ticket)
        rank = queue.queue_order(now)
        line = [queue.queue_entry(t) for t in everyone if t.state is TicketState.WAITING]
        before = sorted((w for w in line if rank(w) < rank(queue.queue_entry(ticket))), key=rank)
        rivals = queue.callable_before(
            queue.sorted_entries(line, now), ticket, [desk.topics for desk in desks], now
        )
        own = sum(ticket.topic in desk.topics for desk in desks)
        lines = Line(len(rivals), own), Line(len(before), len(desks))
        self._told[ticket.id] = told, *lines

    def over(self) -> None:
        with self._office.snapshot() as snapshot:
            everyone = snapshot.tickets
        for ticket in everyone:
            if ticket.first_call is None:
                continue
            wait_s = ticket.first_call.seconds_since(ticket.taken)
            if wait_s is not None:
                told, own, whole = self._told[ticket.id]
                self.found.append(WaitRecord(told, wait_s / 60, own, whole))
