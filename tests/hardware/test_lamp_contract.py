"""What every lamp must do."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from gpiozero.pins.mock import MockFactory, MockPin

from hardware.errors import CannotOpen, DeviceBusy, DeviceClosed, DeviceLost
from hardware.lamp.fake import FakeLamp
from hardware.lamp.gpio import GpioLamp
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hardware.lamp.port import Lamp

PINS = {"smiley.4": 17, "smiley.5": 27}


@dataclass
class Bench:
    """Lamps, with the hands and eyes of a person before them."""

    lamp: Lamp
    pull: Callable[[], None]
    put_back: Callable[[], None]
    flashed: Callable[[], list[str]]


def fake_bench() -> Iterator[Bench]:
    lamp = FakeLamp()
    flashed = lambda: [name for name, _ in lamp.flashes]  # noqa: E731 - as short as it is said
    yield Bench(lamp, lamp.plug.pull, lamp.plug.put_back, flashed)


class Chip:
    """Pins that can be torn out, and what lit up on them."""

    def __init__(self) -> None:
        self.lit: list[str] = []
        self.put_back()

    def put_back(self) -> None:
        self.torn_out, self.factory = False, MockFactory()
        for name, number in PINS.items():
            self._watch(name, self.factory.pin(number))

    def pull(self) -> None:
        self.torn_out = True

    def found(self) -> MockFactory:
        if self.torn_out:
            raise OSError("no such chip")
        return self.factory

    def is_lit(self, name: str) -> bool:
        return bool(self.factory.pin(PINS[name]).state)

    def _watch(self, name: str, pin: MockPin) -> None:
        write = pin._set_state  # noqa: SLF001 - the mock has no wire that could break

        def watched(value: float) -> None:
            if self.torn_out:
                raise OSError("no such chip")
            write(value)
            if value:
                self.lit.append(name)

        pin._set_state = watched  # noqa: SLF001 - as above


@pytest.fixture
def chip() -> Iterator[Chip]:
    chip = Chip()
    yield chip
    chip.factory.close()


@pytest.fixture
def lamp(chip: Chip) -> Iterator[GpioLamp]:
    lamp = GpioLamp(PINS, chip.found)
    yield lamp
    lamp.close()


def gpio_bench() -> Iterator[Bench]:
    chip = Chip()
    lamp = GpioLamp(PINS, chip.found)
    yield Bench(lamp, chip.pull, chip.put_back, lambda: chip.lit)
    lamp.close()
    chip.factory.close()


@pytest.fixture(params=[fake_bench, gpio_bench])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    yield from request.param()


def test_flashes_and_needs_no_lamp_of_that_name(bench: Bench) -> None:
    bench.lamp.open()
    bench.lamp.flash("no such lamp", 0.4)
    bench.lamp.flash("smiley.5", 0.4)
    assert bench.flashed()[-1] == "smiley.5"


def test_a_closed_lamp_says_so_and_stays_dark(bench: Bench) -> None:
    with pytest.raises(DeviceClosed):
        bench.lamp.flash("smiley.5", 0.4)
    assert bench.flashed() == []


def test_is_lost_when_pulled_and_comes_back(bench: Bench) -> None:
    bench.lamp.open()
    bench.pull()
    with pytest.raises(DeviceLost):
        bench.lamp.flash("smiley.5", 0.4)
    with pytest.raises(CannotOpen):
        bench.lamp.open()
    bench.put_back()
    with pytest.raises((DeviceLost, DeviceClosed)):  # what was lost must be opened again
        bench.lamp.flash("smiley.5", 0.4)
    bench.lamp.open()
    bench.lamp.flash("smiley.4", 0.4)
    assert bench.flashed() == ["smiley.4"]


def test_gpio_lights_up_at_once_and_goes_out_by_itself(lamp: GpioLamp, chip: Chip) -> None:
    lamp.open()
    began_s = time.monotonic()
    lamp.flash("smiley.5", 0.5)
    assert chip.lit == ["smiley.5"]
    eventually(lambda: not chip.is_lit("smiley.5"))
    assert time.monotonic() - began_s >= 0.5


def test_gpio_goes_out_after_the_longest_of_its_flashes(lamp: GpioLamp, chip: Chip) -> None:
    lamp.open()
    began_s = time.monotonic()
    lamp.flash("smiley.5", 1)
    lamp.flash("smiley.5", 0.01)
    eventually(lambda: not chip.is_lit("smiley.5"))
    assert time.monotonic() - began_s >= 1


def test_gpio_leaves_no_thread_and_no_light_behind(lamp: GpioLamp, chip: Chip) -> None:
    before = set(threading.enumerate())  # some of another test may end meanwhile
    lamp.open()
    for _ in range(200):
        lamp.flash("smiley.5", 60.0)
        lamp.flash("smiley.4", 60.0)
    (lighting,) = set(threading.enumerate()) - before
    lamp.close()
    assert not lighting.is_alive()
    assert not chip.is_lit("smiley.5")
    assert not chip.is_lit("smiley.4")


def test_gpio_that_could_not_be_switched_off_says_so_next_time(lamp: GpioLamp, chip: Chip) -> None:
    lamp.open()
    lamp.flash("smiley.5", 0.01)
    chip.pull()

    def reported() -> bool:
        try:
            lamp.flash("no such lamp", 0.4)
        except DeviceLost as lost:
            return "no such chip" in str(lost)
        return False

    eventually(reported)


def test_gpio_says_that_a_pin_is_taken_and_gives_back_the_others(chip: Chip) -> None:
    theirs, ours = GpioLamp({"b": 27}, chip.found), GpioLamp({"a": 17, "b": 27}, chip.found)
    theirs.open()
    with pytest.raises(DeviceBusy, match="GPIO27"):
        ours.open()
    theirs.close()
    ours.open()
    ours.close()
