"""Aggregation of a closing visit's rows to exact counters, in the transaction that deletes them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kiosk.counts.exact import NOT_SAID
from kiosk.counts.periods import month_of
from kiosk.domain.local_time import LocalClock
from kiosk.domain.outcome import MISSED, NOT_RECORDED, WITHDRAWN
from kiosk.store.counters import (
    FURTHER,
    HOUR_SCORES,
    KIND_HOURS,
    KINDS,
    LANGUAGES,
    RECORDS,
    STOP_HOURS,
    STOP_SCORES,
    STOP_TOPICS,
    SURVEY,
    TIMES,
    TIMES_HOURS,
    TOPIC_OUTCOMES,
    UNDATED,
    VISITS,
    HourScoreKey,
    KindHourKey,
    KindKey,
    LanguageKey,
    RecordKey,
    StopHourKey,
    StopScoreKey,
    StopTopicKey,
    SurveyKey,
    TimesHourKey,
    TimesKey,
    TopicKey,
    TopicOutcomeKey,
    VisitKey,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kiosk.domain.feedback import Feedback
    from kiosk.domain.ids import ChoiceId, QuestionId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.record import Record
    from kiosk.domain.ticket import Ticket
    from kiosk.domain.visit import Visit
    from kiosk.store.database import Connection
    from kiosk.store.enquiries import Enquiry

WALK_IN: Final = "walk_in"
APPOINTMENT: Final = "appointment"
WITHOUT_NUMBER: Final = "without_number"
"""How people came to the desk."""

ALL_KINDS: Final = "all"
"""All ways together, where those with appointments are too few to be told apart."""

CLASS_MIN: Final = 5
LONGEST_MIN: Final = 60
"""Times are counted in classes of `CLASS_MIN` minutes, the last one without an end."""


def question_item(question: str) -> str:
    """The item of a `RecordKey` for what the profile asks, at the glass or of staff."""
    return f"question.{question}"


@dataclass(frozen=True, slots=True)
class ClosingRows:
    """What a visit leaves: its tickets, the people helped without one, its presses of smileys.

    `feedback` is judged by the rule of today; what it sets aside does not count as a smiley.
    `not_appeared` counts the appointments that were not checked in. `answers` has the counted
    questions, each with how often each of its choices was given, `survey` the same of the survey.
    """

    tickets: Sequence[Ticket]
    enquiries: Sequence[Enquiry]
    feedback: Sequence[Feedback]
    not_appeared: int = 0
    answers: Mapping[QuestionId, Mapping[ChoiceId, int]] = field(default_factory=dict)
    survey: Mapping[QuestionId, Mapping[ChoiceId, int]] = field(default_factory=dict)


def collect(
    connection: Connection, profile: Profile, visit: Visit, rows: ClosingRows, now: Moment
) -> None:
    """Add a closing visit to the exact counters of its month."""
    moments = [
        visit.opened,
        *(ticket.taken for ticket in rows.tickets),
        *(enquiry.counted for enquiry in rows.enquiries),
        *(feedback.given for feedback in rows.feedback),
    ]
    wall = LocalClock([*moments, now])
    day = next(filter(None, map(wall.day, moments)), None)
    month = month_of(day) if day else UNDATED
    people = list(_people(profile, rows, visit, wall))
    # A visit without citizens is counted too: its zero tells that the bus was there.
    date = day.isoformat() if day else None
    VISITS.add(connection, month, {VisitKey(visit.stop, date): len(people)})
    STOP_TOPICS.add(connection, month, Counter(StopTopicKey(visit.stop, p.topic) for p in people))
    STOP_HOURS.add(connection, month, Counter(StopHourKey(visit.stop, p.hour) for p in people))
    TOPIC_OUTCOMES.add(
        connection, month, Counter(TopicOutcomeKey(p.topic, p.outcome) for p in people)
    )
    KINDS.add(connection, month, Counter(KindKey(p.kind, p.group) for p in people))
    KIND_HOURS.add(connection, month, Counter(KindHourKey(p.kind, p.hour) for p in people))
    FURTHER.add(connection, month, Counter(TopicKey(t) for p in people for t in p.further))
    _add_times(connection, month, people)
    scores = [(wall.hour(f.given), f.score) for f in rows.feedback if f.misuse is None]
    STOP_SCORES.add(connection, month, Counter(StopScoreKey(visit.stop, s) for _, s in scores))
    HOUR_SCORES.add(connection, month, Counter(HourScoreKey(hour, s) for hour, s in scores))
    LANGUAGES.add(connection, month, Counter(LanguageKey(t.language) for t in rows.tickets))
    records = Counter(_noted(rows)) + _appointments(rows) + _misused(rows) + _answers(rows)
    RECORDS.add(connection, month, records)
    SURVEY.add(connection, month, _survey(rows))


@dataclass(frozen=True, slots=True)
class _Person:
    """A person of the visit, as far as the counters are concerned."""

    topic: str
    group: str
    hour: int | None
    outcome: str
    kind: str
    times: Mapping[str, int | None]
    further: Collection[str]


def _people(
    profile: Profile, rows: ClosingRows, visit: Visit, wall: LocalClock
) -> Iterator[_Person]:
    groups = {topic.id: topic.group for topic in profile.topics}
    for t in rows.tickets:
        kind = APPOINTMENT if t.appointment else WALK_IN
        hour = wall.hour(t.taken)
        yield _Person(
            *(t.topic, groups.get(t.topic, ""), hour, _outcome(t), kind, _times(t, visit)),
            further=_further(t.record, t.topic),
        )
    for e in rows.enquiries:
        hour, outcome = wall.hour(e.counted), e.record.outcome
        yield _Person(
            *(e.topic, groups.get(e.topic, ""), hour, outcome, WITHOUT_NUMBER, {}),
            further=_further(e.record, e.topic),
        )


def _further(record: Record | None, topic: str) -> Collection[str]:
    """Topics beside a person's own, each once."""
    noted = record is not None and record.outcome != NOT_RECORDED
    return {*record.further} - {topic} if record and noted else ()


def _times(ticket: Ticket, visit: Visit) -> dict[str, int | None]:
    """Classes of a ticket's times: to the first call, from there to the talk, and all talks."""
    overnight = ticket.ended and visit.left_open_since(ticket.ended)  # not measured
    talked = ticket.started and not ticket.talk_since and not overnight
    return {
        "waiting": _class_min(_passed_s(ticket.taken, ticket.first_call)),
        "way": _class_min(_passed_s(ticket.first_call, ticket.started)),
        "service": _class_min(ticket.talked_s if talked else None),
    }


def _passed_s(begin: Moment | None, end: Moment | None) -> float | None:
    return end.seconds_since(begin) if begin and end else None


def _class_min(passed_s: float | None) -> int | None:
    """The least minutes of the class; None where the time was not measured."""
    if passed_s is None:
        return None
    return min(LONGEST_MIN, int(passed_s / 60) // CLASS_MIN * CLASS_MIN)


def _add_times(connection: Connection, month: str, people: Sequence[_Person]) -> None:
    each = [(p, name, minutes) for p in people for name, minutes in p.times.items()]
    by_group = Counter(TimesKey(p.kind, name, p.group, minutes) for p, name, minutes in each)
    by_hour = Counter(TimesHourKey(p.kind, name, p.hour, minutes) for p, name, minutes in each)
    TIMES.add(connection, month, by_group)
    TIMES_HOURS.add(connection, month, by_hour)


def _noted(rows: ClosingRows) -> Iterator[RecordKey]:
    """What staff noted at the end of each talk; what they left out is not counted."""
    records = [*(t.record for t in rows.tickets), *(e.record for e in rows.enquiries)]
    for record in records:
        if record is None or record.outcome == NOT_RECORDED:
            continue
        if record.persons is not None:
            yield RecordKey("persons", str(record.persons))
        if record.interpreter is not None:
            yield RecordKey("interpreter", "yes" if record.interpreter else "no")
        for item in ("advice", "occasion", "referral"):
            if value := getattr(record, item):
                yield RecordKey(item, value)
        for item, choice in record.items:
            yield RecordKey(question_item(item), choice)
    for ticket in rows.tickets:
        yield RecordKey("priority", "yes" if ticket.priority else "no")


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


def _survey(rows: ClosingRows) -> Counter[SurveyKey]:
    """Answers after smileys that count; those that were asked and did not answer as not said.

    Never more answers than smileys: after an update the rule of misuse may judge anew.
    """
    asked = Counter(f.asked for f in rows.feedback if f.asked and f.misuse is None)
    counted: Counter[SurveyKey] = Counter()
    for question, smileys in asked.items():
        left = smileys
        for answer, number in sorted(rows.survey.get(question, {}).items()):
            counted[SurveyKey(question, answer)] = min(number, left)
            left -= min(number, left)
        counted[SurveyKey(question, NOT_SAID)] = left
    return +counted


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
        return NOT_RECORDED
    return MISSED if ticket.first_call else WITHDRAWN
