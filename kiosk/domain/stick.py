"""State of a plugged stick, as glass and console show it."""

from __future__ import annotations

from enum import StrEnum


class StickState(StrEnum):
    """What becomes of the stick; its words are in `kiosk.devices.stick_words`."""

    WRITING = "writing"
    DONE = "done"
    NOTHING_NEW = "nothing_new"
    NOTHING_CLOSED = "nothing_closed"
    FULL = "full"
    PROTECTED = "protected"
    PULLED = "pulled"
    FOREIGN = "foreign"
    FORMAT = "format"
    DIRTY = "dirty"
    BROKEN = "broken"
    FAILED = "failed"
    READING_UPDATE = "reading_update"
    UPDATE_READ = "update_read"
    UPDATE_TOO_LARGE = "update_too_large"
    GONE = "gone"

    @property
    def ended(self) -> bool:
        """Nothing more is written or read, and the stick may still be there."""
        return self not in {StickState.WRITING, StickState.READING_UPDATE, StickState.GONE}

    @property
    def good(self) -> bool:
        """What the stick came for is done, or will be."""
        return self in {
            *(StickState.WRITING, StickState.DONE, StickState.NOTHING_NEW),
            *(StickState.READING_UPDATE, StickState.UPDATE_READ),
        }
