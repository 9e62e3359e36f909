"""Simulated people with an appointment go the way of real ones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.appointment import Punctuality, punctuality
from kiosk.operate.simulation.citizens import population_of
from kiosk.operate.simulation.days import play_visit
from kiosk.operate.simulation.plan import FIRST_DAY, plan_visits
from kiosk.service.office import Office
from kiosk.settings import profiles
from kiosk.store import appointments

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.store.database import Database

GRACE_MIN = 15


@dataclass
class PunctualityLog:
    """Notes how each person comes."""

    how: list[Punctuality | None] = field(default_factory=list)

    def taken(self, ticket: Ticket, now: Moment) -> None:
        time = ticket.appointment
        self.how.append(punctuality(time, now, GRACE_MIN) if time else None)

    def over(self) -> None:
        """Of no concern."""


@pytest.mark.slow
def test_they_come_early_late_and_not_at_all(database: Database) -> None:
    office = Office(database, profiles.load_profile("bochum"))
    visits = plan_visits(office.profile.stops, 4, 30, 7, FIRST_DAY)
    door = PunctualityLog()
    for number, visit in enumerate(visits):
        booked = replace(visit, booked=0.6)
        play_visit(office, booked, population_of(office.profile), Random(number), door)
    citizens = sum(visit.citizens for visit in visits)
    expected = [how for how in door.how if how]
    assert {Punctuality.EARLY, Punctuality.LATE, Punctuality.TOO_LATE} <= set(expected)
    assert 0.4 * citizens < len(expected) < len(door.how) < citizens
    with database.read() as connection:
        left = appointments.list_all(connection)
    assert all(appointment.ticket is None for appointment in left)
