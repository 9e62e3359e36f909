"""The running glass asks "Are you still there?" by its real clock, seen and heard, and waits."""

import time
from pathlib import Path

import pytest

from kiosk.domain.ids import LanguageCode
from kiosk.settings.texts import Texts
from tests.screens.blindfold import listener_before_a_glass
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # 45 seconds without a touch, and 25 more

LEAST_S = 20.0
"""WCAG 2.2.1, EN 301 549."""


def test_who_does_nothing_is_asked_by_sight_and_ear_and_has_time_to_answer(
    display: dict[str, str], tmp_path: Path
) -> None:
    question = Texts.load()(LanguageCode("de"), "still_there.title")
    with listener_before_a_glass(tmp_path, display) as listener:
        glass = listener.glass
        listener.plug_in()
        listener.press("repeat")
        listener.choose("Nummer ziehen")
        began_s = time.monotonic()
        eventually(lambda: glass.screen() == "still_there", "the question")
        asked_s = time.monotonic()
        assert asked_s - began_s >= LEAST_S
        assert question in glass.element("heading")["text"]
        eventually(lambda: any(question in said for said in listener.utterances()), "its sound")
        assert listener.lines()[-1]["target"] == "headphones"
        eventually(lambda: glass.screen() == "start", "the next citizen")
        assert time.monotonic() - asked_s >= LEAST_S
