"""Wuppertal: an office hour of 422 Mobil, with one laptop, a hotspot and citizens' own phones.

One of them draws its number itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.domain.ids import LanguageCode
from kiosk.settings.profiles import load_profile
from kiosk.settings.texts import Texts
from kiosk.settings.texts.waits import people_ahead
from kiosk.system.paths import ASSETS
from tests.browser import offline
from tests.system import glass, today
from tests.system.books import assert_published, exact_counts, publish, rows
from tests.system.bus import Bus
from tests.system.citizen import Citizen
from tests.system.clerk import CALL_BACK, RESOLVED, Clerk, clerk_at

pytestmark = pytest.mark.slow

LETTER = Citizen("de", "rat", "brief-vom-amt", 5, survey_answer="treffpunkte")
TURKISH = Citizen("tr", "rat", "deutsch-lernen", 5, survey_answer="gruen")
ARABIC = Citizen("ar", "weiss-nicht", "orientierung", 4, survey_answer="gruen")
IDEA = Citizen("de-x-ls", "ideen", "eigene-idee", 5, survey_answer="saubere-strassen")
OF_THE_HOTSPOT = 'bus_network = "http://10.42.0.1:8080"'


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    """The shipped profile on this machine's own network; phones draw numbers there."""
    profile, bus = tmp_path / "wuppertal.toml", Bus(tmp_path / "data")
    shipped = (ASSETS / "profiles" / "wuppertal.toml").read_text(encoding="utf-8")
    assert OF_THE_HOTSPOT in shipped
    here = shipped.replace(OF_THE_HOTSPOT, f'bus_network = "{bus.url}"\nnumbers_by_phone = true')
    profile.write_text(here, encoding="utf-8")
    bus.profile = str(profile)
    return bus


def test_an_office_hour(tmp_path: Path, chromium: Browser, bus: Bus) -> None:
    today.skip_around_midnight()
    pictures = tmp_path / "pictures"
    with bus:
        bus.kiosk("timetable", "import", str(today.plan(tmp_path, "Berliner Plätzchen")))
        with clerk_at(chromium, bus, "1") as clerk:
            opening = clerk.page.locator("[data-part=closed]")
            expect(opening).to_contain_text("Vorschlag aus dem Fahrplan: Berliner Plätzchen")
            clerk.open_proposed()
            assert LETTER.draw(bus) == "D-001"
            glass.picture(bus, pictures / "glass.png")
            with (
                phone_of(chromium, bus, TURKISH, pictures) as turkish,
                drawing_phone(chromium, bus, ARABIC) as arabic,
            ):
                clerk.show(pictures / "staff.png")
                follow_the_line(clerk, turkish, arabic, pictures)
                lose_the_network(bus, clerk, arabic, pictures)
                for citizen in (LETTER, TURKISH, IDEA):
                    citizen.press_smiley(bus)
                give_smiley(arabic, bus, ARABIC)
                clerk.close_visit()
                closed = Texts.load()(LanguageCode(ARABIC.language), "closed.title")
                expect(arabic.locator("#headline")).to_have_text(closed)  # it may be taken back
        exact = exact_counts(bus)
        assert exact.people() == {
            ("brief-vom-amt", "resolved"): 1,
            ("deutsch-lernen", "resolved"): 1,
            ("orientierung", "call_back_promised"): 1,
            ("eigene-idee", "resolved"): 1,
        }
        assert exact.smileys() == {5: 3, 4: 1}
        answers = {answer: n for (_, answer), n in exact.cells["survey"].items()}
        assert answers == {"treffpunkte": 1, "gruen": 2, "saubere-strassen": 1}
        (day,) = [line for line in bus.ask("timetable", "show") if line["took_place"]]
        assert (day["stop"], day["source"]) == ("berliner-plaetzchen", "jahresplan.csv")
        package = publish(bus, tmp_path / "stick")
        assert_published(bus, exact, package)
        assert {row["ags"] for row in rows(package, "stops")} == {"05124000"}


@contextmanager
def phone_of(browser: Browser, bus: Bus, owner: Citizen, pictures: Path) -> Iterator[Page]:
    """A small phone that reads the code beside the number on the glass, and opens its address."""
    owner.look_at_number(bus)
    address = glass.code_on(bus, pictures / f"glass-number-{owner.language}.png")
    assert address.startswith(f"{bus.url}/t/")
    glass.home(bus)
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


@contextmanager
def drawing_phone(browser: Browser, bus: Bus, owner: Citizen) -> Iterator[Page]:
    """A phone in its owner's language, on which they draw the number themselves."""
    language = LanguageCode(owner.language)
    profile = load_profile(bus.profile)
    context = browser.new_context(
        viewport={"width": 320, "height": 568}, locale=language, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.goto(f"{bus.url}/n")
    page.get_by_text(profile.group(owner.group).label[language], exact=True).tap()
    page.get_by_role("button", name=profile.topic(owner.topic).label[language]).tap()
    yield page
    context.close()


def give_smiley(phone: Page, bus: Bus, owner: Citizen) -> None:
    """On the page of the number, once the talk is over; the question after it is answered."""
    texts, language = Texts.load(), LanguageCode(owner.language)
    phone.get_by_role("button", name=texts(language, "feedback.good"), exact=True).tap()
    (question,) = load_profile(bus.profile).survey_questions
    expect(phone.get_by_role("heading", name=question.text[language])).to_be_visible()
    answer = next(each for each in question.answers if each.id == owner.survey_answer)
    phone.get_by_role("button", name=answer.label[language]).tap()
    expect(phone.get_by_text(texts(language, "thanks.text"))).to_be_visible()


def follow_the_line(clerk: Clerk, turkish: Page, arabic: Page, pictures: Path) -> None:
    """Both phones tell in their language how many are ahead, and move when the laptop calls."""
    expect(turkish.locator("html")).to_have_attribute("dir", "ltr")
    expect(arabic.locator("html")).to_have_attribute("dir", "rtl")
    assert_ahead(turkish, "tr", 1)
    assert_ahead(arabic, "ar", 2)
    turkish.screenshot(path=pictures / "phone-tr.png")
    arabic.screenshot(path=pictures / "phone-ar.png")
    assert clerk.serve_next(RESOLVED) == "D-001"
    assert_ahead(turkish, "tr", 0)
    assert_ahead(arabic, "ar", 1)
    assert clerk.call_next() == "D-002"
    assert_state(turkish, "called")
    turkish.screenshot(path=pictures / "phone-tr-called.png")
    assert_ahead(arabic, "ar", 0)


def lose_the_network(bus: Bus, clerk: Clerk, arabic: Page, pictures: Path) -> None:
    """The laptop says so at once; meanwhile the glass gives a number; then all goes on."""
    lost = clerk.page.locator("#lost")
    with offline(clerk.page):
        expect(lost).to_contain_text("Verbindung verloren")
        assert IDEA.draw(bus) == "B-001"
        clerk.show(pictures / "staff-lost.png")
    expect(lost).to_be_empty()
    expect(clerk.page.get_by_role("row", name="B-001")).to_be_visible()
    assert clerk.present() == "D-002"
    clerk.finish(RESOLVED)
    assert clerk.call_next() == "F-001"
    assert_state(arabic, "called")
    arabic.screenshot(path=pictures / "phone-ar-called.png")
    clerk.finish(CALL_BACK)
    assert clerk.serve_next(RESOLVED) == "B-001"
    assert_state(arabic, "finished")


def assert_ahead(phone: Page, language: str, ahead: int) -> None:
    words = people_ahead(Texts.load(), LanguageCode(language), ahead)
    expect(phone.locator("#headline")).to_have_text(words)


def assert_state(phone: Page, state: str) -> None:
    expect(phone.locator("body")).to_have_attribute("data-state", state)
