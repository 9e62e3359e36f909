"""Keys and smileys beside the glass: they reach it through the journal alone."""

import time
from collections.abc import Callable

import pytest

from kiosk.domain.device_events import KeyPressed
from kiosk.domain.feedback import BUTTONS_SURFACE
from kiosk.domain.keys import Key
from kiosk.domain.moment import Moment
from kiosk.service import citizens, panel_state
from kiosk.service.queue_view import queue_view
from kiosk.store import journal
from kiosk.wiring.box import Kiosk
from tests.screens.running import RunningGlass
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # starts a glass

FORGOTTEN_AFTER_S = 4.0
"""Later than a key is too old to do anything (`KEY_MAX_AGE_S` of the glass)."""


def test_a_whole_visit_to_the_glass_by_touch_alone(glass: RunningGlass, open_day: Kiosk) -> None:
    def press(key: Key, so: Callable[[], bool]) -> None:
        """Until it is so; once more when the key is too old to do anything yet."""
        forgotten_s = 0.0

        def pressed() -> bool:
            nonlocal forgotten_s
            if not so() and time.monotonic() > forgotten_s:
                panel_state.press_key(open_day.office, key, open_day.now())
                forgotten_s = time.monotonic() + FORGOTTEN_AFTER_S
            return so()

        eventually(pressed, f"what the key {key} does")

    def focus(name: str) -> None:
        """Walk down until an element has the focus."""
        for _ in range(40):
            if _focused(glass) == name:
                return
            before = _focused(glass)
            press(Key.DOWN, lambda: _focused(glass) != before)  # noqa: B023 - asked at once
        raise AssertionError(f"No way leads to {name}.")

    for name, screen in (
        ("start.number", "groups"),
        ("group.antraege-und-ausweise", "topics"),
    ):
        focus(name)
        press(Key.OK, lambda: glass.screen() == screen)  # noqa: B023 - asked at once
    press(Key.BACK, lambda: glass.screen() == "groups")
    focus("group.antraege-und-ausweise")
    press(Key.OK, lambda: glass.screen() == "topics")
    focus("topic.wohngeld")
    press(Key.OK, lambda: glass.screen() == "number")
    assert [ticket.number for ticket in open_day.office.read(queue_view).tickets] == ["E-001"]


def test_an_old_key_does_nothing_and_a_smiley_on_a_button_is_thanked(
    glass: RunningGlass, open_day: Kiosk
) -> None:
    now = open_day.now()
    long_ago = Moment(now.boot, now.boot_s - 5, now.wall, now.trusted)
    with open_day.office.database.write() as connection:
        journal.append(connection, KeyPressed(Key.DOWN), long_ago, visit=None)
    citizens.give_feedback(open_day.office, 4, now, BUTTONS_SURFACE)
    eventually(lambda: glass.screen() == "thanks", "thanks")
    assert _focused(glass) is None


def _focused(glass: RunningGlass) -> str | None:
    elements = glass.tree()["elements"]
    return next((element["id"] for element in elements if element["focused"]), None)
