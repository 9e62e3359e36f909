from datetime import date

from kiosk.counts.periods import first_day, last_day, month_of, period_of_month, quarter_of


def test_months_and_quarters_are_those_of_the_calendar() -> None:
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026-Q1",
        "2026-Q1",
        "2026-Q2",
        "2026-Q4",
    ]
    assert month_of(date(2026, 2, 3)) == "2026-02"
    assert (first_day("2028-02"), last_day("2028-02")) == (date(2028, 2, 1), date(2028, 2, 29))
    assert (first_day("2026-Q3"), last_day("2026-Q3")) == (date(2026, 7, 1), date(2026, 9, 30))
    assert period_of_month("2026-11", "quarter") == "2026-Q4"
    assert period_of_month("2026-11", "month") == "2026-11"
