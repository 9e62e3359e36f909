"""Schedule of simulated visits: days, stops, opening times, numbers of citizens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, pairwise
from random import Random
from typing import TYPE_CHECKING, Final

from kiosk.domain.local_time import BERLIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.profile import Stop

FIRST_DAY: Final = date(2026, 1, 5)
_SATURDAY = 5
_OPENING_TIMES = ((9, 13), (9, 13), (9, 13), (10, 15), (13, 17))  # mostly weekly markets
_BUSY_STOP, _BUSY_DAY = (0.5, 1.5), (0.6, 1.4)  # against the average


@dataclass(frozen=True, slots=True)
class SimulatedVisit:
    """A visit as it is planned: on a day at a stop, numbers given for so many seconds.

    `booked` is the share of its citizens who have an appointment.
    """

    day: date
    stop: Stop
    opens: datetime
    opening_s: float
    citizens: int
    booked: float = 0.0


def plan_visits(
    stops: Sequence[Stop], visits: int, citizens: int, seed: int, first_day: date
) -> list[SimulatedVisit]:
    """The visits: all stops in turn; some stops and some days are busier than others."""
    random = Random(seed)  # noqa: S311 - no secret
    route = random.sample(stops, len(stops))
    in_turn = [route[number % len(route)] for number in range(visits)]
    draws = {stop.id: random.uniform(*_BUSY_STOP) for stop in route}
    crowds = _split(
        visits * citizens, [draws[stop.id] * random.uniform(*_BUSY_DAY) for stop in in_turn]
    )
    return [
        _visit(day, stop, crowd, random)
        for day, stop, crowd in zip(working_days(first_day, visits), in_turn, crowds, strict=True)
    ]


def working_days(first: date, count: int) -> list[date]:
    """So many Mondays to Fridays, from the first one on or after `first`."""
    days: list[date] = []
    day = first
    while len(days) < count:
        if day.weekday() < _SATURDAY:
            days.append(day)
        day += timedelta(days=1)
    return days


def last_working_days(before: date, count: int) -> date:
    """The day on which a series of so many working days has to begin, to end before a day."""
    day = before
    while count > 0:
        day -= timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def _visit(day: date, stop: Stop, citizens: int, random: Random) -> SimulatedVisit:
    begins, ends = random.choice(_OPENING_TIMES)
    opens = datetime.combine(day, time(begins), BERLIN).astimezone(UTC)
    return SimulatedVisit(day, stop, opens, (ends - begins) * 3600.0, citizens)


def _split(total: int, weights: Sequence[float]) -> list[int]:
    """A total in whole shares."""
    ends = [0, *(round(total * sum_ / sum(weights)) for sum_ in accumulate(weights))]
    return [end - begin for begin, end in pairwise(ends)]
