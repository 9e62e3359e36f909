"""Smileys and their thanks: each a control with its word, and thanks that give none away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.ids import FeedbackId
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import FeedbackStored
from kiosk.touch.flow.state import Screen
from kiosk.touch.layout.theme import Pane
from tests.touch.test_flow import Walk
from tests.town import TOWN

TEXTS = Texts.load()


def thanks_for(score: int) -> list[tuple[str, str, str]]:
    """What stands on the glass: ids, words and pictures."""
    walk = Walk()
    walk("start.feedback", f"smiley.{score}", FeedbackStored(FeedbackId(1)))
    view = present(walk.state, GlassSetup(TOWN, TEXTS, walk.flow, Pane.of(1280, 800)))
    assert view.screen is Screen.THANKS
    return [(each.id, each.text, each.icon) for each in view.elements]


def test_a_bystander_sees_the_same_thanks_for_each_smiley() -> None:
    assert thanks_for(1) == thanks_for(3) == thanks_for(5)
    assert ("unnamed", "Gezählt wird ohne Namen.", "") in thanks_for(1)


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_each_face_lying_has_its_word_below(size: tuple[int, int]) -> None:
    walk = Walk()
    state = replace(walk.state, screen=Screen.FEEDBACK)
    view = present(state, GlassSetup(TOWN, TEXTS, walk.flow, Pane.of(*size)))
    faces = [each for each in view.elements if each.id.startswith("smiley.")]
    assert [each.text for each in faces] == [
        "sehr gut",
        "gut",
        "mittel",
        "schlecht",
        "sehr schlecht",
    ]
    assert len({each.icon for each in faces}) == len(faces), "each has a mouth of its own"
    assert (view.arrangement.columns, view.arrangement.rows) == (5, 1)
