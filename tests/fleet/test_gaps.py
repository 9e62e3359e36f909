"""Gaps are named by their quarters: what is missing, what did not run, what is overdue."""

from datetime import date, timedelta

import pytest

from kiosk.cli.office_words import gap_in_words
from kiosk.counts.periods import first_day, last_day
from kiosk.fleet.gaps import GRACE, Gap, GapKind, PackageSpan, find_gaps

LATE = date(2026, 8, 20)


def span(sequence: int, first: str, last: str = "") -> PackageSpan:
    return PackageSpan(sequence, first_day(first), last_day(last or first))


@pytest.mark.parametrize(
    ("spans", "gaps"),
    [
        ([], []),
        ([span(1, "2026-Q1"), span(2, "2026-Q2")], []),
        (
            [span(1, "2025-Q4"), span(3, "2026-Q2")],
            [Gap(GapKind.MISSING, ("2026-Q1",), (2, 2))],
        ),
        (
            [span(1, "2025-Q4"), span(2, "2026-Q2")],
            [Gap(GapKind.NOT_RUN, ("2026-Q1",))],
        ),
        ([span(1, "2025-Q4"), span(2, "2026-Q1", "2026-Q2")], []),
        (
            [span(3, "2026-Q1")],
            [Gap(GapKind.MISSING, (), (1, 2)), Gap(GapKind.OVERDUE, ("2026-Q2",))],
        ),
        (
            [span(1, "2026-01"), span(2, "2026-03"), span(4, "2026-06")],
            [
                Gap(GapKind.NOT_RUN, ("2026-02",)),
                Gap(GapKind.MISSING, ("2026-04", "2026-05"), (3, 3)),
            ],
        ),
    ],
)
def test_gaps(spans: list[PackageSpan], gaps: list[Gap]) -> None:
    assert find_gaps(spans, LATE) == gaps


def test_a_part_that_was_ended_early_leaves_no_gap() -> None:
    early = PackageSpan(1, date(2026, 4, 1), date(2026, 5, 12))
    rest = PackageSpan(2, date(2026, 5, 12), date(2026, 6, 30))
    assert find_gaps([early, rest], LATE) == []
    missing = find_gaps([early, span(3, "2026-07")], LATE)
    assert missing == [Gap(GapKind.MISSING, ("2026-06",), (2, 2))]


def test_a_quarter_is_overdue_once_a_stick_had_time_to_come() -> None:
    spans, end = [span(1, "2026-Q1")], date(2026, 6, 30)
    assert find_gaps(spans, end + GRACE) == []
    late = find_gaps(spans, end + GRACE + timedelta(days=1))
    assert late == [Gap(GapKind.OVERDUE, ("2026-Q2",))]


def test_gaps_in_words() -> None:
    missing = Gap(GapKind.MISSING, ("2026-Q2",), (4, 4))
    assert gap_in_words(missing).startswith("second quarter of 2026 is missing (package 4): ")
    several = Gap(GapKind.MISSING, (), (1, 2))
    assert gap_in_words(several).startswith("packages 1 to 2 missing: ")
    not_run = Gap(GapKind.NOT_RUN, ("2026-Q1", "2026-04"))
    assert gap_in_words(not_run).startswith("first quarter of 2026 and 2026-04: did not run")
