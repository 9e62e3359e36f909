"""The way to an address: by needs where offers are many, or from a topic; and out of it at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.flow.state import Screen

if TYPE_CHECKING:
    from kiosk.domain.directory import AdviceOffer, Need
    from kiosk.domain.profile import Profile
    from kiosk.touch.flow.state import State

MOST_AT_ONCE = 6
"""Up to this many offers are shown without a screen of needs."""


def by_need(profile: Profile, state: State) -> bool:
    """Whether the offers are too many for one question, and are asked for by their needs."""
    many = len(profile.directory) > MOST_AT_ONCE and len(profile.needs) > 1
    return many and state.topic is None


def needs(profile: Profile) -> tuple[Need, ...]:
    """As the profile orders them; those that a helpline meets before all others."""
    urgent = {need for offer in profile.directory if offer.helpline for need in offer.needs}
    return tuple(sorted(profile.needs, key=lambda need: need.id not in urgent))


def offers(profile: Profile, state: State) -> tuple[AdviceOffer, ...]:
    """Of the chosen need or for the topic, else all: helplines first, then the most specific."""
    if state.topic is not None:
        group = profile.topic(state.topic).group
        of_topic = [each for each in profile.directory if not each.groups or group in each.groups]
        return tuple(sorted(of_topic, key=lambda each: (not each.helpline, not each.groups)))
    found = [each for each in profile.directory if state.need in {None, *each.needs}]
    return tuple(sorted(found, key=lambda each: not each.helpline))


def navigate(profile: Profile, state: State, head: str, rest: str) -> State | None:
    """The state after a touch that leads to an address; None for any other."""
    match head, rest:
        case (("start" | "refused" | "closed"), "offers"):
            return _open_directory(profile, state)
        case "offers", "topic" if state.topic:
            return _left(state, Screen.OFFERS)
        case "need", _:
            return _choose_need(profile, state, rest)
        case "offer", _:
            return _open_offer(profile, state, rest)
    return None


def _open_directory(profile: Profile, state: State) -> State:
    """The first question of whoever wants an address, without any topic."""
    fresh = replace(_left(state, Screen.OFFERS), group=None, topic=None, typed="")
    return replace(fresh, screen=Screen.NEEDS) if by_need(profile, fresh) else fresh


def _choose_need(profile: Profile, state: State, name: str) -> State:
    """The offers of a need; a choice of one is passed over."""
    chosen = replace(_left(state, Screen.OFFERS), need=profile.need(name).id)
    found = offers(profile, chosen)
    return _open_offer(profile, chosen, found[0].id) if len(found) == 1 else chosen


def _open_offer(profile: Profile, state: State, name: str) -> State:
    return replace(state, screen=Screen.OFFER, offer=profile.offer(name).id, page=0)


def is_first(profile: Profile, state: State) -> bool:
    """Whether the screen is the one on which the way to an address began."""
    begins = Screen.NEEDS if by_need(profile, state) else Screen.OFFERS
    return state.screen is begins and state.topic is None


def back(profile: Profile, state: State) -> State:
    """One step back; what was chosen on the way is forgotten."""
    if state.screen is Screen.SHEET and state.offer:
        return replace(state, screen=Screen.OFFER, sheet=None)
    passed_over = state.need and len(offers(profile, state)) == 1
    if state.screen is Screen.OFFER and not passed_over:
        return replace(state, screen=Screen.OFFERS, offer=None)
    if state.topic:
        asked = Screen.NUMBER if state.shown else Screen.REFUSED
        return _left(state, asked if state.visit else Screen.CLOSED)
    if state.screen is not Screen.NEEDS and by_need(profile, state):
        return _left(state, Screen.NEEDS)
    if state.screen is Screen.SHEET:
        return _left(state, Screen.OFFERS)
    return _left(state, Screen.START if state.visit else Screen.CLOSED)


def _left(state: State, screen: Screen) -> State:
    """That screen, with nothing of an address left."""
    return replace(state, screen=screen, need=None, offer=None, sheet=None, page=0)
