"""The way to a number: by groups where topics are many, and a touch on a topic takes it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.flow import offered
from kiosk.touch.flow.requests import TakeTicket
from kiosk.touch.flow.state import Screen

if TYPE_CHECKING:
    from kiosk.domain.ids import TopicId
    from kiosk.domain.profile import Profile
    from kiosk.touch.flow.requests import Transition
    from kiosk.touch.flow.state import State


def start_choice(profile: Profile, state: State) -> Transition:
    """The first question; a choice of one topic is passed over."""
    fresh = replace(state, group=None, topic=None, typed="", page=0)
    if not state.offered:
        reason = offered.nothing_offered(profile, fresh)
        return replace(fresh, screen=Screen.REFUSED, reason=reason), ()
    topics = offered.topics(profile, fresh)
    if len(topics) == 1:
        return choose_topic(profile, fresh, topics[0])
    return replace(fresh, screen=offered.first_question(profile, fresh)), ()


def choose_group(profile: Profile, state: State, name: str) -> Transition:
    """The topics of a group; a choice of one is passed over."""
    chosen = replace(state, screen=Screen.TOPICS, group=profile.group(name).id, page=0)
    topics = offered.topics(profile, chosen)
    return choose_topic(profile, chosen, topics[0]) if len(topics) == 1 else (chosen, ())


def choose_topic(profile: Profile, state: State, topic: TopicId) -> Transition:
    """The number is asked for at once, if there are any."""
    chosen = replace(state, topic=topic)
    if topic in state.offered:
        return replace(chosen, asking=True), (TakeTicket(topic, state.language, state.wish),)
    reason = offered.refusal_reason(profile, chosen)
    return replace(chosen, screen=Screen.REFUSED, reason=reason, page=0), ()
