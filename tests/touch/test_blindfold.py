"""From the first screen to number and smiley in every language: what is written is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.ids import GERMAN, FeedbackId, LanguageCode, TicketId
from kiosk.settings.profiles import load_profile
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import FeedbackStored, HeadphonesChanged, Input, NumberGiven, Tapped
from kiosk.touch.flow.machine import Flow
from kiosk.touch.flow.state import Screen, ShownNumber
from kiosk.touch.layout.theme import Pane
from kiosk.touch.narration import Narration
from tests.touch.test_flow import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.touch.layout.view import View

PROFILE = load_profile("gelsenkirchen")
TEXTS = Texts.load()
SAYS = Narration(TEXTS, private=True)
TOPIC = PROFILE.topics[0]
STEPS: tuple[str | Input, ...] = (
    "start.number",
    f"group.{TOPIC.group}",
    f"topic.{TOPIC.id}",
    NumberGiven(ShownNumber("A-017", 2, estimate_min=(10, 25), ticket=TicketId(1))),
    "number.return",
    "return.no",
    "number.done",
    "start.feedback",
    "smiley.4",
    FeedbackStored(FeedbackId(1)),
)


def _views(language: LanguageCode) -> Iterator[View]:
    """The screens of one citizen, with the headphones in."""
    wishes = count()
    flow = Flow(PROFILE, lambda: f"wish-{next(wishes)}", frozenset(PROFILE.languages))
    setup = GlassSetup(PROFILE, TEXTS, flow, Pane.of(1280, 800, 0.0), printer=True)
    topics = tuple(topic.id for topic in PROFILE.topics)
    state = flow.first(replace(OPEN, stop=PROFILE.stops[0].id, topics=topics))
    for step in (HeadphonesChanged(plugged=True), f"language.{language}", *STEPS):
        state, _ = flow.step(state, Tapped(step) if isinstance(step, str) else step)
        assert state.listening
        yield present(state, setup)


@pytest.mark.parametrize("code", PROFILE.languages)
def test_everything_on_the_way_is_said_in_the_language_of_the_screen(code: str) -> None:
    seen: set[Screen] = set()
    for view in _views(LanguageCode(code)):
        seen.add(view.screen)
        words = SAYS.page(view)
        for name in view.focus_order:
            words += SAYS.focused(view, name)
        said = {sentence.text for sentence in words}
        written = [each.spoken.replace("\u00ad", "") for each in view.elements if each.text]
        missing = {text.replace("A-017", "A, 17") for text in written} - said
        assert not missing, (view.screen, missing)
        names = {f"{each.id}" for each in view.elements if each.id.startswith("language.")}
        spoken = {sentence.language for sentence in words}
        others = {name.removeprefix("language.") for name in names} | {str(GERMAN)}
        assert spoken <= {view.language} | others
    wanted = {Screen.START, Screen.GROUPS, Screen.TOPICS, Screen.NUMBER, Screen.FEEDBACK}
    assert seen >= {*wanted, Screen.THANKS}
