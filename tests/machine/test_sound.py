"""A call is heard: from the panel's hardened unit through ALSA to a sound card."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from hardware.speaker.port import Sound
from tests.emulators.sound import strength
from tests.waiting import eventually

if TYPE_CHECKING:
    from pathlib import Path

    from tests.machine.box import Box

HEADER_BYTES = 44
CARD_HZ = 44100
CHIME_HZ = (880.0, 659.26)
BETWEEN_HZ = 760.0


def test_a_call_is_heard(box: Box) -> None:
    box.wait_for("speaker", "Ready")
    box.take_ticket()
    box.run("kiosk desk next --desk 1")
    eventually(lambda: spoken_s(box.guest.sound) > 3, "chime and voice")
    heard = recorded(box.guest.sound)
    for note_hz in CHIME_HZ:
        assert strength(heard, note_hz) > 3 * strength(heard, BETWEEN_HZ), f"no chime at {note_hz}"


def spoken_s(path: Path) -> float:
    """For how long it was not silent."""
    loud = sum(1 for sample in recorded(path).samples if abs(sample) > 200)
    return loud / CARD_HZ


def recorded(path: Path) -> Sound:
    """The left channel of what the card has played; QEMU writes the header's length at its end."""
    played = path.read_bytes()[HEADER_BYTES:]
    return Sound("the card", CARD_HZ, array("h", played[: len(played) // 4 * 4])[::2])
