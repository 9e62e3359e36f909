"""The way through the screens, walked as a citizen walks it."""

from dataclasses import replace
from itertools import count

import pytest

from kiosk.domain.ids import FeedbackId, TopicId, VisitId
from kiosk.domain.profile import Profile, Topic
from kiosk.domain.refusal_reason import Reason
from kiosk.domain.visit import Visit
from kiosk.touch.flow.inputs import (
    FeedbackRemoved,
    FeedbackStored,
    GivenBack,
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
from tests.town import GERMAN, JOBS, MARKET, PASSPORT, RENT, SCHOOL, TOWN, TURKISH, WORK, TownClock

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


def test_two_taps_lead_to_a_number() -> None:
    walk = Walk()
    assert walk("start.number", "topic.rent") == ["topics", "topics"]
    assert walk.asked == [TakeTicket(RENT, GERMAN, "wish-1")]
    assert walk(NumberGiven(ShownNumber("B-001", 2))) == ["number"]
    assert walk("number.done") == ["start"]
    assert walk.asked[1:] == [ForgetWish()]
    assert (walk.state.language, walk.state.shown) == (GERMAN, None)


def test_one_touch_is_one_ticket() -> None:
    walk = Walk()
    walk("start.number", "topic.rent", "topic.rent", "topic.passport", "topic.rent")
    assert walk.asked == [TakeTicket(RENT, GERMAN, "wish-1")]


def test_a_name_of_a_language_changes_the_words_and_nothing_else() -> None:
    walk = Walk()
    assert walk("language.tr", "start.number", "topic.rent") == ["start", "topics", "topics"]
    assert walk.asked == [TakeTicket(RENT, TURKISH, "wish-1")]


def test_the_sheet_of_languages_leads_back_to_the_same_page() -> None:
    walk = Walk()
    assert walk("start.number", "more", "language") == ["topics", "topics", "language"]
    assert walk("language.tr") == ["topics"]
    assert (walk.state.page, walk.state.language) == (1, TURKISH)
    assert walk("language", "back", "language", "language") == [
        "language",
        "topics",
        "language",
        "topics",
    ]


def test_the_choice_of_a_language_ends_fifteen_seconds_after_the_last_touch_at_the_start() -> None:
    walk = Walk()
    walk("language.tr")
    assert timeout_s(walk.state, GERMAN) == 15
    walk(TimedOut())
    assert walk.state.language == GERMAN


MANY = tuple(Topic(TopicId(f"work-{number}"), WORK, {GERMAN: "Arbeit"}) for number in range(5))
LARGE = replace(TOWN, topics=(*TOWN.topics[2:], *MANY))
LARGE_DAY = replace(OPEN, topics=tuple(topic.id for topic in LARGE.topics))


def test_groups_are_asked_for_where_more_than_six_topics_are_offered() -> None:
    walk = Walk(LARGE_DAY, LARGE)
    assert walk("start.number", "group.home", "back", "group.home") == [
        "groups",
        "topics",
        "groups",
        "topics",
    ]
    walk("topic.rent")
    assert walk.asked == [TakeTicket(RENT, GERMAN, "wish-1")]
    six = Walk(replace(LARGE_DAY, topics=LARGE_DAY.topics[:6]), LARGE)
    assert six("start.number", "back") == ["topics", "start"]


def test_a_choice_of_one_is_no_choice() -> None:
    one_topic = Walk(replace(OPEN, topics=(RENT,)))
    one_topic("start.number")
    assert one_topic.asked == [TakeTicket(RENT, GERMAN, "wish-1")]
    one_in_group = Walk(
        replace(LARGE_DAY, topics=(*LARGE_DAY.topics[1:], JOBS)),
        replace(LARGE, topics=(*LARGE.topics, TOWN.topics[0])),
    )
    one_in_group("start.number", "group.home")
    assert one_in_group.asked == [TakeTicket(PASSPORT, GERMAN, "wish-1")]


def test_pages_turn_back_before_screens_do() -> None:
    walk = Walk()
    walk("start.number", "more")
    assert walk.state.page == 1
    assert walk("back", "back") == ["topics", "start"]


def test_a_smiley_counts_at_once_and_can_be_undone() -> None:
    walk = Walk()
    walk("start.feedback", "smiley.4")
    assert walk.asked == [GiveFeedback(4)]
    assert walk(FeedbackStored(FeedbackId(7)), "thanks.undo") == ["thanks", "thanks"]
    assert walk.asked[1:] == [TakeBackFeedback(FeedbackId(7))]
    assert walk(FeedbackRemoved()) == ["feedback"]


def test_a_timeout_warning_can_be_answered_any_number_of_times() -> None:
    walk = Walk()
    walk("language.tr", "start.number")
    for _ in range(10):
        walk(TimedOut())
        assert walk.state.warned
        walk("still_there.yes")
        assert (walk.state.screen, walk.state.warned) == (Screen.TOPICS, False)


@pytest.mark.parametrize("answer", [TimedOut(), Tapped("still_there.no")])
def test_a_timeout_clears_all_choices(answer: Input) -> None:
    walk = Walk()
    walk("contrast", "text_size", "language.tr", "start.number", TimedOut(), answer)
    state = walk.state
    assert (state.screen, state.language, state.theme) == (Screen.START, GERMAN, "light")
    assert (state.group, state.warned, state.large_text) == (None, False, False)
    assert walk.asked == [ForgetWish()]


def test_the_warning_stands_for_at_least_twenty_seconds() -> None:
    walk = Walk()
    walk("start.number", TimedOut())
    assert timeout_s(walk.state, GERMAN) >= 20


@pytest.mark.parametrize("help_", ["contrast", "text_size"])
def test_a_fresh_start_screen_waits_for_ever(help_: str) -> None:
    walk = Walk()
    assert timeout_s(walk.state, GERMAN) == float("inf")
    walk(help_)
    assert timeout_s(walk.state, GERMAN) <= 60


def test_the_visit_closes_under_a_citizen() -> None:
    walk = Walk()
    walk("start.number")
    assert walk(VisitChanged(None), VisitChanged(OPEN)) == ["closed", "start"]


def test_a_shown_number_stays_when_the_visit_closes() -> None:
    walk = Walk()
    walk("start.number", "topic.rent")
    assert walk(NumberGiven(ShownNumber("B-001", 0)), VisitChanged(None)) == ["number", "number"]
    assert walk("number.done") == ["closed"]


def test_a_topic_that_is_no_longer_offered_after_trouble_is_refused() -> None:
    walk = Walk()
    walk("start.number", "topic.rent", OfficeUnavailable())
    assert walk(VisitChanged(replace(OPEN, topics=(JOBS, SCHOOL, PASSPORT)))) == ["refused"]
    assert walk("back") == ["start"]


def test_a_refusal_shows_where_to_go_on() -> None:
    walk = Walk()
    walk("start.number", "topic.rent")
    assert walk(RequestRefused(Reason.USED_UP), "back") == ["refused", "topics"]
    assert walk("topic.passport", RequestRefused(), "back") == ["topics", "refused", "start"]


def test_the_same_wish_is_asked_for_again_when_trouble_ends() -> None:
    walk = Walk()
    walk("start.number", "topic.rent")
    assert walk(OfficeUnavailable(), VisitChanged(OPEN)) == ["trouble", "trouble"]
    assert walk.state.asking
    assert walk.asked == [TakeTicket(RENT, GERMAN, "wish-1")] * 2
    assert walk(NumberGiven(ShownNumber("B-001", 0))) == ["number"]


def test_trouble_outlasts_an_impatient_citizen() -> None:
    walk = Walk()
    walk("language.tr", OfficeUnavailable(), TimedOut())
    assert (walk.state.screen, walk.state.language) == (Screen.TROUBLE, GERMAN)
    assert walk(VisitChanged(OPEN)) == ["start"]


def test_a_wish_that_trouble_outlasts_is_said_to_be_off_and_is_not_asked_for_again() -> None:
    walk = Walk()
    walk("language.tr", "start.number", "topic.rent", OfficeUnavailable(), TimedOut())
    state = walk.state
    assert (state.screen, state.lasting, state.language) == (Screen.TROUBLE, True, TURKISH)
    assert walk(VisitChanged(OPEN)) == ["start"]
    assert walk.asked == [TakeTicket(RENT, TURKISH, "wish-1"), ForgetWish()]


def test_thanks_and_a_returned_number_ask_before_they_go() -> None:
    for steps in (
        ("start.feedback", "smiley.4", FeedbackStored(FeedbackId(7))),
        ("start.number", "topic.rent", NumberGiven(ShownNumber("B-001", 2)), GivenBack()),
    ):
        walk = Walk()
        walk(*steps, TimedOut())
        assert walk.state.warned
        walk("still_there.yes")
        assert walk.state.screen in {Screen.THANKS, Screen.RETURNED}
        assert walk(TimedOut(), TimedOut())[-1] == "start"


def test_a_smiley_that_is_answered_after_the_visit_was_closed_shows_nothing() -> None:
    walk = Walk()
    walk("start.feedback", "smiley.5", VisitChanged(None))
    assert walk(FeedbackStored(FeedbackId(1))) == ["closed"]


def test_only_the_slip_of_the_shown_number_matters() -> None:
    walk = Walk()
    walk("start.number", "topic.rent")
    walk(NumberGiven(ShownNumber("B-002", 0)), SlipUpdate("B-001", PaperState.FAILED))
    assert walk.state.shown == ShownNumber("B-002", 0)
    walk(SlipUpdate("B-002", PaperState.FAILED))
    assert walk.state.shown == ShownNumber("B-002", 0, PaperState.FAILED)
