"""Counted people, without a day of citizens: what a closed visit leaves in the counters."""

from kiosk.domain.profile import Profile
from kiosk.service.office import Office
from kiosk.store.counters import (
    LANGUAGES,
    STOP_HOURS,
    STOP_SCORES,
    STOP_TOPICS,
    TOPIC_OUTCOMES,
    VISITS,
    LanguageKey,
    StopHourKey,
    StopScoreKey,
    StopTopicKey,
    TopicOutcomeKey,
    VisitKey,
)
from kiosk.store.database import Database
from tests.town import TOWN


def count_people(database: Database, day: str, people: int, profile: Profile = TOWN) -> None:
    """One visit on that day (`2026-09-30`, "" for none): so many people with one topic at noon.

    Each gives a smiley.
    """
    stop, topic, month = profile.stops[0].id, profile.topics[0].id, day[:7]
    hour = 12 if day else None
    with database.write() as connection:
        STOP_TOPICS.add(connection, month, {StopTopicKey(stop, topic): people})
        STOP_HOURS.add(connection, month, {StopHourKey(stop, hour): people})
        TOPIC_OUTCOMES.add(connection, month, {TopicOutcomeKey(topic, "resolved"): people})
        STOP_SCORES.add(connection, month, {StopScoreKey(stop, 5): people})
        VISITS.add(connection, month, {VisitKey(stop, day or None): people})
        LANGUAGES.add(connection, month, {LanguageKey("de"): people})


def quarter(number: int) -> str:
    """The label of a quarter long ago; that of 0 is `2000-Q1`."""
    return f"{2000 + number // 4}-Q{number % 4 + 1}"


def count_quarter(office: Office, number: int, people: int) -> None:
    """One visit in a quarter long ago (see `quarter`)."""
    day = f"{2000 + number // 4}-{number % 4 * 3 + 1:02}-17"
    count_people(office.database, day, people, office.profile)
