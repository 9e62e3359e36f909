"""What every call display must do; those on a wire stand at the far end of a pseudo-terminal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest

from hardware.call_display.alpha import AlphaDisplay
from hardware.call_display.ditel import DitelDisplay
from hardware.call_display.fake import FakeCallDisplay
from hardware.call_display.mqtt import MqttDisplay
from hardware.call_display.segments import SegmentDisplay
from hardware.errors import CannotOpen, DeviceClosed, DeviceLost
from hardware.serial_line import SerialLine
from tests.emulators.broker import Broker
from tests.emulators.call_display import AlphaSign, DitelSign, SegmentSign
from tests.emulators.line import EmulatedLine
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hardware.call_display.port import CallDisplay


TOPIC = "bus/door/call"


@dataclass
class Bench:
    """A call display, with the hands and eyes of a person who stands before it."""

    display: CallDisplay
    pull: Callable[[], None]
    put_back: Callable[[], None]
    shown: Callable[[], object]
    looks: Callable[[str, str], object]
    """How a call looks on it."""


def fake_bench(_folder: Path) -> Bench:
    display = FakeCallDisplay()
    plug = display.plug
    return Bench(display, plug.pull, plug.put_back, lambda: display.shown, lambda *call: call)


def alpha_bench(folder: Path) -> Bench:
    sign = AlphaSign("01")
    line = EmulatedLine(sign, folder / "sign")
    line.plug_in()
    display = AlphaDisplay(SerialLine("call display", str(line.port), 9600), "01")
    return Bench(display, line.pull, line.plug_in, lambda: sign.shown, "{} > {}".format)


def ditel_bench(folder: Path) -> Bench:
    sign = DitelSign("07")
    line = EmulatedLine(sign, folder / "sign")
    line.plug_in()
    display = DitelDisplay(SerialLine("call display", str(line.port), 9600), "07")
    return Bench(display, line.pull, line.plug_in, lambda: sign.shown, "{}  {}".format)


def segment_bench(folder: Path, *, letter: bool = False) -> Bench:
    sign = SegmentSign("02", b"\r", digits=6, letters=letter)
    line = EmulatedLine(sign, folder / "sign")
    line.plug_in()
    display = SegmentDisplay(
        SerialLine("call display", str(line.port), 9600), "02", 6, "cr", letter=letter
    )

    def looks(number: str, desk: str) -> str:
        return f"{number[0] if letter else ''}{int(number[2:])} {desk}"

    return Bench(display, line.pull, line.plug_in, lambda: sign.shown, looks)


letters_bench = partial(segment_bench, letter=True)


def mqtt_bench(_folder: Path) -> Bench:
    broker = Broker()
    broker.plug_in()
    display = MqttDisplay("127.0.0.1", broker.port, TOPIC)
    return Bench(
        display, broker.pull, broker.plug_in, lambda: broker.shown(TOPIC), lambda *call: call
    )


BENCHES = [fake_bench, alpha_bench, ditel_bench, segment_bench, letters_bench, mqtt_bench]


@pytest.fixture(params=BENCHES)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    built: Bench = request.param(tmp_path)
    yield built
    built.display.close()
    built.pull()


def shows(bench: Bench, number: str, desk: str) -> None:
    eventually(lambda: bench.shown() == bench.looks(number, desk))


def test_shows_the_last_call_until_it_is_cleared(bench: Bench) -> None:
    bench.display.open()
    assert bench.shown() is None
    bench.display.show("A-017", "1")
    bench.display.show("A-017", "1")
    shows(bench, "A-017", "1")
    bench.display.show("B-002", "2")
    shows(bench, "B-002", "2")
    bench.display.clear()
    bench.display.clear()
    eventually(lambda: bench.shown() is None)


def test_a_closed_display_says_so_and_shows_nothing_new(bench: Bench) -> None:
    with pytest.raises(DeviceClosed):
        bench.display.show("A-017", "1")
    with pytest.raises(DeviceClosed):
        bench.display.clear()
    assert bench.shown() is None


def test_shows_again_when_opened_after_close(bench: Bench) -> None:
    bench.display.open()
    bench.display.close()
    bench.display.close()
    bench.display.open()
    bench.display.show("A-017", "1")
    shows(bench, "A-017", "1")


def test_is_lost_when_pulled_and_comes_back(bench: Bench) -> None:
    bench.display.open()
    bench.pull()
    with pytest.raises(DeviceLost):
        bench.display.show("A-017", "1")
    with pytest.raises(CannotOpen):
        bench.display.open()
    bench.put_back()
    bench.display.open()
    bench.display.show("A-018", "1")
    shows(bench, "A-018", "1")


def test_fake_remembers_all_calls() -> None:
    display = FakeCallDisplay()
    display.open()
    display.show("A-017", "1")
    display.show("B-002", "2")
    display.clear()
    assert list(display.calls) == [("A-017", "1"), ("B-002", "2")]
