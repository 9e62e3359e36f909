"""Keys alone: the focus is never lost, moves nothing, and leads everywhere and out again."""

import random
import secrets

import pytest

from kiosk.touch.layout.view import View
from tests.touch.key_walk import KeyUser, crowd_of, walk
from tests.touch.test_any_taps import CITY, SIZES
from tests.town import TURKISH

STEPS = 300


@pytest.mark.parametrize("size", SIZES[:3], ids=lambda size: f"{size[0]}x{size[1]}")
def test_keys_lead_everywhere_and_the_focus_is_never_lost(size: tuple[int, int]) -> None:
    seed = secrets.randbits(32)
    print(f"seed {seed}")  # noqa: T201 - to walk the same way again
    faults: list[str] = []

    def fault(view: View, what: str) -> None:
        faults.append(f"seed {seed}, {view.screen}: {what}")

    user = KeyUser(crowd_of(CITY, size, mute=TURKISH), fault)
    walk(user, STEPS, random.Random(seed))
    assert faults == []
