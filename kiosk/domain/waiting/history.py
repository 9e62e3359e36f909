"""Service times of the day, from its tickets: for how long people take a desk.

A turn lasts from a person's last call to the desk's next one, so it holds the way, the talk, the
clerk's breath after it, and calls in vain of others. Where no one waited when the talk was over, it
ends with the talk. A ticket's wait between two desks or two calls is in no turn.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from kiosk.domain.ticket import AT_DESK

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from kiosk.domain.ids import DeskId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket

SHORTEST_TURN_S = 45.0
"""Least service time: the way to a desk and a question. Shorter turns were pressed away."""

LONGEST_PAUSE_S = 300.0
"""A longer pause after a talk is a break, and no part of a turn."""

LOOK_BACK = 100
"""People. Those who came before tell little of the pace now."""

_LOOK_BACK_S = 3600.0
_SHORTEST_S = 1.0
_USUAL_SHARE, _USUAL_PEOPLE = 0.1, 10  # before the first ticket: one of ten has priority


class Arrivals(NamedTuple):
    """People who come later: one every `gap_s` seconds, a `share` of them with priority."""

    gap_s: float
    share: float


class DueAppointment(NamedTuple):
    """An appointment that goes before others from `in_s` seconds on; `here`: it is checked in."""

    topic: TopicId
    in_s: float
    here: bool


class Turn(NamedTuple):
    """A person's turn at a desk, up to the call of the following one, if there is one."""

    ticket: Ticket
    following: Ticket | None
    seconds: float


class DeskHistory:
    """The people whom one desk has called, by sequence, and what follows from them.

    A turn that an `earlier` one has reckoned, between the same two, is taken from there.
    """

    def __init__(self, called: list[Ticket], earlier: DeskHistory | None = None) -> None:
        self.called = called
        self._reckoned = {turn.ticket.id: turn for turn in earlier.turns} if earlier else {}

    @cached_property
    def turns(self) -> list[Turn]:
        """Every turn that is over."""
        called: dict[str, list[tuple[float, Ticket]]] = defaultdict(list)
        for ticket in self.called:
            if ticket.last_call is not None:
                called[ticket.last_call.boot].append((ticket.last_call.boot_s, ticket))
        found: list[Turn] = []
        for same_boot in called.values():
            same_boot.sort(key=itemgetter(0))
            for (begin_s, ticket), (next_s, following) in pairwise(same_boot):
                known = self._reckoned.get(ticket.id)
                if known and known.ticket is ticket and known.following is following:
                    found.append(known)
                else:
                    end_s = _end_s(ticket, following, begin_s, next_s)
                    found.append(Turn(ticket, following, max(_SHORTEST_S, end_s - begin_s)))
            begin_s, last = same_boot[-1]
            ended_s = _ended_s(last)
            if ended_s is not None:
                found.append(Turn(last, None, max(_SHORTEST_S, ended_s - begin_s)))
        self._reckoned.clear()
        return found

    @cached_property
    def present(self) -> Ticket | None:
        """The ticket that is at the desk."""
        return next((ticket for ticket in self.called if ticket.state in AT_DESK), None)


class History:
    """People who were called today, by sequence, and what follows from them, reckoned once.

    Of a desk at which nothing has happened since an `earlier` one, that is taken from there.
    """

    def __init__(self, called: Sequence[Ticket], earlier: History | None = None) -> None:
        by_desk: dict[DeskId, list[Ticket]] = defaultdict(list)
        for ticket in called[-LOOK_BACK:]:
            if ticket.desk is not None:
                by_desk[ticket.desk].append(ticket)
        known = earlier.desks if earlier else {}
        self.desks: Mapping[DeskId, DeskHistory] = {
            desk: _desk_history(there, known.get(desk)) for desk, there in by_desk.items()
        }

    @cached_property
    def service_times(self) -> dict[TopicId, list[float]]:
        """The seconds of every turn that is over and long enough for a service."""
        found: dict[TopicId, list[float]] = defaultdict(list)
        for desk in self.desks.values():
            for ticket, _, seconds in desk.turns:
                if seconds >= SHORTEST_TURN_S:
                    found[ticket.topic].append(seconds)
        return dict(found)

    def at_desk_since(self, desk: DeskId, now: Moment) -> tuple[TopicId, float] | None:
        """The topic of the person at a desk, and for how many seconds; None when it is free."""
        present = self.desks[desk].present if desk in self.desks else None
        if present is None:
            return None
        there_s = now.seconds_since(present.last_call) if present.last_call else None
        return present.topic, there_s or 0.0


def expected_arrivals(tickets: Collection[Ticket], now: Moment) -> Arrivals:
    """Those to be expected, as the last hour was; none with none in it."""
    begin_s = now.boot_s - _LOOK_BACK_S
    taken = [ticket.taken for ticket in tickets]
    recent = [now.boot_s - t.boot_s for t in taken if t.boot_s >= begin_s and t.boot == now.boot]
    gap_s = max(0.0, *recent) / len(recent) if recent else 0.0
    with_priority = sum([ticket.priority for ticket in tickets]) + _USUAL_SHARE * _USUAL_PEOPLE
    return Arrivals(gap_s or _LOOK_BACK_S, with_priority / (len(tickets) + _USUAL_PEOPLE))


def _desk_history(called: list[Ticket], earlier: DeskHistory | None) -> DeskHistory:
    return earlier if earlier and earlier.called == called else DeskHistory(called, earlier)


def _end_s(ticket: Ticket, following: Ticket, begin_s: float, next_s: float) -> float:
    """When a desk was free to call the following ticket."""
    ended_s = _ended_s(ticket)
    if ended_s is None or not begin_s <= ended_s <= next_s:
        return next_s  # called again later: this turn was over when the next one began
    waited = following.taken.boot != ticket.taken.boot or following.taken.boot_s <= ended_s
    return min(next_s, ended_s + LONGEST_PAUSE_S) if waited else ended_s


def _ended_s(ticket: Ticket) -> float | None:
    """When the talk was over, on the boot clock of its call."""
    same = ticket.ended and ticket.last_call and ticket.ended.boot == ticket.last_call.boot
    return ticket.ended.boot_s if ticket.ended and same else None
