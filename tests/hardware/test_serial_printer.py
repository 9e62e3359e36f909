"""The real slip printer's driver against an emulator of its wire, healthy and not."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hardware.errors import (
    CannotOpen,
    DeviceConfused,
    DeviceLost,
    DeviceSilent,
    DeviceStopped,
    PrinterNotReady,
)
from hardware.printer.dialogue import TIMEOUTS, Dialogue
from hardware.printer.serial import SerialPrinter
from hardware.serial_line import SerialLine
from hardware.trouble import Trouble
from tests.emulators.line import plugged_in
from tests.emulators.printer import EmulatedPrinter, Health
from tests.hardware.slips import ALL, FAMILIES, HASTY, SOON, BenchOf, benches, dotted, is_on, plain
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WELL_INFORMED = sorted(name for name in FAMILIES if FAMILIES[name].status == "realtime")
SENSOR = b"\x1dr\x01"


@pytest.fixture
def bench_of(tmp_path: Path) -> Iterator[BenchOf]:
    yield from benches(tmp_path)


@pytest.mark.parametrize("family", ALL)
def test_every_dot_of_a_slip_comes_onto_paper(bench_of: BenchOf, family: str) -> None:
    bench, slip = bench_of(family), plain(200)
    bench.printer.print_slip(slip)
    bench.printer.print_slip(slip)
    eventually(lambda: len(bench.far.slips) == 2)
    eventually(lambda: all(is_on(paper, slip) for paper in bench.far.slips))
    assert bench.far.faults == []


TROUBLES = [
    (Health(), None),
    (Health(paper_low=True), Trouble.PAPER_LOW),
    (Health(rows_left=0), Trouble.PAPER_OUT),
    (Health(cover_open=True), Trouble.COVER_OPEN),
    (Health(cover_open=True, rows_left=0), Trouble.COVER_OPEN),
    (Health(paused=True), Trouble.OFFLINE),
    (Health(hot=True), Trouble.OFFLINE),
    (Health(cutter_jammed=True), Trouble.FAULT),
    (Health(broken=True, cover_open=True), Trouble.FAULT),
]


@pytest.mark.parametrize("family", WELL_INFORMED)
def test_it_says_how_it_is_and_prints_nothing_while_it_cannot(
    bench_of: BenchOf, family: str
) -> None:
    bench = bench_of(family)
    for health, trouble in TROUBLES:
        bench.far.health = replace(health)
        assert bench.printer.trouble() is trouble
        if trouble and not trouble.harmless:
            with pytest.raises(PrinterNotReady) as refusal:
                bench.printer.print_slip(plain(40))
            assert refusal.value.trouble is trouble
    bench.far.mend()
    bench.printer.print_slip(plain(40))
    assert len(bench.far.slips) == 1
    assert bench.far.faults == []


def test_a_panel_printer_without_realtime_answers_says_that_it_has_no_paper(
    bench_of: BenchOf,
) -> None:
    bench = bench_of("csn_a2")
    bench.far.health = Health(rows_left=24)  # what its first white rows take
    assert bench.printer.trouble() is None
    bench.far.health = Health(rows_left=0)
    with pytest.raises(PrinterNotReady) as refusal:
        bench.printer.print_slip(plain(40))
    assert refusal.value.trouble == Trouble.PAPER_OUT


@pytest.mark.parametrize("family", ["epson_tm", "generic", "csn_a2"])
def test_paper_that_ends_in_the_middle_is_no_slip_and_no_refusal(
    bench_of: BenchOf, family: str
) -> None:
    bench, slip = bench_of(family, SOON), dotted(120)
    bench.printer.print_slip(slip)
    before = len(bench.far.slips)
    bench.far.health = Health(rows_left=60)
    realtime = bench.family.status == "realtime"
    if not realtime:
        bench.hurry()
    with pytest.raises(DeviceStopped if realtime else DeviceSilent) as stopped:
        bench.printer.print_slip(slip)
    assert not isinstance(stopped.value, DeviceStopped) or stopped.value.trouble == "paper_out"
    bench.far.mend()
    bench.restart()
    bench.printer.print_slip(slip)
    assert is_on(bench.far.slips[-1], slip)
    assert bench.far.faults == []
    if bench.family.clears:  # nothing of the interrupted slip comes out for the next person
        whole = [paper for paper in bench.far.slips if is_on(paper, slip)]
        assert len(whole) == before + 1


def test_a_silent_printer_is_never_ready(bench_of: BenchOf) -> None:
    for family in ("generic", "csn_a2"):
        bench = bench_of(family, SOON)
        bench.line.faults.mute = True
        bench.hurry()
        with pytest.raises(DeviceSilent):
            bench.printer.print_slip(plain(40))
        bench.line.faults.mute = False
        bench.restart()
        assert bench.printer.trouble() is None
        bench.printer.close()
        bench.line.pull()


@pytest.mark.parametrize("noise", [b"\xff", b"\x80\x80", b"\x92", b"\x16", bytes(99)])
def test_noise_before_answers_is_never_ready(bench_of: BenchOf, noise: bytes) -> None:
    bench = bench_of("epson_tm", SOON)
    bench.line.faults.garbage = noise
    with pytest.raises(DeviceConfused):
        bench.printer.trouble()
    with pytest.raises(DeviceConfused):
        bench.printer.print_slip(plain(40))
    bench.line.faults.garbage = b""
    assert bench.printer.trouble() is None


@pytest.mark.parametrize("family", ["csn_a2", "epson_tm"])
@pytest.mark.parametrize("said", [bytes(99), b"\x12" * 99], ids=["in turn", "at once"])
def test_a_printer_that_talks_unasked_is_never_ready(
    bench_of: BenchOf, family: str, said: bytes
) -> None:
    bench = bench_of(family, SOON)
    bench.line.faults.talks = said
    bench.hurry()
    for ask in (bench.printer.trouble, lambda: bench.printer.print_slip(plain(40))):
        with pytest.raises(DeviceLost):
            ask()
    bench.line.pull()
    bench.line.faults.talks = b""
    bench.line.plug_in()
    bench.restart()
    assert bench.printer.trouble() is None


class AnswersInTurnOnly:
    """What it is asked at once it leaves unanswered."""

    def hear(self, received: bytes) -> bytes:
        return b"\x00" if received == SENSOR else b""


def test_silence_after_an_answer_in_turn_is_no_wrong_answer(tmp_path: Path) -> None:
    with plugged_in(AnswersInTurnOnly(), tmp_path / "usb-Printer") as line:
        near = SerialLine("printer", str(line.port), 9600)
        near.open()
        dialogue = Dialogue(near, HASTY)
        dialogue.send(SENSOR)
        with pytest.raises(DeviceSilent):
            dialogue.read_answer(2, at_once=True)
        near.close()


def test_xon_and_xoff_between_answers_are_no_answers(bench_of: BenchOf) -> None:
    bench = bench_of("star_escpos")
    bench.line.faults.garbage = b"\x13\x11"
    bench.printer.print_slip(plain(80))
    assert len(bench.far.slips) == 1


def test_half_a_confirmation_is_none(bench_of: BenchOf) -> None:
    bench = bench_of("epson_tm", SOON)
    bench.printer.trouble()
    bench.line.faults.halves_answers = True
    bench.hurry()
    with pytest.raises(DeviceSilent):
        bench.printer.print_slip(plain(80))
    bench.line.faults.halves_answers = False
    bench.restart()
    bench.printer.print_slip(plain(80))
    assert bench.far.faults == []


def test_a_slow_printer_is_no_broken_one(bench_of: BenchOf) -> None:
    patience = replace(TIMEOUTS, look_s=1.5, silent_s=3.0)
    bench, slip = bench_of("generic", patience), dotted(300)
    bench.printer.trouble()
    bench.line.faults.bytes_per_s = 4000
    began_s = time.monotonic()
    bench.printer.print_slip(slip)
    assert time.monotonic() - began_s > patience.silent_s


def test_a_printer_that_takes_nothing_is_given_up(bench_of: BenchOf) -> None:
    bench = bench_of("generic", SOON)
    bench.printer.trouble()
    bench.line.faults.stalls = True
    bench.hurry()
    with pytest.raises(DeviceSilent):
        bench.printer.print_slip(dotted(400))


@pytest.mark.slow
def test_a_long_slip_at_9600_baud_takes_its_time(bench_of: BenchOf) -> None:
    bench, slip = bench_of("generic", TIMEOUTS), dotted(230)
    assert bench.printer.trouble() is None
    bench.line.faults.bytes_per_s = 960
    began_s = time.monotonic()
    bench.printer.print_slip(slip)
    assert time.monotonic() - began_s > TIMEOUTS.silent_s
    assert is_on(bench.far.slips[-1], slip)


def test_a_picture_too_wide_for_the_family_is_reported_when_opened(tmp_path: Path) -> None:
    family = FAMILIES["epson_tm_t88"]
    bench = EmulatedPrinter(family, 512)
    with plugged_in(bench, tmp_path / "usb-Printer") as line:
        near = SerialLine("printer", str(line.port), family.baud)
        with pytest.raises(CannotOpen, match="do not fit on its 512"):
            SerialPrinter(near, family, 80, 576).open()
