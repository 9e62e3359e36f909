"""Topic groups and topics on offer, and why one of them is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.refusal_reason import Reason
from kiosk.domain.visit import MOST_TOPICS_AT_ONCE
from kiosk.touch.flow.state import Screen

if TYPE_CHECKING:
    from kiosk.domain.ids import GroupId, TopicId
    from kiosk.domain.profile import Profile
    from kiosk.touch.flow.state import State


def groups(profile: Profile, state: State) -> tuple[GroupId, ...]:
    """The topic groups of today, also those of which all numbers have been given."""
    today = {topic.group for topic in profile.topics if topic.id in state.topics}
    return tuple(group.id for group in profile.groups if group.id in today)


def by_group(profile: Profile, state: State) -> bool:
    """Whether today's topics are too many for one question, and are asked for by their groups."""
    return len(state.topics) > MOST_TOPICS_AT_ONCE and len(groups(profile, state)) > 1


def first_question(profile: Profile, state: State) -> Screen:
    """The screen on which the way to a number begins."""
    return Screen.GROUPS if by_group(profile, state) else Screen.TOPICS


def topics(profile: Profile, state: State) -> tuple[TopicId, ...]:
    """Today's topics, of the chosen group if one was; also those whose numbers are all given."""
    today = (topic for topic in profile.topics if topic.id in state.topics)
    return tuple(topic.id for topic in today if state.group in {None, topic.group})


def nothing_offered(profile: Profile, state: State) -> Reason:
    """Why no number can be drawn at all."""
    visit = state.visit
    if visit and all(visit.is_by_appointment(topic, profile) for topic in visit.topics):
        return Reason.BY_APPOINTMENT
    return Reason.NO_INTAKE


def refusal_reason(profile: Profile, state: State) -> Reason:
    """Why no number is given for the chosen topic."""
    if not state.offered:
        return nothing_offered(profile, state)
    if state.topic is None or state.topic not in state.topics:
        return Reason.OTHER
    return unavailable_reason(profile, state, state.topic)


def unavailable_reason(profile: Profile, state: State, topic: TopicId) -> Reason:
    """Why no number is given for one of today's topics although others are."""
    by_appointment = state.visit and state.visit.is_by_appointment(topic, profile)
    return Reason.BY_APPOINTMENT if by_appointment else Reason.USED_UP
