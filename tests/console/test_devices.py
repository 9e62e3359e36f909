"""What staff read about the devices, and what they are told to do."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hardware.board.linux import LinuxBoard
from hardware.trouble import Trouble
from kiosk.console.api.metrics import metrics_text
from kiosk.console.http.context import Equipment, open_context
from kiosk.console.words.devices import describe_trouble
from kiosk.devices.kinds import KINDS, staff_name, words_of
from kiosk.domain.device_events import DeviceChanged
from kiosk.service import access
from kiosk.service.office import Office
from kiosk.settings.config import DEVICE_KINDS
from kiosk.store import journal
from tests.console.box import Box
from tests.hardware.machine import LIFE_TIME, Machine
from tests.town import TownClock


def say(box: Box, device: str, *troubles: str, detail: str = "") -> None:
    with box.office.database.write() as connection:
        event = DeviceChanged(device, troubles, detail)
        journal.append(connection, event, box.clock(), None)


def test_every_device_has_a_german_name() -> None:
    assert set(KINDS) == set(DEVICE_KINDS)
    assert all(kind.german for kind in KINDS.values())


@pytest.mark.parametrize("trouble", Trouble)
@pytest.mark.parametrize("device", KINDS)
def test_every_trouble_of_every_device_has_a_remedy(device: str, trouble: Trouble) -> None:
    words = words_of(device, trouble)
    assert words.short
    assert len(f"{staff_name(device, device)}: {words.short}") <= 34, "the bar has no more room"
    assert words.full.endswith(".")
    assert words.remedy.endswith(".")
    assert trouble.value not in f"{words.full} {words.remedy}"


def test_a_device_shows_all_its_troubles_and_the_detail_for_technicians() -> None:
    both = describe_trouble(DeviceChanged("printer", ("cover_open", "paper_out"), "/dev/ttyUSB0"))
    assert both.short == "Drucker: Klappe offen"
    assert [words.full for words in both.words] == ["Die Klappe ist offen.", "Das Papier ist leer."]
    assert both.detail == "/dev/ttyUSB0"
    assert not both.harmless


@pytest.mark.slow  # a real browser
def test_the_bar_shows_the_worst_trouble_and_the_rest_after_a_tap(desk: Page, box: Box) -> None:
    bar, dialog = desk.get_by_role("banner"), desk.get_by_role("dialog")
    say(box, "speaker")
    expect(bar.get_by_role("button", name="Alle Geräte bereit")).to_be_visible()
    say(box, "board", "hot", detail="81 °C")
    expect(bar.get_by_role("button", name="! Rechner: zu heiß")).to_be_visible()
    say(box, "printer", "paper_out")
    expect(desk.locator("#announcement")).to_have_text("✗ Drucker: Papier leer und 1 weiteres")
    bar.get_by_role("button", name="✗ Drucker: Papier leer und 1 weiteres").click()
    expect(dialog).to_contain_text("Das Papier ist leer. Bitte legen Sie eine neue Rolle ein.")
    expect(dialog).to_contain_text("Bitte lüften Sie")
    expect(dialog).to_contain_text("Für die Technik: 81 °C")
    expect(dialog).to_contain_text("Bereit: Lautsprecher")


@pytest.mark.slow
def test_that_the_box_shuts_down_stands_across_the_page_until_power_returns(
    desk: Page, box: Box
) -> None:
    warning = desk.get_by_role("alert").filter(has_text="Zündung aus")
    say(box, "printer", "paper_out")
    say(box, "board", "no_power")
    expect(warning).to_contain_text("Die Box fährt in höchstens 60 Sekunden herunter.")
    expect(desk.get_by_role("button", name="Rechner: Zündung aus und 1 weiteres")).to_be_visible()
    say(box, "board")
    expect(warning).to_be_hidden()


def test_metrics_report_only_known_readings_of_the_board(
    office: Office, clock: TownClock, tmp_path: Path
) -> None:
    access.set_up(office.database)
    machine = Machine(tmp_path)
    machine.lack(LIFE_TIME)
    board = LinuxBoard(tmp_path, tmp_path)
    board.open()
    lines = metrics_text(open_context(office, clock, Equipment(board=board.read))).splitlines()
    assert "radhaus_board_celsius 48.312" in lines
    assert "radhaus_board_under_voltage 0.0" in lines
    assert not [line for line in lines if "wear" in line], "an SD card tells nothing"
