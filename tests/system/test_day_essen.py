"""Essen: a market morning of the Bürgermobil, and the hour in which the box was away."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.system import glass
from tests.system.books import assert_published, exact_counts, publish, rows
from tests.system.bus import Bus
from tests.system.citizen import Citizen
from tests.system.clerk import CALL_BACK, NOT_HELPED, RESOLVED, Clerk, clerk_at

pytestmark = pytest.mark.slow

DOG = Citizen("de", "antraege", "hund-anmelden", 5)
MORNING = {
    "A-001": Citizen("de", "fragen", "auskunft", 5),
    "C-001": DOG,
    "C-002": Citizen("de-x-ls", "antraege", "hund-anmelden", 4),
    "A-002": Citizen("tr", "fragen", "rueckruf", 5),
    "E-001": Citizen("de", "alter", "rat-im-alter", 5, priority=True),
}
AFTERWARDS = Citizen("en", "fragen", "auskunft", 5)
WAITING_STILL = ("C-001", "C-002", "A-002", "E-002", "E-003", "A-007")
"""In this order: those from before, those from the roll, and who came after."""


def test_a_market_morning(tmp_path: Path, chromium: Browser) -> None:
    pictures = tmp_path / "pictures"
    bus = Bus(tmp_path / "data", "essen")
    with bus:
        with clerk_at(chromium, bus, "1") as first, clerk_at(chromium, bus, "2") as second:
            first.open_visit("Neuer Markt")
            limit_dogs_to_two(first)
            record_enquiries(second, pictures)
            citizens_draw(bus, pictures)
            a_wrong_outcome_is_undone(first, pictures)
            assert second.serve_next(RESOLVED) == "A-001"
        bus.cut_power()
    with bus:
        with clerk_at(chromium, bus, "1") as clerk:
            take_in_the_roll(clerk, pictures)
            assert AFTERWARDS.draw(bus) == "A-007"
            for number in WAITING_STILL:
                key = CALL_BACK if number == "A-002" else RESOLVED
                assert clerk.serve_next(key) == number
            for citizen in (*MORNING.values(), AFTERWARDS):
                citizen.press_smiley(bus)
            clerk.close_visit()
        exact = exact_counts(bus)
        assert exact.people() == {
            ("auskunft", "resolved"): 5 + 2,
            ("muell", "call_back_promised"): 5,
            ("auskunft", "call_back_promised"): 4,
            ("hund-anmelden", "resolved"): 2,
            ("rueckruf", "call_back_promised"): 1,
            ("rat-im-alter", "call_back_promised"): 1,
            ("rat-im-alter", "resolved"): 2,
        }
        assert exact.smileys() == {5: 5, 4: 1}
        assert "" in exact.hours()  # when the roll's numbers were torn is unknown
        package = publish(bus, tmp_path / "stick")
        assert_published(bus, exact, package)
        assert "muell" not in {row["topic"] for row in rows(package, "topics")}  # too few came


def limit_dogs_to_two(clerk: Clerk) -> None:
    """Two dogs today, and no more."""
    opened = clerk.dialog("day", "contingents")
    opened.get_by_label("Anliegen").select_option(label="Hund anmelden")
    opened.get_by_label("Höchstens").fill("2")
    opened.get_by_role("button", name="Festlegen").click()
    expect(opened).to_contain_text("Hund anmelden: 0 von 2 vergeben")
    opened.get_by_role("button", name="Schließen").click()
    expect(opened).to_be_hidden()


def record_enquiries(clerk: Clerk, pictures: Path) -> None:
    """Ten people without a number; about rubbish the city calls back."""
    clerk.count("Auskunft", RESOLVED, times=5)
    clerk.count("Müll und Sauberkeit", CALL_BACK, times=5)
    clerk.show(pictures / "staff-counted.png")


def citizens_draw(bus: Bus, pictures: Path) -> None:
    """The third dog is too many; the last one in the line says that she cannot stand long."""
    for number, citizen in MORNING.items():
        assert citizen.draw(bus) == number
    refused = DOG.ask_in_vain(bus)
    assert glass.text(refused, "heading") == "Dafür gibt es heute keine Nummern mehr"
    glass.picture(bus, pictures / "glass-used-up.png")
    glass.home(bus)
    glass.picture(bus, pictures / "glass.png")


def a_wrong_outcome_is_undone(clerk: Clerk, pictures: Path) -> None:
    """Priority is called first; a slip of the finger is taken back and stays in the undo log."""
    assert clerk.serve_next(NOT_HELPED) == "E-001"
    clerk.page.keyboard.press("u")
    expect(clerk.page.locator("#number")).to_contain_text("E-001")
    undone = clerk.page.locator(".trail li").filter(has_text="rückgängig gemacht")
    expect(undone.locator("del")).to_have_text("E-001 abgeschlossen: Nicht geholfen")
    clerk.show(pictures / "staff.png")
    clerk.finish(CALL_BACK)


def take_in_the_roll(clerk: Clerk, pictures: Path) -> None:
    """Four people were promised a call meanwhile, two still wait."""
    roll(clerk, ("A-003", "A-006"), "Auskunft", "sind fertig: Rückruf zugesagt", pictures)
    roll(clerk, ("E-002", "E-003"), "Rat für ältere Menschen", "warten noch", pictures)
    expect(clerk.page.locator("#queue-title")).to_have_text("5 warten")


def roll(clerk: Clerk, torn: tuple[str, str], topic: str, ended: str, pictures: Path) -> None:
    opened = clerk.dialog("day", "roll")
    opened.get_by_label("Erste Nummer").fill(torn[0])
    opened.get_by_label("Letzte Nummer").fill(torn[1])
    opened.get_by_label("Anliegen").select_option(label=topic)
    opened.get_by_label("Diese Personen").select_option(label=ended)
    clerk.show(pictures / "staff-roll.png")
    opened.get_by_role("button", name="Nachtragen").click()
    expect(opened).to_be_hidden()
