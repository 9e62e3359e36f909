"""What the emulated sound card has played."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from hardware.speaker.port import Sound
from tests.emulators.sound import strength
from tests.waiting import eventually

if TYPE_CHECKING:
    from pathlib import Path

HEADER_BYTES = 44
CARD_HZ = 44100
CHIME_HZ = (880.0, 659.26)
BETWEEN_HZ = 760.0


def assert_call_is_heard(path: Path) -> None:
    """Chime and voice."""
    eventually(lambda: spoken_s(path) > 3, "chime and voice")
    heard = recorded(path)
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
