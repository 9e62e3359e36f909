"""Reading aloud: how it begins and ends, for whom, and what happens without a voice."""

from dataclasses import replace

from kiosk.domain.ids import LanguageCode
from kiosk.touch.flow.inputs import (
    GivenBack,
    HeadphonesChanged,
    NumberGiven,
    TimedOut,
    VisitChanged,
)
from kiosk.touch.flow.state import Screen, ShownNumber
from kiosk.touch.flow.timeouts import timeout_s
from tests.touch.test_flow import OPEN, Walk
from tests.town import GERMAN, TURKISH

PLUGGED, PULLED = HeadphonesChanged(plugged=True), HeadphonesChanged(plugged=False)


def walk_with(*voices: LanguageCode) -> Walk:
    """A citizen before a glass that speaks these languages."""
    walk = Walk()
    walk.flow = replace(walk.flow, voices=frozenset(voices))
    return walk


def test_the_ear_begins_and_ends_it_on_the_same_screen() -> None:
    walk = walk_with(GERMAN)
    walk("start.number")
    assert (walk("listen"), walk.state.listening) == (["topics"], True)
    assert (walk("listen"), walk.state.listening) == (["topics"], False)


def test_headphones_begin_it_and_pulled_out_they_end_it() -> None:
    walk = walk_with(GERMAN)
    walk(PLUGGED)
    assert (walk.state.listening, walk.state.headphones) == (True, True)
    walk("start.number", PULLED)
    assert (walk.state.screen, walk.state.listening) == (Screen.TOPICS, False)


def test_a_glass_without_a_voice_takes_no_notice() -> None:
    walk = Walk()
    walk(PLUGGED, "listen")
    assert not walk.state.listening


def test_plugged_headphones_keep_voice_and_language() -> None:
    walk = walk_with(GERMAN, TURKISH)
    walk(PLUGGED, "language.tr", "start.number", "topic.rent")
    walk(NumberGiven(ShownNumber("B-001", 2)), "number.done")
    assert (walk.state.screen, walk.state.language) == (Screen.START, TURKISH)
    assert walk.state.listening


def test_the_voice_of_the_loudspeaker_ends_with_its_citizen() -> None:
    walk = walk_with(GERMAN)
    walk("listen", "start.number", "topic.rent", NumberGiven(ShownNumber("B-001", 2)))
    walk("number.done")
    assert not walk.state.listening


def test_giving_a_number_back_keeps_the_voice() -> None:
    walk = walk_with(GERMAN)
    walk("listen", "start.number", "topic.rent", NumberGiven(ShownNumber("B-001", 2)), GivenBack())
    assert (walk.state.screen, walk.state.listening) == (Screen.RETURNED, True)


def test_forgotten_headphones_fall_silent_after_a_warning() -> None:
    walk = walk_with(GERMAN)
    walk(PLUGGED)
    assert timeout_s(walk.state, GERMAN) == 45
    walk(TimedOut())
    assert walk.state.warned
    assert timeout_s(walk.state, GERMAN) >= 20
    walk(TimedOut())
    assert (walk.state.listening, walk.state.headphones) == (False, True)
    assert timeout_s(walk.state, GERMAN) == float("inf")


def test_the_warning_can_be_answered_ten_times_and_more() -> None:
    walk = walk_with(GERMAN)
    walk("listen")
    for _ in range(12):
        walk(TimedOut(), "still_there.yes")
    assert (walk.state.screen, walk.state.listening) == (Screen.START, True)


def test_a_language_without_a_voice_says_so_in_writing() -> None:
    walk = walk_with(GERMAN)
    walk("start.number", "listen", "language", "language.tr")
    assert (walk.state.screen, walk.state.listening) == (Screen.NO_VOICE, False)
    assert (walk("back"), walk.state.language) == (["topics"], TURKISH)
    assert walk("listen", "listen") == ["no_voice", "topics"]


def test_a_visit_closed_meanwhile_is_spoken() -> None:
    walk = walk_with()
    assert walk("listen", VisitChanged(None)) == ["no_voice", "closed"]
    assert walk(VisitChanged(OPEN)) == ["start"]
