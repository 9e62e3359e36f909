"""A call is heard: from the panel's hardened unit through ALSA to a sound card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.machine.card import assert_call_is_heard

if TYPE_CHECKING:
    from tests.machine.box import Box


def test_a_call_is_heard(box: Box) -> None:
    box.wait_for("speaker", "Ready")
    box.take_ticket()
    box.run("kiosk desk next --desk 1")
    assert_call_is_heard(box.guest.sound)
