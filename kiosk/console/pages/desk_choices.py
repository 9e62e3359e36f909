"""Choices in dialogs of a desk: topics, outcomes, languages, referrals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Literal

from babel import Locale

from kiosk.domain.ids import GERMAN
from kiosk.domain.record import MOST_FURTHER, MOST_PERSONS, Advice

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.domain.ids import LanguageCode, OutcomeId, TopicId
    from kiosk.domain.outcome import Outcome
    from kiosk.domain.profile import Desk, Profile
    from kiosk.service.queue_view import QueueView
    from kiosk.settings.texts import Texts

MOST_BUSY = 6


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic to choose from."""

    id: TopicId
    label: str


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A topic group with those of its topics that can be chosen."""

    label: str
    topics: tuple[TopicChoice, ...]


@dataclass(frozen=True, slots=True)
class OutcomeChoice:
    """How a talk can end, the key for it, and what it `asks` at the desk before it is recorded."""

    outcome: OutcomeId
    label: str
    key: str
    asks: Literal["", "referral", "appointment"] = ""


def outcome_choices(profile: Profile, *, books: bool) -> tuple[OutcomeChoice, ...]:
    """The outcomes of a profile. With `books` appointments can be made here."""
    return tuple(
        OutcomeChoice(outcome.id, outcome.label, str(key), _asked(outcome, books=books))
        for key, outcome in enumerate(profile.outcomes, 1)
    )


def _asked(outcome: Outcome, *, books: bool) -> Literal["", "referral", "appointment"]:
    if outcome.referral:
        return "referral"
    return "appointment" if books and outcome.promises == "appointment" else ""


@dataclass(frozen=True, slots=True)
class RecordForm:
    """What staff have said beside the outcome, None where nothing.

    `likely_advice` is what the length of the talk suggests: shown, and not said.
    `further` are topics with their labels.
    """

    advice: str | None = None
    occasion: str | None = None
    persons: int | None = None
    most_persons: ClassVar[int] = MOST_PERSONS
    interpreter: bool | None = None
    likely_advice: str = Advice.SHORT
    items: Mapping[str, str] = field(default_factory=dict)
    further: Mapping[str, str] = field(default_factory=dict)
    most_further: ClassVar[int] = MOST_FURTHER


@dataclass(frozen=True, slots=True)
class Referral:
    """An office to which people are referred. A partner has no sheet."""

    id: str
    name: str
    about: str = ""
    sheet: bool = False


@dataclass(frozen=True, slots=True)
class ReferralGroup:
    """Entries under one heading."""

    label: str
    entries: tuple[Referral, ...]


def language_name(code: LanguageCode, texts: Texts) -> str:
    """A language in German; what German has no word for as the texts call it."""
    return _german_name(code) or texts.name(code)


@cache  # Babel reads the locale anew each time
def _german_name(code: LanguageCode) -> str | None:
    return Locale.parse("de").languages.get(code)


def topic_choices(profile: Profile, wanted: Collection[str] | None = None) -> list[GroupChoice]:
    """The topics by group; those wanted, or all."""
    choices = []
    for group in profile.groups:
        topics = tuple(
            TopicChoice(topic.id, topic.label[GERMAN])
            for topic in profile.topics
            if topic.group == group.id and (wanted is None or topic.id in wanted)
        )
        if topics:
            letter = f"{group.letter} · " if profile.number_shows_group else ""
            choices.append(GroupChoice(f"{letter}{group.label[GERMAN]}", topics))
    return choices


def further_choices(
    profile: Profile, topic: str, wanted: Collection[str] | None = None
) -> list[GroupChoice]:
    """The topics that a talk may have been about as well: first those of the same group."""
    others = {t.id for t in profile.topics if wanted is None or t.id in wanted} - {topic}
    mine = {t.id for t in profile.topics if t.group == profile.group_of(topic).id}
    return topic_choices(profile, others & mine) + topic_choices(profile, others - mine)


def busiest_topics(profile: Profile, view: QueueView) -> list[TopicChoice]:
    """The topics that most people of today came for, those with a number and those without."""
    asked = Counter(ticket.topic for ticket in view.tickets)
    asked.update(view.enquiries)
    offered = view.visit.topics if view.visit else ()
    by_demand = sorted(offered, key=lambda topic: -asked[topic])
    return [TopicChoice(topic, profile.topic(topic).label[GERMAN]) for topic in by_demand][
        :MOST_BUSY
    ]


def offer_of(profile: Profile, desk: Desk, topics: Collection[str] | None = None) -> str:
    """What a desk is there for: whole groups, or single topics of them."""
    handled = profile.topics_of_desk(desk.id) if topics is None else set(topics)
    if handled >= {topic.id for topic in profile.topics}:
        return "Alle Anliegen"
    parts = []
    for group in profile.groups:
        mine = [topic for topic in profile.topics if topic.group == group.id]
        there = [topic.label[GERMAN] for topic in mine if topic.id in handled]
        parts += [group.label[GERMAN]] if len(there) == len(mine) else there
    return ", ".join(parts)


def referral_groups(profile: Profile, topic: str) -> list[ReferralGroup]:
    """The directory and the partners that are not in it, with what fits the topic first."""
    group = profile.group_of(topic).id
    fitting = [offer for offer in profile.directory if group in offer.groups]
    general = [offer for offer in profile.directory if not offer.groups]
    others = [offer for offer in profile.directory if offer.groups and group not in offer.groups]
    described = [
        (
            label,
            tuple(
                Referral(o.id, o.name, o.about.get(GERMAN, o.address), sheet=True) for o in offers
            ),
        )
        for label, offers in (
            (profile.group(group).label[GERMAN], fitting),
            ("Für alle Anliegen", general),
            ("Andere Stellen", others),
        )
    ]
    described_already = {offer.name for offer in profile.directory}
    partners = tuple(
        Referral(partner.id, partner.name)
        for partner in profile.partners
        if partner.name not in described_already
    )
    return [
        ReferralGroup(label, entries)
        for label, entries in [*described, ("Partner im Bus", partners)]
        if entries
    ]
