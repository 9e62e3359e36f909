"""Quarters of the product's own simulation, read ticket by ticket beside its counters."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from kiosk.counts.exact import ExactCounts, exact_counts
from kiosk.domain.local_time import LocalClock
from kiosk.operate.simulation.citizens import population_of
from kiosk.operate.simulation.days import play_visit
from kiosk.operate.simulation.plan import FIRST_DAY, plan_visits
from kiosk.service.office import Office
from kiosk.settings import profiles
from kiosk.store import counters, feedback, tickets
from tests.audit.truth import Person, Quarter, Smiley
from tests.prepared import new_database

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.operate.simulation.plan import SimulatedVisit

_BOOKED = 0.1
MEMORY = Path("/dev/shm")  # noqa: S108 - a disk that syncs at once, where there is one


class _Looker:
    """Looks at each visit before it is closed."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.people: list[Person] = []
        self.smileys: list[Smiley] = []
        self.visits: list[tuple[str, str]] = []

    def begin(self, visit: SimulatedVisit) -> None:
        self.visits.append((visit.stop.id, visit.day.isoformat()))

    def taken(self, ticket: Ticket, now: Moment) -> None: ...

    def over(self) -> None:
        with self._office.database.read() as connection:
            came = tickets.list_all(connection)
            pressed = [press for press in feedback.list_all(connection) if not press.misuse]
        ends = [ticket.ended or ticket.taken for ticket in came]
        wall = LocalClock([*(ticket.taken for ticket in came), *ends])
        self.people += [self._person(ticket, wall) for ticket in came]
        stop = self.visits[-1][0]
        self.smileys += [Smiley(stop, _hour(wall, press.given), press.score) for press in pressed]

    def _person(self, ticket: Ticket, wall: LocalClock) -> Person:
        record = ticket.record
        said = record if record and ticket.outcome != "not_recorded" else None
        return Person(
            stop=self.visits[-1][0],
            day=len(self.visits) - 1,
            topic=ticket.topic,
            group=self._office.profile.topic(ticket.topic).group,
            hour=_hour(wall, ticket.taken),
            outcome=_outcome(ticket),
            language=ticket.language,
            kind="appointment" if ticket.appointment else "walk_in",
            waited_min=_minutes(ticket.taken, ticket.first_call),
            way_min=_minutes(ticket.first_call, ticket.started),
            service_min=int(ticket.talked_s // 60)
            if ticket.started and ticket.talked_s is not None
            else None,
            advice=said.advice if said else None,
            interpreter=_yes_or_no(said.interpreter) if said else None,
            persons=said.persons or 1 if said else 1,
            further=tuple(
                (self._office.profile.topic(topic).group, topic)
                for topic in (sorted({*said.further} - {ticket.topic}) if said else ())
            ),
        )


def _yes_or_no(said: bool | None) -> str | None:  # noqa: FBT001 - what staff said
    return None if said is None else "yes" if said else "no"


def played_quarter(
    name: str,
    citizens: int = 30,
    visits: int = 60,
    seed: int = 1,
    closed: Callable[[ExactCounts], None] = lambda _: None,
) -> Quarter:
    """A quarter of a shipped profile, all its stops in turn; `closed` gets what was counted."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.exists() else None) as folder:
        database = new_database(Path(folder) / "kiosk.db")
        with closing(database):
            played = _played(Office(database, profiles.load_profile(name)), citizens, visits, seed)
            with database.read() as connection:
                closed(exact_counts(connection, counters.open_months(connection)))
            return played


def _played(office: Office, citizens: int, visits: int, seed: int) -> Quarter:
    profile, looker = office.profile, _Looker(office)
    public = population_of(profile)
    for number, visit in enumerate(plan_visits(profile.stops, visits, citizens, seed, FIRST_DAY)):
        looker.begin(visit)
        play_visit(
            office, replace(visit, booked=_BOOKED), public, Random(f"{seed} {number}"), looker
        )
    return Quarter(
        people=tuple(looker.people),
        smileys=tuple(looker.smileys),
        visits=tuple(looker.visits),
        groups={topic.id: topic.group for topic in profile.topics},
        stops=tuple(stop.id for stop in profile.stops),
        languages=tuple(profile.languages),
        scores=dict.fromkeys(range(1, profile.score_levels + 1), 1),
    )


def _hour(wall: LocalClock, moment: Moment) -> int:
    hour = wall.hour(moment)
    assert hour is not None, "the simulation sets its clock in time"
    return hour


def _minutes(begin: Moment | None, end: Moment | None) -> int | None:
    passed_s = end.seconds_since(begin) if begin and end else None
    return None if passed_s is None else int(passed_s // 60)


def _outcome(ticket: Ticket) -> str:
    if ticket.outcome:
        return ticket.outcome
    if ticket.started:
        return "not_recorded"
    return "missed" if ticket.first_call else "withdrawn"
