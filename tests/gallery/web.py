"""Pictures of staff pages and call display on a busy day, at the sizes that people use.

`python -m tests.gallery.web [--to DIR] [--docs]`
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kiosk.devices.kinds import KINDS
from kiosk.domain.device_events import DeviceChanged
from kiosk.domain.local_time import local_date
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.files.file_reader import ImportFile
from kiosk.files.timetable import parse_plan
from kiosk.service import desks, staff, undo_log, visits
from kiosk.service.office import Office
from kiosk.service.timetable import import_plan
from kiosk.settings import profiles
from kiosk.store import journal
from kiosk.store.database import Database
from tests.browser import launched
from tests.console.box import Box, running_box
from tests.console.conftest import staff_page
from tests.town import TownClock

SIZES = ((1366, 768), (1024, 768), (360, 740), (320, 256), (1920, 1080))
PHONE_PX = 500
DESK, OTHER_DESK = "2", "1"
DAY = local_date(TownClock()())
PICTURES = Path("docs/pictures")
OF_DOCS = {"desk-busy": "console.png", "import": "import.png"}
PLAN = """Datum;Standort;Beginn;Ende;Status;Fahrerin
02.12.2026;Schalker Markt;09:00;14:00;;Kaya
05.12.2026;Springemarkt;09:00;14:00;;Kaya
09.12.2026;Schalker Markt;09:00;13:00;entfällt;
"""
BEFORE = "Datum;Standort;Beginn;Ende\n" + "".join(
    f"{day}.12.2026;Schalker Markt;09:00;13:00\n" for day in ("02", "09", "16")
)
COLOURS = 64

EARLY = (("bafoeg", "tr"), ("arbeit-finden", "de"), ("wohngeld", "de"), ("ausbildung", "en"))
LATER = (
    ("weiterbildung", "de-x-ls"),
    ("einbuergerung", "ar"),
    ("minijob-und-teilzeit", "de"),
    ("schulsystem", "tr"),
    ("hilfe-im-alter", "de"),
    ("orientierung", "de"),
)
DIALOGS = {
    "transfer": ("#open-transfer",),
    "refer": ("#page-referred",),
    "take": ("#open-take",),
    "count": ("#open-count",),
    "ticket": (".whose",),
    "desk": ("#open-desk",),
    "topics": ("#open-desk", "#open-topics"),
    "volume": ("#open-desk", "#open-volume"),
    "day": ("#open-day",),
    "devices": ("#open-devices",),
    "appointments": ("#open-day", "#open-appointments"),
    "contingents": ("#open-day", "#open-contingents"),
    "offered": ("#open-day", "#open-offered"),
    "roll": ("#open-day", "#open-roll"),
    "close": ("#open-day", "#open-close"),
}
WITH_PRIORITY = ("hilfe-im-alter", "wohngeld")


@dataclass(frozen=True, slots=True)
class Scene:
    """A page that is worth a picture, what can be read on it, and which buttons to press then."""

    name: str
    path: str
    text: str
    opens: tuple[str, ...] = ()


def day(box: Box) -> Iterator[Scene]:
    """A morning at the second desk; it goes on when a picture has been taken."""
    desk = f"/staff/desks/{DESK}"
    yield Scene("desk-closed", desk, "Es ist kein Einsatz geöffnet.")
    box.open_visit()
    yield Scene("desk-empty", desk, "Niemand wartet")
    yield Scene("display-idle", "/display", "Ihre Nummer erscheint hier.")
    arrive(box, EARLY)
    staff.call_next(box.office, DESK, box.clock())
    yield Scene("desk-called", desk, "Aufgerufen")
    yield Scene("display-call", "/display", "Bitte kommen Sie")
    staff.start(box.office, DESK, box.clock())
    box.clock.pass_s(4 * 60)
    yield Scene("desk-serving", desk, "Wird bedient seit")
    grow_busy(box)
    yield Scene("desk-busy", desk, "Geparkt")
    yield Scene("display-busy", "/display", "Bitte kommen Sie")
    for name, opens in DIALOGS.items():
        yield Scene(f"dialog-{name}", desk, "Geparkt", opens)
    in_trouble(box)
    yield Scene("desk-trouble", desk, "Platz 1 bittet um Hilfe")
    yield Scene("choose", "/staff?choose=true", "An welchem Platz sitzen Sie?")


def in_trouble(box: Box) -> None:
    """A colleague asks for help, the intake is closed, the printer is down, a step is undone."""
    desks.call_help(box.office, OTHER_DESK, box.clock(), wanted=True)
    visits.set_intake(box.office, box.clock(), intake=False)
    undo_log.undo(box.office, DESK, box.clock())
    with box.office.database.write() as connection:
        told = DeviceChanged("printer", ("paper_out",))
        journal.append(connection, told, box.clock(), None)


def arrive(box: Box, people: tuple[tuple[str, str], ...]) -> None:
    """They take numbers, three minutes after one another."""
    for topic, language in people:
        box.take(topic, language, priority=topic in WITH_PRIORITY)
        box.clock.pass_s(3 * 60)


def grow_busy(box: Box) -> None:
    """One is done, one is parked, one is served, one is called to the other desk, and many wait."""
    office, clock = box.office, box.clock
    staff.finish(office, DESK, Record(RESOLVED), clock())
    staff.call_next(office, DESK, clock())
    staff.park(office, DESK, clock())
    arrive(box, LATER)
    staff.call_next(office, DESK, clock())
    staff.start(office, DESK, clock())
    clock.pass_s(7 * 60)
    staff.call_next(office, OTHER_DESK, clock())


def sizes(browser: Browser, box: Box) -> dict[tuple[int, int], BrowserContext]:
    """A browser of each size; the small one is a phone."""
    return {
        (width, height): browser.new_context(
            base_url=box.url,
            viewport={"width": width, "height": height},
            is_mobile=width < PHONE_PX,
            has_touch=width < PHONE_PX,
            reduced_motion="reduce",
        )
        for width, height in SIZES
    }


def take_pictures(browser: Browser, box: Box, folder: Path) -> None:
    """Write FOLDER/SIZE/SCENE.png for all of them."""
    pages: dict[Path, Page] = {}
    for (width, height), context in sizes(browser, box).items():
        place = folder / f"web-{width}x{height}"
        page = context.new_page()
        page.goto("/staff")
        page.screenshot(path=place / "login.png")
        pages[place] = staff_page(context, box, DESK)
    for scene in day(box):
        for place, page in pages.items():
            page.goto(scene.path)
            expect(page.get_by_text(scene.text).first).to_be_visible()
            for selector in scene.opens:
                page.locator(selector).first.click()
            if scene.opens:
                name = scene.name.removeprefix("dialog-")
                expect(page.locator(f"dialog[data-name={name}]")).to_be_visible()
            page.screenshot(path=place / f"{scene.name}.png")
            page.goto("about:blank")  # else it loads itself anew while it is sent elsewhere


def take_import(browser: Browser, box: Box, folder: Path) -> None:
    """What a changed plan would change, at each size."""
    plan = parse_plan(ImportFile(Path("alt.csv"), BEFORE.encode()), box.office.profile, DAY)
    import_plan(box.office, plan, box.clock())
    for (width, height), context in sizes(browser, box).items():
        page = staff_page(context, box, DESK)
        page.goto("/staff/import/timetable")
        chosen = {"name": "plan.csv", "mimeType": "text/csv", "buffer": PLAN.encode()}
        page.locator("#file").set_input_files(chosen)  # type: ignore[arg-type]  # of playwright
        page.locator("#choose button").click()
        expect(page.locator("[data-confirm]")).to_be_visible()
        page.screenshot(path=folder / f"web-{width}x{height}" / "import.png", full_page=True)


@click.command()
@click.option("--to", type=click.Path(path_type=Path), default=Path("var/gallery"))
@click.option("--docs", is_flag=True, help=f"Renew those in {PICTURES} as well.")
def main(to: Path, *, docs: bool) -> None:
    """Play the day once, and say where its pictures are."""
    with tempfile.TemporaryDirectory() as data, launched() as browser:
        office = Office(
            Database.create(Path(data) / "kiosk.db"), profiles.load_profile("gelsenkirchen")
        )
        clock = TownClock()
        with office.database.write() as connection:
            for device in KINDS:
                told = DeviceChanged(device)
                journal.append(connection, told, clock(), None)
        with running_box(office, clock) as box:
            take_pictures(browser, box, to)
            take_import(browser, box, to)
        office.database.close()
    click.echo(f"{to}/web-*: staff pages and call display")
    for scene, name in OF_DOCS.items() if docs else ():
        picture = Image.open(to / "web-1366x768" / f"{scene}.png").convert("RGB")
        picture.quantize(COLOURS).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
