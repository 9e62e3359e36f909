"""What every scanner must do, whatever drives it."""

from __future__ import annotations

import os
import re
import threading
import time
import tracemalloc
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost
from hardware.scanner.fake import FakeScanner
from hardware.scanner.file import FileScanner
from hardware.scanner.framing import Framing
from hardware.scanner.serial import SerialScanner
from hardware.serial_line import SerialLine
from tests.emulators.line import EmulatedLine, plugged_in
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hardware.scanner.port import Scanner

LONG_S = PATIENCE_S
"""Longer than any scan takes to arrive."""


@dataclass
class Bench:
    """A scanner and a hand with a slip."""

    scanner: Scanner
    hold: Callable[[bytes], object]
    unplug: Callable[[], None] = lambda: None


class Reader:
    """A scanner at the far end of a line: it should never hear anything."""

    def hear(self, received: bytes) -> bytes:
        raise AssertionError(received)


def fake_bench(_folder: Path) -> Bench:
    scanner = FakeScanner()
    return Bench(scanner, scanner.hold)


def file_bench(folder: Path) -> Bench:
    pipe = folder / "scanner"

    def hold(content: bytes) -> None:
        fd = os.open(pipe, os.O_WRONLY)
        os.write(fd, content + b"\n")
        os.close(fd)

    return Bench(FileScanner(pipe), hold)


def serial_bench(folder: Path) -> Bench:
    line = EmulatedLine(Reader(), folder / "usb-Reader-if00")
    line.plug_in()

    def hold(content: bytes) -> None:
        line.say(content + b"\r\n")

    return Bench(SerialScanner(SerialLine("scanner", str(line.port), 115200)), hold, line.pull)


@pytest.fixture(params=[fake_bench, file_bench, serial_bench])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    bench: Bench = request.param(tmp_path)
    yield bench
    bench.scanner.close()
    bench.unplug()


def read(scanner: Scanner) -> str | None:
    scan = scanner.wait(LONG_S)
    assert scan is not None
    return scan.digits


def test_a_code_comes_out_as_its_digits(bench: Bench) -> None:
    bench.scanner.open()
    bench.hold(b"12345678")
    assert read(bench.scanner) == "12345678"


@pytest.mark.parametrize(
    "framed",
    [
        b"]Q112345678",
        b"]d2\x1d12345678",
        b"\x0212345678\x03",
        b"\x02]Q112345678\x03",
        b"12345678\x1d",
        b"12345678\x00",
        b"\t12345678 ",
    ],
)
def test_what_a_reader_adds_around_a_code_is_taken_off(bench: Bench, framed: bytes) -> None:
    bench.scanner.open()
    bench.hold(framed)
    assert read(bench.scanner) == "12345678"


def test_scans_come_in_the_order_of_the_slips(bench: Bench) -> None:
    bench.scanner.open()
    bench.hold(b"1111")
    bench.hold(b"2222")
    scans = [bench.scanner.wait(LONG_S) for _ in range(2)]
    assert [scan.digits for scan in scans if scan] == ["1111", "2222"]
    times_s = [scan.at_s for scan in scans if scan]
    assert times_s == sorted(times_s)


@pytest.mark.parametrize(
    "content",
    [
        b"A-017",
        b"123",
        b"1234567890123",
        b"https://example.org/12345678",
        b"BEGIN:VCARD",
        b"1234\x005678",
        b"\x1b[2J12345678",
        "１２３４５６７８".encode(),  # noqa: RUF001 - digits, but not ours
        b"12345678;DROP TABLE appointment",
        b"\xff\xfe\x00",
        b"9" * 3000,
    ],
)
def test_a_scan_that_is_no_code_is_reported_without_its_content(
    bench: Bench, content: bytes
) -> None:
    bench.scanner.open()
    bench.hold(content)
    assert read(bench.scanner) is None
    bench.hold(b"12345678")
    assert read(bench.scanner) == "12345678"


def test_wait_returns_nothing_without_a_scan(bench: Bench) -> None:
    bench.scanner.open()
    assert bench.scanner.wait(0.01) is None


def test_a_closed_scanner_says_so(bench: Bench) -> None:
    with pytest.raises(DeviceClosed):
        bench.scanner.wait(0.01)


def test_open_again_after_close(bench: Bench) -> None:
    bench.scanner.open()
    bench.scanner.close()
    bench.scanner.close()
    bench.scanner.open()
    bench.hold(b"12345678")
    assert read(bench.scanner) == "12345678"


def test_fake_is_lost_when_pulled_and_comes_back() -> None:
    scanner = FakeScanner()
    scanner.open()
    scanner.plug.pull()
    with pytest.raises(DeviceLost):
        scanner.wait(0.01)
    with pytest.raises(CannotOpen):
        scanner.open()
    scanner.plug.put_back()
    scanner.open()
    assert scanner.wait(0.01) is None


def test_a_file_that_is_no_pipe_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "scanner"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(CannotOpen, match="no named pipe"):
        FileScanner(file).open()
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_used_is_reported(tmp_path: Path) -> None:
    (tmp_path / "away").write_text("no folder", encoding="utf-8")
    with pytest.raises(CannotOpen, match="away"):
        FileScanner(tmp_path / "away" / "scanner").open()


def test_the_pipe_is_idle_after_its_writer_closed(tmp_path: Path) -> None:
    scanner = FileScanner(tmp_path / "scanner")
    scanner.open()
    (tmp_path / "scanner").write_bytes(b"12345678\n")
    assert read(scanner) == "12345678"
    cpu_s = time.thread_time()
    for _ in range(5):
        assert scanner.wait(0.05) is None
    assert time.thread_time() - cpu_s < 0.1
    scanner.close()


def test_megabytes_without_an_end_are_one_scan_and_little_memory() -> None:
    framing = Framing()
    tracemalloc.start()
    for _ in range(2000):
        assert list(framing.feed(b"1" * 4096, 0.0)) == []
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_bytes < 1_000_000
    assert [scan.digits for scan in framing.feed(b"1\r\n", 1.0)] == [None]
    assert [scan.digits for scan in framing.feed(b"4711\r\n", 2.0)] == ["4711"]


@given(st.lists(st.binary(max_size=80) | st.from_regex(rb"[0-9\r\n -]{0,80}", fullmatch=True)))
def test_only_digits_of_sane_length_ever_leave_it(chunks: list[bytes]) -> None:
    framing = Framing()
    for chunk in chunks:
        for scan in framing.feed(chunk, 0.0):
            assert scan.digits is None or re.fullmatch("[0-9]{4,12}", scan.digits)


def test_a_code_that_arrives_in_pieces_is_one() -> None:
    framing = Framing()
    assert list(framing.feed(b"1234", 0.0)) == []
    assert [scan.digits for scan in framing.feed(b"5678\r", 0.0)] == ["12345678"]
    assert list(framing.feed(b"\n", 0.0)) == []


def test_a_scanner_pulled_while_it_sends_comes_back_under_its_name(tmp_path: Path) -> None:
    pattern = str(tmp_path / "usb-*")
    scanner = SerialScanner(SerialLine("scanner", pattern, 115200))
    with plugged_in(Reader(), tmp_path / "usb-Reader-if00") as line:
        scanner.open()
        line.say(b"1234")
        assert scanner.wait(0.1) is None
        line.pull()
        with pytest.raises(DeviceLost):
            scanner.wait(LONG_S)
        with pytest.raises(CannotOpen):
            scanner.open()
        line.plug_in()
        scanner.open()
        line.say(b"5678\r")
        assert read(scanner) == "5678"
        scanner.close()


def test_megabytes_from_the_line_are_one_scan_that_is_no_code(tmp_path: Path) -> None:
    scanner = SerialScanner(SerialLine("scanner", str(tmp_path / "reader"), 115200))
    with plugged_in(Reader(), tmp_path / "reader") as line:
        scanner.open()
        sender = threading.Thread(target=line.say, args=(b"9" * 2_000_000 + b"\r",), daemon=True)
        sender.start()
        assert read(scanner) is None
        sender.join()
        scanner.close()


def test_codes_read_before_the_first_wait_are_dropped(tmp_path: Path) -> None:
    scanner = SerialScanner(SerialLine("scanner", str(tmp_path / "reader"), 115200))
    with plugged_in(Reader(), tmp_path / "reader") as line:
        line.say(b"11112222\r")
        eventually(lambda: line.unread() == len(b"11112222\r"))
        scanner.open()
        assert scanner.wait(0.1) is None
        scanner.close()
