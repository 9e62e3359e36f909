"""Months and quarters, the periods of the counts."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def month_of(day: date) -> str:
    """`2026-11`."""
    return f"{day.year:04}-{day.month:02}"


def quarter_of(day: date) -> str:
    """`2026-Q4`."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def first_day(month: str) -> date:
    """The first day of a month such as `2026-11`. Raises `ValueError`."""
    return date.fromisoformat(f"{month}-01")


def last_day(month: str) -> date:
    """The last day of a month such as `2026-11`. Raises `ValueError`."""
    first = first_day(month)
    return first.replace(day=monthrange(first.year, first.month)[1])
