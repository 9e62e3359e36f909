"""Plochingen: first contact. Whom to ask is on a sheet in the visitor's language."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from kiosk.domain.ids import LanguageCode
from kiosk.settings.texts import Texts
from tests.drawing.paper.reading import codes_in
from tests.system import glass
from tests.system.books import Row, assert_published, exact_counts, publish, rows
from tests.system.bus import Bus
from tests.system.citizen import Citizen
from tests.system.clerk import RESOLVED, Clerk, clerk_at
from tests.waiting import eventually

pytestmark = pytest.mark.slow

ADVICE = "Migrationsberatung von Diakonie und Caritas"
VISITORS = {
    "B-001": Citizen("ar", "aufenthalt", "brief-vom-amt", 5),
    "C-001": Citizen("tr", "deutsch-und-schule", "deutschkurs", 5),
    "A-001": Citizen("ar", "ankommen", "erstes-gespraech", 4),
    "D-001": Citizen("en", "arbeit-und-geld", "arbeit-finden", 5),
    "F-001": Citizen("de-x-ls", "weiss-nicht", "orientierung", 5),
}


def test_a_first_contact(tmp_path: Path, chromium: Browser) -> None:
    pictures = tmp_path / "pictures"
    with Bus(tmp_path / "data", "plochingen") as bus:
        with clerk_at(chromium, bus, "1") as town, clerk_at(chromium, bus, "2") as management:
            town.open_visit("im.Markt8")
            for number, visitor in VISITORS.items():
                assert visitor.draw(bus) == number
            eventually(lambda: len(papers(bus)) == len(VISITORS), "a slip for each visitor")
            a_sheet_for_a_visitor(bus, town, pictures)
            a_sheet_without_a_number(bus, pictures)
            serve_the_others(town, management, pictures)
            for visitor in VISITORS.values():
                visitor.press_smiley(bus)
            town.close_visit()
        exact = exact_counts(bus)
        assert exact.people() == {
            ("brief-vom-amt", "referred"): 1,
            ("deutschkurs", "referred"): 1,
            ("erstes-gespraech", "resolved"): 1,
            ("arbeit-finden", "referred"): 1,
            ("orientierung", "referred"): 1,
        }
        assert exact.noted("referral") == {
            "migrationsberatung": 2,
            "bamf-navi": 1,
            "jobcenter-esslingen": 1,
        }
        assert exact.noted("occasion") == {"follow_up": 2}
        assert exact.noted("persons") == {"2": 1, "4": 1}
        assert exact.noted("interpreter") == {"yes": 5}
        package = publish(bus, tmp_path / "stick")
        assert_published(bus, exact, package)
        interpreter = {row["value_label"] for row in records(package, "interpreter")}
        assert interpreter <= {"ja", "nein", "nicht gesagt"}
        assert {row["value_label"] for row in records(package, "referral")} <= {
            ADVICE,
            "BAMF-NAvI: Kurse in der Nähe",
            "nicht gesagt",
            "Jobcenter Landkreis Esslingen",
        }


def a_sheet_for_a_visitor(bus: Bus, town: Clerk, pictures: Path) -> None:
    """A letter that needs another person: the sheet is printed, then the record is two taps."""
    assert town.call_next() == "B-001"
    town.show(pictures / "staff.png")
    entries = town.entries("f", "+", "d")
    entries.get_by_role("button", name=f"Blatt drucken für {ADVICE}").click()
    expect(town.page.locator("#note")).to_have_text("Das Informationsblatt ist gedruckt.")
    town.show(pictures / "staff-refer.png")
    card = card_on(bus, len(VISITORS) + 1, pictures / "sheet.png")
    assert_same_picture(bus, pictures / "sheet.png", "migrationsberatung", "ar")
    assert f"FN:{ADVICE}" in card
    assert "URL:https://www.kreisdiakonie-esslingen.de" in card
    town.send_to("migrationsberatung", entries)
    town.show(pictures / "staff-referred.png")


def a_sheet_without_a_number(bus: Bus, pictures: Path) -> None:
    """A person only wants to know where to ask, in Arabic, and takes the paper along."""
    glass.picture(bus, pictures / "glass.png")
    way: dict[str, glass.Tap] = {
        "start": glass.in_language("ar", "start.offers"),
        "language": "language.ar",
        "needs": "need.deutsch-und-schule",
        "offers": "offer.handbook-germany",
        "offer": "offer.paper",
    }
    assert glass.lead(bus, way, ["offer"])["direction"] == "rtl"
    glass.picture(bus, pictures / "glass-offer.png")
    printed = Texts.load()(LanguageCode("ar"), "offer.sheet.printed")
    eventually(lambda: sheet_of(bus, way) == printed, "word of the printed sheet")
    glass.picture(bus, pictures / "glass-sheet.png")
    glass.home(bus)
    card = card_on(bus, len(VISITORS) + 2, pictures / "sheet-glass.png")
    assert "FN:Handbook Germany" in card
    assert_same_picture(bus, pictures / "sheet-glass.png", "handbook-germany", "ar")
    assert len(bus.ask("ticket", "list")) == len(VISITORS)


def sheet_of(bus: Bus, way: dict[str, glass.Tap]) -> str:
    """What the glass says of the paper."""
    return glass.text(glass.lead(bus, way, ["sheet"]), "offer.sheet")


def serve_the_others(town: Clerk, management: Clerk, pictures: Path) -> None:
    """Each goes to a desk of its topic, none in circles; the management has people of its own."""
    assert town.call_next() == "C-001"
    town.refer("bamf-navi", "d")
    assert management.call_next() == "D-001"
    management.show(pictures / "staff-management.png")
    management.refer("jobcenter-esslingen", "d", "f")
    assert town.serve_next(RESOLVED, "d", "+", "+", "+") == "A-001"
    assert management.call_next() == "F-001"
    management.refer("migrationsberatung", "d")


def papers(bus: Bus) -> list[Path]:
    """What the file printer has printed so far."""
    return sorted((bus.data / "slips").glob("slip-*.png"))


def card_on(bus: Bus, count: int, copy: Path) -> list[str]:
    """The lines of the contact card in the code of the last of so many papers."""
    printed = eventually(lambda: papers(bus)[count - 1 :], "a printed sheet")
    with Image.open(printed[-1]) as sheet:
        sheet.save(copy)
        (card,) = codes_in(sheet)
    assert card.startswith("BEGIN:VCARD")
    return card.splitlines()


def assert_same_picture(bus: Bus, printed: Path, offer: str, language: str) -> None:
    """The sheet is the one of that offer, in that language."""
    drawn = printed.with_stem(f"{printed.stem}-drawn")
    bus.kiosk("sheet", "show", "--offer", offer, "--language", language, "--to", str(drawn))
    with Image.open(printed) as one, Image.open(drawn) as other:
        assert one.tobytes() == other.tobytes()


def records(package: Path, item: str) -> list[Row]:
    return [row for row in rows(package, "records") if row["item"] == item]
