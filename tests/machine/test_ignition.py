"""The key is turned: the box switches itself off, by the units that are shipped."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.machine.inside.settings import OFF_AFTER_S

if TYPE_CHECKING:
    from tests.machine.box import Box

SHUTDOWN_S = 180.0


def test_a_key_turned_back_in_time_switches_nothing_off(box: Box) -> None:
    box.turn_key(on=False)
    box.wait_for("board", "ignition is off")
    box.turn_key(on=True)
    time.sleep(OFF_AFTER_S + 10)
    assert box.guest.is_on
    box.wait_for("board", "Ready")


def test_without_ignition_the_box_shuts_down_cleanly_and_stays_on_the_next_time(box: Box) -> None:
    kept = box.smileys()
    box.turn_key(on=False)
    assert box.guest.wait_until_off(OFF_AFTER_S + SHUTDOWN_S) == "guest-shutdown"

    box.guest.switch_on()
    assert "recover" not in box.run("dmesg | grep EXT4"), "the disk was not put away cleanly"
    time.sleep(OFF_AFTER_S + 20)
    assert box.guest.is_on, "it switched itself off once more"
    assert box.smileys() == kept
