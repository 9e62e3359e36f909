"""Service times of the day, from its tickets: for how long people take a desk.

A turn lasts from the first call of one person to the desk's next first call, so it holds the way,
the talk, the clerk's breath after it, and the calls in vain. Where no one waited when
the talk was over, it ends with the talk.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kiosk.domain.ticket import AT_DESK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kiosk.domain.ids import DeskId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket

LONGEST_BREATH_S = 300.0
"""A longer pause after a talk is a break, and no part of a turn."""

LOOKED_BACK = 100
"""People. Those who came before tell little of the pace now."""

_LOOK_BACK_S = 3600.0
_SHORTEST_S = 1.0
_USUAL_SHARE, _USUAL_PEOPLE = 0.1, 10  # before anyone has come: one of ten has priority


class Newcomers(NamedTuple):
    """People who come later: one every `gap_s` seconds, a `share` of them with priority."""

    gap_s: float
    share: float


def service_times(tickets: Iterable[Ticket]) -> dict[TopicId, list[float]]:
    """The seconds of every turn that is over, by topic."""
    called: dict[tuple[DeskId, str], list[tuple[float, Ticket]]] = defaultdict(list)
    for ticket in tickets:
        if ticket.desk is not None and ticket.first_call is not None:
            called[ticket.desk, ticket.first_call.boot].append((ticket.first_call.boot_s, ticket))
    found: dict[TopicId, list[float]] = defaultdict(list)
    for at_desk in called.values():
        at_desk.sort(key=lambda pair: pair[0])
        for (begin_s, ticket), (next_s, following) in pairwise(at_desk):
            end_s = _end_s(ticket, following, begin_s, next_s)
            found[ticket.topic].append(max(_SHORTEST_S, end_s - begin_s))
        begin_s, last = at_desk[-1]
        ended_s = _ended_s(last)
        if ended_s is not None:
            found[last.topic].append(max(_SHORTEST_S, ended_s - begin_s))
    return dict(found)


class History:
    """People who were called today, by sequence, and what follows from them, reckoned once."""

    def __init__(self, called: Sequence[Ticket]) -> None:
        self._called = called[-LOOKED_BACK:]

    @cached_property
    def service_times(self) -> dict[TopicId, list[float]]:
        """The seconds of every turn that is over, by topic."""
        return service_times(self._called)

    @cached_property
    def _present(self) -> dict[DeskId, tuple[TopicId, dict[str, float]]]:
        """Who is at each desk, and on each boot clock since when."""
        since: dict[DeskId, dict[str, float]] = defaultdict(dict)
        topics: dict[DeskId, TopicId] = {}
        for ticket in self._called:
            if ticket.desk is None:
                continue
            there = ticket.state in AT_DESK
            if there:
                topics[ticket.desk] = ticket.topic
            # Called again, the person was away in between: then the talk before this one counts.
            clocks = since[ticket.desk]
            for moment in (ticket.ended, ticket.first_call if there else None):
                if moment:
                    clocks[moment.boot] = max(moment.boot_s, clocks.get(moment.boot, 0.0))
        return {desk: (topic, since[desk]) for desk, topic in topics.items()}

    def at_desk_since(self, desk: DeskId, now: Moment) -> tuple[TopicId, float] | None:
        """The topic of the person at a desk, and for how many seconds; None when it is free."""
        present = self._present.get(desk)
        if present is None:
            return None
        topic, clocks = present
        return topic, max(0.0, now.boot_s - clocks.get(now.boot, now.boot_s))


def newcomers(tickets: Collection[Ticket], now: Moment) -> Newcomers:
    """Those to be expected, as the last hour was; none with none in it."""
    ages = [now.boot_s - t.taken.boot_s for t in tickets if t.taken.boot == now.boot]
    recent = [age for age in ages if age <= _LOOK_BACK_S]
    gap_s = max(0.0, *recent) / len(recent) if recent else 0.0
    with_priority = sum(ticket.priority for ticket in tickets) + _USUAL_SHARE * _USUAL_PEOPLE
    return Newcomers(gap_s or _LOOK_BACK_S, with_priority / (len(tickets) + _USUAL_PEOPLE))


def _end_s(ticket: Ticket, following: Ticket, begin_s: float, next_s: float) -> float:
    """When a desk was free for the person whom it called after this one."""
    ended_s = _ended_s(ticket)
    if ended_s is None or not begin_s <= ended_s <= next_s:
        return next_s  # called again later: this turn was over when the next one began
    waited = following.taken.boot != ticket.taken.boot or following.taken.boot_s <= ended_s
    return min(next_s, ended_s + LONGEST_BREATH_S) if waited else ended_s


def _ended_s(ticket: Ticket) -> float | None:
    """When the talk was over, on the boot clock of its call."""
    same = ticket.ended and ticket.first_call and ticket.ended.boot == ticket.first_call.boot
    return ticket.ended.boot_s if ticket.ended and same else None
