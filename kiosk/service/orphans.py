"""Orphans: topics, stops, desks and languages of the visit that an edited profile no longer has.

A topic, a stop or a desk may leave the profile while people wait for it or are called to it. Until
their visit is counted it keeps its raw id as a name. A language may leave while people wait who
chose it: what the profile says is then said to them in German, all else in theirs.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.domain.profile import NO_ORPHANS, Desk, Orphans, Profile, Stop, Topic
from kiosk.domain.ticket import AT_DESK
from kiosk.store import enquiries, tickets, visits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.domain.ids import TopicId
    from kiosk.domain.ticket import Ticket
    from kiosk.domain.visit import Visit
    from kiosk.store.database import Connection, Database


@dataclass(frozen=True)
class ProfileWithOrphans(Profile):
    """A profile, and what only the visit has."""

    orphans: Orphans = NO_ORPHANS


def with_orphans(profile: Profile, database: Database) -> Profile:
    """The profile with the orphans of the present visit. Read when a process starts."""
    with database.read() as connection:
        visit = visits.uncounted(connection)
        if visit is None:
            return profile
        written = {each.name: getattr(profile, each.name) for each in fields(profile)}
        return ProfileWithOrphans(**written, orphans=_orphans(profile, visit, connection))


def _orphans(profile: Profile, visit: Visit, connection: Connection) -> Orphans:
    people = tickets.uncached(connection)
    counted = enquiries.by_topic(connection)
    topics = dict.fromkeys((*visit.topics, *(person.topic for person in people), *counted))
    known = {topic.id for topic in profile.topics}
    stops = {stop.id for stop in profile.stops}
    desks = {desk.id for desk in profile.desks}
    there = (person.desk if person.state in AT_DESK else person.to_desk for person in people)
    languages = {person.language for person in people}
    return Orphans(
        tuple(_topic(profile, topic, people) for topic in topics if topic not in known),
        () if visit.stop in stops else (Stop(visit.stop, visit.stop, "", ""),),
        tuple(Desk(desk) for desk in sorted({desk for desk in there if desk} - desks)),
        tuple(sorted(languages - {*profile.languages})),
    )


def _topic(profile: Profile, topic: TopicId, people: Iterable[Ticket]) -> Topic:
    """It stands in the group that the numbers of its people show, else in the first one."""
    numbers = (person.number for person in people if person.topic == topic)
    shown = (profile.group_of_number(number) for number in numbers)
    group = next(filter(None, shown), profile.groups[0])
    return Topic(topic, group.id, dict.fromkeys((GERMAN, *profile.languages), str(topic)))
