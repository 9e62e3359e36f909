"""Gelsenkirchen: a planned day of the BuS-Bus, with the topics of that day's departments only."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.system import glass, today
from tests.system.books import assert_published, exact_counts, publish, rows
from tests.system.bus import Bus
from tests.system.citizen import Citizen
from tests.system.clerk import APPOINTMENT, CALL_BACK, NOT_HELPED, RESOLVED, Clerk, clerk_at
from tests.waiting import eventually

pytestmark = pytest.mark.slow

DEPARTMENTS = "Jobcenter Gelsenkirchen (IAG), Jugendberufsagentur Gelsenkirchen"
YOUNG = ["topic.ausbildung", "topic.praktikum", "topic.rat-fuer-jugendliche"]
CITIZENS = {
    "A-001": Citizen("de", "schule-und-beruf", "ausbildung", 5),
    "B-001": Citizen("tr", "arbeit-und-bildung", "arbeit-finden", 4),
    "C-001": Citizen("ar", "familie-und-gesundheit", "familie-und-beruf", 5),
    "D-001": Citizen("en", "neu-in-der-stadt", "arbeiten-in-deutschland", 3),
    "F-001": Citizen("de-x-ls", "rat-und-hilfe", "geld-vom-jobcenter", 5),
    "A-002": Citizen("de", "schule-und-beruf", "praktikum", 1),
    "B-002": Citizen("tr", "arbeit-und-bildung", "minijob-und-teilzeit", 5),
    "C-002": Citizen("ar", "familie-und-gesundheit", "rat-fuer-eltern", 4),
    "F-002": Citizen("en", "rat-und-hilfe", "geld-vom-jobcenter", 5),
    "B-003": Citizen("de", "arbeit-und-bildung", "weiterbildung", 2, priority=True),
}
FORENOON = ((0, "A-001", RESOLVED), (1, "B-001", APPOINTMENT), (0, "C-001", CALL_BACK))
"""Which desk calls whom, and how the talk ends. B-003 has tired feet, F needs the first desk."""
AFTER_THE_INTAKE = (
    (1, "B-003", RESOLVED),
    (0, "D-001", NOT_HELPED),
    (1, "A-002", RESOLVED),
    (0, "F-001", RESOLVED),
    (1, "B-002", APPOINTMENT),
    (0, "C-002", RESOLVED),
    (1, None, RESOLVED),
    (0, "F-002", RESOLVED),
)


def test_a_day_of_the_bus(tmp_path: Path, chromium: Browser) -> None:
    today.skip_around_midnight()
    with Bus(tmp_path / "data", "gelsenkirchen") as bus:
        bus.kiosk("timetable", "import", str(today.plan(tmp_path, "Consol-Park", DEPARTMENTS)))
        with clerk_at(chromium, bus, "1") as first, clerk_at(chromium, bus, "2") as second:
            live_through_it(bus, [first, second], tmp_path / "pictures")
        slips = bus.data / "slips"
        eventually(lambda: not list(slips.glob("*.png")), "no slip of the day left behind")
        exact = exact_counts(bus)
        assert exact.people() == {
            ("ausbildung", "resolved"): 1,
            ("arbeit-finden", "appointment_made"): 1,
            ("familie-und-beruf", "call_back_promised"): 1,
            ("weiterbildung", "resolved"): 1,
            ("arbeiten-in-deutschland", "could_not_be_helped"): 1,
            ("praktikum", "resolved"): 1,
            ("geld-vom-jobcenter", "resolved"): 2,
            ("minijob-und-teilzeit", "appointment_made"): 1,
            ("rat-fuer-eltern", "resolved"): 1,
        }
        assert exact.smileys() == {5: 5, 4: 2, 3: 1, 2: 1, 1: 1}
        assert exact.noted("advice") == {}  # the depth was not said
        assert_operating_day(bus)
        package = publish(bus, tmp_path / "stick")
        assert_published(bus, exact, package)
        assert {row["partner"] for row in rows(package, "offer")} >= {
            "jobcenter",
            "jugendberufsagentur",
        }


def live_through_it(bus: Bus, clerks: list[Clerk], pictures: Path) -> None:
    """From the proposal to the last smiley."""
    opening = clerks[0].page.locator("[data-part=closed]")
    expect(opening).to_contain_text("Vorschlag aus dem Fahrplan: Consol-Park")
    clerks[0].show(pictures / "proposal.png")
    clerks[0].open_proposed()
    assert_only_the_departments_topics(bus, pictures)
    assert [citizen.draw(bus) for citizen in CITIZENS.values()] == list(CITIZENS)
    clerks[0].show(pictures / "staff.png")
    serve(clerks, FORENOON)
    clerks[0].close_intake()
    eventually(lambda: "no_numbers" in glass.ids(glass.home(bus)), "a closed intake at the glass")
    assert "start.number" not in glass.ids(glass.home(bus))
    glass.picture(bus, pictures / "glass-closed.png")
    serve(clerks, AFTER_THE_INTAKE)
    for citizen in CITIZENS.values():
        citizen.press_smiley(bus)
    clerks[0].show(pictures / "staff-evening.png")
    clerks[0].close_visit()


def assert_only_the_departments_topics(bus: Bus, pictures: Path) -> None:
    """Two of the city's departments are not there, so neither are their topics."""
    glass.picture(bus, pictures / "glass.png")
    way = {"start": "start.number", "groups": "group.schule-und-beruf"}
    shown = glass.ids(glass.lead(bus, way, ["topics"]))
    assert [name for name in shown if name.startswith("topic.")] == YOUNG
    glass.picture(bus, pictures / "glass-topics.png")
    glass.home(bus)


def serve(clerks: list[Clerk], calls: tuple[tuple[int, str | None, str], ...]) -> None:
    for desk, number, key in calls:
        assert clerks[desk].serve_next(key) == number


def assert_operating_day(bus: Bus) -> None:
    """The year plan remembers that it took place, and nothing else of today."""
    (day,) = [line for line in bus.ask("timetable", "show") if line["took_place"]]
    assert day["stop"] == "bismarck-consolpark"
    assert day["source"] == "jahresplan.csv"
    assert day["begins"]
    assert day["opened"]
    assert day["closed"]
