"""How often the real glass draws: never at rest, and a new screen within two frames of a tap."""

import time

import pytest

from tests.screens.running import RunningGlass

pytestmark = pytest.mark.slow  # a real window

SETTLED_S = 1.5
"""By then it has freed what the screen before left."""

AT_REST_S = 2.5
MOST_FRAMES = 2


def frames(glass: RunningGlass) -> int:
    """How many the window has shown so far."""
    return int(glass.tree()["frames"])


def test_no_frame_is_drawn_at_rest(glass: RunningGlass) -> None:
    time.sleep(SETTLED_S)
    before = frames(glass)
    time.sleep(AT_REST_S)
    assert frames(glass) == before


@pytest.mark.parametrize("way", ["start.number", "language"])
def test_a_screen_stands_complete_within_two_frames_of_a_tap(glass: RunningGlass, way: str) -> None:
    before = frames(glass)
    glass.tap(way)
    shown = glass.picture()
    assert 1 <= frames(glass) - before <= MOST_FRAMES

    time.sleep(SETTLED_S)
    assert glass.picture() == shown, "nothing came later"
