"""Pictures of staff pages and call display on a busy day, at the sizes that people use.

`python -m tests.gallery.web [--to DIR] [--docs] [--scene NAME ...]`: of each page and each dialog,
also of the end of what scrolls, in the dark and as it is printed. What is cut off sideways, what is
smaller than a finger and a focus that is hidden are said.
"""

import tempfile
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import click
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kiosk.devices.kinds import KINDS
from kiosk.domain.device_events import DeviceChanged
from kiosk.service.office import Office
from kiosk.settings import profiles
from kiosk.store import journal
from kiosk.store.database import Database
from tests.browser import launched
from tests.console.box import Box, running_box
from tests.console.conftest import log_in, staff_page
from tests.gallery.desk_day import BROKEN, DESK, PLAN, Scene, day
from tests.town import TownClock

PHONE_PX = 500
THUMB_PX, POINTER_PX = 44, 24
PICTURES = Path("docs/pictures")
OF_DOCS = {"desk-busy": "console.png", "import": "import.png"}
COLOURS = 64

FAULTS = """(least) => {
    const scope = document.querySelector("dialog[open]") ?? document.body;
    const targets = "button, a, input:not([type=hidden]), select, summary";
    const faults = [];
    const fault = ({ id, tagName, textContent }, what) =>
        faults.push(`${id || tagName} ${textContent.trim().slice(0, 30)}: ${what}`);
    if (scope.scrollWidth > scope.clientWidth + 1) fault(scope, "wider than the window");
    for (const target of scope.querySelectorAll(targets)) {
        if (!target.checkVisibility() || target.matches(".unseen *, p a, li a")) continue;
        const pressed = target.closest("label.check, label.radio") ?? target;
        const { width, height } = pressed.getBoundingClientRect();
        if (Math.min(width, height) < least) fault(target, `${width} x ${height}`);
        const cut = target.scrollWidth > target.clientWidth + 1;
        if (cut && target.matches("button")) fault(target, "cut off");
    }
    const { activeElement: focused } = document;
    const { x, y, width, height } = focused.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + Math.min(height / 2, 20));
    if (focused !== document.body && !focused.contains(top)) fault(focused, "hidden focus");
    return faults;
}"""
SCROLLED = """() => {
    const scroller = document.querySelector("dialog[open]") ?? document.scrollingElement;
    const before = scroller.scrollTop;
    scroller.scrollTop = scroller.scrollHeight;
    return scroller.scrollTop > before + 40;
}"""
"""Goes to the end of what scrolls; whether that was somewhere else."""


@dataclass(frozen=True, slots=True)
class Look:
    """How staff look at a page; a small one is a phone."""

    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    printed: bool = False

    @property
    def folder(self) -> str:
        """Where its pictures are."""
        mark = "-dark" if self.scheme == "dark" else "-print" if self.printed else ""
        return f"web-{self.width}x{self.height}{mark}"

    @property
    def is_phone(self) -> bool:
        return self.width < PHONE_PX


# A maximised browser leaves 600 px of a 13-inch laptop's 768, 683 x 300 of them at 200 %; 320 x 256
# is 1280 x 1024 at 400 %.
LOOKS = (
    Look(1366, 600),
    Look(1366, 768),
    Look(683, 300),
    Look(390, 844),
    Look(320, 256),
    Look(1024, 768),
    Look(1920, 1080),
    Look(1366, 600, "dark"),
    Look(390, 844, "dark"),
    Look(1024, 768, printed=True),
)


def opened(browser: Browser, box: Box, look: Look) -> BrowserContext:
    """A browser of that look."""
    return browser.new_context(
        base_url=box.url,
        viewport={"width": look.width, "height": look.height},
        is_mobile=look.is_phone,
        has_touch=look.is_phone,
        reduced_motion="reduce",
        color_scheme=look.scheme,
        locale="de-DE",
    )


def take_pictures(browser: Browser, box: Box, folder: Path, wanted: Collection[str]) -> None:
    """Write FOLDER/LOOK/SCENE.png for all of them, or for the scenes that are wanted."""
    pages: dict[Look, Page] = {}
    for look in LOOKS:
        page = opened(browser, box, look).new_page()
        page.goto("/staff")
        page.screenshot(path=folder / look.folder / "login.png")
        pages[look] = staff_page(page.context, box, DESK)
    for scene in day(box):
        if wanted and scene.name not in wanted:
            continue
        for look, page in pages.items():
            log_in(page.context, box)  # in a day that goes fast
            lead(page, scene)
            shoot(page, look, folder, scene.name)
            page.goto("about:blank")  # else it loads itself anew while it is sent elsewhere


def lead(page: Page, scene: Scene) -> None:
    """Open the page of a scene, and what is opened there."""
    page.emulate_media(media="screen")
    page.goto(scene.path)
    expect(page.get_by_text(scene.text).first).to_be_visible()
    for selector in scene.opens:
        if selector == scene.opens[-1]:
            for field, value in scene.filled.items():
                found = page.locator(field)
                if found.evaluate("field => field.matches('select')"):
                    found.select_option(value)
                else:
                    found.fill(value)
        page.locator(selector).first.click()
    if scene.dialog:
        expect(page.locator(f"dialog[data-name={scene.dialog}]:not([data-deaf])")).to_be_visible()


def shoot(page: Page, look: Look, folder: Path, name: str) -> None:
    """Its picture, and one of its end; says what is wrong with it."""
    if look.printed:
        page.emulate_media(media="print")
        page.screenshot(path=folder / look.folder / f"{name}.png", full_page=True)
        return
    page.screenshot(path=folder / look.folder / f"{name}.png")
    for fault in page.evaluate(FAULTS, THUMB_PX if look.is_phone else POINTER_PX):
        click.echo(f"{look.folder}/{name}: {fault}")
    if page.evaluate(SCROLLED):
        page.screenshot(path=folder / look.folder / f"{name}-end.png")


def take_import(browser: Browser, box: Box, folder: Path) -> None:
    """What a changed plan would change, what it did, and the faults of another one."""
    for look in LOOKS:
        if look.printed:
            continue
        page = staff_page(opened(browser, box, look), box, DESK)
        page.goto("/staff/import/timetable")
        shoot(page, look, folder, "import-begin")
        choose(page, BROKEN)
        expect(page.get_by_text("31.02.2026").first).to_be_visible()
        shoot(page, look, folder, "import-faults")
        page.goto("/staff/import/timetable")
        choose(page, PLAN)
        expect(page.locator("[data-confirm]")).to_be_visible()
        shoot(page, look, folder, "import")
        page.goto("/staff/import/appointments")
        shoot(page, look, folder, "import-appointments")


def choose(page: Page, plan: str) -> None:
    """Hand a year plan in."""
    chosen = {"name": "plan.csv", "mimeType": "text/csv", "buffer": plan.encode()}
    page.locator("#file").set_input_files(chosen)  # type: ignore[arg-type]  # of playwright
    page.locator("#choose button").click()


@click.command()
@click.option("--to", type=click.Path(path_type=Path), default=Path("var/gallery"))
@click.option("--docs", is_flag=True, help=f"Renew those in {PICTURES} as well.")
@click.option("--scene", "scenes", multiple=True, help="Only this one; may be repeated.")
def main(to: Path, scenes: tuple[str, ...], *, docs: bool) -> None:
    """Play the day once, and say where its pictures are."""
    with (
        tempfile.TemporaryDirectory() as data,
        launched() as browser,
        closing(Database.create(Path(data) / "kiosk.db")) as database,
    ):
        office, clock = (
            Office(database, profiles.load_profile("gelsenkirchen")),
            TownClock(tick_s=0.02),
        )
        with database.write() as connection:
            for device in KINDS:
                journal.append(connection, DeviceChanged(device), clock(), None)
        with running_box(office, clock) as box:
            take_pictures(browser, box, to, scenes)
            if not scenes or "import" in scenes:
                take_import(browser, box, to)
    click.echo(f"{to}/web-*: staff pages and call display")
    for scene, name in OF_DOCS.items() if docs else ():
        picture = Image.open(to / "web-1366x768" / f"{scene}.png").convert("RGB")
        picture.quantize(COLOURS).save(PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
