"""A slip printer on its line for the tests of its driver, and slips to print."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PIL import Image, ImageChops

from hardware.printer.dialogue import TIMEOUTS, Timeouts
from hardware.printer.families import families
from hardware.printer.serial import SerialPrinter
from hardware.serial_line import SerialLine
from tests.emulators.line import EmulatedLine
from tests.emulators.printer import EmulatedPrinter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HASTY = Timeouts(answer_s=0.3, look_s=0.2, silent_s=0.6, settle_s=0.1)
"""For what does not come: on a busy machine whatever comes needs more."""
SOON = replace(TIMEOUTS, look_s=0.2, settle_s=0.1)
"""Asks at once how the printer is, and waits long for its answer."""
FAMILIES = families()
ALL = sorted(FAMILIES)


class Bench:
    """A printer on its line, with switches for its faults."""

    def __init__(self, folder: Path, family: str, patience: Timeouts) -> None:
        self.family = FAMILIES[family]
        self.far = EmulatedPrinter(self.family, self.family.dots[58] // 8 * 8)
        self.line = EmulatedLine(self.far, folder / "usb-Printer")
        self._patience = patience
        self.printer = self.driver()

    def hurry(self) -> None:
        """From now on the driver waits for a moment only: for what does not come."""
        self.printer._dialogue._timeouts = HASTY  # noqa: SLF001 - no driver is told so at work

    def driver(self) -> SerialPrinter:
        """A driver that knows nothing of what was before, as after a crash."""
        near = SerialLine("printer", str(self.line.port), self.family.baud)
        return SerialPrinter(near, self.family, 58, 384, self._patience)

    def restart(self) -> None:
        self.printer.close()
        self.printer = self.driver()
        self.printer.open()


class BenchOf(Protocol):
    """Sets up a printer of that family, open and switched on."""

    def __call__(self, family: str, patience: Timeouts = ...) -> Bench: ...


def benches(folder: Path) -> Iterator[BenchOf]:
    """The body of a fixture: whatever is set up is cleared away after the test."""
    standing: list[Bench] = []

    def built(family: str, patience: Timeouts = TIMEOUTS) -> Bench:
        bench = Bench(folder, family, patience)
        standing.append(bench)
        bench.line.plug_in()
        bench.printer.open()
        return bench

    yield built
    for bench in standing:
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
