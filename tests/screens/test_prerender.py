"""What is drawn ahead in the real glass is what would be drawn, of what there is now."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.service import visits
from kiosk.wiring.box import Kiosk
from tests.screens.running import RunningGlass
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # a real window

RESTS_S = 0.6
"""Twice as long as a glass waits after a touch until it draws ahead."""


def test_what_is_drawn_ahead_looks_as_what_is_drawn_when_it_is_shown(
    display: dict[str, str],
) -> None:
    found = json.loads(
        subprocess.check_output(
            [sys.executable, "-m", "tests.screens.prerendered"], env={**os.environ, **display}
        )
    )
    assert found["different"] == []
    assert found["pieces"] > found["views"] > 0
    assert found["taken"] > 1


def test_topics_that_change_after_they_were_drawn_are_shown_as_they_are_now(
    glass: RunningGlass, open_day: Kiosk
) -> None:
    eventually(lambda: sleeps(glass), "a glass that has drawn ahead")
    topics = [each.id for each in open_day.office.profile.topics]
    glass.tap("start.number")
    all_groups = glass.picture()
    glass.tap("back")
    eventually(lambda: sleeps(glass), "a glass that has drawn ahead")
    visits.offer_topics(open_day.office, topics[-4:], open_day.now())
    glass.tap("start.number")
    assert glass.screen() == "topics"
    after_rest = glass.picture()
    assert after_rest != all_groups
    glass.stop()
    glass.start()
    glass.tap("start.number")
    assert glass.picture() == after_rest


def sleeps(glass: RunningGlass) -> bool:
    """Whether it takes next to no CPU for a while: what can be drawn ahead is drawn."""
    before = _cpu_ticks(glass)
    time.sleep(RESTS_S)
    return _cpu_ticks(glass) - before <= 1


def _cpu_ticks(glass: RunningGlass) -> int:
    fields = Path(f"/proc/{glass.process.pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
