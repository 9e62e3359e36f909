"""How long somebody will wait, as a range, from the turns of today.

The line is played many times over: each person ahead takes a desk for as long as somebody took one
today, in proportion to what their topic takes. The plays are fixed, so the same day gives the same
range. Why so, and how good it is: docs/decisions/0008-waiting-time.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp, fsum, sqrt
from random import Random
from statistics import NormalDist, fmean
from typing import TYPE_CHECKING, Final

from kiosk.domain.queue import HEAD_START

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kiosk.domain.ids import TopicId
    from kiosk.domain.waiting.turns import Newcomers

FEWEST_TURNS: Final = 3
"""With fewer finished turns today the wait is unknown."""

PLAYS: Final = 64
MOST_DESKS: Final = 8
MOST_AHEAD: Final = 100
"""Whoever stands further behind is added by the mean: nobody counts minutes there."""

_BORROWED = 3  # a topic's mean is its own and, as if from so many turns, everybody's
_SUPPOSED, _SUPPOSED_SPREAD = 10, 0.6  # turns as they usually spread, beside those of today
_EARLIEST, _LATEST = 3, 51  # of the plays: one of 20 is called earlier, one of five later
_ROUND_LOW, _ROUND_HIGH = 0.3, 0.7  # of a minute: outwards, but not for a few seconds
_OUTSTAYED = (0.05, 0.2, 0.4, 0.8)  # of a mean turn: what is left of one longer than any today
_NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class DeskAtWork:
    """A desk that calls people: its topics, and who has been there for how many seconds."""

    topics: Collection[TopicId]
    present: tuple[TopicId, float] | None = None


@dataclass(frozen=True, slots=True)
class _Pace:
    """How long turns take: each topic's mean in seconds, and how single turns lie around it."""

    means: Mapping[TopicId, float]
    overall: float
    ratios: Sequence[float]
    doubt: float

    def mean(self, topic: TopicId) -> float:
        return self.means.get(topic, self.overall)


def wait_range(
    topic: TopicId,
    ahead: Sequence[TopicId],
    desks: Sequence[DeskAtWork],
    served: Mapping[TopicId, Sequence[float]],
    newcomers: Newcomers | None = None,
) -> tuple[int, int] | None:
    """Whole minutes until the first call, at least and at most; None while that is unknown.

    `ahead` are the topics of those who are called before, in that order, `desks` those at work,
    `served` the seconds of today's turns (see `turns`); `newcomers` may go ahead (None: nobody
    can, as before a priority ticket).
    """
    waits = played_waits(topic, ahead, desks, served, newcomers)
    return whole_minutes(waits) if waits else None


def played_waits(
    topic: TopicId,
    ahead: Sequence[TopicId],
    desks: Sequence[DeskAtWork],
    served: Mapping[TopicId, Sequence[float]],
    newcomers: Newcomers | None = None,
) -> list[float]:
    """The wait in seconds in every play, sorted; empty while it is unknown."""
    own = sum(topic in desk.topics for desk in desks)
    if not own or sum(map(len, served.values())) < FEWEST_TURNS:
        return []
    pace = _pace(served)
    line = _Line(topic, ahead[:MOST_AHEAD], desks, pace, newcomers)
    rivals = {other for desk in desks if topic in desk.topics for other in desk.topics}
    rest = sum(pace.mean(other) for other in ahead[MOST_AHEAD:] if other in rivals) / own
    return sorted(line.play(number) + rest for number in range(PLAYS))


def whole_minutes(waits: Sequence[float]) -> tuple[int, int]:
    """The range that most of the sorted waits lie in."""
    low_s, high_s = waits[_EARLIEST], waits[_LATEST]
    return int(low_s / 60 + _ROUND_LOW), max(1, int(high_s / 60 + _ROUND_HIGH))


class _Line:
    """The people ahead, whom each desk can call, and how long whoever is there still stays."""

    def __init__(
        self,
        topic: TopicId,
        ahead: Sequence[TopicId],
        desks: Sequence[DeskAtWork],
        pace: _Pace,
        newcomers: Newcomers | None,
    ) -> None:
        self._pace = pace
        self._people = len(ahead)
        self._means = [pace.mean(other) for other in ahead]
        line = [*ahead, topic]
        self._callable = [
            [place for place, other in enumerate(line) if other in desk.topics] for desk in desks
        ]
        self._left = [_left(desk, pace) for desk in desks]
        self._newcomers = newcomers

    def play(self, number: int) -> float:
        """One way in which it may go: seconds until the last of the line is called."""
        chances, normals = _chances()
        ratios, doubt = self._pace.ratios, exp(self._pace.doubt * normals[number])
        passing = self._passing(number)
        own_desk, talk = chances[:MOST_DESKS], chances[MOST_DESKS + 2 * HEAD_START :]
        free = [
            doubt * left[int(own_desk[desk % MOST_DESKS][number] * len(left))]
            for desk, left in enumerate(self._left)
        ]
        at = [0] * len(free)
        called = bytearray(self._people + 1)
        while True:
            now = min(free)
            desk = free.index(now)
            mine, place = self._callable[desk], at[desk]
            while place < len(mine) and called[mine[place]]:
                place += 1
            at[desk] = place
            if place == len(mine):
                free[desk] = _NEVER
                continue
            person = mine[place]
            if person < self._people:
                called[person] = 1
                ratio = ratios[int(talk[person][number] * len(ratios))]
                free[desk] = now + doubt * self._means[person] * ratio
            elif passing and passing[0][0] <= now:
                free[desk] = now + doubt * self._pace.overall * passing.pop(0)[1]
            else:
                return now

    def _passing(self, number: int) -> list[tuple[float, float]]:
        """Who comes later and goes ahead: after how many seconds, and the ratio of their turn."""
        if self._newcomers is None:
            return []
        gap_s, share = self._newcomers
        chances, ratios = _chances()[0][MOST_DESKS:], self._pace.ratios
        return [
            (gap_s * (later + 1), ratios[int(chances[HEAD_START + later][number] * len(ratios))])
            for later in range(HEAD_START)
            if chances[later][number] < share
        ]


def _pace(served: Mapping[TopicId, Sequence[float]]) -> _Pace:
    served = {topic: [max(1.0, turn) for turn in turns] for topic, turns in served.items()}
    every = [seconds for turns in served.values() for seconds in turns]
    overall = fmean(every)
    means = {
        topic: (fsum(turns) + _BORROWED * overall) / (len(turns) + _BORROWED)
        for topic, turns in served.items()
    }
    seen = [seconds / means[topic] for topic, turns in served.items() for seconds in turns]
    ratios = sorted([*seen, *_supposed()])
    middle = fmean(ratios)
    spread = sqrt(fmean((ratio - middle) ** 2 for ratio in ratios))
    return _Pace(means, overall, ratios, spread / sqrt(len(every)))


def _left(desk: DeskAtWork, pace: _Pace) -> list[float]:
    """The seconds that whoever is at a desk may still stay, sorted; nothing where nobody is."""
    if desk.present is None:
        return [0.0]
    topic, since_s = desk.present
    turns = [pace.mean(topic) * ratio for ratio in pace.ratios]
    longer = [turn - since_s for turn in turns if turn > since_s]
    return longer or [pace.mean(topic) * share for share in _OUTSTAYED]


@cache
def _supposed() -> tuple[float, ...]:
    """Ratios as turns usually spread: many a little shorter, a few much longer than the mean."""
    normal = NormalDist()
    steps = [(step + 0.5) / _SUPPOSED for step in range(_SUPPOSED)]
    ratios = [exp(_SUPPOSED_SPREAD * normal.inv_cdf(step)) for step in steps]
    return tuple(ratio / fmean(ratios) for ratio in ratios)


@cache
def _chances() -> tuple[list[list[float]], list[float]]:
    """For every chance in a play its value in each play, evenly spread; and normal deviates."""
    random = Random(PLAYS)  # noqa: S311 - the same at every start, no secret
    even = [(play + 0.5) / PLAYS for play in range(PLAYS)]
    chances = [random.sample(even, PLAYS) for _ in range(MOST_DESKS + 2 * HEAD_START + MOST_AHEAD)]
    return chances, [NormalDist().inv_cdf(share) for share in even]
