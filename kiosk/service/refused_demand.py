"""Counter of refused demand: wishes for a number of a topic that gave none."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kiosk.counts.periods import month_of
from kiosk.domain.errors import (
    ContingentUsedUp,
    IntakeClosed,
    OnlyByAppointment,
    TopicNotOffered,
)
from kiosk.domain.local_time import local_date
from kiosk.service.refusals import REASONS
from kiosk.store import visits
from kiosk.store.counters import REFUSED, UNDATED, RefusedKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office

_REFUSALS: Final = (IntakeClosed, ContingentUsedUp, OnlyByAppointment, TopicNotOffered)
COUNTED: Final = tuple(REASONS[kind] for kind in _REFUSALS)


def count_refused(office: Office, topic: str, reason: str, now: Moment) -> None:
    """Count a wish that was refused during a visit, by reason and topic group.

    Each wish counts, also the second one of the same person.
    """
    key = RefusedKey(reason, office.profile.group_of(topic).id)
    month = month_of(local_date(now)) if now.trusted else UNDATED
    with office.database.write() as connection:
        visit = visits.current(connection)
        if visit and not visit.practice:
            REFUSED.add(connection, month, {key: 1})


@contextmanager
def counting_refused(office: Office, topic: str, now: Moment) -> Iterator[None]:
    """Count it where a citizen is refused within."""
    try:
        yield
    except _REFUSALS as refusal:
        count_refused(office, topic, REASONS[type(refusal)], now)
        raise
