"""Selection of the closed periods that a report covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kiosk.counts.ledger_entry import ClosedPeriod


class NoPeriodBetween(Refused):
    """No closed period lies whole between two days."""

    def __init__(self, closed: Sequence[ClosedPeriod]) -> None:
        listed = ", ".join(f"{p.period} ({p.first_day} to {p.last_day})" for p in closed)
        super().__init__(f"No closed period lies between these days; closed are {listed}.")


def select_periods(
    closed: Sequence[ClosedPeriod], first: date | None, last: date | None
) -> Sequence[ClosedPeriod]:
    """The last closed period, or all that lie whole between two days, either of which may lack.

    Raises `NoPeriodBetween`.
    """
    if first is None and last is None:
        return closed[-1:]
    found = [
        period
        for period in closed
        if (first is None or period.first_day >= first)
        and (last is None or period.last_day <= last)
    ]
    if not found:
        raise NoPeriodBetween(closed)
    return found
