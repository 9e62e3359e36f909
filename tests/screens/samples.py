"""Every screen in every state that looks different, for any profile."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from kiosk.domain.ids import FeedbackId, LanguageCode, VisitId
from kiosk.domain.moment import Moment
from kiosk.domain.profile import Profile
from kiosk.domain.visit import Visit
from kiosk.touch.flow import Flow
from kiosk.touch.presenter import present
from kiosk.touch.script import Stage
from kiosk.touch.state import Screen, Shown, Slip, State

MORNING = Moment("boot", 1.0, datetime(2026, 11, 22, 8, 0, tzinfo=UTC), trusted=True)


def flow_of(profile: Profile) -> Flow:
    return Flow(profile, lambda: "wish")


def visit_of(profile: Profile) -> Visit:
    topics = tuple(topic.id for topic in profile.topics)
    return Visit(VisitId(1), profile.stops[0].id, topics, MORNING)


def samples(stage: Stage, language: LanguageCode) -> Iterator[tuple[str, State]]:
    """A name and a state for each picture of the gallery."""
    first = replace(stage.flow.first(visit_of(stage.profile)), language=language)
    for name, state in _plain(first, stage.profile):
        yield name, state
    for name, state in _asking(first, stage.profile):
        yield from _pages(name, state, stage)


def _plain(first: State, profile: Profile) -> Iterator[tuple[str, State]]:
    shown = Shown("A-017", 3)
    number = replace(first, screen=Screen.NUMBER, shown=shown)
    topic = replace(first, screen=Screen.CHECK, topic=profile.topics[2].id)
    yield "start", first
    yield "check", topic
    yield "number", number
    yield "number-first", replace(number, shown=Shown("B-001", 0))
    yield "number-slip", replace(number, shown=replace(shown, slip=Slip.PRINTED))
    yield "number-remember", replace(number, shown=replace(shown, slip=Slip.FAILED))
    yield "feedback", replace(first, screen=Screen.FEEDBACK)
    thanks = replace(first, screen=Screen.THANKS, feedback=FeedbackId(1))
    yield "thanks", replace(thanks, score=profile.score_levels)
    yield "still-there", replace(topic, warned=True)
    yield "closed", replace(first, screen=Screen.CLOSED, visit=None)
    yield "refused", replace(topic, screen=Screen.REFUSED)
    yield "trouble", replace(first, screen=Screen.TROUBLE)


def _asking(first: State, profile: Profile) -> Iterator[tuple[str, State]]:
    yield "language", replace(first, screen=Screen.LANGUAGE)
    yield "groups", replace(first, screen=Screen.GROUPS)
    for group in profile.groups:
        yield f"topics-{group.letter}", replace(first, screen=Screen.TOPICS, group=group.id)


def _pages(name: str, state: State, stage: Stage) -> Iterator[tuple[str, State]]:
    yield name, state
    while present(state, stage).element("more"):
        state = replace(state, page=state.page + 1)
        yield f"{name}-{state.page + 1}", state
