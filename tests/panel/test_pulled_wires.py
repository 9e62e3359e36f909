"""Every device is pulled out while the panel works, and comes back under another name."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from hardware.board.fake import FakeBoard
from hardware.call_display.ditel import DitelDisplay
from hardware.printer.dialogue import Timeouts
from hardware.printer.families import families
from hardware.printer.serial import SerialPrinter
from hardware.scanner.serial import SerialScanner
from hardware.serial_line import SerialLine
from hardware.trouble import Trouble
from kiosk.devices.board import BoardWithIgnition
from kiosk.domain.events import CodeRefused
from kiosk.service import visits
from tests.emulators.call_display import DitelSign
from tests.emulators.line import EmulatedLine
from tests.emulators.printer import EmulatedPrinter
from tests.panel.bus import Bus, Drivers, running
from tests.town import MARKET
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hardware.plug import Plug
    from kiosk.service.office import Office
    from tests.emulators.line import FarEnd

SETTLED = Timeouts(settle_s=0.1)
GONE = {Trouble.ABSENT, Trouble.LOST}
SERIAL = ("printer", "call_display", "scanner")
ALL = (*SERIAL, "buttons", "lamp", "speaker", "board")


class Mute:
    """A scanner only talks."""

    def hear(self, _received: bytes) -> bytes:
        return b""


class Wires:
    """A bus whose printer, call display and scanner hang on emulated lines."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.bus = Bus(office)
        visits.open_visit(office, MARKET, None, self.bus.now())
        self.folder = folder
        self.family = families()["generic"]
        self.paper = EmulatedPrinter(self.family, 576)
        self.sign = DitelSign()
        far_ends: tuple[FarEnd, ...] = (self.paper, self.sign, Mute())
        self.lines = {
            name: EmulatedLine(far, self.port(name, "1"))
            for name, far in zip(SERIAL, far_ends, strict=True)
        }
        self.board = FakeBoard()
        self.code = 47110815
        self.plugs: dict[str, Plug] = {
            "buttons": self.bus.buttons.plug,
            "lamp": self.bus.lamp.plug,
            "speaker": self.bus.speaker.plug,
            "board": self.board.plug,
        }
        for line in self.lines.values():
            line.plug_in()

    def port(self, device: str, socket: str) -> Path:
        return self.folder / f"usb-Acme_{device}_{socket}"

    def drivers(self) -> Drivers:
        def line(name: str) -> SerialLine:
            return SerialLine(name, str(self.port(name, "*")), 115200)

        return {
            **self.bus.drivers(),
            "printer": SerialPrinter(line("printer"), self.family, 80, 576, SETTLED),
            "call_display": DitelDisplay(line("call_display"), "01"),
            "scanner": SerialScanner(line("scanner")),
            "board": BoardWithIgnition(self.board),
        }

    def pull(self, device: str) -> None:
        (self.lines[device] if device in self.lines else self.plugs[device]).pull()

    def put_back(self, device: str, socket: str) -> None:
        """In another socket: another name by id, and another terminal of the kernel's."""
        if device in self.lines:
            self.lines[device].port = self.port(device, socket)
            self.lines[device].plug_in()
        else:
            self.plugs[device].put_back()

    def use_all(self) -> None:
        """A person takes a number, is called, scans a code and presses a smiley; time passes."""
        self.bus.now.pass_s(6)
        self.bus.take()
        self.bus.call()
        if self.lines["scanner"].port.exists():
            self.code += 1  # the same code again is one that is held there
            self.lines["scanner"].say(b"%d\r\n" % self.code)
        self.bus.buttons.press("smiley.5")

    def work(self) -> dict[str, int]:
        """How often each device has done its work."""
        refused = [e for e in self.bus.entries() if isinstance(e.event, CodeRefused)]
        return {
            "printer": sum(reason == "printed" for _, reason in self.bus.slips()),
            "call_display": self.lines["call_display"].received.count(b"*\r"),
            "scanner": len(refused),
            "buttons": len(self.bus.scores()),
            "lamp": len(self.bus.lamp.flashes),
            "speaker": len(self.bus.speaker.heard),
        }

    def reported_troubles(self, device: str) -> list[set[Trouble]]:
        return [set(state.condition.troubles) for state in self.bus.states(device)]

    def is_gone(self, device: str) -> bool:
        return bool(self.reported_troubles(device)[-1] & GONE)

    def is_ready(self, device: str) -> bool:
        return self.reported_troubles(device)[-1:] == [set()]

    def others_have_worked(self, device: str, before: dict[str, int]) -> bool:
        """The lamp answers buttons, so it cannot without them."""
        work = self.work()
        return all(work[name] > before[name] for name in work if name not in {device, "lamp"})

    def use_until(self, so: Callable[[], bool], what: str) -> None:
        """Use everything once a second until it is so."""
        deadline_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline_s:
            self.use_all()
            again_s = time.monotonic() + 1
            while time.monotonic() < again_s:
                if so():
                    return
                time.sleep(0.02)
        raise AssertionError(f"This never came: {what}. {self.work()}")


@pytest.fixture
def wires(office: Office, tmp_path: Path) -> Iterator[Wires]:
    wires = Wires(office, tmp_path / "by-id")
    yield wires
    for line in wires.lines.values():
        line.pull()


@pytest.mark.slow
def test_each_device_is_pulled_and_comes_back_while_all_others_work(wires: Wires) -> None:
    with running(wires.bus, wires.drivers()):
        wires.use_until(lambda: all(map(wires.is_ready, ALL)), "all are ready")
        for socket, device in enumerate(ALL, 2):
            wires.pull(device)
            wires.use_until(partial(wires.is_gone, device), f"{device} is told as gone")
            work = partial(wires.others_have_worked, device, wires.work())
            wires.use_until(work, f"all others work without {device}")
            wires.put_back(device, str(socket))
            wires.use_until(partial(wires.is_ready, device), f"{device} is back")
    for device in ALL:
        told = wires.reported_troubles(device)
        assert len(told) <= 4, f"{device}: ready, lost, absent, ready, each told once: {told}"
        assert told[0] == told[-1] == set()
