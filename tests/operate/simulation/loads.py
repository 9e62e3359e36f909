"""Visits as full as wanted: by the share of time in which the busiest desks have work."""

from __future__ import annotations

from datetime import UTC, datetime, time
from itertools import combinations
from typing import TYPE_CHECKING, Final

from kiosk.domain.local_time import BERLIN
from kiosk.operate.simulation.days import PER_CITIZEN_S
from kiosk.operate.simulation.plan import FIRST_DAY, SimulatedVisit, working_days

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from random import Random

    from kiosk.domain.ids import TopicId
    from kiosk.domain.profile import Profile
    from kiosk.operate.simulation.citizens import Population

LOADS: Final[Mapping[str, float]] = {
    "quiet": 0.25,
    "ordinary": 0.4,
    "crowded": 0.55,
    "overrun": 0.75,
}
"""How busy those desks are that have most to do. At "overrun" people wait for half a visit."""

_CROWDS = (0.6, 1.4)  # one visit is busier than the next
_USUAL_HOURS = ("09:00", "13:00")


def visits_of(
    profile: Profile, public: Population, busy: float, number: int, random: Random
) -> list[SimulatedVisit]:
    """So many visits at the hours of the profile's timetable, the desks `busy` for that share."""
    days = working_days(FIRST_DAY, number)
    per_citizen_s = busiest_desks_s(profile, public)
    return [_visit(profile, day, busy / per_citizen_s, random) for day in days]


def busiest_desks_s(profile: Profile, public: Population) -> float:
    """Seconds of work that a citizen brings on average to each of the desks with most of it.

    Some topics can only go to some of the desks, and those are busy while others are not.
    """
    desks = [profile.topics_of_desk(desk.id) for desk in profile.desks]
    work = _work_s(public)
    return max(
        sum(seconds for topic, seconds in work.items() if _only_at(topic, some, desks)) / size
        for size in range(1, len(desks) + 1)
        for some in combinations(range(len(desks)), size)
    )


def _only_at(topic: TopicId, some: tuple[int, ...], desks: list[frozenset[TopicId]]) -> bool:
    return all(desk in some for desk, topics in enumerate(desks) if topic in topics)


def _work_s(public: Population) -> dict[TopicId, float]:
    """What each topic adds to the work of an average citizen, in seconds."""
    shares = [weight / sum(public.weights) for weight in public.weights]
    younger_s = sum(s * talk for s, talk in zip(shares, public.mean_talk_s, strict=True))
    longer = public.mean_s / younger_s
    return {
        topic: share * (talk_s * longer + PER_CITIZEN_S)
        for topic, share, talk_s in zip(public.topics, shares, public.mean_talk_s, strict=True)
    }


def _visit(profile: Profile, day: date, per_second: float, random: Random) -> SimulatedVisit:
    planned = [(hours.begins, hours.ends) for hours in profile.timetable] or [_USUAL_HOURS]
    hours = [time.fromisoformat(hour) for hour in random.choice(planned)]
    opens, closes = (datetime.combine(day, hour, BERLIN).astimezone(UTC) for hour in hours)
    opening_s = (closes - opens).total_seconds()
    people = round(per_second * opening_s * random.uniform(*_CROWDS))
    return SimulatedVisit(day, random.choice(profile.stops), opens, opening_s, people)
