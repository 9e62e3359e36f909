"""Backoff of the upload: growing pauses with jitter, so that a fleet does not come all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.export.errors import ExportError, TryLater, Unreachable

if TYPE_CHECKING:
    from random import Random

FIRST_S = 10 * 60.0
LONGEST_S = 12 * 3600.0
UNREACHABLE_S = 15 * 60.0
"""Without a network a retry costs nothing, and a bus may have one for minutes only."""


def pause_s(failures: int, error: ExportError, chance: Random) -> float:
    """Seconds until the next try after so many failed ones, the last of them with this error."""
    if isinstance(error, Unreachable):
        return UNREACHABLE_S * chance.uniform(0.8, 1.2)
    pause = min(FIRST_S * 2.0 ** min(failures - 1, 16), LONGEST_S) * chance.uniform(0.8, 1.2)
    after_s = error.after_s if isinstance(error, TryLater) else 0.0
    return max(pause, after_s * chance.uniform(1.0, 1.2))
