"""What every printer must do, whatever drives it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost, PrinterNotReady
from hardware.printer.fake import FakePrinter
from hardware.printer.families import families
from hardware.printer.file import FilePrinter
from hardware.printer.serial import SerialPrinter
from hardware.serial_line import SerialLine
from hardware.trouble import Trouble
from tests.emulators.line import EmulatedLine
from tests.emulators.printer import EmulatedPrinter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hardware.printer.port import Printer

SLIP = Image.new("1", (384, 200), 1)


@dataclass
class Bench:
    """A printer with the hands of a person who pulls its plug and counts its paper."""

    printer: Printer
    pull: Callable[[], None]
    put_back: Callable[[], None]
    printed: Callable[[], int]
    keeps_slips: bool = True


def fake_bench(_: Path) -> Bench:
    printer = FakePrinter()
    return Bench(printer, printer.plug.pull, printer.plug.put_back, lambda: len(printer.slips))


def file_bench(tmp_path: Path) -> Bench:
    folder, away = tmp_path / "slips", tmp_path / "away"

    def pull() -> None:
        if folder.exists():
            folder.rename(away)
        folder.write_text("something else lies there")

    def put_back() -> None:
        folder.unlink()
        if away.exists():
            shutil.move(away, folder)

    return Bench(FilePrinter(folder), pull, put_back, lambda: len(list(folder.glob("*.png"))))


def wire_bench(tmp_path: Path, name: str) -> Bench:
    """The real driver; what is printed counts, so nothing of it can be forgotten."""
    family = families()[name]
    far = EmulatedPrinter(family)
    wire = EmulatedLine(far, tmp_path / "usb-Printer")
    wire.plug_in()
    near = SerialLine("printer", str(wire.port), family.baud)
    printer = SerialPrinter(near, family, 58, 384)

    return Bench(printer, wire.pull, wire.plug_in, lambda: len(far.slips), keeps_slips=False)


# A mute printer is believed as soon as the line has taken a slip: it reports nothing more.
WIRED = [partial(wire_bench, name=name) for name in sorted(families()) if name != "mute"]


@pytest.fixture(params=[fake_bench, file_bench, *WIRED])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    built: Bench = request.param(tmp_path)
    yield built
    built.printer.close()
    built.pull()


def test_prints_each_slip_once(bench: Bench) -> None:
    bench.printer.open()
    bench.printer.print_slip(SLIP)
    bench.printer.print_slip(SLIP)
    assert bench.printed() == 2


def test_is_ready_when_opened(bench: Bench) -> None:
    bench.printer.open()
    assert bench.printer.trouble() is None


def test_says_when_it_was_never_opened(bench: Bench) -> None:
    with pytest.raises(DeviceClosed):
        bench.printer.print_slip(SLIP)
    with pytest.raises(DeviceClosed):
        bench.printer.trouble()


def test_cannot_be_opened_while_absent(bench: Bench) -> None:
    bench.pull()
    with pytest.raises(CannotOpen):
        bench.printer.open()


def test_lost_while_printing_and_back_after_opening_again(bench: Bench) -> None:
    bench.printer.open()
    bench.printer.print_slip(SLIP)
    bench.pull()
    with pytest.raises(DeviceLost):
        bench.printer.print_slip(SLIP)
    bench.printer.close()
    bench.put_back()
    bench.printer.open()
    bench.printer.print_slip(SLIP)
    assert bench.printed() == 2


def test_close_may_come_twice(bench: Bench) -> None:
    bench.printer.open()
    bench.printer.close()
    bench.printer.close()


@pytest.mark.parametrize("trouble", [trouble for trouble in Trouble if not trouble.harmless])
def test_fake_prints_nothing_while_it_reports_trouble(trouble: Trouble) -> None:
    printer = FakePrinter()
    printer.open()
    printer.reports = trouble
    with pytest.raises(PrinterNotReady) as refusal:
        printer.print_slip(SLIP)
    assert refusal.value.trouble is trouble
    assert not printer.slips


def test_fake_prints_on_low_paper() -> None:
    printer = FakePrinter()
    printer.open()
    printer.reports = Trouble.PAPER_LOW
    printer.print_slip(SLIP)
    assert len(printer.slips) == 1


def test_file_printer_continues_the_numbers_it_finds(tmp_path: Path) -> None:
    for _ in range(2):
        printer = FilePrinter(tmp_path)
        printer.open()
        printer.print_slip(SLIP)
        printer.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "slip-000001.png",
        "slip-000002.png",
    ]


def test_two_file_printers_in_one_folder_overwrite_nothing(tmp_path: Path) -> None:
    panel, test_print = FilePrinter(tmp_path), FilePrinter(tmp_path)
    panel.open()
    test_print.open()
    for printer in (panel, test_print, test_print, panel):
        printer.print_slip(SLIP)
    assert len(list(tmp_path.glob("*.png"))) == 4


def test_file_printer_writes_the_picture_itself(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path)
    printer.open()
    picture = Image.new("1", (576, 10), 1)
    picture.putpixel((3, 4), 0)
    printer.print_slip(picture)
    with Image.open(tmp_path / "slip-000001.png") as read_back:
        assert read_back.tobytes() == picture.tobytes()


def test_forget_leaves_nothing_of_past_slips(bench: Bench) -> None:
    bench.printer.open()
    bench.printer.print_slip(SLIP)
    bench.printer.forget()
    assert bench.printed() == (0 if bench.keeps_slips else 1)
    bench.printer.print_slip(SLIP)
    assert bench.printed() == (1 if bench.keeps_slips else 2)


def test_it_forgets_only_when_open(bench: Bench) -> None:
    with pytest.raises(DeviceClosed):
        bench.printer.forget()
