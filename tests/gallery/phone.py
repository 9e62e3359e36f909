"""Pictures of a ticket's page on phones, and of drawing one, in every language and state.

`python -m tests.gallery.phone [--to DIR]`
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import click
from playwright.sync_api import Browser, Page, expect

from kiosk.console.http.phone_tries import FORGOTTEN_AFTER_S
from kiosk.domain.record import NO_RECORD
from kiosk.domain.ticket import Ticket
from kiosk.service import staff
from kiosk.service.office import Office
from kiosk.settings import profiles
from kiosk.store.database import Database
from tests.browser import launched
from tests.console.box import Box, running_box
from tests.town import TownClock

SIZES = ((320, 568), (390, 844), (768, 1024))
TOPIC, DESK = "wohngeld", "1"


@dataclass(frozen=True, slots=True)
class Scene:
    """A state of the page, how the ticket gets there, and what the picture is called if not so."""

    state: str
    lead: Callable[[Box, Ticket], object]
    name: str = ""


def call(box: Box, ticket: Ticket) -> None:
    """Out of turn, so that one ticket after the other is seen."""
    staff.call(box.office, DESK, ticket.id, box.clock())


def move_up(box: Box, ticket: Ticket) -> None:
    """Let one of those ahead go."""
    first = next(one for one in box.office.read(lambda snapshot: snapshot.tickets) if one != ticket)
    staff.withdraw(box.office, first.id, box.clock())


def finish(box: Box, ticket: Ticket) -> None:
    """Call once more, and end the talk."""
    call(box, ticket)
    staff.finish(box.office, DESK, NO_RECORD, box.clock())


SCENES = (
    Scene("waiting", lambda _box, _ticket: None),
    Scene("waiting", move_up, "soon"),
    Scene("called", call),
    Scene("serving", lambda box, _: staff.start(box.office, DESK, box.clock())),
    Scene("parked", lambda box, _: staff.park(box.office, DESK, box.clock())),
    Scene("finished", finish),
)


def take_pictures(browser: Browser, box: Box, folder: Path) -> None:
    """Write FOLDER/phone-SIZE/LANGUAGE-STATE.png for all of them."""
    for language in box.office.profile.languages:
        box.open_visit()
        for _ in range(3):
            box.take(TOPIC)
        ticket = box.take(TOPIC, language)
        page = browser.new_page(reduced_motion="reduce", is_mobile=True, has_touch=True)
        page.goto(f"{box.url}/t/{ticket.code}")
        for scene in SCENES:
            scene.lead(box, ticket)
            expect(page.locator("body")).to_have_attribute("data-state", scene.state)
            if scene.name == "soon":
                expect(page.locator("#soon")).to_be_visible()
            shoot(page, folder, f"{language}-{scene.name or scene.state}")
        page.locator(".smileys button").first.click()
        expect(page.locator("[name=answer]").first).to_be_visible()
        shoot(page, folder, f"{language}-survey")
        page.locator(".push.filled").click()
        expect(page.locator(".smileys")).to_have_count(0)
        shoot(page, folder, f"{language}-thanks")
        box.close_visit()
        expect(page.locator("#gone h1")).to_be_visible()
        shoot(page, folder, f"{language}-gone")
        page.close()
    wrong = browser.new_page()
    wrong.goto(f"{box.url}/t/wrong")
    shoot(wrong, folder, "wrong-code")


def take_pictures_of_drawing(browser: Browser, box: Box, folder: Path) -> None:
    """Write the pages on which a phone draws a number, without the caps that would stop it."""
    for language in box.office.profile.languages:
        page = browser.new_page(reduced_motion="reduce", is_mobile=True, has_touch=True)
        topics = f"{box.url}/n/AAAAAAAAAAAAAAAA/in/{language}"
        page.goto(topics)
        shoot(page, folder, f"{language}-draw-closed")
        box.open_visit()
        page.goto(topics)
        shoot(page, folder, f"{language}-draw-groups")
        page.locator(".group > summary").first.click()
        shoot(page, folder, f"{language}-draw-topics")
        page.locator(".group[open] button").first.click()
        expect(page.locator("#number")).to_be_visible()
        shoot(page, folder, f"{language}-draw-number")
        page.goto(f"{box.url}/n/AAAAAAAAAAAAAAAA/return")
        shoot(page, folder, f"{language}-draw-return")
        page.locator("button").click()
        shoot(page, folder, f"{language}-draw-returned")
        page.goto(f"{box.url}/n/BBBBBBBBBBBBBBBB/in/{language}?no=at_glass")
        shoot(page, folder, f"{language}-draw-refused")
        page.goto(f"{box.url}/n/wrong/in/{language}")
        shoot(page, folder, f"{language}-draw-wrong")
        box.close_visit()
        box.clock.pass_s(FORGOTTEN_AFTER_S)
        page.close()


def shoot(page: Page, folder: Path, name: str) -> None:
    """One picture for each size."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=folder / f"phone-{width}x{height}" / f"{name}.png")


@click.command()
@click.option("--to", type=click.Path(path_type=Path), default=Path("var/gallery"))
def main(to: Path) -> None:
    """Lead one ticket of each language through its day, and say where the pictures are."""
    with tempfile.TemporaryDirectory() as data, launched() as browser:
        survey = profiles.load_profile("wuppertal").survey_questions
        town = profiles.load_profile("gelsenkirchen")
        profile = replace(town, numbers_by_phone=True, survey_questions=survey)
        office = Office(Database.create(Path(data) / "kiosk.db"), profile)
        with running_box(office, TownClock()) as box:
            take_pictures(browser, box, to)
            take_pictures_of_drawing(browser, box, to)
        office.database.close()
    click.echo(f"{to}/phone-*: the page of a ticket, and drawing one")


if __name__ == "__main__":
    main()
