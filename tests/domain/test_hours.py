"""Opening hours mean what they say."""

from datetime import date, time

import pytest

from kiosk.domain.hours import (
    MIDNIGHT,
    UnreadableHours,
    parse_iso_date,
    parse_opening_hours,
    weekday_spans,
)


def test_days_and_times_of_a_line() -> None:
    hours = parse_opening_hours("tu,th-fr 14:00-18:30")
    assert hours.days == (1, 3, 4)
    assert (hours.begins, hours.ends) == (time(14), time(18, 30))


def test_round_the_clock() -> None:
    assert parse_opening_hours("mo-su 00:00-24:00").all_day
    assert parse_opening_hours("sa 22:00-24:00").ends == MIDNIGHT


def test_days_in_a_row_are_taken_together_for_print() -> None:
    assert weekday_spans(parse_opening_hours("we,mo-tu,fr 09:00-12:00").days) == [(0, 2), (4, 4)]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "mo",
        "mo 09:00",
        "mo, tu 09:00-10:00",
        "mo 24:00-10:00",
        "mo 10:00-10:00",
        "mo 00:00-00:00",
        "mo- 09:00-10:00 ",
        "Mo 09:00-10:00",
        "mo ٠٩:٠٠-١٠:٠٠",  # noqa: RUF001 - digits of another script
    ],
)
def test_what_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(UnreadableHours):
        parse_opening_hours(line)


@pytest.mark.parametrize("text", ["2026-02-30", "20261124", "2026-W48-2", "24.11.2026"])
def test_only_one_way_to_write_a_day(text: str) -> None:
    assert parse_iso_date("2026-11-24") == date(2026, 11, 24)
    with pytest.raises(UnreadableHours):
        parse_iso_date(text)
