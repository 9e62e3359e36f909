"""Essen's Bürgerkoffer: a tablet alone in a care home; staff look at it on a phone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.system import glass, today
from tests.system.books import assert_published, exact_counts, publish
from tests.system.bus import Bus
from tests.system.citizen import Citizen, check_in
from tests.system.clerk import PHONE, RESOLVED, clerk_at
from tests.waiting import eventually

pytestmark = pytest.mark.slow

UPRIGHT_TABLET = "800x1280"
IDENTITY_CARD, LIFE, ABSENT = "31415926", "27182818", "16180339"


@pytest.fixture
def tablet(tmp_path: Path) -> Bus:
    """Set up as a technician would: the glass fills the screen."""
    data = tmp_path / "data"
    command = [sys.executable, "-m", "kiosk", "init", "--profile", "essen-koffer", "--json"]
    done = subprocess.run([*command, "--data", data], check=True, capture_output=True, text=True)
    settings = (data / "config.toml").read_text(encoding="utf-8")
    assert "fullscreen = false" in settings
    filling = settings.replace("fullscreen = false", "fullscreen = true")
    (data / "config.toml").write_text(filling, encoding="utf-8")
    return Bus(data, "essen-koffer", UPRIGHT_TABLET, pin=json.loads(done.stdout)["staff_pin"])


def test_a_visit_to_a_care_home(tmp_path: Path, chromium: Browser, tablet: Bus) -> None:
    today.skip_around_midnight()
    booked = (IDENTITY_CARD, -10, "personalausweis"), (LIFE, None, "lebensbescheinigung")
    file = today.appointments(tmp_path, *booked, (ABSENT, None, "anmelden"))
    pictures = tmp_path / "pictures"
    with tablet as bus:
        bus.kiosk("appointments", "import", str(file))
        with clerk_at(chromium, bus, "1", PHONE) as clerk:
            clerk.open_visit("Vor Ort im Bezirk IV")
            assert_only_for_appointments(bus, pictures)
            assert_no_device_is_missed(bus, clerk.page.locator("header").inner_text())

            assert number_of(bus, IDENTITY_CARD, "de", pictures) == "A-001"
            clerk.show(pictures / "staff.png")
            assert clerk.serve_next(RESOLVED, "k") == "A-001"
            assert number_of(bus, LIFE, "tr", pictures) == "C-001"
            assert clerk.call_next() == "C-001"
            assert_a_contact_is_taken_along_by_phone(bus, pictures)
            clerk.show(pictures / "staff-called.png")
            clerk.refer("seniorenberatung-essen")
            for _ in range(2):
                Citizen("de", "", "", score=3).press_smiley(bus)
            appointments = clerk.dialog("day", "appointments")
            expect(appointments).to_contain_text("23:59 Anmelden")
            clerk.page.keyboard.press("Escape")
            clerk.close_visit()
        exact = exact_counts(bus)
        assert exact.people() == {
            ("personalausweis", "resolved"): 1,
            ("lebensbescheinigung", "referred"): 1,
        }
        assert exact.smileys() == {3: 2}
        assert exact.noted("referral") == {"seniorenberatung-essen": 1}
        assert_published(bus, exact, publish(bus, tmp_path / "stick"))


def assert_only_for_appointments(bus: Bus, pictures: Path) -> None:
    """The pane fills the tablet; a visitor without an appointment finds contacts and smileys."""
    eventually(lambda: "no_numbers" in glass.ids(bus.glass("describe")), "a closed intake")
    start = bus.glass("describe")
    assert start["size_px"] == [800, 1280]
    assert {"start.appointment", "start.offers", "start.feedback"} <= set(glass.ids(start))
    assert "start.number" not in glass.ids(start)
    assert glass.text(start, "no_numbers") == "Nummern nur mit Termin"
    assert glass.picture(bus, pictures / "glass.png").size == (800, 1280)


def assert_no_device_is_missed(bus: Bus, bar: str) -> None:
    """What the case does not carry is neither broken nor simulated."""
    assert "gestört" not in bar
    assert "Simuliert" not in bar
    assert "stand_in" not in glass.ids(bus.glass("describe"))
    devices = {device["name"]: device for device in bus.ask("hardware", "list")}
    assert {device["driver"] for device in devices.values()} == {"none"}


def number_of(bus: Bus, code: str, language: str, pictures: Path) -> str:
    """Type a code; there is no paper, so the glass asks to remember the number."""
    glass.home(bus)
    number = glass.text(check_in(bus, code, language), "number")
    told = glass.turn_to(bus, "number.slip")
    assert number in glass.text(told, "number.slip")
    glass.picture(bus, pictures / f"glass-{language}.png")
    glass.home(bus)
    return number


def assert_a_contact_is_taken_along_by_phone(bus: Bus, pictures: Path) -> None:
    """The sheet is on the glass; its code is a contact that a phone keeps without internet."""
    way = {"start": "start.offers", "needs": "need.alter", "offers": "offer.pflegeberatung"}
    shown = glass.lead(bus, way, ["offer"])
    assert glass.text(shown, "heading") == "Pflegeberatung der Pflegekasse"
    assert "offer.paper" not in glass.ids(shown)
    glass.picture(bus, pictures / "glass-offer.png")
    glass.turn_to(bus, "offer.code")
    card = glass.code_on(bus, pictures / "glass-code.png").splitlines()
    assert card[0] == "BEGIN:VCARD"
    assert "FN:Pflegeberatung der Pflegekasse" in card
    glass.home(bus)
