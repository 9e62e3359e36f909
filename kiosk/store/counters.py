"""Exact counts of closed visits, stored until their period is closed and then destroyed.

A counter stands under the month in which it was counted (`2026-11`), or under `UNDATED` as long as
the date is unknown. Each table crosses what is published crossed, and nothing more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from kiosk.store import draw_salts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

UNDATED = ""


class StopTopicKey(NamedTuple):
    stop: str
    topic: str


class StopHourKey(NamedTuple):
    """`hour` is the local one of taking the number, None where it is not known."""

    stop: str
    hour: int | None


class TopicKey(NamedTuple):
    """A further topic of a talk: concerns, not people; crossed with nothing."""

    topic: str


class TopicOutcomeKey(NamedTuple):
    topic: str
    outcome: str


class VisitKey(NamedTuple):
    """A visit: its stop and local date (`2026-11-22`, None where the clock was not set)."""

    stop: str
    date: str | None


class KindKey(NamedTuple):
    """How people came: `walk_in`, `appointment` or `without_number`."""

    kind: str
    group: str


class KindHourKey(NamedTuple):
    kind: str
    hour: int | None


class TimesKey(NamedTuple):
    """A class of `waiting`, `way` or `service` time.

    `minutes` is the least of its class (`0`, `5`, ...), None where it was not measured.
    """

    kind: str
    measure: str
    group: str
    minutes: int | None


class TimesHourKey(NamedTuple):
    kind: str
    measure: str
    hour: int | None
    minutes: int | None


class StopScoreKey(NamedTuple):
    stop: str
    score: int


class HourScoreKey(NamedTuple):
    hour: int | None
    score: int


class LanguageKey(NamedTuple):
    """A language in which tickets were taken; crossed with nothing."""

    language: str


class SurveyKey(NamedTuple):
    """An answer to a survey question, or that there was none; crossed with nothing."""

    question: str
    answer: str


class RecordKey(NamedTuple):
    """One answer noted at the end of talks, such as `advice` `short`; crossed with nothing."""

    item: str
    value: str


class RefusedKey(NamedTuple):
    """Demand that was refused: why (a code of `service.refusals`), for which group."""

    reason: str
    group: str


K = TypeVar("K", bound=tuple[str | int | None, ...])


@dataclass(frozen=True, slots=True)
class CounterTable(Generic[K]):
    """One kind of counter; all of them stand in one SQL table, their keys as JSON."""

    name: str
    key: Callable[..., K]

    def add(self, connection: sqlite3.Connection, period: str, counts: Mapping[K, int]) -> None:
        """Count these on top of what stands there."""
        draw_salts.ensure(connection, period)
        connection.executemany(
            "INSERT INTO counter (period, name, key, count) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET count = count + excluded.count",
            [(period, self.name, _as_text(key), count) for key, count in counts.items()],
        )

    def of(self, connection: sqlite3.Connection, period: str) -> dict[K, int]:
        """The exact counts of a period."""
        query = "SELECT key, count FROM counter WHERE name = ? AND period = ?"
        rows = connection.execute(query, (self.name, period))
        return {self.key(*json.loads(row["key"])): row["count"] for row in rows}


def open_months(connection: sqlite3.Connection) -> set[str]:
    """The months in which something was counted and not yet closed."""
    rows = connection.execute("SELECT DISTINCT period FROM counter")
    return {row["period"] for row in rows}


def move(connection: sqlite3.Connection, period: str, other: str) -> None:
    """Count what stands under one month under another."""
    connection.execute(
        "INSERT INTO counter (period, name, key, count)"
        " SELECT ?, name, key, count FROM counter WHERE period = ?"
        " ON CONFLICT DO UPDATE SET count = count + excluded.count",
        (other, period),
    )
    draw_salts.move(connection, period, other)
    destroy(connection, period)


def destroy(connection: sqlite3.Connection, period: str) -> None:
    """Overwrite and delete the exact counts of a month and the salt of its draw."""
    draw_salts.destroy(connection, period)
    connection.execute("DELETE FROM counter WHERE period = ?", (period,))


def _as_text(key: tuple[str | int | None, ...]) -> str:
    return json.dumps(key, separators=(",", ":"), ensure_ascii=False)


STOP_TOPICS = CounterTable("stop_topic", StopTopicKey)
STOP_HOURS = CounterTable("stop_hour", StopHourKey)
TOPIC_OUTCOMES = CounterTable("topic_outcome", TopicOutcomeKey)
VISITS = CounterTable("visit", VisitKey)
KINDS = CounterTable("kind", KindKey)
KIND_HOURS = CounterTable("kind_hour", KindHourKey)
TIMES = CounterTable("times", TimesKey)
TIMES_HOURS = CounterTable("times_hour", TimesHourKey)
STOP_SCORES = CounterTable("stop_score", StopScoreKey)
HOUR_SCORES = CounterTable("hour_score", HourScoreKey)
LANGUAGES = CounterTable("language", LanguageKey)
RECORDS = CounterTable("record", RecordKey)
REFUSED = CounterTable("refused", RefusedKey)
FURTHER = CounterTable("further", TopicKey)
SURVEY = CounterTable("survey", SurveyKey)

ALL: tuple[CounterTable[Any], ...] = (
    *(STOP_TOPICS, STOP_HOURS, TOPIC_OUTCOMES, VISITS, KINDS, KIND_HOURS, TIMES),
    *(TIMES_HOURS, STOP_SCORES, HOUR_SCORES, LANGUAGES, RECORDS, REFUSED, FURTHER, SURVEY),
)
