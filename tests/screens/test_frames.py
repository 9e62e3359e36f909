"""How often the real glass draws: never at rest, and a new screen within two frames of a tap."""

import time

import pytest

from tests.screens.running import RunningGlass
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # a real window

SETTLED_S = 1.5
AT_REST_S = 2.5
MOST_FRAMES = 2


def frames(glass: RunningGlass) -> int:
    """How many the window has shown so far."""
    return int(glass.tree()["frames"])


def settled(glass: RunningGlass) -> int:
    """How many it has shown, once there was none for a while: on a busy machine a start is long."""

    def no_more() -> int | None:
        before = frames(glass)
        time.sleep(SETTLED_S)
        return before if frames(glass) == before else None

    return eventually(no_more, "a glass at rest")


def test_no_frame_is_drawn_at_rest(glass: RunningGlass) -> None:
    before = settled(glass)
    time.sleep(AT_REST_S)
    assert frames(glass) == before


@pytest.mark.parametrize("way", ["start.number", "language"])
def test_a_screen_stands_complete_within_two_frames_of_a_tap(glass: RunningGlass, way: str) -> None:
    before = settled(glass)
    glass.tap(way)
    shown = glass.picture()
    assert 1 <= frames(glass) - before <= MOST_FRAMES

    settled(glass)
    assert glass.picture() == shown, "nothing came later"
