"""The keys for use by touch alone, beside the glass."""

from enum import StrEnum


class Key(StrEnum):
    UP = "up"
    DOWN = "down"
    OK = "ok"
    BACK = "back"
    LOUDER = "louder"
    SOFTER = "softer"


FOR_THE_GLASS = (Key.UP, Key.DOWN, Key.OK, Key.BACK)
