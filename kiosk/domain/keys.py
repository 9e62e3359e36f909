"""The keys for use by touch alone, beside the glass."""

from enum import StrEnum


class Key(StrEnum):
    """What each key does; the first four are for the glass, the others for the loudspeaker."""

    UP = "up"
    DOWN = "down"
    OK = "ok"
    BACK = "back"
    LOUDER = "louder"
    SOFTER = "softer"


FOR_THE_GLASS = (Key.UP, Key.DOWN, Key.OK, Key.BACK)
