"""The real slip printer's driver against an emulator of its wire, healthy and not."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops

from hardware.errors import CannotOpen, DeviceLost, DeviceSilent, PrinterNotReady
from hardware.printer.dialogue import PATIENCE, Patience, Stopped
from hardware.printer.families import families
from hardware.printer.port import PrinterStatus
from hardware.printer.serial import SerialPrinter
from hardware.serial_line import SerialLine
from tests.emulators.line import EmulatedLine, plugged_in
from tests.emulators.printer import EmulatedPrinter, Health
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HASTY = Patience(answer_s=0.3, look_s=0.2, silent_s=0.6, settle_s=0.1)
"""For tests in which nothing comes."""
FAMILIES = families()
ALL = sorted(FAMILIES)
WELL_INFORMED = sorted(name for name in FAMILIES if FAMILIES[name].status == "realtime")


class Bench:
    """A printer on its line, and the hands of whoever breaks it."""

    def __init__(self, folder: Path, family: str, patience: Patience) -> None:
        self.family = FAMILIES[family]
        self.far = EmulatedPrinter(self.family, self.family.dots[58] // 8 * 8)
        self.line = EmulatedLine(self.far, folder / "usb-Printer")
        self._patience = patience
        self.printer = self.driver()

    def driver(self) -> SerialPrinter:
        """A driver that knows nothing of what was before, as after a crash."""
        near = SerialLine("printer", str(self.line.port), self.family.baud)
        return SerialPrinter(near, self.family, 58, 384, self._patience)

    def restart(self) -> None:
        self.printer.close()
        self.printer = self.driver()
        self.printer.open()


@pytest.fixture
def bench_of(tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def built(family: str, patience: Patience = PATIENCE) -> Bench:
        bench = Bench(tmp_path, family, patience)
        benches.append(bench)
        bench.line.plug_in()
        bench.printer.open()
        return bench

    yield built
    for bench in benches:
        bench.printer.close()
        bench.line.pull()


def dotted(rows: int, seed: int = 7) -> Image.Image:
    """A slip full of chance dots with white rows in between: nothing repeats, all can go wrong."""
    chance = random.Random(seed)
    picture = Image.frombytes("1", (384, rows), chance.randbytes(48 * rows))
    picture.paste(1, (0, rows // 3, 384, rows // 3 + 9))
    return picture


def is_on(paper: Image.Image, slip: Image.Image) -> bool:
    """Whether the slip stands on that paper, in the middle of its width, dot by dot."""
    left = (paper.width - slip.width) // 16 * 8
    for top in range(paper.height - slip.height + 1):
        cut = paper.crop((left, top, left + slip.width, top + slip.height))
        if ImageChops.logical_xor(cut, slip).getbbox() is None:
            return True
    return False


def plain(rows: int) -> Image.Image:
    """Stripes and a frame: quick to send."""
    picture = Image.new("1", (384, rows), 1)
    for top in range(0, rows, 40):
        picture.paste(0, (8, top, 300, min(top + 9, rows)))
    return picture


@pytest.mark.parametrize("family", ALL)
def test_every_dot_of_a_slip_comes_onto_paper(bench_of: Callable[..., Bench], family: str) -> None:
    bench, slip = bench_of(family), plain(200)
    bench.printer.print_slip(slip)
    bench.printer.print_slip(slip)
    eventually(lambda: len(bench.far.slips) == 2)
    eventually(lambda: all(is_on(paper, slip) for paper in bench.far.slips))
    assert bench.far.faults == []


TROUBLES = [
    (Health(), PrinterStatus.READY),
    (Health(paper_low=True), PrinterStatus.PAPER_LOW),
    (Health(rows_left=0), PrinterStatus.PAPER_OUT),
    (Health(cover_open=True), PrinterStatus.COVER_OPEN),
    (Health(cover_open=True, rows_left=0), PrinterStatus.COVER_OPEN),
    (Health(paused=True), PrinterStatus.OFFLINE),
    (Health(hot=True), PrinterStatus.OFFLINE),
    (Health(cutter_jammed=True), PrinterStatus.FAULT),
    (Health(broken=True, cover_open=True), PrinterStatus.FAULT),
]


@pytest.mark.parametrize("family", WELL_INFORMED)
def test_it_says_how_it_is_and_prints_nothing_while_it_cannot(
    bench_of: Callable[..., Bench], family: str
) -> None:
    bench = bench_of(family)
    for health, status in TROUBLES:
        bench.far.health = replace(health)
        assert bench.printer.status() is status
        if not status.can_print:
            with pytest.raises(PrinterNotReady) as refusal:
                bench.printer.print_slip(plain(40))
            assert refusal.value.status == status
    bench.far.mend()
    bench.printer.print_slip(plain(40))
    assert len(bench.far.slips) == 1
    assert bench.far.faults == []


def test_a_panel_printer_without_realtime_answers_says_that_it_has_no_paper(
    bench_of: Callable[..., Bench],
) -> None:
    bench = bench_of("csn_a2")
    bench.far.health = Health(rows_left=24)  # what its first white rows take
    assert bench.printer.status() is PrinterStatus.READY
    bench.far.health = Health(rows_left=0)
    with pytest.raises(PrinterNotReady) as refusal:
        bench.printer.print_slip(plain(40))
    assert refusal.value.status == PrinterStatus.PAPER_OUT


@pytest.mark.parametrize("family", ["epson_tm", "generic", "csn_a2"])
def test_paper_that_ends_in_the_middle_is_no_slip_and_no_refusal(
    bench_of: Callable[..., Bench], family: str
) -> None:
    bench, slip = bench_of(family, HASTY), dotted(120)
    bench.printer.print_slip(slip)
    before = len(bench.far.slips)
    bench.far.health = Health(rows_left=60)
    with pytest.raises(Stopped if bench.family.status == "realtime" else DeviceLost):
        bench.printer.print_slip(slip)
    bench.far.mend()
    bench.restart()
    bench.printer.print_slip(slip)
    assert is_on(bench.far.slips[-1], slip)
    assert bench.far.faults == []
    if bench.family.clears:  # nothing of the interrupted slip comes out for the next person
        whole = [paper for paper in bench.far.slips if is_on(paper, slip)]
        assert len(whole) == before + 1


@pytest.mark.parametrize("family", sorted({*ALL} - {"mute"}))  # a mute one cannot know
@pytest.mark.parametrize("after", [1500, 2400, 4100])
def test_a_slip_torn_off_anywhere_does_not_eat_the_next_one(
    bench_of: Callable[..., Bench], family: str, after: int
) -> None:
    bench, slip = bench_of(family), dotted(100)
    bench.printer.status()
    bench.line.faults.hangs_up_after = after
    with pytest.raises(DeviceLost):
        bench.printer.print_slip(slip)
    bench.line.pull()
    bench.line.faults.hangs_up_after = None
    bench.line.plug_in()
    bench.restart()
    bench.printer.print_slip(slip)
    eventually(lambda: is_on(bench.far.slips[-1], slip))
    assert bench.far.faults == []


@pytest.mark.parametrize("family", ["generic", "epson_tm", "csn_a2", "custom_vkp80"])
def test_wherever_a_slip_is_torn_off_the_next_one_is_whole_and_alone(
    bench_of: Callable[..., Bench], family: str
) -> None:
    """Byte by byte: what the driver says after a crash frees a printer that is stuck anywhere."""
    bench, slip = bench_of(family), dotted(30)
    bench.printer.print_slip(slip)
    stream = bytes(bench.line.received)
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - shown when it fails
    chance = random.Random(seed)
    for cut in [*range(-70, -1, 3), *chance.sample(range(len(stream)), 40)]:
        far = EmulatedPrinter(bench.family, bench.far.dots)
        far.hear(stream[:cut])
        stuck = far.in_picture
        far.hear(stream)
        assert is_on(far.slips[-1], slip), f"torn after {cut} bytes, stuck: {stuck}"
        assert far.slips[-1].height < slip.height + 4 * 24 + 2 * bench.family.feed_rows
        unended = [fault for fault in far.faults if not fault[2:] or any(fault[2:])]
        assert unended == [], f"torn after {cut} bytes"  # the others were ended by zeros


def test_a_silent_printer_is_never_ready(bench_of: Callable[..., Bench]) -> None:
    for family in ("generic", "csn_a2"):
        bench = bench_of(family, HASTY)
        bench.line.faults.mute = True
        with pytest.raises(DeviceSilent):
            bench.printer.status()
        with pytest.raises(DeviceSilent):
            bench.printer.print_slip(plain(40))
        bench.line.faults.mute = False
        bench.restart()
        assert bench.printer.status() is PrinterStatus.READY
        bench.printer.close()
        bench.line.pull()


@pytest.mark.parametrize("noise", [b"\xff", b"\x00", b"\x80\x80", b"\x92", b"\x16"])
def test_noise_before_answers_is_never_ready(bench_of: Callable[..., Bench], noise: bytes) -> None:
    bench = bench_of("epson_tm", HASTY)
    bench.line.faults.garbage = noise
    with pytest.raises(DeviceLost):
        bench.printer.status()
    with pytest.raises(DeviceLost):
        bench.printer.print_slip(plain(40))
    bench.line.faults.garbage = b""
    assert bench.printer.status() is PrinterStatus.READY


def test_xon_and_xoff_between_answers_are_no_answers(bench_of: Callable[..., Bench]) -> None:
    bench = bench_of("star_escpos")
    bench.line.faults.garbage = b"\x13\x11"
    bench.printer.print_slip(plain(80))
    assert len(bench.far.slips) == 1


def test_half_a_confirmation_is_none(bench_of: Callable[..., Bench]) -> None:
    bench = bench_of("epson_tm", HASTY)
    bench.printer.status()
    bench.line.faults.halves_answers = True
    with pytest.raises(DeviceSilent):
        bench.printer.print_slip(plain(80))
    bench.line.faults.halves_answers = False
    bench.printer.print_slip(plain(80))
    assert bench.far.faults == []


def test_a_slow_printer_is_no_broken_one(bench_of: Callable[..., Bench]) -> None:
    patience = replace(PATIENCE, look_s=0.5, silent_s=2.0)
    bench, slip = bench_of("generic", patience), dotted(300)
    bench.printer.status()
    bench.line.faults.bytes_per_s = 6000
    began_s = time.monotonic()
    bench.printer.print_slip(slip)
    assert time.monotonic() - began_s > patience.silent_s


def test_a_printer_that_takes_nothing_is_given_up(bench_of: Callable[..., Bench]) -> None:
    bench = bench_of("generic", HASTY)
    bench.printer.status()
    bench.line.faults.stalls = True
    with pytest.raises(DeviceSilent):
        bench.printer.print_slip(dotted(400))


@pytest.mark.slow
def test_a_long_slip_at_9600_baud_takes_its_time(bench_of: Callable[..., Bench]) -> None:
    bench, slip = bench_of("generic", PATIENCE), dotted(230)
    assert bench.printer.status() is PrinterStatus.READY
    bench.line.faults.bytes_per_s = 960
    began_s = time.monotonic()
    bench.printer.print_slip(slip)
    assert time.monotonic() - began_s > PATIENCE.silent_s
    assert is_on(bench.far.slips[-1], slip)


def test_a_slip_that_lost_bytes_on_the_way_is_not_confirmed_as_itself(
    bench_of: Callable[..., Bench],
) -> None:
    bench, slip = bench_of("epson_tm", HASTY), dotted(100)
    bench.printer.status()
    bench.line.faults.drops_every = 997
    with pytest.raises(DeviceLost):
        bench.printer.print_slip(slip)
    bench.line.faults.drops_every = 0
    bench.restart()
    bench.printer.print_slip(slip)
    assert is_on(bench.far.slips[-1], slip)


def test_a_picture_too_wide_for_the_family_is_told_when_opened(tmp_path: Path) -> None:
    family = FAMILIES["epson_tm_t88"]
    bench = EmulatedPrinter(family, 512)
    with plugged_in(bench, tmp_path / "usb-Printer") as line:
        near = SerialLine("printer", str(line.port), family.baud)
        with pytest.raises(CannotOpen, match="do not fit on its 512"):
            SerialPrinter(near, family, 80, 576).open()
