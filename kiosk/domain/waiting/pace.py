"""Pace of the day: how long turns take, and what is drawn for each play of the simulation."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from math import exp, fsum, sqrt
from operator import itemgetter
from random import Random
from statistics import NormalDist, fmean
from typing import TYPE_CHECKING, Final

from kiosk.domain.queue import HEAD_START

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiosk.domain.ids import TopicId
    from kiosk.domain.waiting.history import History

FEWEST_TURNS: Final = 3
"""With fewer finished turns today the wait is unknown."""

PLAYS: Final = 64
MOST_DESKS: Final = 8
MOST_PLAYED: Final = 6
"""Further people ahead lengthen the wait by their means."""

_BORROWED = 3  # a topic's mean is its own and, as if from so many turns, that of all
_SUPPOSED, _SUPPOSED_SPREAD = 10, 0.6  # turns as they usually spread, beside those of today

# Where each kind of variable begins: people at desks, newcomers and their turns, the line.
FIRST_ARRIVAL = MOST_DESKS
FIRST_OVERTAKER = FIRST_ARRIVAL + HEAD_START
FIRST_IN_LINE = FIRST_OVERTAKER + HEAD_START

Representatives = tuple[tuple["TopicId", "TopicId"], ...]
"""Each topic and the one that stands for it (see `Profile.representatives`)."""

Plays = list[float]
"""A time in seconds in each play."""


class Pace:
    """How long turns take: each topic's mean in seconds, and how single turns lie around it."""

    def __init__(self, served: Mapping[TopicId, Sequence[float]]) -> None:
        served = {topic: [max(1.0, turn) for turn in turns] for topic, turns in served.items()}
        every = [seconds for turns in served.values() for seconds in turns]
        self.known = len(every) >= FEWEST_TURNS
        self.overall = fmean(every) if every else 0.0
        self._means = {
            topic: (fsum(turns) + _BORROWED * self.overall) / (len(turns) + _BORROWED)
            for topic, turns in served.items()
        }
        seen = [turn / self._means[topic] for topic, turns in served.items() for turn in turns]
        self.ratios = sorted([*seen, *_supposed()])
        self.middle = fmean(self.ratios)
        spread = sqrt(fmean([(ratio - self.middle) ** 2 for ratio in self.ratios]))
        self.doubt = spread / sqrt(max(1, len(every)))
        self.doubts = [exp(self.doubt * normal) for normal in _normals()]

    def mean(self, topic: TopicId) -> float:
        return self._means.get(topic, self.overall)

    def drawn(self, variable: int) -> tuple[float, ...]:
        """The ratio of one person's turn to the mean in each play."""
        drawn: tuple[float, ...] = _drawing(variable, len(self.ratios))(self.ratios)
        return drawn


@lru_cache(maxsize=4)
def pace_of(history: History, representatives: Representatives) -> Pace:
    """The pace of the day so far, of each topic together with all that it represents."""
    served: dict[TopicId, list[float]] = defaultdict(list)
    represented = dict(representatives)
    for topic, turns in history.service_times.items():
        served[represented.get(topic, topic)] += turns
    return Pace(served)


@cache
def _supposed() -> tuple[float, ...]:
    """Ratios as turns usually spread: many a little shorter, a few much longer than the mean."""
    normal = NormalDist()
    steps = [(step + 0.5) / _SUPPOSED for step in range(_SUPPOSED)]
    ratios = [exp(_SUPPOSED_SPREAD * normal.inv_cdf(step)) for step in steps]
    return tuple(ratio / fmean(ratios) for ratio in ratios)


@cache
def quantile_samples() -> list[list[float]]:
    """For every random variable its quantile in each play, evenly spread."""
    random = Random(PLAYS)  # noqa: S311 - the same at every start, no secret
    even = [(play + 0.5) / PLAYS for play in range(PLAYS)]
    return [random.sample(even, PLAYS) for _ in range(FIRST_IN_LINE + MOST_PLAYED)]


@lru_cache(maxsize=4096)
def _drawing(variable: int, many: int) -> itemgetter[tuple[float, ...]]:
    """What of so many sorted values is drawn in each play."""
    return itemgetter(*(int(share * many) for share in quantile_samples()[variable]))


@cache
def ranks() -> list[list[int]]:
    """For every random variable the plays, that with the smallest quantile first."""
    return [sorted(range(PLAYS), key=values.__getitem__) for values in quantile_samples()]


@cache
def _normals() -> list[float]:
    """A normal deviate for each play."""
    return [NormalDist().inv_cdf((play + 0.5) / PLAYS) for play in range(PLAYS)]
