"""Changes against an earlier period: told only beyond what rounding explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.export.report.band import Band

NONE = "kein Unterschied, den die Rundung nicht erklärt"
_JOINED = "\N{NO-BREAK SPACE}"


def change_in_words(now: Band, before: Band) -> str:
    """An arrow and a share where the bands lie apart, and else that there is no difference."""
    if now.overlaps(before):
        return f"= {NONE}"
    if not before.count:
        return "▲ neu"
    share = abs(now.count - before.count) / before.count
    percent = round(100 * share) or "unter 1"
    arrow, more = ("▲", "mehr") if now.count > before.count else ("▼", "weniger")
    return f"{arrow}{_JOINED}{percent}{_JOINED}% {more}"


def periods_before(
    periods: Sequence[ClosedPeriod], closed: Sequence[ClosedPeriod]
) -> Sequence[ClosedPeriod]:
    """As many closed periods right before these, which are some of the closed ones in a row.

    Empty where there are fewer, or where they are not of the same length: a quarter is not
    compared with a part of one.
    """
    place = list(closed).index(periods[0])
    before = closed[max(0, place - len(periods)) : place]
    alike = [_length(period) for period in before] == [_length(period) for period in periods]
    return before if alike else ()


def periods_a_year_before(
    periods: Sequence[ClosedPeriod], closed: Sequence[ClosedPeriod]
) -> Sequence[ClosedPeriod]:
    """The same periods of the year before, all of them or none."""
    wanted = [_year_before(period.period) for period in periods]
    by_label = {period.period: period for period in closed}
    return [by_label[label] for label in wanted] if all(w in by_label for w in wanted) else ()


def _year_before(label: str) -> str:
    year, _, rest = label.partition("-")
    return f"{int(year) - 1:04}-{rest}"


def _length(period: ClosedPeriod) -> tuple[bool, int, bool]:
    return "Q" in period.unit, period.part, bool(period.joined)
