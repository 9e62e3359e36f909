"""Aggregation of a closing visit's rows to exact counters, in the transaction that deletes them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kiosk.counts.periods import month_of, quarter_of
from kiosk.domain.local_time import LocalClock
from kiosk.domain.record import Outcome
from kiosk.store.counters import (
    DEMAND,
    FEEDBACK,
    LANGUAGES,
    RECORDS,
    UNDATED,
    VISITS,
    DemandKey,
    FeedbackKey,
    LanguageKey,
    RecordKey,
    VisitKey,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiosk.domain.feedback import Feedback
    from kiosk.domain.ids import ChoiceId, QuestionId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.domain.visit import Visit
    from kiosk.store.database import Connection
    from kiosk.store.enquiries import Enquiry

MISSED: Final = "missed"
WITHDRAWN: Final = "withdrawn"
"""Outcomes of tickets that did not appear at a desk, beside those of `Outcome`."""

NOT_SAID: Final = "not_said"


def question_item(question: str) -> str:
    """The item of a `RecordKey` for a question of the profile: no other item looks like it."""
    return f"question.{question}"


@dataclass(frozen=True, slots=True)
class ClosingRows:
    """What a visit leaves: its tickets, the people helped without one, its presses of smileys.

    `feedback` is judged by the rule of today; what it sets aside does not count as a smiley.
    `not_appeared` counts the appointments that were not checked in. `answers` has the counted
    questions, each with how often each of its choices was given.
    """

    tickets: Sequence[Ticket]
    enquiries: Sequence[Enquiry]
    feedback: Sequence[Feedback]
    not_appeared: int = 0
    answers: Mapping[QuestionId, Mapping[ChoiceId, int]] = field(default_factory=dict)


def collect(connection: Connection, visit: Visit, rows: ClosingRows, now: Moment) -> None:
    """Add a closing visit to the exact counters of its period."""
    moments = [
        visit.opened,
        *(ticket.taken for ticket in rows.tickets),
        *(enquiry.counted for enquiry in rows.enquiries),
        *(feedback.given for feedback in rows.feedback),
    ]
    wall = LocalClock([*moments, now])
    day = next(filter(None, map(wall.day, moments)), None)
    period = month_of(day) if day else UNDATED
    demand = Counter(
        DemandKey(visit.stop, t.topic, wall.hour(t.taken), _outcome(t)) for t in rows.tickets
    ) + Counter(
        DemandKey(visit.stop, e.topic, wall.hour(e.counted), e.record.outcome)
        for e in rows.enquiries
    )
    DEMAND.add(connection, period, demand)
    FEEDBACK.add(
        connection,
        period,
        Counter(
            FeedbackKey(visit.stop, wall.hour(f.given), f.score)
            for f in rows.feedback
            if f.misuse is None
        ),
    )
    # A visit without citizens is counted too: its zero tells that the bus was there.
    date = day.isoformat() if day else None
    people = len(rows.tickets) + len(rows.enquiries)
    VISITS.add(connection, period, {VisitKey(visit.stop, date): people})
    records = Counter(_noted(rows)) + _appointments(rows) + _misused(rows) + _answers(rows)
    RECORDS.add(connection, period, records)
    quarter = quarter_of(day) if day else UNDATED
    LANGUAGES.add(connection, quarter, Counter(LanguageKey(t.language) for t in rows.tickets))


def _noted(rows: ClosingRows) -> Iterator[RecordKey]:
    """What staff noted at the end of each talk; what they left out is not counted."""
    records = [*(t.record for t in rows.tickets), *(e.record for e in rows.enquiries)]
    for record in records:
        if record is None or record.outcome is Outcome.NOT_RECORDED:
            continue
        yield RecordKey("persons", str(record.persons))
        yield RecordKey("interpreter", "yes" if record.interpreter else "no")
        for item in ("advice", "occasion", "referral"):
            if value := getattr(record, item):
                yield RecordKey(item, value)


def _appointments(rows: ClosingRows) -> Counter[RecordKey]:
    """How many appointments were kept; one whose holder checked in and left again was not."""
    outcomes = [_outcome(ticket) for ticket in rows.tickets if ticket.appointment]
    appeared = sum(outcome not in {MISSED, WITHDRAWN} for outcome in outcomes)
    return Counter(
        {
            RecordKey("appointment", "appeared"): appeared,
            RecordKey("appointment", "not_appeared"): len(outcomes) - appeared + rows.not_appeared,
        }
    )


def _answers(rows: ClosingRows) -> Counter[RecordKey]:
    """Answers at the glass; tickets without one count as not said."""
    counted: Counter[RecordKey] = Counter()
    for question, choices in rows.answers.items():
        item = question_item(question)
        counted += Counter({RecordKey(item, choice): count for choice, count in choices.items()})
        counted[RecordKey(item, NOT_SAID)] = len(rows.tickets) - sum(choices.values())
    return counted


def _misused(rows: ClosingRows) -> Counter[RecordKey]:
    """How many presses do not count, by reason: neither where nor when nor which smiley."""
    return Counter(RecordKey("set_aside", f.misuse) for f in rows.feedback if f.misuse)


def _outcome(ticket: Ticket) -> str:
    """How it ended for the citizen; without any service started they did not appear.

    A ticket withdrawn after a call in vain counts as missed.
    """
    if ticket.outcome:
        return ticket.outcome
    if ticket.started:
        return Outcome.NOT_RECORDED
    return MISSED if ticket.first_call else WITHDRAWN
