"""Visit after visit on working days: opened, played, closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, pairwise
from random import Random
from typing import TYPE_CHECKING, Final

from kiosk.domain.local_time import BERLIN
from kiosk.operate.simulation.booked import with_appointments
from kiosk.operate.simulation.citizens import A_DAY, public_of
from kiosk.operate.simulation.clock import some_clock
from kiosk.operate.simulation.day import Day
from kiosk.service import desks, visits
from kiosk.store import box_values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.domain.profile import Stop
    from kiosk.operate.simulation.citizens import Public
    from kiosk.operate.simulation.day import Onlooker
    from kiosk.service.office import Office

FIRST_DAY: Final = date(2026, 1, 5)
_MARK = "simulated"
_SATURDAY = 5
_OPENING_TIMES = ((9, 13), (9, 13), (9, 13), (10, 15), (13, 17))  # mostly weekly markets
_BUSY = 0.85  # share of the desks' time that talks may fill
PER_CITIZEN_S: Final = 60
"""Way and pauses around a talk."""


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


def simulate_days(  # noqa: PLR0913 - the plan of a simulation
    office: Office,
    visits: int,
    citizens: int = A_DAY,
    seed: int = 0,
    *,
    first_day: date = FIRST_DAY,
    booked: float = 0.0,
    on_visit: Callable[[SimulatedVisit], None] = lambda _: None,
) -> list[SimulatedVisit]:
    """Play that many visits on working days, with that many citizens each on average.

    `booked` is the share of them who have an appointment.

    The same arguments on the same database give the same days. Raises `VisitAlreadyOpen`.
    """
    public = public_of(office.profile)
    plan = planned(office.profile.stops, visits, citizens, seed, first_day)
    played = [replace(visit, booked=booked) for visit in plan]
    for number, visit in enumerate(played):
        play_visit(office, visit, public, Random(f"{seed} {number}"))  # noqa: S311 - no secret
        on_visit(visit)
    return played


def has_simulated(office: Office) -> bool:
    """Whether people were simulated on this device, so that its counts are not real ones."""
    with office.database.read() as connection:
        return box_values.get(connection, _MARK) is not None


def planned(
    stops: Sequence[Stop], visits: int, citizens: int, seed: int, first_day: date
) -> list[SimulatedVisit]:
    """The visits: each weekday has its stop, some days are busier than others."""
    random = Random(seed)  # noqa: S311 - no secret
    week = [random.choice(stops) for _ in range(_SATURDAY)]
    crowds = _shared(visits * citizens, [random.uniform(0.6, 1.4) for _ in range(visits)])
    return [
        _visit(day, week[day.weekday()], crowd, random)
        for day, crowd in zip(working_days(first_day, visits), crowds, strict=True)
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


def _shared(total: int, weights: Sequence[float]) -> list[int]:
    """A total in whole shares."""
    ends = [0, *(round(total * sum_ / sum(weights)) for sum_ in accumulate(weights))]
    return [end - begin for begin, end in pairwise(ends)]


def play_visit(
    office: Office,
    visit: SimulatedVisit,
    public: Public,
    random: Random,
    onlooker: Onlooker | None = None,
) -> None:
    """Open the visit, let its people come, and close it. Raises `VisitAlreadyOpen`."""
    clock = some_clock(f"simulated-{visit.day}", visit.opens, random)
    work_s = visit.citizens * (public.mean_s + PER_CITIZEN_S)
    hurry = min(1.0, _BUSY * len(office.profile.desks) * visit.opening_s / max(work_s, 1.0))
    citizens = [public.draw(random, visit.opening_s, hurry) for _ in range(visit.citizens)]
    if visit.booked:
        citizens = with_appointments(office, visit, citizens, random)
    visits.open_visit(office, visit.stop.id, None, clock.at(0))
    visits.set_intake(office, clock.at(0), intake=True)  # simulated people have no codes
    with office.database.write() as connection:
        box_values.put(connection, _MARK, "yes")
    for desk in office.profile.desks:
        desks.set_at_work(office, desk.id, clock.at(0), at_work=True)
    day = Day(office, clock, random, hurry, onlooker)
    day.play(citizens)
    visits.close_visit(office, day.now)
