"""What the voice says of a screen, and when; without any sound."""

from dataclasses import replace
from itertools import pairwise

from kiosk.domain.ids import LanguageCode
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import NumberGiven, TimedOut
from kiosk.touch.flow.state import PaperState, ShownNumber
from kiosk.touch.focus import heading_of, next_focus
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import View
from kiosk.touch.narration import Narration, Words
from tests.touch.test_flow import Walk
from tests.town import GERMAN, TOWN, TURKISH

TEXTS = Texts.load()
ALONE = Narration(TEXTS, private=True)
ALOUD = Narration(TEXTS)


def view_of(walk: Walk) -> View:
    """What the glass shows by now."""
    return present(walk.state, GlassSetup(TOWN, TEXTS, walk.flow, Pane.of(1280, 800, 0.17)))


def said(words: Words) -> list[str]:
    return [sentence.text for sentence in words]


def number_view(slip: PaperState = PaperState.UNKNOWN) -> View:
    walk = Walk()
    walk("start.number", "topic.rent", NumberGiven(ShownNumber("B-017", 2, slip)))
    return view_of(walk)


def test_a_new_screen_is_read_from_its_heading_on_without_what_can_be_chosen() -> None:
    walk = Walk()
    before = view_of(walk)
    walk("start.number")
    assert said(ALONE.changed(before, view_of(walk), None)) == ["Worum geht es?"]
    walk("topic.rent", NumberGiven(ShownNumber("B-017", 2)))
    words = said(ALONE.changed(before, view_of(walk), None))
    assert words[:2] == ["Ihre Nummer ist B, 17", "2 vor Ihnen"]
    assert not any("zurückgeben" in word for word in words)


def test_of_a_screen_that_stays_only_what_is_new_is_said() -> None:
    before, after = number_view(), number_view(slip=PaperState.PRINTED)
    assert said(ALONE.changed(before, after, "number")) == [
        TEXTS(GERMAN, "number.take_slip"),
    ]
    assert ALONE.changed(after, after, "number") == ()


def test_a_choice_is_said_with_its_place() -> None:
    walk = Walk()
    walk("start.number")
    view = view_of(walk)
    assert said(ALONE.focused(view, "topic.rent"))[1] == "Taste 3 von 4"
    assert said(ALONE.focused(view, "back")) == ["Zurück", "Taste 1 von 4"]


def test_everything_that_is_written_is_said() -> None:
    walk = Walk()
    for step in ("start.number", "topic.rent", NumberGiven(ShownNumber("B-017", 2)), TimedOut()):
        walk(step)
        view = view_of(walk)
        words = ALONE.page(view)
        for name in view.focus_order:
            words += ALONE.focused(view, name)
        missing = [
            each.id for each in view.elements if each.text and not _is_in(words, each.spoken)
        ]
        assert missing == []


def _is_in(words: Words, text: str) -> bool:
    plain = text.replace("\u00ad", "").replace("B-017", "B, 17")
    return any(sentence.text == plain for sentence in words)


def test_each_is_said_by_the_voice_of_its_language() -> None:
    walk = Walk()
    walk("language.tr")
    words = ALONE.started(view_of(walk))
    languages = {sentence.text: sentence.language for sentence in words}
    assert languages["Stadtbus"] == languages["Deutsch"] == GERMAN
    assert languages[TEXTS(TURKISH, "voice.on.say")] == TURKISH


def test_others_are_mentioned_only_where_they_hear_it() -> None:
    view, warning = view_of(Walk()), TEXTS(GERMAN, "voice.overheard.say")
    assert warning in said(ALOUD.started(view))
    assert warning not in said(ALONE.started(view))


def test_no_loudspeaker_says_the_digits_of_an_appointment() -> None:
    walk = Walk()
    walk("start.appointment")
    before = view_of(walk)
    walk("code.4", "code.7")
    after = view_of(walk)
    assert said(ALONE.changed(before, after, "code.7")) == ["4 7"]
    aloud = (*ALOUD.changed(before, after, "code.7"), *ALOUD.page(after))
    assert not any("4" in word or "7" in word for word in said(aloud))


def test_by_ear_a_list_is_walked_from_both_ends_and_nothing_is_out_of_reach() -> None:
    walk = Walk()
    walk("start.number")
    view = view_of(walk)
    heading = heading_of(view)
    assert next_focus(view, heading, "down", listening=True) == "topic.jobs"
    assert next_focus(view, heading, "up", listening=True) == "topic.passport"
    for key in ("up", "down"):
        path = [heading if key == "down" else "topic.jobs"]
        while len(path) < 20:
            path.append(next_focus(view, path[-1], key, listening=True))
        reached = {*view.focus_order, heading}
        assert set(path) == (reached if key == "down" else reached & set(path))
        assert all(one != other for one, other in pairwise(path))


def test_every_language_has_words_for_the_voice() -> None:
    view = view_of(Walk())
    for code in TEXTS.languages:
        words = ALOUD.started(replace(view, language=LanguageCode(code)))
        assert all(sentence.text for sentence in words)
