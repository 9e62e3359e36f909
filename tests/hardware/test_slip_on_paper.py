"""From our own layout over the wire onto paper: nothing but dots, few bytes, and a code to read."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from hardware.printer.families import families
from hardware.printer.raster import bands
from hardware.printer.serial import SerialPrinter
from hardware.serial_line import SerialLine
from kiosk.devices.kind import SelfTestContext
from kiosk.devices.self_test import run_self_test
from kiosk.drawing.paper.draw import WIDTH_PX, draw_slip
from kiosk.drawing.paper.slip import SlipContent
from kiosk.drawing.paper.slip_words import sample_slip
from kiosk.settings import profiles
from kiosk.settings.config import Devices
from kiosk.settings.config.devices import PrinterSettings
from kiosk.settings.texts import Texts
from kiosk.system.paths import Paths
from kiosk.wiring.drivers import drivers
from tests.drawing.paper.reading import codes_in
from tests.emulators.line import plugged_in
from tests.emulators.printer import EmulatedPrinter

if TYPE_CHECKING:
    from pathlib import Path

LINK = "http://192.168.8.1:8080/t/7Q3KZ9WM2X"
SLIP = SlipContent(
    place="Markt Buer",
    date="22.11.2026, 10:32",
    heading="Ihre Nummer",
    number="A-017",
    group="Wohngeld",
    ahead="3 Personen vor Ihnen",
    wait="etwa 20 bis 35 Minuten",
    hint="Bitte warten Sie, bis Ihre Nummer aufgerufen wird.",
    link=LINK,
    code_hint="Mit dem Handy sehen Sie, wann Sie dran sind.",
)


class Wire:
    """A slip's way through driver and line onto the paper of an emulated printer."""

    def __init__(self, folder: Path, family: str, paper_mm: int) -> None:
        self._port = folder / "usb-Printer"
        self._family = families()[family]
        self._paper_mm = paper_mm
        self.far = EmulatedPrinter(self._family, self._family.dots[paper_mm] // 8 * 8)
        self.sent = 0

    def print_all(self, *slips: SlipContent) -> list[Image.Image]:
        width_px = WIDTH_PX[self._paper_mm]
        with plugged_in(self.far, self._port) as line:
            near = SerialLine("printer", str(line.port), self._family.baud)
            printer = SerialPrinter(near, self._family, self._paper_mm, width_px)
            printer.open()
            for slip in slips:
                before = len(line.received)
                printer.print_slip(draw_slip(slip, width_px))
                self.sent = len(line.received) - before
            printer.close()
        assert self.far.faults == []
        return self.far.slips


@pytest.mark.parametrize("paper_mm", WIDTH_PX)
def test_two_programs_read_the_code_from_the_paper(tmp_path: Path, paper_mm: int) -> None:
    (paper,) = Wire(tmp_path, "generic", paper_mm).print_all(SLIP)
    assert codes_in(paper) == [LINK]
    assert zbar_reads(tmp_path, [paper]) == [LINK]


@pytest.mark.parametrize("paper_mm", WIDTH_PX)
def test_slips_of_all_languages_can_be_read_from_the_paper(tmp_path: Path, paper_mm: int) -> None:
    texts = Texts.load()
    slips = [sample_slip("A-017", language, texts) for language in texts.languages]
    papers = Wire(tmp_path, "epson_tm", paper_mm).print_all(*slips)
    assert [codes_in(paper) for paper in papers] == [["A-017"]] * len(slips)
    assert zbar_reads(tmp_path, papers) == ["A-017"] * len(slips)


def zbar_reads(folder: Path, papers: list[Image.Image]) -> list[str]:
    """Another program by other people, on photos of the paper."""
    photos = [folder / f"paper-{number}.png" for number in range(len(papers))]
    for photo, paper in zip(photos, papers, strict=True):
        ImageOps.expand(paper.convert("L"), border=40, fill=200).save(photo)
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", *photos],
        capture_output=True,
        check=True,
    )
    return read.stdout.decode().split()


@pytest.mark.parametrize(("paper_mm", "most_bytes"), [(58, 25_000), (80, 33_000)])
def test_a_slip_is_three_quarters_of_its_dots_and_two_to_three_seconds_at_115200_baud(
    tmp_path: Path, paper_mm: int, most_bytes: int
) -> None:
    wire = Wire(tmp_path, "generic", paper_mm)
    wire.print_all(SLIP, SLIP)
    dots = len(draw_slip(SLIP, WIDTH_PX[paper_mm]).tobytes())
    assert wire.sent < most_bytes, f"{wire.sent} of {dots} bytes"
    assert wire.sent < 0.75 * dots
    assert wire.sent / 11_520 < 3


def test_white_paper_costs_a_byte_for_each_row() -> None:
    slip = Image.new("1", (576, 1000), 1)
    assert sum(len(band.tobytes()) for band in bands(slip, 24)) == 1000


def test_a_technician_prints_a_test_slip(tmp_path: Path) -> None:
    far = EmulatedPrinter(families()["epson_tm"])
    with plugged_in(far, tmp_path / "usb-EPSON_TM-T20III-if00") as line:
        port = str(line.port.with_name("usb-EPSON*"))
        settings = Devices(printer=PrinterSettings(driver="serial", port=port, family="epson_tm"))
        context = SelfTestContext(profiles.load_profile("essen"), Texts.load())
        said = run_self_test("printer", drivers(settings, Paths(tmp_path)), settings, context)
    assert said == "A slip X-000 was printed; the printer says: ready."
    assert codes_in(far.slips[0]) == ["X-000"]


def test_nothing_in_a_text_reaches_the_printer_as_a_command(tmp_path: Path) -> None:
    evil = "\x1b@\x1dV\x00\x10\x04\x01\x10\x14\x01\x00\x05\x1c\x50\x00\x07\x1b=\x00"
    nasty = replace(SLIP, place=evil, group=f"Wohn{evil}geld", hint=f"{evil}\x00\x18", link="")
    slips = Wire(tmp_path, "generic", 58).print_all(nasty, SLIP)
    assert len(slips) == 2
    assert codes_in(slips[1]) == [LINK]


REAL_TIME = [b"\x10\x04", b"\x10\x05", b"\x10\x14"]


@settings(max_examples=60)
@given(st.lists(st.sampled_from([0x10, 0x04, 0x05, 0x14, 0x00, 0xFF, 0x1D]), min_size=96))
def test_no_picture_spells_a_command_in_real_time(ink: list[int]) -> None:
    """Such commands work even among dots: a picture of them would open drawers or clear slips."""
    rows = len(ink) // 48
    picture = Image.frombytes("1", (384, rows), bytes(byte ^ 0xFF for byte in ink[: 48 * rows]))
    changed = 0
    top = 0
    for band in bands(picture, 24):
        dots = bytes(byte ^ 0xFF for byte in band.tobytes())
        assert not any(command in dots for command in REAL_TIME)
        asked = picture.crop((0, top, band.width, top + band.height)).tobytes()
        changed += sum((a ^ b).bit_count() for a, b in zip(band.tobytes(), asked, strict=True))
        top += band.height
    assert top == rows
    assert changed <= len(ink) // 2
