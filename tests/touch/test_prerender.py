"""What is drawn ahead while the glass rests: enough, nothing of one citizen, and not for ever."""

import json
import subprocess
import sys
from typing import Any

import pytest


@pytest.fixture(scope="module")
def resting() -> dict[str, Any]:
    """What a glass told that rested in a process of its own."""
    told = subprocess.check_output([sys.executable, "-m", "tests.touch.resting_glass"])
    found: dict[str, Any] = json.loads(told)
    return found


def test_what_follows_the_first_screen_is_drawn_ahead(resting: dict[str, Any]) -> None:
    assert resting["first"] > 0
    assert resting["missing"] == dict.fromkeys(("groups", "feedback", "needs", "language"), 0)


def test_of_a_number_in_a_short_queue_only_the_number_itself_is_left_to_draw(
    resting: dict[str, Any],
) -> None:
    assert resting["ahead"] == [1] * 6


def test_a_thousand_visits_draw_nothing_twice_and_nothing_of_a_citizen(
    resting: dict[str, Any],
) -> None:
    assert resting["later"] == 0


def test_a_number_that_was_shown_leaves_one_to_be_laid_out_for_the_next_citizen(
    resting: dict[str, Any],
) -> None:
    again, at_rest = resting["spares"]
    assert 0 < again < resting["first"]
    assert at_rest == 0


def test_room_is_bounded_and_what_was_displaced_is_drawn_again(resting: dict[str, Any]) -> None:
    assert resting["displaced"] == [True, 0]
