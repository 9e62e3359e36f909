"""German words for the numbers, bands and periods of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date

from kiosk.counts.periods import first_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.export.report.band import Band


def number_in_words(count: float) -> str:
    """A number as German readers write it: a point for thousands, a comma, at most one place."""
    text = f"{count:,.1f}".removesuffix(".0")
    return text.translate(str.maketrans(",.", ".,"))


def band_in_words(band: Band) -> str:
    """From where to where the truth lies."""
    return f"{number_in_words(band.least)} bis {number_in_words(band.most)}"


def period_in_words(period: ClosedPeriod) -> str:
    """`4. Quartal 2026`, `November 2026`, and the number of a part that was ended early."""
    name = unit_in_words(period.unit)
    return name if period.period == period.unit else f"{name}, Teil {period.part}"


def unit_in_words(unit: str) -> str:
    first = first_day(unit)
    quarter = f"{(first.month + 2) // 3}. Quartal {first.year}"
    return quarter if "Q" in unit else format_date(first, "LLLL y", locale="de")


def periods_in_words(periods: Sequence[ClosedPeriod]) -> str:
    """The first and the last of them."""
    first, last = period_in_words(periods[0]), period_in_words(periods[-1])
    return first if len(periods) == 1 else f"{first} bis {last}"
