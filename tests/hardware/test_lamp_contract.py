"""What every lamp must do."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost
from hardware.lamp.fake import FakeLamp
from hardware.lamp.port import Lamp


@dataclass
class Bench:
    """Lamps, with the hands and eyes of somebody before them."""

    lamp: Lamp
    pull: Callable[[], None]
    put_back: Callable[[], None]
    flashed: Callable[[], list[str]]


def fake_bench() -> Bench:
    lamp = FakeLamp()
    return Bench(lamp, lamp.plug.pull, lamp.plug.put_back, lambda: list(lamp.flashes))


@pytest.fixture(params=[fake_bench])
def bench(request: pytest.FixtureRequest) -> Bench:
    built: Bench = request.param()
    return built


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
    with pytest.raises(DeviceLost):
        bench.lamp.flash("smiley.5", 0.4)
    bench.lamp.open()
    bench.lamp.flash("smiley.4", 0.4)
    assert bench.flashed() == ["smiley.4"]
