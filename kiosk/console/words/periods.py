"""Words for staff about periods of the counts, and about closing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.console.words.devices import TroubledDevice
from kiosk.counts import periods
from kiosk.devices.check_words import COUNTS
from kiosk.devices.staff_words import CALL, Words
from kiosk.domain.local_time import local_date

if TYPE_CHECKING:
    from kiosk.domain.moment import Moment
    from kiosk.service.closing import ClosingState

SHOWN_FOR_DAYS: Final = 14
"""So long staff see that a period was closed."""

_MONTHS: Final = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)


def period_name(label: str) -> str:
    """`4. Quartal 2026`, `November 2026`, or a part of it."""
    unit, _, part = label.partition(".")
    first = periods.first_day(unit)
    quarter = f"{(first.month + 2) // 3}. Quartal {first.year}"
    name = quarter if "Q" in unit else f"{_MONTHS[first.month - 1]} {first.year}"
    return f"{name}, Teil {part}" if part else name


def closed_news(state: ClosingState, now: Moment) -> str:
    """What was closed lately, and where it can be fetched; empty when it is no news."""
    last = state.last
    if last is None or not (now.trusted and last.moment.trusted):
        return ""
    age = local_date(now) - local_date(last.moment)
    if not 0 <= age.days <= SHOWN_FOR_DAYS:
        return ""
    return (
        f"Die Auszählung ist abgeschlossen: {period_name(last.period)}."
        " Sie holen die gerundeten Zahlen mit einem vorbereiteten USB-Stick ab."
    )


def closing_trouble(state: ClosingState) -> TroubledDevice | None:
    """A failed closing as a trouble among those of the devices: no counts are lost, none go out."""
    if not state.failed or state.due is None:
        return None
    words = Words(
        "nicht abgeschlossen",
        f"Vorbei, aber noch nicht abgeschlossen: {period_name(state.due)}."
        " Die Zahlen bleiben auf dem Gerät erhalten.",
        CALL,
    )
    return TroubledDevice(COUNTS, (words,), harmless=True, urgent=False, detail=state.failure)
