"""Buttons and lamps on a real GPIO interface of the kernel, through gpiozero and lgpio."""

from __future__ import annotations

import os
import random
import sys
import time
from statistics import quantiles
from typing import TYPE_CHECKING

from tests.waiting import eventually

if TYPE_CHECKING:
    from tests.machine.box import Box

PRESSES = int(os.environ.get("RADHAUS_PRESSES", "200"))
"""Takes 14 minutes: only five in a row count as one visitor's."""
SETTLED_S = 3.0
"""After so long nothing is under way any more."""


def test_a_press_that_bounces_is_one_smiley(box: Box) -> None:
    before = box.smileys()
    box.press("smiley.5")
    eventually(lambda: box.smileys() > before, "the smiley")
    time.sleep(SETTLED_S)
    assert box.smileys() == before + 1


def test_a_button_held_over_a_restart_invents_nothing(box: Box) -> None:
    before = box.smileys()
    box.hold("smiley.2")
    eventually(lambda: box.smileys() == before + 1, "the press itself")
    box.run("systemctl restart kiosk-panel")
    time.sleep(SETTLED_S)
    box.let_go("smiley.2")
    time.sleep(SETTLED_S)
    assert box.smileys() == before + 1, "nothing but the press itself"

    box.press("smiley.2")
    eventually(lambda: box.smileys() == before + 2, "a press after the restart")


def test_a_panel_killed_amid_presses_doubles_none(box: Box) -> None:
    seed = random.randrange(10**6)
    sys.stdout.write(f"seed {seed}\n")
    chance = random.Random(seed)
    for _ in range(3):
        before = box.smileys()
        delay_s = chance.uniform(0.0, 0.2)
        box.run(f"(sleep {delay_s:.3f}; systemctl kill --signal=KILL kiosk-panel) &")
        box.press("smiley.1")
        box.wait_for_panel()
        time.sleep(SETTLED_S)
        assert box.smileys() - before in {0, 1}, f"killed {delay_s:.3f} s after the press began"


def test_a_stuck_button_is_reported(box: Box) -> None:
    box.hold("smiley.3")
    box.wait_for("buttons", "does not open")
    before = box.smileys()
    box.press("smiley.4")
    eventually(lambda: box.smileys() == before + 1, "the other buttons work on")
    box.let_go("smiley.3")
    box.wait_for("buttons", "Ready")


def test_how_fast_presses_are_kept_and_answered(box: Box) -> None:
    """Figures of an emulated processor: none is promised, but no press is lost."""
    before = box.smileys()
    told = box.measure("smiley.1", PRESSES)
    assert box.smileys() == before + PRESSES
    for name, seconds in told.items():
        cuts = quantiles(seconds, n=100)
        p50, p99 = (round(1000 * cuts[place]) for place in (49, 98))
        sys.stdout.write(f"edge to {name}: p50 {p50} ms, p99 {p99} ms, emulated\n")
