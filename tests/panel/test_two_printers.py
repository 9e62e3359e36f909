"""A second printer is configuration: each prints its share, and is told by its name."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hardware.printer.families import families
from kiosk.cli.hardware_list import ListedDevice, all_shown
from kiosk.console.api.metrics import metrics_text
from kiosk.console.http.context import open_context
from kiosk.console.words.devices import describe_trouble
from kiosk.devices.finding import Result
from kiosk.devices.kind import SelfTestContext
from kiosk.devices.self_test import run_self_test
from kiosk.operate.doctor import run_checks
from kiosk.operate.doctor.host import Host
from kiosk.service import citizens, visits
from kiosk.service.queue_view import device_states
from kiosk.service.sheets import SheetRequest, want_sheet
from kiosk.settings import config
from kiosk.settings.config import Config, ConfigErrors, Devices
from kiosk.settings.config.devices import PrinterSettings
from kiosk.settings.config.print_routing import printers_for
from kiosk.settings.texts import Texts
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from kiosk.wiring.drivers import drivers
from tests.drawing.paper.reading import codes_in
from tests.emulators.line import plugged_in
from tests.emulators.printer import EmulatedPrinter
from tests.panel.test_process import now, panel, sheets_of, slips_of
from tests.prepared import new_device
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.domain.ticket import Ticket
    from kiosk.wiring.box import Kiosk

FAMILY = families()["epson_tm"]
FORMS, JOBS, JOB_GROUP = "wohngeld", "arbeit-finden", "arbeit-und-bildung"
USUAL = 'port = "/dev/serial/by-id/usb-*"\nbaud = 0\nfamily = "generic"\n'
SERIAL = 'driver = "serial"\nfamily = "epson_tm"\nport = "{port}"\n'


class Box:
    """A box with a printer at the glass, and one at the counter for sheets and one topic group."""

    def __init__(self, folder: Path) -> None:
        self.paths = Paths(folder / "data")
        new_device(self.paths)
        self.near, self.counter = EmulatedPrinter(FAMILY), EmulatedPrinter(FAMILY)
        self.ports = folder / "usb-Near", folder / "usb-Counter"
        text = self.paths.config.read_text()
        text = text.replace('driver = "file"\n', SERIAL.format(port=self.ports[0]), 1)
        text = text.replace(USUAL, "", 1)
        text += f'\n[devices.counter]\nkind = "printer"\n{SERIAL.format(port=self.ports[1])}'
        text += f'prints = ["slips", "sheets"]\ngroups = ["{JOB_GROUP}"]\n'
        self.paths.config.write_text(text)

    def opened(self) -> Kiosk:
        return open_kiosk(self.paths)


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    box = Box(tmp_path)
    with plugged_in(box.near, box.ports[0]), plugged_in(box.counter, box.ports[1]):
        yield box


def listed(kiosk: Kiosk, name: str) -> ListedDevice:
    return next(device for device in all_shown(kiosk) if device.name == name)


@pytest.mark.slow
def test_each_prints_its_share_and_reports_under_its_name(box: Box) -> None:
    with closing((kiosk := box.opened()).office.database), panel(box.paths):
        office = kiosk.office
        visits.open_visit(office, None, [FORMS, JOBS], now())

        def take(topic: str) -> Ticket:
            request = citizens.TicketRequest(topic, "de")
            return citizens.take_ticket(office, request, now()).ticket

        form, job = take(FORMS), take(JOBS)
        eventually(lambda: list(slips_of(box.paths).values()) == ["printed", "printed"])
        want_sheet(office, SheetRequest(office.profile.directory[0].id, "de"), now())
        eventually(lambda: sheets_of(box.paths) == ["printed"])
        assert (len(box.near.slips), len(box.counter.slips)) == (1, 2)
        assert form.code in codes_in(box.near.slips[0])[0]
        assert job.code in codes_in(box.counter.slips[0])[0]

        box.counter.health.cover_open = True
        eventually(lambda: listed(kiosk, "counter").troubles == ["cover_open"])
        assert (listed(kiosk, "counter").kind, listed(kiosk, "printer").ready) == ("printer", True)
        told = office.read(device_states, now())["counter"]
        assert describe_trouble(told).short == "Drucker counter: Klappe offen"
        found = {report.name: report for report in run_checks(Host(box.paths))}
        assert found["printer"].result is Result.OK
        assert (found["counter"].result, found["counter"].remedy) == (
            Result.FAILURE,
            "Close the cover.",
        )
        gauges = metrics_text(open_context(office, now))
        assert 'radhaus_device_ready{device="counter"} 0' in gauges
        assert 'radhaus_device_ready{device="printer"} 1' in gauges

        missed, printed = take(JOBS), take(FORMS)
        eventually(lambda: slips_of(box.paths)[missed.number] == "failed")
        eventually(lambda: slips_of(box.paths)[printed.number] == "printed")


def test_one_alone_can_be_tried(box: Box) -> None:
    with closing((kiosk := box.opened()).office.database):
        devices = kiosk.config.devices
        context = SelfTestContext(kiosk.office.profile, Texts.load())
        said = run_self_test("counter", drivers(devices, box.paths), devices, context)
    assert "was printed" in said
    assert (len(box.near.slips), len(box.counter.slips)) == (0, 1)


PLAIN, SHEETS, HOME = (
    PrinterSettings(),
    PrinterSettings(prints=["sheets"]),
    PrinterSettings(groups=["home"]),
)
WORK, BOTH = PrinterSettings(groups=["work"]), PrinterSettings(groups=["work", "home"])
MEND = "name prints or groups in one of them"


def faults_of(folder: Path, **printers: PrinterSettings) -> list[str]:
    path = folder / "config.toml"
    path.write_text(config.to_toml(Config("town", devices=Devices(**printers))))
    with pytest.raises(ConfigErrors) as told:
        config.load_config(path)
    return [fault.what for fault in told.value.faults]


def test_paper_that_two_printers_are_named_for_is_refused(tmp_path: Path) -> None:
    twice = f"devices.counter.prints: slips come from devices.printer too; {MEND}"
    assert faults_of(tmp_path, printer=PLAIN, counter=PLAIN) == [twice]
    group = f"devices.b.prints: slips of the topic group home come from devices.a too; {MEND}"
    assert faults_of(tmp_path, a=BOTH, b=HOME) == [group]
    alone = "devices.a.groups: are for slips, and this printer prints sheets alone"
    assert faults_of(tmp_path, a=PrinterSettings(prints=["sheets"], groups=["home"])) == [alone]


def test_paper_is_shared_by_whatever_is_named_most_closely() -> None:
    assert printers_for("sheets", None, {"near": PLAIN, "counter": SHEETS}) == ("counter",)
    assert printers_for("slips", "home", {"near": PLAIN, "counter": SHEETS}) == ("near",)
    assert printers_for("slips", "home", {"near": PLAIN, "counter": HOME}) == ("counter",)
    assert printers_for("slips", "work", {"near": PLAIN, "counter": HOME}) == ("near",)
    assert printers_for("slips", "home", {"a": WORK, "b": HOME}) == ("b",)
    assert printers_for("sheets", None, {"a": WORK, "b": HOME}) == ()
    assert printers_for("slips", "work", {"a": PLAIN, "b": PrinterSettings(driver="none")}) == (
        "a",
    )
