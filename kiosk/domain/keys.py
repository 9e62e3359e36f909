"""The keys for use by touch alone, beside the glass."""

from enum import StrEnum


class Key(StrEnum):
    UP = "up"
    DOWN = "down"
    OK = "ok"
    BACK = "back"
    LOUDER = "louder"
    SOFTER = "softer"
    REPEAT = "repeat"


FOR_THE_GLASS = (Key.UP, Key.DOWN, Key.OK, Key.BACK, Key.REPEAT)
VOLUME = (Key.LOUDER, Key.SOFTER)
"""For the voice of the glass where it has one, else for the calls."""
