"""Midnight in Germany: who is in a visit by the machine's clock then is in one of yesterday."""

from datetime import datetime, timedelta

import pytest

from kiosk.domain.local_time import BERLIN
from tests.waiting import eventually

STORY = timedelta(minutes=12)
"""What a story with a whole bus takes, on a busy machine."""


def await_day(lasts_s: float) -> None:
    """Return at once, unless the day does not last so long any more: then when it is over."""
    eventually(lambda: _lasts(timedelta(seconds=lasts_s)), "a new day")


def skip_before_midnight() -> None:
    """Begin no story that the day does not hold."""
    if not _lasts(STORY):
        pytest.skip("Too close to midnight for a story of one day.")


def _lasts(duration: timedelta) -> bool:
    now = datetime.now(BERLIN)
    return (now + duration).date() == now.date()
