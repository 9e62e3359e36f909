"""Simulation of citizens: random arrivals, topics, talks and smileys.

The figures: Essen's Bürgermobil answers up to 6,000 enquiries a year and goes out almost daily,
which is about thirty a day, half of them from older people. How long talks take and how often
citizens do not come are plausible guesses: no city publishes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from random import Random
from typing import TYPE_CHECKING, Final

from kiosk.domain.outcome import (
    APPOINTMENT_MADE,
    CALL_BACK_PROMISED,
    NOT_RECORDED,
    REFERRED,
    RESOLVED,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiosk.domain.ids import LanguageCode, OutcomeId, TopicId
    from kiosk.domain.profile import Profile

CITIZENS_PER_VISIT: Final = 30
"""Citizens per visit, as in Essen."""

_OLDER = 0.5
_PRIORITY_OF_OLDER, _PRIORITY_OF_OTHERS = 0.15, 0.06  # low mobility; small children
_GERMAN = 0.62  # of the younger ones; older visitors nearly all choose German
_GERMAN_OF_OLDER = 0.85
_NEVER_COMES, _LATE_FOR_CALL, _COMES_BACK = 0.04, 0.05, 0.3
_LEAVES = 0.06  # only while waiting in the queue
_FETCHES_PAPERS, _REDIRECTED = 0.03, 0.03
_PRESSES_SMILEY, _WRONG_SMILEY = 0.35, 0.04
_ANSWERS_SURVEY = 0.6
_MEAN_TALK_MIN = (4.0, 14.0)  # by topic, between a stamp and a long form
_TALK_SPREAD = 0.45
_OLDER_TAKE_LONGER = 1.25
_FURTHER_CONCERNS = (0.74, 0.2, 0.06)  # none, one, two beside the own topic

_COMMON_OUTCOMES = {
    RESOLVED: 0.52,
    REFERRED: 0.17,
    APPOINTMENT_MADE: 0.11,
    CALL_BACK_PROMISED: 0.09,
    NOT_RECORDED: 0.06,
}
_ANY_OTHER_OUTCOME = 0.05
_SCORES_FROM_BEST = (0.5, 0.27, 0.13, 0.06, 0.04)


@dataclass(slots=True)
class Citizen:
    """One person's day at the bus. Times are in seconds; `code` is that of an appointment.

    `survey_place` is where among the answers to a survey question theirs stands, from 0 to 1.
    """

    arrives_s: float
    topic: TopicId
    language: LanguageCode
    priority: bool
    patience_s: float | None
    calls_ignored: int
    comes_back: bool
    talk_s: float
    fetches_papers: bool
    redirected_to: TopicId | None
    outcome: OutcomeId
    further: tuple[TopicId, ...]
    score: int | None
    wrong_score: int | None
    survey_place: float | None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Population:
    """The people who may come: what they come for, and how long that takes."""

    profile: Profile
    topics: Sequence[TopicId]
    weights: Sequence[float]
    mean_talk_s: Sequence[float]
    outcomes: Mapping[OutcomeId, float]

    def draw(self, random: Random, opening_s: float, hurry: float) -> Citizen:
        """A random citizen, arriving during intake. `hurry` below 1 makes everything shorter."""
        older = random.random() < _OLDER
        index = random.choices(range(len(self.topics)), self.weights)[0]
        longer = _OLDER_TAKE_LONGER if older else 1.0
        talk_s = self.mean_talk_s[index] * longer * random.lognormvariate(0, _TALK_SPREAD)
        score = self._score(random)
        return Citizen(
            arrives_s=opening_s * random.betavariate(1.5, 2.8),  # a morning peak
            topic=self.topics[index],
            language=self._language(random, _GERMAN_OF_OLDER if older else _GERMAN),
            priority=_chance(random, _PRIORITY_OF_OLDER if older else _PRIORITY_OF_OTHERS),
            patience_s=random.uniform(600, 2400) * hurry if _chance(random, _LEAVES) else None,
            calls_ignored=_calls_ignored(random),
            comes_back=_chance(random, _COMES_BACK),
            talk_s=talk_s * hurry,
            fetches_papers=_chance(random, _FETCHES_PAPERS),
            redirected_to=random.choice(self.topics) if _chance(random, _REDIRECTED) else None,
            outcome=random.choices(list(self.outcomes), list(self.outcomes.values()))[0],
            further=self._further(talk_s),
            score=score,
            wrong_score=1 if score and _chance(random, _WRONG_SMILEY) else None,
            survey_place=_survey_place(talk_s),
        )

    def _further(self, talk_s: float) -> tuple[TopicId, ...]:
        """Drawn apart, from the talk, so that a seed's days stay as they are but for this."""
        random = Random(talk_s)  # noqa: S311 - a plausible town, no secret
        many = random.choices(range(len(_FURTHER_CONCERNS)), _FURTHER_CONCERNS)[0]
        return tuple(dict.fromkeys(random.choices(self.topics, self.weights, k=many)))

    @property
    def mean_s(self) -> float:
        """The mean talk over all topics, older people's longer ones included, in seconds."""
        pairs = zip(self.weights, self.mean_talk_s, strict=True)
        mean = sum(weight * talk for weight, talk in pairs) / sum(self.weights)
        longest_ones = exp(_TALK_SPREAD**2 / 2)  # few long talks lift the mean above the usual
        return mean * longest_ones * (1 + _OLDER * (_OLDER_TAKE_LONGER - 1))

    def _language(self, random: Random, german: float) -> LanguageCode:
        first, *others = self.profile.languages
        return first if not others or _chance(random, german) else random.choice(others)

    def _score(self, random: Random) -> int | None:
        if not _chance(random, _PRESSES_SMILEY):
            return None
        levels = self.profile.score_levels
        from_best = random.choices(range(len(_SCORES_FROM_BEST)), _SCORES_FROM_BEST)[0]
        return max(1, levels - from_best)


def _survey_place(talk_s: float) -> float | None:
    """Drawn apart, from the talk, so that a seed's days stay as they are but for this."""
    drawn = Random(f"survey {talk_s}").random()  # noqa: S311 - a plausible town, no secret
    return (drawn / _ANSWERS_SURVEY) ** 2 if drawn < _ANSWERS_SURVEY else None


def population_of(profile: Profile) -> Population:
    """The people who come for this profile's topics: the same for every seed."""
    handled = {topic for desk in profile.desks for topic in profile.topics_of_desk(desk.id)}
    topics = [topic.id for topic in profile.topics if topic.id in handled]
    random = Random(profile.id)  # noqa: S311 - a plausible town, no secret
    random.shuffle(topics)
    # A few topics make up most of the demand, many are asked for once in a while.
    weights = [1 / (rank + 1.5) for rank in range(len(topics))]
    means = [random.uniform(*_MEAN_TALK_MIN) * 60 for _ in topics]
    return Population(profile, topics, weights, means, _outcome_weights(profile))


def _outcome_weights(profile: Profile) -> dict[OutcomeId, float]:
    """How often each outcome is recorded; those of the profile alone share what is left."""
    listed = [*(outcome.id for outcome in profile.outcomes), NOT_RECORDED]
    known = {each: _COMMON_OUTCOMES[each] for each in listed if each in _COMMON_OUTCOMES}
    others = [outcome for outcome in listed if outcome not in known]
    each = max(_ANY_OTHER_OUTCOME, (1 - sum(known.values())) / len(others)) if others else 0.0
    return {outcome: known.get(outcome, each) for outcome in listed}


def _chance(random: Random, probability: float) -> bool:
    return random.random() < probability


def _calls_ignored(random: Random) -> int:
    """How many calls pass before the person comes; those who never come ignore them all."""
    if _chance(random, _NEVER_COMES):
        return 99
    return 1 if _chance(random, _LATE_FOR_CALL) else 0
