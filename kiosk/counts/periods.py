"""Months and quarters, the periods of the counts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

CountsBy = Literal["quarter", "month"]


def month_of(day: date) -> str:
    """`2026-11`."""
    return f"{day.year:04}-{day.month:02}"


def quarter_of(day: date) -> str:
    """`2026-Q4`."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def quarter_of_month(month: str) -> str:
    """The quarter of a month such as `2026-11`. Raises `ValueError`."""
    return quarter_of(date.fromisoformat(f"{month}-01"))


def period_of_month(month: str, counts_by: CountsBy) -> str:
    """The period in which a month is counted: its quarter, or itself."""
    return quarter_of_month(month) if counts_by == "quarter" else month


def first_day(period: str) -> date:
    """The first day of `2026-11` or `2026-Q4`. Raises `ValueError`."""
    year, part = period.split("-")
    return date(int(year), 3 * int(part[1:]) - 2 if part.startswith("Q") else int(part), 1)


def last_day(period: str) -> date:
    """The last day of `2026-11` or `2026-Q4`. Raises `ValueError`."""
    first = first_day(period)
    month = first.month + 2 if "Q" in period else first.month
    return first.replace(month=month, day=monthrange(first.year, month)[1])
