"""How many presses a number takes by ear: every topic, in every language, on every usual pane."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

import pytest

from kiosk.settings.profiles import load_profile
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import Tapped
from kiosk.touch.flow.machine import Flow
from kiosk.touch.flow.requests import TakeTicket
from kiosk.touch.layout.theme import Pane
from tests.touch.key_presses import presses_to_choices
from tests.touch.test_flow import OPEN

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.touch.flow.state import State

MOST_PRESSES = 12
PROFILE = load_profile("gelsenkirchen")
TEXTS = Texts.load()
PANES = ((1280, 800), (800, 480), (720, 1280))


def _presses_to_topics(setup: GlassSetup, language: LanguageCode) -> dict[str, int]:
    """For each topic the presses that its number takes, from the first screen on."""
    topics = tuple(topic.id for topic in PROFILE.topics)
    visit = replace(OPEN, stop=PROFILE.stops[0].id, topics=topics)
    first = replace(setup.flow.first(visit), language=language, listening=True)
    found: dict[str, int] = {}
    waiting: deque[tuple[int, State]] = deque([(0, first)])
    while waiting:
        before, state = waiting.popleft()
        for name, presses in presses_to_choices(present(state, setup)).items():
            if name.partition(".")[0] not in {"start", "group", "topic", "more"}:
                continue
            after, asked = setup.flow.step(state, Tapped(name))
            if asked and isinstance(asked[0], TakeTicket):
                topic = str(asked[0].topic)
                found[topic] = min(found.get(topic, 99), before + presses)
            elif name == "start.number" or not name.startswith("start"):
                waiting.append((before + presses, after))
    return found


@pytest.mark.parametrize("size", PANES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_number_takes_at_most_twelve_presses_by_ear(size: tuple[int, int]) -> None:
    wishes = count()
    flow = Flow(PROFILE, lambda: f"wish-{next(wishes)}", frozenset(PROFILE.languages))
    setup = GlassSetup(PROFILE, TEXTS, flow, Pane.of(*size, 0.0))
    most = {}
    for language in PROFILE.languages:
        presses = _presses_to_topics(setup, language)
        assert presses.keys() == {topic.id for topic in PROFILE.topics}
        most[language] = max(presses.values())
    assert max(most.values()) <= MOST_PRESSES, most
