"""File of the pending wish, written before the office is asked: no crash costs a number.

It lies in the runtime folder and is never synced: it must outlive this process, not the power.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.domain.moment import Moment

FORGOTTEN_AFTER_S = 180.0
"""The citizen has gone by then; the next one must not see it."""


class PendingWish(msgspec.Struct, frozen=True):
    """What a citizen has asked for."""

    wish: str
    topic: str
    language: str
    moment: str
    answers: tuple[tuple[str, str], ...] = ()


class WishFile:
    """The one wish that is under way at a glass."""

    def __init__(self, path: Path, glass: str = "touch") -> None:
        self.glass = glass
        self._path = path
        self._saved: PendingWish | None = None

    def save(self, wish: PendingWish) -> None:
        """Write it down, whole or not at all."""
        self._saved = wish
        fresh = self._path.with_suffix(".new")
        # Without room for the note the number must be given all the same.
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh.unlink(missing_ok=True)  # a link that another door has laid
            with fresh.open("xb") as file:
                file.write(msgspec.json.encode(wish))
            fresh.replace(self._path)

    def keep_answers(self, answers: tuple[tuple[str, str], ...]) -> None:
        """What was answered to the number of this wish."""
        if self._saved:
            self.save(msgspec.structs.replace(self._saved, answers=answers))

    def delete(self) -> None:
        self._saved = None
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def load(self, now: Moment) -> PendingWish | None:
        """The wish that was under way a moment ago, if one was."""
        try:
            wish = msgspec.json.decode(self._path.read_bytes(), type=PendingWish)
            age_s = now.seconds_since(type(now).from_text(wish.moment))
        except (OSError, msgspec.MsgspecError, ValueError):
            return None
        if age_s is None or age_s >= FORGOTTEN_AFTER_S:
            return None
        self._saved = wish
        return wish
