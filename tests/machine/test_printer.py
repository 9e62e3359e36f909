"""A printer on USB: pulled amid a slip, put back as another device of the kernel."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from hardware.printer.families import families
from tests.emulators.printer import EmulatedPrinter
from tests.machine.inside.settings import FAMILY
from tests.machine.wire import SILENCE
from tests.waiting import eventually

if TYPE_CHECKING:
    from tests.machine.box import Box

TORN_BYTES = 3000


class Stalling:
    """A printer that stops to hear in the middle of a slip, as one whose plug works loose."""

    def __init__(self, printer: EmulatedPrinter) -> None:
        self.amid = threading.Event()
        self.pulled = threading.Event()
        self._printer = printer
        self._heard = 0

    def hear(self, received: bytes) -> bytes:
        self._heard += len(received)
        if self._heard > TORN_BYTES:
            self.amid.set()
            self.pulled.wait()
        return self._printer.hear(received)


def test_a_printer_pulled_amid_a_slip_prints_on_under_another_name(box: Box) -> None:
    panel = box.panel_process()
    first, second = (EmulatedPrinter(families()[FAMILY]) for _ in range(2))
    torn = Stalling(first)
    box.guest.plug_in("printer", torn)
    box.wait_for("printer", "Ready")
    failed, printed = _reasons(box), len(box.journal_events("SlipPrinted"))
    box.take_ticket()
    eventually(torn.amid.is_set, "the first half of a slip")
    box.guest.pull("printer")
    torn.pulled.set()
    eventually(lambda: _reasons(box) == [*failed, "unconfirmed"], "the torn slip is told")

    box.guest.plug_in("scanner", SILENCE)  # takes the name of the kernel that the printer had
    box.wait_for_path("/dev/ttyUSB0")
    box.guest.plug_in("printer", second)
    box.wait_for("printer", "Ready")
    assert box.run("readlink --canonicalize /dev/serial/by-id/usb-*_printer-*") == "/dev/ttyUSB1"
    box.take_ticket()
    eventually(lambda: len(second.slips) == 1, "the next slip")
    eventually(
        lambda: len(box.journal_events("SlipPrinted")) == printed + 1, "it is kept as printed"
    )

    assert first.slips == [], "half a slip is no slip"
    assert _reasons(box) == [*failed, "unconfirmed"], "the torn one is never printed by itself"
    assert (second.faults, box.panel_process()) == ([], panel)
    box.guest.pull("scanner")
    box.guest.pull("printer")


def test_codes_come_from_a_scanner_that_is_plugged_in_later(box: Box) -> None:
    wire = box.guest.plug_in("scanner", SILENCE)
    box.wait_for("scanner", "Ready")
    before = len(box.journal_events("CodeRefused"))
    wire.say(b"0000000\r")
    eventually(lambda: len(box.journal_events("CodeRefused")) == before + 1, "an unknown code")
    box.guest.pull("scanner")


def _reasons(box: Box) -> list[object]:
    return [failed["reason"] for failed in box.journal_events("SlipFailed")]
