"""Forecast of the wait, as a range, from the turns of today: a simulation of fixed random plays.

The line is played many times over: each person ahead takes a desk for as long as one took
today, in proportion to what their topic takes. The plays are fixed, so the same day gives the same
range. Behind the first people one more play, of the means, goes on, and the spread grows as the
sum of turns does: the cost is bounded. Why so, and how good: docs/decisions/0008-waiting-time.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import ceil, sqrt
from operator import mul
from typing import TYPE_CHECKING, Final

from kiosk.domain.queue import HEAD_START, MOST_IN_A_ROW
from kiosk.domain.waiting.history import SHORTEST_TURN_S
from kiosk.domain.waiting.pace import (
    FIRST_ARRIVAL,
    FIRST_IN_LINE,
    FIRST_OVERTAKER,
    MOST_DESKS,
    MOST_PLAYED,
    PLAYS,
    Pace,
    quantile_samples,
    ranks,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kiosk.domain.ids import TopicId
    from kiosk.domain.waiting.history import Arrivals, DueAppointment
    from kiosk.domain.waiting.pace import Plays

MOST_AHEAD: Final = 50
"""People further behind are added by the mean: minutes do not matter there."""

_EARLIEST, _LATEST = 3, 51  # of the plays: one of 20 is called earlier, one of five later
_ROUND_LOW, _ROUND_HIGH = 0.3, 0.7  # of a minute: outwards, but not for a few seconds
_OUTSTAYED = (0.05, 0.2, 0.4, 0.8)  # of a mean turn: what is left of one longer than any today


@dataclass(frozen=True, slots=True)
class DeskAtWork:
    """A desk that calls people: its topics, and who has been there for how many seconds."""

    topics: Collection[TopicId]
    present: tuple[TopicId, float] | None = None


def wait_range(
    topic: TopicId,
    ahead: Sequence[TopicId],
    desks: Sequence[DeskAtWork],
    served: Mapping[TopicId, Sequence[float]],
    newcomers: Arrivals | None = None,
) -> tuple[int, int] | None:
    """One person's wait, without anything kept for the next (see `Simulation`).

    `served` are the seconds of today's turns (see `history.service_times`).
    """
    return Simulation(desks, Pace(served)).wait_range(topic, ahead, newcomers)


class Simulation:
    """The waits in one line at one moment; asked from the front to the back it is played once.

    `desks` are those at work.
    """

    def __init__(self, desks: Sequence[DeskAtWork], pace: Pace) -> None:
        self._desks = desks
        self._pace = pace
        self._callers: dict[TopicId, list[int]] = {}
        self._called: list[TopicId] = []
        # When each desk is free, after none, one, two, ... were called: in every play, and behind
        # those who are played in the play of the means.
        self._plays: list[tuple[Plays, ...]] = []
        self._means: list[tuple[float, ...]] = []

    def wait_range(
        self,
        topic: TopicId,
        ahead: Sequence[TopicId],
        newcomers: Arrivals | None = None,
        due: Sequence[DueAppointment] = (),
    ) -> tuple[int, int] | None:
        """Whole minutes until the first call, at least and at most; None while that is unknown.

        `ahead` are the topics of those who are called before, in that order; `newcomers` may go
        ahead (None: they cannot, as before a priority ticket), `due` do, by their time.
        """
        own = self._callers_of(topic)
        if not own or not self._pace.known:
            return None
        self._call(ahead[:MOST_AHEAD])
        state = self._plays[min(len(ahead), MOST_PLAYED)]
        doubted = [list(map(mul, state[desk], self._pace.doubts)) for desk in own]
        waits = sorted(self._waits(doubted, newcomers))
        low_s, high_s = waits[_EARLIEST], waits[_LATEST]
        if len(ahead) > MOST_PLAYED:
            more_s = self._behind_s(own, ahead, newcomers)
            low_s, high_s = self._later(waits, more_s)
        rivals = {rival for desk in own for rival in self._desks[desk].topics}
        in_front = sum(map(rivals.__contains__, ahead))
        low_s = max(low_s, SHORTEST_TURN_S * (in_front // len(self._desks)))
        high_s = max(high_s, low_s)
        if due:
            most = MOST_IN_A_ROW * (len(ahead) + len(own))
            before = [one for one in due if one.topic in rivals][:most]
            likely = [one for place, one in enumerate(before) if one.here or place % 2]
            low_s, high_s = self._past(likely, low_s), self._past(before, high_s)
        return int(low_s / 60 + _ROUND_LOW), max(1, int(high_s / 60 + _ROUND_HIGH))

    def _callers_of(self, topic: TopicId) -> list[int]:
        callers = self._callers.get(topic)
        if callers is None:
            callers = [place for place, desk in enumerate(self._desks) if topic in desk.topics]
            self._callers[topic] = callers
        return callers

    def _call(self, ahead: Sequence[TopicId]) -> None:
        """Go on from where the line was left, if it is the same one."""
        shorter = min(len(self._called), len(ahead))
        if not self._plays or self._called[:shorter] != ahead[:shorter]:
            self._called, self._means = [], []
            self._plays = [tuple(map(self._left, range(len(self._desks))))]
        played = ahead[len(self._called) : MOST_PLAYED]
        for person, topic in enumerate(played, FIRST_IN_LINE + len(self._called)):
            callers, ratios = self._callers_of(topic), self._pace.drawn(person)
            turn = _with_turn(self._plays[-1], callers, self._pace.mean(topic), ratios)
            self._plays.append(turn)
        if len(ahead) > MOST_PLAYED:
            self._call_behind(ahead[MOST_PLAYED + max(0, len(self._means) - 1) :])
        self._called += ahead[len(self._called) :]

    def _call_behind(self, topics: Sequence[TopicId]) -> None:
        """Go on behind the last who are played, in the play of the means."""
        if not self._means:
            doubts = self._pace.doubts
            means = (sum(map(mul, free, doubts)) / PLAYS for free in self._plays[-1])
            self._means.append(tuple(means))
        free = list(self._means[-1])
        for topic in topics:
            if callers := self._callers_of(topic):
                first = min(callers, key=free.__getitem__)
                free[first] += self._pace.mean(topic) * self._pace.middle
            self._means.append(tuple(free))

    def _left(self, place: int) -> Plays:
        """For how long the person at a desk may still be there."""
        left, drawn = _left(self._desks[place], self._pace), quantile_samples()[place % MOST_DESKS]
        many = len(left)
        return [left[int(share * many)] for share in drawn]

    def _waits(self, free: Sequence[Plays], newcomers: Arrivals | None) -> Plays:
        """When the first of these desks is free, newcomers who go ahead reckoned with."""
        waits = list(map(min, *free)) if len(free) > 1 else list(free[0])
        if newcomers is None:
            return waits
        desks = list(zip(*free, strict=True))
        for later in range(HEAD_START):
            arrival_s, turns = (
                newcomers.gap_s * (later + 1),
                self._pace.drawn(FIRST_OVERTAKER + later),
            )
            for play in ranks()[FIRST_ARRIVAL + later][: _share(newcomers.share)]:
                if arrival_s <= waits[play]:
                    first, *others = sorted(desks[play])
                    turn_s = self._pace.overall * turns[play] * self._pace.doubts[play]
                    desks[play] = (first + turn_s, *others)
                    waits[play] = min(desks[play])
        return waits

    def _behind_s(
        self, own: Sequence[int], ahead: Sequence[TopicId], newcomers: Arrivals | None
    ) -> float:
        """By how much longer the mean wait is than behind the last person who was played."""
        first, last = (
            min(state[desk] for desk in own)
            for state in (self._means[0], self._means[min(len(ahead), MOST_AHEAD) - MOST_PLAYED])
        )
        if newcomers is not None:
            turn_s = self._pace.overall * newcomers.share / len(own)
            first, last = (_overtaken(wait_s, newcomers.gap_s, turn_s) for wait_s in (first, last))
        rivals = {topic for desk in own for topic in self._desks[desk].topics}
        rest = Counter(ahead[MOST_AHEAD:])
        rest_s = sum(many * self._pace.mean(t) for t, many in rest.items() if t in rivals)
        return last - first + rest_s / len(own)

    def _past(self, due: Sequence[DueAppointment], wait_s: float) -> float:
        """A wait, longer by each appointment whose time comes during it."""
        for one in due:
            if one.in_s <= wait_s:
                wait_s += self._pace.mean(one.topic) / len(self._callers_of(one.topic))
        return wait_s

    def _later(self, waits: Plays, more_s: float) -> tuple[float, float]:
        """Low and high of a person so much further behind.

        What is by chance in each turn grows with the root of the time, a wrong mean with the time.
        """
        low_s, high_s = waits[_EARLIEST], waits[_LATEST]
        mean_s = sum(waits) / PLAYS
        if mean_s <= 0:
            return low_s + more_s, high_s + more_s
        doubt_s = self._pace.doubt * mean_s
        chance = max(0.0, sum([(wait - mean_s) ** 2 for wait in waits]) / PLAYS - doubt_s**2)
        grown = 1 + more_s / mean_s
        spread = sqrt(chance + doubt_s**2)
        wider = sqrt(chance * grown + (doubt_s * grown) ** 2) / spread if spread else grown
        middle_s = mean_s + more_s
        return middle_s + (low_s - mean_s) * wider, middle_s + (high_s - mean_s) * wider


def _with_turn(
    state: tuple[Plays, ...], callers: Sequence[int], mean_s: float, ratios: Sequence[float]
) -> tuple[Plays, ...]:
    """When the desks are free after the first of these callers has taken one more turn."""
    free = list(state)
    if len(callers) == 1:
        (one,) = callers
        free[one] = [begin + mean_s * r for begin, r in zip(free[one], ratios, strict=True)]
    elif len(callers) == 2:  # noqa: PLR2004 - most buses: worth a way of its own
        one, two = callers
        pairs = zip(free[one], free[two], ratios, strict=True)
        both = [(a + mean_s * r, b) if a <= b else (a, b + mean_s * r) for a, b, r in pairs]
        free[one], free[two] = map(list, zip(*both, strict=True))
    elif callers:
        changed = [list(free[desk]) for desk in callers]
        for play, begins in enumerate(zip(*changed, strict=True)):
            changed[begins.index(min(begins))][play] += mean_s * ratios[play]
        for desk, plays in zip(callers, changed, strict=True):
            free[desk] = plays
    return tuple(free)


def _overtaken(wait_s: float, gap_s: float, turn_s: float) -> float:
    """A mean wait with those who come during it and go ahead."""
    for later in range(HEAD_START):
        if gap_s * (later + 1) <= wait_s:
            wait_s += turn_s
    return wait_s


def _left(desk: DeskAtWork, pace: Pace) -> list[float]:
    """The seconds that the person at a desk may still stay, sorted; zero where the desk is free."""
    if desk.present is None:
        return [0.0]
    topic, since_s = desk.present
    mean_s = pace.mean(topic)
    longer = [mean_s * ratio - since_s for ratio in pace.ratios if mean_s * ratio > since_s]
    return longer or [mean_s * share for share in _OUTSTAYED]


def _share(share: float) -> int:
    """In how many of the plays something of that chance happens."""
    return min(PLAYS, max(0, ceil(share * PLAYS - 0.5)))
