"""What topics were called over time: a topic is its id, whatever its label became."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from kiosk.fleet.schema import topics

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from kiosk.counts.ledger_entry import ClosedPeriod


@dataclass(frozen=True, slots=True)
class RenamedTopic:
    """A topic that has had several labels, the last one last, each with its first day."""

    topic: str
    labels: tuple[tuple[str, date], ...]


def note(connection: Connection, entry: ClosedPeriod) -> None:
    """Note the labels of a period; only what is new is written."""
    known = {
        (topic, label): (first, last)
        for topic, label, first, last in connection.execute(
            select(topics).where(topics.c.topic.in_(list(entry.names.topics)))
        )
    }
    for topic, named in entry.names.topics.items():
        key = (topic[:64], named.label[:200])
        if key not in known:
            connection.execute(
                topics.insert().values(
                    topic=key[0],
                    label=key[1],
                    first_day=entry.first_day,
                    last_day=entry.last_day,
                )
            )
            continue
        first, last = known[key]
        if entry.first_day < first or entry.last_day > last:
            connection.execute(
                update(topics)
                .where(topics.c.topic == key[0], topics.c.label == key[1])
                .values(first_day=min(first, entry.first_day), last_day=max(last, entry.last_day))
            )


def renamed_topics(connection: Connection) -> list[RenamedTopic]:
    """Those with several labels, by their ids."""
    rows = connection.execute(select(topics).order_by(topics.c.topic, topics.c.first_day))
    found = [
        RenamedTopic(topic, tuple((label, first) for _, label, first, _ in labels))
        for topic, labels in groupby(rows, key=lambda row: str(row[0]))
    ]
    return [topic for topic in found if len(topic.labels) > 1]
