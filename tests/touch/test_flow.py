"""The way through the screens, walked as a citizen walks it."""

from dataclasses import replace
from itertools import count

import pytest

from kiosk.domain.ids import FeedbackId, VisitId
from kiosk.domain.profile import Profile
from kiosk.domain.visit import Visit
from kiosk.touch.flow.inputs import (
    FeedbackRemoved,
    FeedbackStored,
    Input,
    NumberGiven,
    OfficeUnavailable,
    RequestRefused,
    SlipUpdate,
    Tapped,
    TimedOut,
    VisitChanged,
)
from kiosk.touch.flow.machine import Flow
from kiosk.touch.flow.requests import (
    ForgetWish,
    GiveFeedback,
    OfficeRequest,
    TakeBackFeedback,
    TakeTicket,
)
from kiosk.touch.flow.state import PaperState, Screen, ShownNumber, State
from kiosk.touch.flow.timeouts import timeout_s
from tests.town import GERMAN, JOBS, MARKET, PASSPORT, RENT, SCHOOL, TOWN, TURKISH, TownClock

OPEN = Visit(VisitId(1), MARKET, (JOBS, SCHOOL, RENT, PASSPORT), TownClock()())


class Walk:
    """A citizen before the glass: remembers the screens and what was asked of the office."""

    def __init__(self, visit: Visit | None = OPEN, profile: Profile = TOWN) -> None:
        wishes = count(1)
        self.flow = Flow(profile, lambda: f"wish-{next(wishes)}")
        self.state: State = self.flow.first(visit)
        self.asked: list[OfficeRequest] = []

    def __call__(self, *steps: str | Input) -> list[Screen]:
        """Tap (a text) or let something happen; gives the screen after each step."""
        screens = []
        for step in steps:
            received = Tapped(step) if isinstance(step, str) else step
            self.state, actions = self.flow.step(self.state, received)
            self.asked += actions
            screens.append(self.state.screen)
        return screens


def test_from_the_first_touch_to_the_number() -> None:
    walk = Walk()
    screens = walk("start.number", "language.tr", "group.home", "topic.rent", "check.take")
    assert screens == ["language", "groups", "topics", "check", "check"]
    assert walk.asked == [TakeTicket(RENT, TURKISH, "wish-1")]
    assert walk(NumberGiven(ShownNumber("B-001", 2))) == ["number"]
    assert walk("number.done") == ["start"]
    assert walk.asked[1:] == [ForgetWish()]
    assert (walk.state.language, walk.state.shown) == (GERMAN, None)


def test_one_touch_is_one_ticket() -> None:
    walk = Walk()
    walk("start.number", "language.de", "group.home", "topic.rent")
    walk("check.take", "check.take", "check.take")
    assert walk.asked == [TakeTicket(RENT, GERMAN, "wish-1")]


def test_a_chosen_language_is_not_asked_for_again() -> None:
    walk = Walk()
    assert walk("language", "language.tr", "start.number") == ["language", "start", "groups"]
    assert walk("language", "language.de") == ["language", "groups"]


def test_every_way_forward_has_a_way_back() -> None:
    walk = Walk()
    walk("start.number", "language.de", "group.home", "topic.rent")
    assert walk("back", "back", "back") == ["topics", "groups", "start"]
    assert walk("start.number", "language", "back", "back") == [
        "groups",
        "language",
        "groups",
        "start",
    ]


def test_the_language_screen_leads_back_to_the_start() -> None:
    walk = Walk()
    assert walk("start.number", "back") == ["language", "start"]


def test_a_choice_of_one_is_no_choice() -> None:
    one_topic = Walk(replace(OPEN, topics=(RENT,)))
    assert one_topic("start.number", "language.de", "back") == ["language", "check", "start"]
    one_group = Walk(replace(OPEN, topics=(RENT, PASSPORT)))
    assert one_group("start.number", "language.de", "topic.rent", "back", "back") == [
        "language",
        "topics",
        "check",
        "topics",
        "start",
    ]


def test_pages_turn_back_before_screens_do() -> None:
    walk = Walk()
    walk("start.number", "language.de", "more")
    assert walk.state.page == 1
    assert walk("back", "back") == ["groups", "start"]


def test_a_smiley_counts_at_once_and_can_be_undone() -> None:
    walk = Walk()
    walk("start.feedback", "smiley.4")
    assert walk.asked == [GiveFeedback(4)]
    assert walk(FeedbackStored(FeedbackId(7)), "thanks.undo") == ["thanks", "thanks"]
    assert walk.asked[1:] == [TakeBackFeedback(FeedbackId(7))]
    assert walk(FeedbackRemoved()) == ["feedback"]


def test_whoever_is_still_there_goes_on_as_often_as_they_like() -> None:
    walk = Walk()
    walk("start.number", "language.tr", "group.home")
    for _ in range(10):
        walk(TimedOut())
        assert walk.state.warned
        walk("still_there.yes")
        assert (walk.state.screen, walk.state.warned) == (Screen.TOPICS, False)


@pytest.mark.parametrize("answer", [TimedOut(), Tapped("still_there.no")])
def test_whoever_has_gone_leaves_nothing_behind(answer: Input) -> None:
    walk = Walk()
    walk("contrast", "start.number", "language.tr", "group.home", TimedOut(), answer)
    state = walk.state
    assert (state.screen, state.language, state.theme) == (Screen.START, GERMAN, "light")
    assert (state.group, state.warned) == (None, False)
    assert walk.asked == [ForgetWish()]


def test_the_warning_stands_for_at_least_twenty_seconds() -> None:
    walk = Walk()
    walk("start.number", TimedOut())
    assert timeout_s(walk.state, GERMAN) >= 20


def test_a_fresh_start_screen_waits_for_ever() -> None:
    walk = Walk()
    assert timeout_s(walk.state, GERMAN) == float("inf")
    walk("contrast")
    assert timeout_s(walk.state, GERMAN) <= 60


def test_who_leaves_at_the_start_screen_leaves_it_to_the_next_one() -> None:
    walk = Walk()
    assert walk("start.number", "language.de", "back") == ["language", "groups", "start"]
    assert timeout_s(walk.state, GERMAN) <= 60
    assert walk(TimedOut()) == ["start"]
    assert walk("start.number") == ["language"]


def test_the_visit_closes_under_a_citizen() -> None:
    walk = Walk()
    walk("start.number", "language.de", "group.home", "topic.rent")
    assert walk(VisitChanged(None), VisitChanged(OPEN)) == ["closed", "start"]


def test_a_shown_number_stays_when_the_visit_closes() -> None:
    walk = Walk()
    walk("start.number", "language.de", "group.home", "topic.rent", "check.take")
    assert walk(NumberGiven(ShownNumber("B-001", 0)), VisitChanged(None)) == ["number", "number"]
    assert walk("number.done") == ["closed"]


def test_a_topic_that_is_no_longer_offered_is_refused() -> None:
    walk = Walk()
    walk("start.number", "language.de", "group.home", "topic.rent")
    assert walk(VisitChanged(replace(OPEN, topics=(JOBS, SCHOOL, PASSPORT)))) == ["refused"]
    assert walk("back") == ["groups"]


def test_a_refusal_shows_where_to_go_on() -> None:
    walk = Walk()
    walk("start.number", "language.de", "group.home", "topic.rent", "check.take")
    assert walk(RequestRefused(), "back", "group.work") == ["refused", "groups", "topics"]


def test_trouble_leads_back_to_the_same_wish() -> None:
    walk = Walk()
    walk("start.number", "language.de", "group.home", "topic.rent", "check.take")
    assert walk(OfficeUnavailable(), VisitChanged(OPEN), "check.take") == [
        "trouble",
        "check",
        "check",
    ]
    wishes = {action.wish for action in walk.asked if isinstance(action, TakeTicket)}
    assert wishes == {"wish-1"}


def test_trouble_outlasts_an_impatient_citizen() -> None:
    walk = Walk()
    walk("language", "language.tr", OfficeUnavailable(), TimedOut())
    assert (walk.state.screen, walk.state.language) == (Screen.TROUBLE, GERMAN)
    assert walk(VisitChanged(OPEN)) == ["start"]


def test_a_smiley_that_is_answered_after_the_visit_was_closed_shows_nothing() -> None:
    walk = Walk()
    walk("start.feedback", "smiley.5", VisitChanged(None))
    assert walk(FeedbackStored(FeedbackId(1))) == ["closed"]


def test_only_the_slip_of_the_shown_number_matters() -> None:
    walk = Walk()
    walk("start.number", "language.de", "group.home", "topic.rent", "check.take")
    walk(NumberGiven(ShownNumber("B-002", 0)), SlipUpdate("B-001", PaperState.FAILED))
    assert walk.state.shown == ShownNumber("B-002", 0)
    walk(SlipUpdate("B-002", PaperState.FAILED))
    assert walk.state.shown == ShownNumber("B-002", 0, PaperState.FAILED)
