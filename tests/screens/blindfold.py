"""A whole visit to the glass by somebody who sees nothing: keys, headphones, and what is said."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN, LanguageCode
from kiosk.domain.soft_hyphen import without_soft_hyphens
from kiosk.service import visits
from kiosk.service.queue_view import queue_view
from kiosk.settings.texts import Texts
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.norms.speech import called, plain
from tests.prepared import new_device
from tests.screens.listener import Listener, with_voice
from tests.screens.running import RunningGlass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

TEXTS = Texts.load()
TOPIC = "wohngeld"
EVERY_SCREEN = ("start", "groups", "topics", "number", "feedback", "thanks")


@contextmanager
def listener_before_a_glass(folder: Path, display: Mapping[str, str]) -> Iterator[Listener]:
    """A glass that speaks into a file, in a visit at its first stop."""
    paths = Paths(folder / "data")
    new_device(paths)
    with_voice(paths)
    kiosk = open_kiosk(paths)
    glass = RunningGlass(paths.data, {**os.environ, **display})
    glass.start()
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    try:
        yield Listener(glass, kiosk)
    finally:
        glass.stop()
        kiosk.office.database.close()


def visit_by_ear(
    listener: Listener, code: str, compared: tuple[str, ...] = EVERY_SCREEN
) -> tuple[int, list[str]]:
    """A number and a smiley; presses to the number, and what was shown and not said.

    Of the screens named in `compared` everything is listened to. Raises `AssertionError` where the
    way cannot be gone.
    """
    language, missing = LanguageCode(code), list[str]()

    def compare() -> None:
        if listener.glass.screen() in compared:
            pressed = listener.pressed
            missing.extend(not_said(listener))
            listener.pressed = pressed

    assert listener.plug_in().startswith(TEXTS(GERMAN, "voice.on.say")), listener.utterances()[-1]
    if code != GERMAN:
        _choose_language(listener, language)
    listener.pressed = 0
    _draw_a_number(listener, language, compare)
    presses = listener.pressed
    compare()
    listener.choose(TEXTS(language, "bar.done"))
    listener.choose(without_soft_hyphens(TEXTS(language, "start.give_feedback")))
    compare()
    thanks = listener.choose(TEXTS(language, "feedback.good"))
    assert thanks.startswith(TEXTS(language, "thanks.title")), thanks
    compare()
    listener.choose(TEXTS(language, "bar.done"))
    assert {line["target"] for line in listener.lines()} == {"headphones"}
    listener.pull_out()
    return presses, missing


def _choose_language(listener: Listener, language: LanguageCode) -> None:
    """In the bar of the first screen, or on the sheet of all languages behind the globe."""
    if not any(each["id"] == f"language.{language}" for each in listener.glass.tree()["elements"]):
        globe = TEXTS(GERMAN, "bar.language.say", language=TEXTS.name(GERMAN))
        listener.choose(globe)
    listener.choose(TEXTS.name(language))


def _draw_a_number(listener: Listener, language: LanguageCode, compare: Callable[[], None]) -> None:
    """From the first screen on; the number is said at once, and again when asked for."""
    profile = listener.kiosk.office.profile
    topic = profile.topic(TOPIC)
    compare()
    heard = listener.choose(without_soft_hyphens(TEXTS(language, "start.take_number")))
    assert heard == TEXTS(language, "groups.title"), heard
    compare()
    listener.choose(without_soft_hyphens(profile.group(topic.group).label[language]), "up")
    compare()
    told = listener.choose(without_soft_hyphens(topic.label[language]))
    number = listener.kiosk.office.read(queue_view).tickets[-1].number
    assert told.startswith(TEXTS(language, "number.say", number=called(number))), told
    pressed = listener.pressed
    assert listener.press("repeat") == told
    listener.pressed = pressed


def not_said(listener: Listener) -> list[str]:
    """What the screen shows and no key made heard, once around all that has the focus."""
    tree = listener.glass.tree()
    before = len(listener.utterances())
    listener.press("repeat")
    around = 1 + sum(element["focusable"] for element in tree["elements"])
    for _ in range(around):
        listener.press("down")
    said = plain(" ".join(listener.utterances()[before:]))
    shown = [each for each in tree["elements"] if each["text"] and each["say"]]
    return [
        f"{tree['screen']}: {each['say']!r}"
        for each in shown
        if plain(called(each["say"])) not in said
    ]
