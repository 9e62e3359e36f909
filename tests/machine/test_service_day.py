"""A day on the bus with the appliance: glass, browser, call display, printer, voice, help desk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from hardware.printer.families import families
from tests.browser import launched
from tests.emulators.printer import EmulatedPrinter
from tests.machine.appliance import HELP_DESK
from tests.machine.bus import EmulatedBus
from tests.machine.card import assert_call_is_heard
from tests.machine.inside.settings import FAMILY
from tests.operate.support.bundles import unpacked
from tests.system.citizen import Citizen
from tests.system.clerk import RESOLVED, Clerk, clerk_at
from tests.system.glass import text
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.machine.appliance import ApplianceGuest

pytestmark = pytest.mark.timeout(4 * 3600)
AMINA = Citizen("ar", "antraege-und-ausweise", "wohngeld", score=5)
PICTURES = os.environ.get("RADHAUS_PICTURES")


@pytest.fixture(scope="module")
def bus(machine: ApplianceGuest) -> EmulatedBus:
    return EmulatedBus(machine)


@pytest.fixture(scope="module")
def clerk(bus: EmulatedBus) -> Iterator[Clerk]:
    """A laptop in the network of the bus, at the first desk."""
    with launched() as browser, clerk_at(browser, bus, "1") as clerk:
        yield clerk


def test_from_the_first_screen_to_the_smiley(
    machine: ApplianceGuest, bus: EmulatedBus, clerk: Clerk, tmp_path: Path
) -> None:
    printer = EmulatedPrinter(families()[FAMILY])
    machine.plug_in("printer", printer)
    clerk.open_visit()
    number = text(AMINA.look_at_number(bus), "number")
    folder = Path(PICTURES or tmp_path)
    bus.take_picture(folder / "number.png")
    bus.glass("tap", id="number.done")
    eventually(lambda: len(printer.slips) == 1, "the slip")
    assert clerk.call_next() == number
    assert_call_is_heard(machine.sound)
    clerk.page.screenshot(path=folder / "desk.png")
    clerk.finish(RESOLVED)
    AMINA.press_smiley(bus)
    assert number in machine.run("kiosk ticket list --json")


def test_staff_see_how_the_bus_is_and_take_a_file_for_the_help_desk(
    clerk: Clerk, tmp_path: Path
) -> None:
    page = clerk.page
    page.goto("/staff/health")
    page.get_by_role("button", name="Jetzt prüfen").click()
    expect(page.locator("[data-state=running]")).to_be_visible()
    expect(page.locator("[data-state=running]")).to_have_count(0)
    expect(page.locator("#view")).to_contain_text("Zuletzt geprüft")
    page.screenshot(path=Path(PICTURES or tmp_path) / "health.png", full_page=True)

    page.get_by_role("button", name="Datei erstellen").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Datei herunterladen").click()
    bundle = tmp_path / "bundle.age"
    download.value.save_as(bundle)
    (key := tmp_path / "key.txt").write_text(f"{HELP_DESK}\n")
    parts = unpacked(bundle, key)
    assert "kiosk-support" in parts["services.log"]
    assert '"Kivy"' in parts["versions.json"]
    assert AMINA.topic not in "\n".join(parts.values())
