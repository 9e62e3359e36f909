"""Every screen in every state that looks different, for any profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING

from kiosk.domain.appointment import Punctuality
from kiosk.domain.ids import FeedbackId, LanguageCode, SheetId, TicketId, VisitId
from kiosk.domain.local_time import BERLIN
from kiosk.domain.moment import Moment
from kiosk.domain.refusal_reason import Reason
from kiosk.domain.stick import StickState
from kiosk.domain.timetable import PlannedVisit
from kiosk.domain.visit import Visit
from kiosk.service.queue_status import QueueStatus
from kiosk.touch.content import present
from kiosk.touch.flow import addresses
from kiosk.touch.flow.machine import Flow
from kiosk.touch.flow.state import PaperState, Screen, ShownNumber, ShownSheet, State
from kiosk.touch.session.office_calls import shown_reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.domain.directory import AdviceOffer
    from kiosk.domain.profile import Profile
    from kiosk.touch.content.context import GlassSetup
    from kiosk.touch.layout.view import View

GERMAN = LanguageCode("de")
MORNING = Moment("boot", 1.0, datetime(2026, 11, 22, 8, 0, tzinfo=UTC), trusted=True)


def flow_of(profile: Profile) -> Flow:
    """A flow whose wishes are all one, with a voice for every language."""
    return Flow(profile, lambda: "wish", frozenset(profile.languages))


def visit_of(profile: Profile) -> Visit:
    """A visit at the first stop with all topics, open since `MORNING`."""
    topics = tuple(topic.id for topic in profile.topics)
    return Visit(VisitId(1), profile.stops[0].id, topics, MORNING)


def sample_views(
    setup: GlassSetup,
    language: LanguageCode,
    wanted: Callable[[str], bool] = bool,
    theme: str = "light",
    *,
    large_text: bool = False,
) -> Iterator[tuple[str, View]]:
    """A name and a view for each picture of the gallery; of wanted names only, with all pages."""
    first = replace(_first(setup, language), theme=theme, large_text=large_text)
    for name, state in _single(first, setup.profile):
        if wanted(name):
            yield name, present(state, setup)
    for name, state in _paged(first, setup.profile):
        if wanted(name):
            yield from _pages(name, state, setup)


def sample(wanted: str, setup: GlassSetup, language: LanguageCode) -> State:
    """The state of one picture, without working out those that come after it."""
    first, profile = _first(setup, language), setup.profile
    states = chain(_single(first, profile), _paged(first, profile))
    return next(state for name, state in states if name == wanted)


def _first(setup: GlassSetup, language: LanguageCode) -> State:
    return replace(setup.flow.first(visit_of(setup.profile)), language=language)


def _single(first: State, profile: Profile) -> Iterator[tuple[str, State]]:
    """Those of one page, or whose pages have names of their own."""
    return chain(_plain(first, profile), _numbers(first, profile), _refused(first))


def _paged(first: State, profile: Profile) -> Iterator[tuple[str, State]]:
    return chain(_asking(first, profile), _offers(first, profile))


def _plain(first: State, profile: Profile) -> Iterator[tuple[str, State]]:
    topic = replace(first, screen=Screen.TOPICS)
    closing = replace(visit_of(profile), intake=False)
    yield "start", first
    ends = datetime(2026, 11, 22, 13, 0, tzinfo=BERLIN)
    moving = replace(first, queue=QueueStatus(ends, "A-016", (10, 20)))
    yield "start-moving", moving
    long = replace(moving.queue, ends=ends.replace(minute=30), wait_min=(2522, 2668))
    yield "start-moving-all", replace(moving, expected=True, queue=long)
    yield "start-expected", replace(first, expected=True)
    yield "start-no-numbers", replace(first, visit=closing, expected=True)
    coming = _coming(profile)
    yield "start-no-numbers-next", replace(first, visit=closing, next_visits=coming)
    if papers := [each for each in profile.topics if each.bring]:
        longest = max(papers, key=lambda each: len(each.bring[first.language]))
        yield "bring", replace(first, screen=Screen.BRING, topic=longest.id)
    yield "code", replace(first, screen=Screen.CODE)
    yield "code-typed", replace(first, screen=Screen.CODE, typed="12345678")
    yield "code-long", replace(first, screen=Screen.CODE, typed="123456789012")
    yield "moment", replace(topic, asking=True)
    yield "feedback", replace(first, screen=Screen.FEEDBACK)
    thanks = replace(first, screen=Screen.THANKS, feedback=FeedbackId(1))
    yield "thanks", replace(thanks, score=profile.score_levels)
    yield "thanks-button", replace(first, screen=Screen.THANKS, passing=True)
    yield "still-there", replace(topic, warned=True)
    closed = replace(first, screen=Screen.CLOSED, visit=None)
    yield "closed", closed
    yield "closed-next", replace(closed, next_visits=coming)
    yield "closed-today", replace(closed, next_visits=coming[:1], opens_today=True)
    for stick in (StickState.WRITING, StickState.FORMAT):  # the worst and the longest
        yield f"start-stick-{stick}", replace(first, stick=stick)
        yield f"closed-stick-{stick}", replace(closed, stick=stick)
    yield "trouble", replace(first, screen=Screen.TROUBLE)
    yield "no-voice", replace(first, screen=Screen.NO_VOICE)
    yield "updating", replace(first, screen=Screen.UPDATING)
    yield "listening", replace(first, listening=True)
    yield "trouble-lasting", replace(first, screen=Screen.TROUBLE, lasting=True)


def _coming(profile: Profile) -> tuple[PlannedVisit, ...]:
    """The longest day of the week and month, at the stops with the longest names."""
    begins = datetime(2026, 9, 24, 10, 30, tzinfo=BERLIN)
    stops = sorted(profile.stops, key=lambda each: -len(each.name))
    return tuple(
        PlannedVisit(stop.id, begins + timedelta(days=day), begins + timedelta(days=day, hours=4))
        for day, stop in enumerate((stops * 3)[:3])
    )


def _numbers(first: State, profile: Profile) -> Iterator[tuple[str, State]]:
    shown = ShownNumber("A-017", 3, ticket=TicketId(17))
    topic = next((each for each in profile.topics if each.bring), profile.topics[-1])
    number = replace(first, screen=Screen.NUMBER, shown=shown, topic=topic.id)
    known = replace(shown, estimate_min=(10, 20))
    linked = replace(known, link="http://10.42.0.1:8080/t/AbCdEfGhIjKl")
    due = replace(linked, appointment="10:30")
    yield "number", number
    yield "number-first", replace(number, shown=ShownNumber("B-001", 0, ticket=TicketId(1)))
    yield "number-wait", replace(number, shown=known)
    for slip, name in (
        (PaperState.PRINTED, "slip"),
        (PaperState.FAILED, "remember"),
        (PaperState.COMING, "coming"),
        (PaperState.NEVER, "never"),
    ):
        yield f"number-{name}", replace(number, shown=replace(shown, slip=slip))
        yield f"number-all-{name}", replace(number, shown=replace(linked, slip=slip))
    answers = tuple((each.id, each.choices[0].id) for each in profile.questions)
    yield "number-answered", replace(number, shown=known, answers=answers)
    yield "number-returning", replace(number, shown=known, returning=True)
    yield "number-after", replace(number, shown=linked, warned=True)
    yield "returned", replace(first, screen=Screen.RETURNED, detail="A-017")
    yield "number-over", replace(number, shown=replace(known, over=True), visit=None)
    yield "number-wait-long", replace(number, shown=replace(linked, estimate_min=(2522, 2668)))
    yield "number-linked", replace(number, shown=linked)
    yield "number-wifi", replace(number, shown=linked, page=1)
    yield "number-phone", replace(number, shown=linked, page=2)
    for came in Punctuality:
        yield f"number-{came}", replace(number, shown=replace(due, punctuality=came))
    late = replace(due, punctuality=Punctuality.LATE, slip=PaperState.FAILED)
    yield "number-late-remember", replace(number, shown=late)
    early = replace(due, punctuality=Punctuality.EARLY, slip=PaperState.PRINTED)
    yield "number-early-printed", replace(number, shown=early)


def _refused(first: State) -> Iterator[tuple[str, State]]:
    details = {Reason.OTHER_DAY: "2026-11-24 10:30", Reason.OTHER_STOP: "Markt, Buer"}
    refused = replace(first, screen=Screen.REFUSED, topic=None)
    for reason in dict.fromkeys(map(shown_reason, Reason)):
        if reason is Reason.AT_GLASS:  # phones are told so, and nobody who stands there
            continue
        detail = details.get(reason, "")
        yield f"refused-{reason}", replace(refused, reason=reason, detail=detail)
    by_appointment = replace(refused, reason=Reason.BY_APPOINTMENT, expected=True)
    yield "refused-expected", by_appointment


def _offers(first: State, profile: Profile) -> Iterator[tuple[str, State]]:
    if addresses.by_need(profile, first):
        yield "needs", replace(first, screen=Screen.NEEDS)
    for need in profile.needs:
        yield f"offers-{need.id}", replace(first, screen=Screen.OFFERS, need=need.id)
    of_topic = replace(first, topic=profile.topics[0].id, reason=Reason.USED_UP)
    if addresses.offers(profile, of_topic):
        yield "offers-of-topic", replace(of_topic, screen=Screen.OFFERS)
        yield "refused-with-offers", replace(of_topic, screen=Screen.REFUSED)
    if not profile.directory:
        return
    if len(profile.directory) <= addresses.MOST_AT_ONCE:
        yield "offers", replace(first, screen=Screen.OFFERS)
    for offer in _worth_a_look(profile):
        state = replace(first, screen=Screen.OFFER, offer=offer.id)
        yield f"offer-{offer.id}", state
    if profile.directory_sheet:
        all_of_it = replace(first, screen=Screen.SHEET, sheet=ShownSheet(SheetId(1)))
        failed = ShownSheet(SheetId(1), PaperState.FAILED)
        yield "sheet-of-all", all_of_it
        yield "sheet-of-all-failed", replace(all_of_it, sheet=failed)
    for slip in (PaperState.UNKNOWN, PaperState.PRINTED, PaperState.FAILED):
        sheet = replace(state, screen=Screen.SHEET, sheet=ShownSheet(SheetId(1), slip))
        yield f"sheet-{slip}", sheet


def _worth_a_look(profile: Profile) -> list[AdviceOffer]:
    """The offers with the longest name, with the most to tell, and with a phone number."""
    offers = profile.directory
    longest = max(offers, key=lambda offer: len(offer.name))
    fullest = max(
        offers, key=lambda offer: len(f"{offer.about[LanguageCode('de')]}{offer.address}")
    )
    reachable = max(offers, key=lambda offer: len(offer.phone) + len(offer.languages))
    return list({offer.id: offer for offer in (longest, fullest, reachable)}.values())


def _asking(first: State, profile: Profile) -> Iterator[tuple[str, State]]:
    yield "language", replace(first, screen=Screen.LANGUAGE)
    yield "groups", replace(first, screen=Screen.GROUPS)
    longest = sorted(profile.topics, key=lambda each: -len(each.label[first.language]))[:6]
    day = replace(visit_of(profile), topics=tuple(topic.id for topic in longest))
    yield "topics", replace(first, screen=Screen.TOPICS, visit=day)
    for group in profile.groups:
        yield f"topics-{group.letter}", replace(first, screen=Screen.TOPICS, group=group.id)
    used_up = replace(visit_of(profile), contingents={profile.topics[0].id: 0})
    topics = replace(first, screen=Screen.TOPICS, group=profile.topics[0].group)
    if len(profile.topics) > 1:  # else there are no numbers at all
        yield "topics-used-up", replace(topics, visit=used_up)
    if surveys := profile.survey_questions:
        widest = max(surveys, key=lambda each: len(each.text[first.language]))
        given = replace(first, screen=Screen.SURVEY, feedback=FeedbackId(1), score=1)
        yield "survey", replace(given, survey=widest.id)
    for question in profile.questions:
        if not question.is_switch:
            asked = replace(topics, screen=Screen.QUESTION, question=question.id)
            asked = replace(asked, topic=profile.topics[0].id)
            answered = ((question.id, question.choices[-1].id),)
            yield f"question-{question.id}", asked
            yield f"question-{question.id}-again", replace(asked, answers=answered)


def _pages(name: str, state: State, setup: GlassSetup) -> Iterator[tuple[str, View]]:
    yield name, (view := present(state, setup))
    while view.element("more"):
        state = replace(state, page=state.page + 1)
        yield f"{name}-{state.page + 1}", (view := present(state, setup))
