"""States that one touch may lead to, as far as every citizen sees the same: to be drawn ahead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kiosk.domain.ids import FeedbackId, TicketId
from kiosk.touch.flow.inputs import FeedbackStored, NumberGiven, Tapped
from kiosk.touch.flow.requests import GiveFeedback, TakeTicket
from kiosk.touch.flow.state import ShownNumber

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiosk.domain.profile import Profile
    from kiosk.touch.flow.inputs import Input
    from kiosk.touch.flow.machine import Flow
    from kiosk.touch.flow.requests import OfficeRequest
    from kiosk.touch.flow.state import State

SOME_NUMBER: Final = "A-000"
"""Stands for the number that the office has not given yet; it is never drawn."""

_OTHER_LETTERS = ("listen", "contrast", "text_size")
"""Helps that change voice or colours, for which nothing is to be drawn, or all sizes of letters."""


def next_states(flow: Flow, state: State, names: Iterable[str]) -> Iterator[State]:
    """Where a touch on each of these elements leads, but for what only one citizen sees.

    The office is taken to count a smiley, and to give a number: for the first topic of each kind.
    """
    kinds = set[bool]()
    for name in names:
        if name in _OTHER_LETTERS:
            continue
        found, requests = flow.step(state, Tapped(name))
        if any(isinstance(each, TakeTicket) for each in requests):
            kind = bool(flow.profile.topic(found.topic or "").bring)
            if kind in kinds:
                continue
            kinds.add(kind)
        replies = [reply for each in requests for reply in _replies(each, flow.profile, state)]
        following = [flow.step(found, reply)[0] for reply in replies] or [found]
        yield from filter(is_common, following)


def is_common(state: State) -> bool:
    """Whether it shows nothing that only one citizen has been given, has typed or has answered."""
    number = state.shown.number if state.shown else SOME_NUMBER
    own = state.typed or state.detail or state.sheet or state.answers
    return number == SOME_NUMBER and not own and not state.asking


def _replies(request: OfficeRequest, profile: Profile, state: State) -> list[Input]:
    """Of a number the first one in the queue's, and one as the queue is now."""
    match request:
        case TakeTicket():
            link = f"{profile.bus_network}/t/" if profile.bus_network else ""
            first = ShownNumber(SOME_NUMBER, 0, link=link, ticket=TicketId(0))
            waits = dict.fromkeys((state.queue.wait_min, None))
            return [NumberGiven(replace(first, estimate_min=wait)) for wait in waits]
        case GiveFeedback():
            return [FeedbackStored(FeedbackId(0))]
    return []
