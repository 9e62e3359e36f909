"""What the doctor says of each device: its line, the right to it, and what the panel has told."""

from __future__ import annotations

import grp
import os
from typing import TYPE_CHECKING

import pytest

from hardware.trouble import Trouble
from kiosk.devices.finding import OWN_CHECKS, Result
from kiosk.domain.device_events import DeviceChanged
from kiosk.operate.doctor import keep_report, run_checks
from kiosk.operate.doctor.wires import device
from kiosk.settings.config import DEVICE_KINDS, Config, Devices, to_toml
from kiosk.settings.config.devices import BoardSettings, ButtonsSettings, ScannerSettings
from kiosk.store import journal
from kiosk.store.database import Database
from kiosk.system import clock
from kiosk.system.health_report import last_report
from tests.hardware.machine import TEMPERATURE, Machine

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.operate.doctor.host import Host

PORT = "/dev/serial/by-id/usb-*Scanner*"


def configure(host: Host, devices: Devices) -> None:
    host.paths.config.write_text(to_toml(Config("gelsenkirchen", devices=devices)))


def plug(host: Host, name: str) -> Path:
    line = host.root / "dev/serial/by-id" / name
    line.parent.mkdir(parents=True, exist_ok=True)
    line.touch()
    line.chmod(0o660)  # as udev makes it, whatever umask a test has
    return line


def tell(host: Host, name: str, *troubles: str) -> None:
    database = Database.open(host.paths.database)
    with database.write() as connection:
        event = DeviceChanged(name, troubles)
        journal.append(connection, event, clock.now(trust_always=True), None)
    database.close()


@pytest.fixture
def scanned(host: Host) -> Host:
    configure(host, Devices(scanner=ScannerSettings(driver="serial", port=PORT)))
    return host


def test_every_device_has_its_check(host: Host) -> None:
    assert set(DEVICE_KINDS) <= {report.name for report in run_checks(host)}
    host.paths.config.write_text("no toml")
    assert set(DEVICE_KINDS) <= {report.name for report in run_checks(host)}


def test_a_device_that_is_not_there_or_is_simulated_is_no_fault(host: Host) -> None:
    board = device(host, "board")
    assert (board.result, board.cause) == (Result.OK, "This box has none.")
    assert "stand-in 'file'" in device(host, "scanner").cause


def test_a_port_must_fit_one_line(scanned: Host) -> None:
    found = device(scanned, "scanner")
    assert (found.result, "Nothing fits" in found.cause) == (Result.FAILURE, True)
    plug(scanned, "usb-Acme_Scanner_1")
    tell(scanned, "scanner")
    assert device(scanned, "scanner").result is Result.OK
    plug(scanned, "usb-Acme_Scanner_2")
    found = device(scanned, "scanner")
    assert found.result is Result.FAILURE
    assert "usb-Acme_Scanner_1 and /dev/serial/by-id/usb-Acme_Scanner_2" in found.cause
    assert "[devices.scanner]" in found.remedy


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands files to a group")
def test_the_panels_groups_must_open_the_line(scanned: Host, appliance: Host) -> None:
    assert appliance.paths == scanned.paths
    line = plug(scanned, "usb-Acme_Scanner_1")
    tell(scanned, "scanner")
    found = device(appliance, "scanner")
    assert (found.result, "dialout" in found.cause) == (Result.FAILURE, True)
    os.chown(line, 0, grp.getgrnam("dialout").gr_gid)
    assert device(appliance, "scanner").result is Result.OK
    line.chmod(0o600)
    assert device(appliance, "scanner").result is Result.FAILURE


def test_a_desk_that_there_is_none_of_is_named(host: Host) -> None:
    configure(host, Devices(buttons=ButtonsSettings(driver="keyboard", next_desk="99")))
    found = device(host, "buttons")
    assert found.result is Result.FAILURE
    assert "devices.buttons.next_desk: There is no desk '99'. Known: " in found.cause


def test_the_stand_in_of_a_printer_is_reported_and_not_its_family(host: Host) -> None:
    configure(host, Devices())
    assert device(host, "printer").cause == "The stand-in 'file' runs."


def test_buttons_need_pins(host: Host) -> None:
    configure(host, Devices(buttons=ButtonsSettings(driver="gpio")))
    assert "no /dev/gpiochip" in device(host, "buttons").cause


@pytest.mark.parametrize(
    ("troubles", "result"),
    [
        ((), Result.OK),
        (("paper_low",), Result.WARNING),
        *(((trouble.value,), None) for trouble in Trouble if trouble not in OWN_CHECKS),
    ],
)
def test_trouble_from_the_panel_has_a_remedy(
    scanned: Host, troubles: tuple[str, ...], result: Result | None
) -> None:
    plug(scanned, "usb-Acme_Scanner_1")
    tell(scanned, "scanner", *troubles)
    found = device(scanned, "scanner")
    assert result in {found.result, None}
    assert bool(found.remedy) == bool(troubles)


def test_a_panel_that_has_reported_nothing_is_a_warning(scanned: Host) -> None:
    plug(scanned, "usb-Acme_Scanner_1")
    found = device(scanned, "scanner")
    assert (found.result, "has not told" in found.cause) == (Result.WARNING, True)


def test_a_finding_keeps_which_trouble_it_is(scanned: Host) -> None:
    plug(scanned, "usb-Acme_Scanner_1")
    assert device(scanned, "scanner").troubles == (Trouble.UNATTENDED,), "the panel never ran"
    tell(scanned, "scanner", "lost")
    assert device(scanned, "scanner").troubles == (Trouble.LOST,)
    keep_report(scanned, run_checks(scanned))
    report = last_report(scanned.paths)
    assert report
    assert [check.troubles for check in report.checks if check.name == "scanner"] == [("lost",)]


def test_the_clock_is_told_by_its_own_check_alone(host: Host) -> None:
    Machine(host.root)
    configure(host, Devices(board=BoardSettings(driver="linux", root=str(host.root))))
    tell(host, "board", "clock_unknown")
    assert device(host, "board").result is Result.OK
    tell(host, "board", "throttled", "clock_unknown")
    found = device(host, "board")
    assert (found.troubles, "clock" in found.cause) == ((Trouble.THROTTLED,), False)


def test_the_board_is_looked_at_anew(host: Host) -> None:
    machine = Machine(host.root)
    configure(host, Devices(board=BoardSettings(driver="linux", root=str(host.root))))
    tell(host, "board")
    well = device(host, "board")
    assert (well.result, "48 °C" in well.cause) == (Result.OK, True)
    machine.say(TEMPERATURE, "84000")
    hot = device(host, "board")
    assert (hot.result, "84 °C" in hot.cause) == (Result.WARNING, True)
    assert hot.remedy
