import msgspec

from kiosk.export.tables.wait_medians import waiting_rows
from tests.export.closed import a_period


def test_medians_and_long_waits_are_published_where_enough_were_measured() -> None:
    period = msgspec.structs.replace(
        a_period("2026-Q4"),
        tables={
            "times": [
                (("service", "all", "work", 5), 5),
                (("waiting", "all", "work", None), 40),
                (("waiting", "all", "work", 0), 20),
                (("waiting", "all", "work", 15), 25),
                (("waiting", "all", "work", 45), 5),
                (("waiting", "all", "home", 60), 5),
            ],
            "times_hours": [
                (("waiting", "all", "00-12", 0), 20),
                (("waiting", "all", "00-12", 30), 35),
            ],
        },
    )
    assert list(waiting_rows(period)) == [
        ("all", "all", "all", 55, 15, None, None, 18),
        ("all", "home", "all", 5, None, None, None, None),
        ("all", "work", "all", 50, 15, None, None, 10),
        ("00-12", "all", "all", 55, 30, None, None, 64),
    ]


def test_waiting_by_kind_keeps_the_row_of_all_people() -> None:
    period = msgspec.structs.replace(
        a_period("2026-Q4"),
        tables={
            "times": [
                (("service", "all", "work", 5), 30),
                (("waiting", "appointment", "work", 0), 10),
                (("waiting", "walk_in", "work", 30), 20),
            ],
        },
    )
    assert [row for row in waiting_rows(period) if row[1] == "work"] == [
        ("all", "work", "all", 30, 30, None, 5, 67),
        ("all", "work", "appointment", 10, 0, None, None, 0),
        ("all", "work", "walk_in", 20, 30, None, None, 100),
    ]
