"""The profile that is started by default says what the concept paper of the BuS-Bus offers."""

import pytest

from kiosk.domain.ids import LanguageCode
from kiosk.settings import profiles

BUS = profiles.load_profile("gelsenkirchen")


def test_the_columns_of_the_annex_the_last_in_two() -> None:
    german = [(group.letter, group.label[LanguageCode("de")]) for group in BUS.groups]
    assert german == [
        ("A", "Schule und Beruf"),
        ("B", "Arbeit und Bildung"),
        ("C", "Familie und Gesundheit"),
        ("D", "Neu in der Stadt"),
        ("E", "Anträge und Ausweise"),
        ("F", "Rat und Hilfe"),
    ]


@pytest.mark.parametrize(
    "service",
    [
        "fuehrungszeugnis",
        "an-und-ummeldung",
        "fuehrerschein",
        "beglaubigung",
        "wohngeld",
        "bafoeg",
        "einbuergerung",
        "schulsystem",
        "behinderung",
        "energie-und-umwelt",
        "sucht",
        "ohne-wohnung",
        "ehrenamt",
        "orientierung",
    ],
)
def test_every_everyday_service_can_be_chosen_and_called(service: str) -> None:
    assert BUS.topic(service).id in BUS.topics_of_desk("1")


def test_the_bus_stands_in_eight_districts() -> None:
    assert len({stop.district for stop in BUS.stops}) == len(BUS.stops) == 8
    assert {stop.ags for stop in BUS.stops} == {"05513000"}


def test_the_bus_is_out_on_about_a_hundred_days_a_year() -> None:
    dated = [planned for planned in BUS.timetable if planned.date]
    fortnightly = [planned for planned in BUS.timetable if planned.every_weeks == 2]
    assert {planned.date[:4] for planned in dated} == {"2027"}
    assert len(dated) + len(fortnightly) * 13 / 2 == pytest.approx(100 / 4, abs=2)


def test_topics_differ_from_day_to_day() -> None:
    offers = {(planned.partners, planned.topics) for planned in BUS.timetable}
    assert len(offers) > len(BUS.timetable) / 2
