"""Age of what was found or made, in German: by the boot clock where it can be told."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from kiosk.domain.local_time import BERLIN

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.domain.moment import Moment

_MINUTE_S: Final = 60.0
_HOUR_S: Final = 3600.0


def age_in_words(moment: Moment, now: Moment) -> str:
    """`vor 5 Minuten`; from before the power went by the wall clock, as far as that was set."""
    age_s = now.seconds_since(moment)
    if age_s is not None:
        return _seconds_in_words(age_s)
    if not moment.trusted:
        return "vor dem letzten Einschalten"
    local = moment.wall.astimezone(BERLIN)
    return f"am {local:%d.%m.%Y} um {local:%H:%M} Uhr, vor dem letzten Einschalten"


def file_age(file: Path) -> str:
    """Age and size of a file; empty where there is none."""
    try:
        facts = file.stat()
    except OSError:
        return ""
    age = _seconds_in_words(max(0.0, time.time() - facts.st_mtime))
    return f"{age}, {max(1, facts.st_size // 1024)} KB"


def _seconds_in_words(age_s: float) -> str:
    if age_s < _MINUTE_S:
        return "gerade eben"
    if age_s < _HOUR_S:
        minutes = int(age_s / _MINUTE_S)
        return "vor einer Minute" if minutes == 1 else f"vor {minutes} Minuten"
    hours = int(age_s / _HOUR_S)
    return "vor einer Stunde" if hours == 1 else f"vor {hours} Stunden"
