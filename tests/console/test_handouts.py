"""The sheets that hang in the bus: what staff need at once, on one page of paper each."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import pytest

from kiosk.console.http.context import Equipment
from kiosk.console.http.headers import TEMPLATES
from kiosk.console.pages.handout_pages import STICK_STATES
from kiosk.devices.stick_words import STICK_WORDS, stick_advice
from kiosk.domain.stick import StickState
from kiosk.service.office import Office
from kiosk.settings import profiles
from tests.console.axe import faults
from tests.console.box import Box, asking, running_box
from tests.console.conftest import log_in, open_page
from tests.town import TOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

    from kiosk.domain.profile import Profile
    from tests.town import TownClock

CARD, GUIDE = "/staff/emergency-card", "/staff/guide"
SHEETS = (CARD, GUIDE)
SHIPPED = profiles.load_profile("gelsenkirchen")
HELP = "Leitstelle des Trägers, Telefon 0209 12345, außerhalb der Zeit 0170 1234567 SMS"
NAME = "Beratungsbus Nord zwei der Stadt, Box 12"
"""Both as long as the configuration takes them."""

SHOWN = re.compile(r'control\("([^"]+)", keys\.(\w+)\)')
LOOKS: tuple[tuple[Literal["light", "dark"], int, int], ...] = (
    ("light", 320, 256),
    ("dark", 1366, 768),
)
OTHER_FONT = "html { font-family: 'DejaVu Sans' !important }"
"""Where neither Noto Sans nor Segoe UI is installed; its letters are the widest."""


@contextmanager
def bus(office: Office, clock: TownClock, profile: Profile, equipment: Equipment) -> Iterator[Box]:
    with running_box(Office(office.database, profile), clock, equipment=equipment) as box:
        yield box


def sheet(box: Box, path: str) -> str:
    client = box.stranger()
    box.log_in(client)
    return client.get(path).text


def outcome_letters(profile: Profile) -> int:
    return sum(len(outcome.label) for outcome in profile.outcomes)


def headings(page: str) -> list[str]:
    return re.findall(r"<h2>([^<]+)</h2>", page)


def test_only_staff_get_them_and_find_them_where_they_look(box: Box) -> None:
    staff = box.stranger()
    box.log_in(staff)
    for path in SHEETS:
        assert box.stranger().get(path).headers["location"] == "/staff/login"
        for place in ("/staff/health", "/staff?choose=true"):
            assert f'href="{path}"' in staff.get(place).text


def test_the_card_names_the_box_and_whom_to_call(office: Office, clock: TownClock) -> None:
    equipment = Equipment(help_desk="Leitstelle <Nord>, 0209 12345", box_name="Bus <2>")
    with bus(office, clock, TOWN, equipment) as box:
        page = sheet(box, CARD)
    assert "<strong>Bus &lt;2&gt;</strong>" in page
    assert "Leitstelle &lt;Nord&gt;, 0209\N{NO-BREAK SPACE}12345" in page
    assert "Telefonnummer von Hand" not in page


def test_what_the_box_does_not_know_is_a_line_to_fill_in(box: Box) -> None:
    page = sheet(box, CARD)
    for what in ("Name der Box", "Telefonnummer", "Adresse der Seite"):
        assert f"{what} von Hand eintragen" in page


def named(page: str) -> list[str]:
    return re.findall(r"<code>(http[^<]+)</code>", page)


@pytest.mark.parametrize("path", SHEETS)
def test_laptops_are_sent_where_staff_reach_the_box(
    office: Office, clock: TownClock, path: str
) -> None:
    by_name = Equipment(staff_url_by_name="https://bus-nord.local:8443/staff")
    with bus(office, clock, SHIPPED, Equipment()) as box:
        assert named(sheet(box, path)) == []
    with bus(office, clock, SHIPPED, by_name) as box:
        assert named(sheet(box, path)) == ["https://bus-nord.local:8443/staff"]
        client = box.stranger()
        box.log_in(client)
        assert named(client.get(path, headers=asking(client, "192.168.7.9:8080")).text) == [
            "http://192.168.7.9:8080/staff"
        ]
    made = ("https://10.42.1.1:8443/staff", "https://10.42.2.1:8443/staff")
    with bus(office, clock, SHIPPED, replace(by_name, staff_urls=made)) as box:
        assert named(sheet(box, path)) == list(made)


def test_the_card_has_no_steps_for_devices_that_are_not_carried(
    box: Box, office: Office, clock: TownClock
) -> None:
    whole = headings(sheet(box, CARD))
    small = replace(TOWN, without=("printer", "buttons"))
    with bus(office, clock, small, Equipment()) as without:
        left = headings(sheet(without, CARD))
    missing = ["Es kommt kein Zettel", "Die Smiley-Tasten tun nichts"]
    assert [heading for heading in whole if heading not in left] == missing


def test_each_message_of_a_stick_stands_there_with_what_to_do(box: Box) -> None:
    page = sheet(box, CARD)
    for state in STICK_STATES:
        advice = stick_advice(state)
        assert STICK_WORDS[state].startswith(advice.said)
        assert f"<dt>„{advice.said}“</dt><dd>{advice.todo}</dd>" in page
        assert advice.todo.endswith(".")
    asking = {state for state, words in STICK_WORDS.items() if "Bitte" in words}
    assert asking - {StickState.PULLED} <= set(STICK_STATES)


def test_the_guide_has_outcomes_of_the_profile_with_their_keys(box: Box) -> None:
    page = sheet(box, GUIDE)
    for key, outcome in enumerate(TOWN.outcomes, 1):
        assert f'<b class="control">{outcome.label} <kbd>{key}</kbd></b>' in page
    assert '<b class="control">Nächste Nummer <kbd>Leertaste</kbd></b>' in page
    assert "bis zum 2. Aufruf" in page


def test_every_button_shown_is_on_a_page_with_that_key() -> None:
    handouts = ("guide.html", "emergency_card.html")
    others = [file for file in TEMPLATES.rglob("*.html") if file.name not in handouts]
    lines = [line for file in others for line in file.read_text(encoding="utf-8").splitlines()]
    controls = [one + other for one, other in pairwise(lines)]  # a label may follow on a new line
    shown = [found for name in handouts for found in SHOWN.findall((TEMPLATES / name).read_text())]
    assert len(shown) > 20
    for label, key in shown:
        assert any(label in each and f"keys.{key}" in each for each in controls), (label, key)


@pytest.mark.slow  # a real browser
def test_each_is_one_page_with_the_longest_words_and_the_widest_font(
    office: Office, clock: TownClock, chromium: Browser
) -> None:
    longest = max(map(profiles.load_profile, profiles.available_profiles()), key=outcome_letters)
    profile = replace(SHIPPED, outcomes=longest.outcomes)
    equipment = Equipment(
        help_desk=HELP,
        box_name=NAME,
        staff_urls=("https://10.42.1.1:8443/staff", "https://10.42.2.1:8443/staff"),
    )
    with (
        bus(office, clock, profile, equipment) as box,
        chromium.new_context(base_url=box.url, bypass_csp=True) as context,
    ):
        log_in(context, box)
        page = context.new_page()
        for path in SHEETS:
            page.goto(path)
            page.add_style_tag(content=OTHER_FONT)
            assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1, path
        page.emulate_media(media="print")
        assert page.locator(".bar").is_hidden()


@pytest.mark.slow  # a real browser
def test_they_are_accessible_and_nothing_is_cut_off(browser: BrowserContext, box: Box) -> None:
    log_in(browser, box)
    page = open_page(browser)
    for path in SHEETS:
        page.goto(f"{box.url}{path}")
        for scheme, width, height in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": height})
            assert faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
