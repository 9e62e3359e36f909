"""Simulation of visits on working days: each is opened, played and closed."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Final

from kiosk.operate.simulation.appointments import book_appointments
from kiosk.operate.simulation.citizens import CITIZENS_PER_VISIT, population_of
from kiosk.operate.simulation.clock import random_clock
from kiosk.operate.simulation.day import SimulatedDay
from kiosk.operate.simulation.plan import FIRST_DAY, SimulatedVisit, plan_visits
from kiosk.service import desks, visits
from kiosk.store import key_values

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kiosk.operate.simulation.citizens import Population
    from kiosk.operate.simulation.day import DayObserver
    from kiosk.service.office import Office

_MARK = "simulated"
_BUSY = 0.85  # share of the desks' time that talks may fill
PER_CITIZEN_S: Final = 60
"""Way and pauses around a talk."""


def simulate_days(  # noqa: PLR0913 - the plan of a simulation
    office: Office,
    visits: int,
    citizens: int = CITIZENS_PER_VISIT,
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
    public = population_of(office.profile)
    plan = plan_visits(office.profile.stops, visits, citizens, seed, first_day)
    played = [replace(visit, booked=booked) for visit in plan]
    for number, visit in enumerate(played):
        play_visit(office, visit, public, Random(f"{seed} {number}"))  # noqa: S311 - no secret
        on_visit(visit)
    return played


def has_simulated_visits(office: Office) -> bool:
    """Whether people were simulated on this box, so that its counts are not real ones."""
    with office.database.read() as connection:
        return key_values.get(connection, _MARK) is not None


def play_visit(
    office: Office,
    visit: SimulatedVisit,
    public: Population,
    random: Random,
    observer: DayObserver | None = None,
) -> None:
    """Open the visit, let its people come, and close it. Raises `VisitAlreadyOpen`."""
    clock = random_clock(f"simulated-{visit.day}", visit.opens, random)
    work_s = visit.citizens * (public.mean_s + PER_CITIZEN_S)
    hurry = min(1.0, _BUSY * len(office.profile.desks) * visit.opening_s / max(work_s, 1.0))
    citizens = [public.draw(random, visit.opening_s, hurry) for _ in range(visit.citizens)]
    if visit.booked:
        citizens = book_appointments(office, visit, citizens, random)
    visits.open_visit(office, visit.stop.id, None, clock.at(0))
    visits.set_intake(office, clock.at(0), intake=True)  # simulated people have no codes
    with office.database.write() as connection:
        key_values.put(connection, _MARK, "yes")
    for desk in office.profile.desks:
        desks.set_at_work(office, desk.id, clock.at(0), at_work=True)
    day = SimulatedDay(office, clock, random, hurry, observer)
    day.play(citizens)
    visits.close_visit(office, day.now)
