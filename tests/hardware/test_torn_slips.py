"""Slips torn off in the middle: by a plug, a crash, or bytes lost on the way."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from hardware.errors import DeviceLost
from tests.emulators.printer import EmulatedPrinter
from tests.hardware.slips import ALL, SOON, BenchOf, benches, dotted, is_on
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bench_of(tmp_path: Path) -> Iterator[BenchOf]:
    yield from benches(tmp_path)


@pytest.mark.parametrize("family", sorted({*ALL} - {"mute"}))  # a mute one cannot know
def test_a_plug_pulled_in_the_middle_does_not_eat_the_next_slip(
    bench_of: BenchOf, family: str
) -> None:
    bench, slip = bench_of(family), dotted(100)
    bench.printer.trouble()
    bench.line.faults.hangs_up_after = 2400
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
    bench_of: BenchOf, family: str
) -> None:
    """Byte by byte: what the driver says after a crash frees a printer that is stuck anywhere."""
    bench, slip = bench_of(family), dotted(30)
    bench.printer.print_slip(slip)
    stream = bytes(bench.line.received)
    seed = random.randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - shown when it fails
    chance = random.Random(seed)
    for cut in [*range(-70, -1, 3), *chance.sample(range(len(stream)), 20)]:
        far = EmulatedPrinter(bench.family, bench.far.dots)
        far.hear(stream[:cut])
        stuck = far.in_picture
        far.hear(stream)
        assert is_on(far.slips[-1], slip), f"torn after {cut} bytes, stuck: {stuck}"
        assert far.slips[-1].height < slip.height + 4 * 24 + 2 * bench.family.feed_rows
        unended = [fault for fault in far.faults if not fault[2:] or any(fault[2:])]
        assert unended == [], f"torn after {cut} bytes"  # the others were ended by zeros


@pytest.mark.parametrize("family", ["generic", "csn_a2", "epson_tm"])
def test_an_answer_owed_from_before_a_crash_confirms_no_slip(
    bench_of: BenchOf, family: str
) -> None:
    bench, slip = bench_of(family), dotted(80)
    bench.far.owed = bytes(3)
    bench.line.faults.bytes_per_s = 9000
    bench.printer.print_slip(slip)
    assert is_on(bench.far.slips[-1], slip)  # by now, and not a lot later


def test_a_slip_that_lost_bytes_on_the_way_is_not_confirmed_as_itself(
    bench_of: BenchOf,
) -> None:
    bench, slip = bench_of("epson_tm", SOON), dotted(100)
    bench.printer.trouble()
    bench.line.faults.drops_every = 997
    bench.hurry()
    with pytest.raises(DeviceLost):
        bench.printer.print_slip(slip)
    bench.line.faults.drops_every = 0
    bench.restart()
    bench.printer.print_slip(slip)
    assert is_on(bench.far.slips[-1], slip)
