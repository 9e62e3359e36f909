"""Bochum: appointments and walk-ins at three desks of two kinds, in Querenburg."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.system import glass, today
from tests.system.books import assert_published, exact_counts, publish, rows, still_shown
from tests.system.bus import Bus
from tests.system.citizen import Citizen, check_in
from tests.system.clerk import APPOINTMENT, CALL_BACK, RESOLVED, Clerk, clerk_at

pytestmark = pytest.mark.slow

STOP = "ViA Ruhr, Peter-Parler-Weg"
LATE, EARLY, TWICE, UNKNOWN = "24680135", "13572468", "90817263", "98765432"
WALK_INS = {
    "A-001": Citizen("de", "geld", "bescheid"),
    "B-001": Citizen("tr", "arbeit", "stelle-suchen"),
    "A-004": Citizen("de-x-ls", "geld", "miete-und-heizung"),
    "F-001": Citizen("ar", "weiss-nicht", "orientierung"),
    "B-003": Citizen("en", "arbeit", "foerderung"),
    "C-001": Citizen("de", "beruf", "berufsberatung"),
}
BEFORE, AFTER = ("A-001", "B-001"), ("A-004", "F-001", "B-003", "C-001")


def test_a_morning_in_querenburg(tmp_path: Path, chromium: Browser) -> None:
    today.skip_around_midnight()
    booked = (LATE, -5, "antrag"), (EARLY, None, "bescheid"), (TWICE, 0, "bewerbung")
    with Bus(tmp_path / "data", "bochum") as bus:
        bus.kiosk("appointments", "import", str(today.appointments(tmp_path, *booked)))
        with (
            clerk_at(chromium, bus, "1") as first,
            clerk_at(chromium, bus, "2") as second,
            clerk_at(chromium, bus, "3") as third,
        ):
            first.open_visit(STOP)
            citizens_come(bus, tmp_path / "pictures")
            first.show(tmp_path / "pictures" / "staff.png")
            serve_money(first, second)
            serve_work(third, first, tmp_path / "pictures")
            tickets = {*WALK_INS, "A-002", "A-003", "B-002", LATE, EARLY, TWICE}
            assert {"A-002", LATE} <= still_shown(bus, tmp_path / "stick", tickets)
            first.close_visit()
        exact = exact_counts(bus)
        assert exact.people() == {
            ("antrag", "appointment_made"): 1,
            ("bescheid", "resolved"): 1,
            ("miete-und-heizung", "resolved"): 1,
            ("orientierung", "referred"): 1,
            ("bescheid", "call_back_promised"): 1,
            ("bewerbung", "resolved"): 1,
            ("stelle-suchen", "referred"): 1,
            ("foerderung", "resolved"): 1,
            ("berufsberatung", "referred"): 1,
        }
        assert exact.noted("interpreter") == {"yes": 2}
        assert exact.noted("referral") == {"stadt-bochum": 1, "agentur-fuer-arbeit": 2}
        package = publish(bus, tmp_path / "stick")
        assert_published(bus, exact, package)
        assert still_shown(bus, tmp_path / "stick", tickets) == set()
        (stop,) = [row for row in rows(package, "stops") if row["stop"] == "querenburg-via-ruhr"]
        assert stop["area"] == "554"


def citizens_come(bus: Bus, pictures: Path) -> None:
    """Walk-ins draw, people with an appointment type their code: in time or not, and twice."""
    draw(bus, BEFORE)
    assert came(bus, LATE, "en") == ("A-002", "A little late, but it still counts")
    assert came(bus, EARLY, "de") == ("A-003", "Sie sind früh da. Bitte warten Sie.")
    assert came(bus, TWICE, "de")[0] == "B-002"
    assert came(bus, TWICE, "de") == ("B-002", "Sie sind schon angemeldet")
    glass.home(bus)
    refused = check_in(bus, UNKNOWN, "de")
    assert glass.text(refused, "heading") == "Diesen Code kennen wir nicht"
    glass.picture(bus, pictures / "glass-unknown-code.png")
    glass.home(bus)
    draw(bus, AFTER)
    glass.picture(bus, pictures / "glass.png")


def draw(bus: Bus, numbers: tuple[str, ...]) -> None:
    for number in numbers:
        assert WALK_INS[number].draw(bus) == number


def came(bus: Bus, code: str, language: str) -> tuple[str, str]:
    """The number of a person with an appointment, and what they are told about the time."""
    glass.home(bus)
    told = check_in(bus, code, language)
    return glass.text(told, "number"), glass.text(told, "number.came")


def serve_money(first: Clerk, second: Clerk) -> None:
    """Leistung: the appointment that is due before the walk-in, the early one last of all."""
    assert first.serve_next(APPOINTMENT) == "A-002"
    assert second.serve_next(RESOLVED) == "A-001"
    assert first.serve_next(RESOLVED) == "A-004"
    assert second.call_next() == "F-001"
    second.refer("stadt-bochum", "d")
    assert first.serve_next(CALL_BACK) == "A-003"
    assert second.call_next() is None


def serve_work(third: Clerk, first: Clerk, pictures: Path) -> None:
    """Arbeitsvermittlung: no other calls its people; later it takes over the absent agency's."""
    third.page.keyboard.press("h")
    expect(first.page.get_by_text("Platz 3 bittet um Hilfe", exact=True)).to_be_visible()
    first.show(pictures / "staff-help.png")
    first.page.locator("#help-3").click()
    expect(third.page.get_by_text("Sie haben um Hilfe gebeten")).to_be_hidden()

    assert third.serve_next(RESOLVED) == "B-002"
    assert first.call_next() is None
    assert third.call_next() == "B-001"
    entries = third.entries("d")
    third.show(pictures / "staff-refer.png")
    third.send_to("agentur-fuer-arbeit", entries)
    assert third.serve_next(RESOLVED) == "B-003"
    assert third.call_next() is None
    expect(third.page.locator(".notices")).to_contain_text("Kein Platz ruft auf für: Rat zum Beruf")
    topics = third.dialog("desk", "topics")
    topics.get_by_label("Rat zum Beruf").check()
    third.show(pictures / "staff-topics.png")
    topics.get_by_role("button", name="Übernehmen").click()
    expect(topics).to_be_hidden()
    assert third.call_next() == "C-001"
    third.refer("agentur-fuer-arbeit")
