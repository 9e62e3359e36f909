"""From the rows of a closing visit to exact counters, in the transaction that deletes the rows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from kiosk.counts.calendar import Wall, month_of, quarter_of
from kiosk.domain.outcome import Outcome
from kiosk.store.counters import (
    DEMAND,
    FEEDBACK,
    LANGUAGES,
    UNDATED,
    VISITS,
    DemandKey,
    FeedbackKey,
    LanguageKey,
    VisitKey,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.feedback import Feedback
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.domain.visit import Visit
    from kiosk.store.database import Connection

MISSED: Final = "missed"
WITHDRAWN: Final = "withdrawn"
OUTCOMES: Final = (*(outcome.value for outcome in Outcome), MISSED, WITHDRAWN)
"""Every outcome that can be counted. Whoever is missed or withdrawn did not appear at a desk."""


def collect(
    connection: Connection,
    visit: Visit,
    tickets: Sequence[Ticket],
    feedback: Sequence[Feedback],
    now: Moment,
) -> None:
    """Add a closing visit to the exact counters of its period."""
    moments = [visit.opened, *(t.taken for t in tickets), *(f.given for f in feedback)]
    wall = Wall([*moments, now])
    day = next(filter(None, map(wall.day, moments)), None)
    period = month_of(day) if day else UNDATED
    DEMAND.add(
        connection,
        period,
        Counter(DemandKey(visit.stop, t.topic, wall.hour(t.taken), _outcome(t)) for t in tickets),
    )
    FEEDBACK.add(
        connection,
        period,
        Counter(FeedbackKey(visit.stop, wall.hour(f.given), f.score) for f in feedback),
    )
    # A visit that nobody came to is counted too: its zero tells that the bus was there.
    told = day.isoformat() if day else None
    VISITS.add(connection, period, {VisitKey(visit.stop, told): len(tickets)})
    quarter = quarter_of(day) if day else UNDATED
    LANGUAGES.add(connection, quarter, Counter(LanguageKey(t.language) for t in tickets))


def _outcome(ticket: Ticket) -> str:
    """How it ended for the person. Nobody appeared where no service was ever started.

    Whoever left after a call that nobody came to was missed, whatever staff pressed later.
    """
    if ticket.outcome:
        return ticket.outcome
    if ticket.started:
        return Outcome.NOT_RECORDED
    return MISSED if ticket.first_call else WITHDRAWN
