"""Codec of ledger entries: rounded cells, and the names that they need to be read.

An entry is complete in itself, so that an export depends on the ledger alone and stays the same
when a stop is renamed later.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from kiosk.counts.cell import Cell
from kiosk.counts.method import METHOD
from kiosk.domain.ids import GERMAN, LanguageCode
from kiosk.domain.outcome import READY_OUTCOMES, Outcome
from kiosk.domain.question import BUILT_IN_LABELS, STAFF_LABELS
from kiosk.domain.soft_hyphen import without_soft_hyphens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiosk.domain.profile import Profile
    from kiosk.domain.question import Choice, Question


TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "visits": ("date", "stop"),
    "demand": ("stop", "group"),
    "topics": ("group", "topic"),
    "further": ("group", "topic"),
    "outcomes": ("group", "topic", "outcome"),
    "hours": ("stop", "hours"),
    "feedback": ("stop", "score"),
    "feedback_hours": ("hours",),
    "survey": ("question", "answer"),
    "languages": ("language",),
    "records": ("item", "value"),
    "times": ("measure", "kind", "group", "minutes"),
    "times_hours": ("measure", "kind", "hours", "minutes"),
    "refused": ("reason", "group"),
}
"""Every table that may be published, and the codes of its cells."""


class StopNames(msgspec.Struct, frozen=True):
    """A stop as it was called then. `area` is the key of the smallest area, empty without one."""

    name: str
    district: str
    ags: str
    area: str = ""


class TopicNames(msgspec.Struct, frozen=True):
    """A topic as it was called then. `partner` is empty where the city itself advises."""

    label: str
    partner: str
    group: str


class QuestionNames(msgspec.Struct, frozen=True):
    """A question or an item of talks, as it was worded then, with its choices."""

    label: str
    choices: dict[str, str]


class OutcomeNames(msgspec.Struct, frozen=True):
    """An outcome as it was called then, and whether it helped the person."""

    label: str
    helped: bool


class LedgerNames(msgspec.Struct, frozen=True):
    """All codes of the profile, so that those without a published cell tell nothing.

    `device_name` is what the operator called the box then, empty where nothing was set. Periods
    closed before profiles listed outcomes have none of these: theirs are the ready ones.
    `simulated` says that at least some of the people were never there.
    """

    service: str
    operator: str
    device: str
    score_levels: int
    stops: dict[str, StopNames]
    topics: dict[str, TopicNames]
    groups: dict[str, str]
    partners: dict[str, str]
    offers: dict[str, str] = {}
    questions: dict[str, QuestionNames] = {}
    outcomes: dict[str, OutcomeNames] = {}
    device_name: str = ""
    simulated: bool = False
    survey: dict[str, QuestionNames] = {}


class LedgerDay(msgspec.Struct, frozen=True, array_like=True):
    """A visit that was planned, or held, or both. No person is in it, so it is never rounded."""

    date: date | None
    stop: str
    planned: bool
    held: bool


Row = tuple[Cell, int]
"""A cell, and its rounded count."""


class ClosedPeriod(msgspec.Struct, frozen=True, tag_field="kind", tag="period"):
    """A closed quarter or month, or a part of one that was ended early.

    `period` is its label: `unit` (`2026-Q4`, `2026-11`), or unit and part (`2026-Q4.2`).
    `first_day` and `last_day` are local dates and both belong to it; where the clock was not
    trusted, they are what it said. `joined` are periods before it that had too few people to be
    closed alone. `tables` has the cells of each table of `TABLES`, zeros left out.
    """

    period: str
    unit: str
    part: int
    first_day: date
    last_day: date
    clock_trusted: bool
    names: LedgerNames
    tables: dict[str, list[Row]]
    days: list[LedgerDay] = []
    joined: list[str] = []
    method: str = METHOD

    def total(self, table: str = "visits") -> int:
        """All people of a table."""
        return sum(count for _, count in self.tables.get(table, []))


_decoder: msgspec.json.Decoder[ClosedPeriod] = msgspec.json.Decoder(ClosedPeriod)


def encode_entry(entry: ClosedPeriod) -> bytes:
    """The bytes that go into the ledger: the same entry always gives the same ones."""
    return msgspec.json.encode(entry, order="sorted")


def decode_entry(body: bytes) -> ClosedPeriod:
    """Read what `encode_entry` wrote. Raises `msgspec.MsgspecError`."""
    return _decoder.decode(body)


def ledger_names(
    profile: Profile,
    device: str,
    *,
    device_name: str = "",
    simulated: bool = False,
    left_questions: Mapping[str, QuestionNames] | None = None,
) -> LedgerNames:
    """The codes and names of a profile, and of survey questions that have left it."""
    return LedgerNames(
        service=profile.name,
        operator=profile.operator,
        device=device,
        score_levels=profile.score_levels,
        stops={
            stop.id: StopNames(stop.name, stop.district, stop.ags, stop.area)
            for stop in profile.stops
        },
        topics={
            topic.id: TopicNames(_german(topic.label, topic.id), topic.partner or "", topic.group)
            for topic in profile.topics
        },
        groups={group.id: _german(group.label, group.id) for group in profile.groups},
        partners={partner.id: partner.name for partner in profile.partners},
        offers={offer.id: offer.name for offer in profile.directory},
        questions=_asked(profile),
        outcomes=_outcome_names(profile.outcomes),
        device_name=device_name,
        simulated=simulated,
        survey=dict(left_questions or {}) | survey_names(profile),
    )


def _outcome_names(outcomes: Iterable[Outcome]) -> dict[str, OutcomeNames]:
    return {outcome.id: OutcomeNames(outcome.label, outcome.helped) for outcome in outcomes}


READY_NAMES: Final[Mapping[str, OutcomeNames]] = _outcome_names(READY_OUTCOMES)
"""The ready outcomes, also of one that left its profile before the period was closed."""


def _asked(profile: Profile) -> dict[str, QuestionNames]:
    """What the glass and staff ask, as far as it is counted."""
    questions: dict[str, QuestionNames] = {
        question.id: QuestionNames(
            _german(question.label, STAFF_LABELS.get(question.id, question.id)),
            {choice.id: _choice_label(question, choice) for choice in question.choices},
        )
        for question in profile.questions
        if question.counted
    }
    for item in profile.talk_items:
        choices: dict[str, str] = {choice.id: choice.label for choice in item.choices}
        questions[item.id] = QuestionNames(item.label, choices)
    return questions


def survey_names(profile: Profile) -> dict[str, QuestionNames]:
    """The survey questions of a profile with their answers."""
    return {
        question.id: QuestionNames(
            _german(question.text, question.id),
            {each.id: _german(each.label, each.id) for each in question.answers},
        )
        for question in profile.survey_questions
    }


def _choice_label(question: Question, choice: Choice) -> str:
    built_in = choice.id in BUILT_IN_LABELS.get(question.id, ())
    return _german(choice.label, "ja" if built_in else choice.id)


def _german(label: Mapping[LanguageCode, str], code: str) -> str:
    return without_soft_hyphens(label.get(GERMAN, code))
