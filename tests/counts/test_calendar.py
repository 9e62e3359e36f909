from datetime import date

from kiosk.counts.periods import last_day, month_of, quarter_of


def test_months_and_quarters_are_those_of_the_calendar() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026-Q1",
        "2026-Q1",
        "2026-Q2",
        "2026-Q4",
    ]
    assert month_of(date(2026, 2, 3)) == "2026-02"
    assert last_day("2028-02") == date(2028, 2, 29)
