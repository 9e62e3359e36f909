"""What topics were called over time: a topic is its id, whatever its label became."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from kiosk.fleet.schema import storable, topics

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from kiosk.counts.ledger_entry import ClosedPeriod


@dataclass(frozen=True, slots=True)
class RenamedTopic:
    """A topic that has had several labels, the last one last, each with its first day."""

    topic: str
    labels: tuple[tuple[str, date], ...]


class TopicLabels:
    """Notes the labels of packages within one write transaction; only what is new is written."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str], tuple[date, date]] | None = None
        self._changed: dict[tuple[str, str], tuple[date, date]] = {}
        self._new: set[tuple[str, str]] = set()

    def note(self, entry: ClosedPeriod) -> None:
        """Note those of a period."""
        if self._known is None:
            rows = self._connection.execute(select(topics))
            self._known = {(row[0], row[1]): (row[2], row[3]) for row in rows}
        for topic, named in entry.names.topics.items():
            key = storable(topic, 64), storable(named.label, 200)
            days = entry.first_day, entry.last_day
            if key not in self._known:
                self._new.add(key)
                self._known[key] = self._changed[key] = days
                continue
            first, last = self._known[key]
            if days[0] < first or days[1] > last:
                self._known[key] = self._changed[key] = min(first, days[0]), max(last, days[1])

    def write(self) -> None:
        for key, (first, last) in self._changed.items():
            values = {"first_day": first, "last_day": last}
            if key in self._new:
                row = {"topic": key[0], "label": key[1], **values}
                self._connection.execute(topics.insert().values(row))
            else:
                where = topics.c.topic == key[0], topics.c.label == key[1]
                self._connection.execute(update(topics).where(*where).values(values))
        self._changed, self._new = {}, set()


def renamed_topics(connection: Connection) -> list[RenamedTopic]:
    """Those with several labels, by their ids."""
    rows = connection.execute(select(topics).order_by(topics.c.topic, topics.c.first_day))
    found = [
        RenamedTopic(topic, tuple((label, first) for _, label, first, _ in labels))
        for topic, labels in groupby(rows, key=lambda row: str(row[0]))
    ]
    return [topic for topic in found if len(topic.labels) > 1]
