"""What every call display must do."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from hardware.call_display.fake import FakeCallDisplay
from hardware.call_display.port import CallDisplay
from hardware.errors import CannotOpen, DeviceClosed, DeviceLost


@dataclass
class Bench:
    """A call display, with the hands and eyes of somebody who stands before it."""

    display: CallDisplay
    pull: Callable[[], None]
    put_back: Callable[[], None]
    shown: Callable[[], tuple[str, str] | None]


def fake_bench() -> Bench:
    display = FakeCallDisplay()
    return Bench(display, display.plug.pull, display.plug.put_back, lambda: display.shown)


@pytest.fixture(params=[fake_bench])
def bench(request: pytest.FixtureRequest) -> Bench:
    built: Bench = request.param()
    return built


def test_shows_the_last_call_until_it_is_cleared(bench: Bench) -> None:
    bench.display.open()
    assert bench.shown() is None
    bench.display.show("A-017", "1")
    bench.display.show("A-017", "1")
    assert bench.shown() == ("A-017", "1")
    bench.display.show("B-002", "2")
    assert bench.shown() == ("B-002", "2")
    bench.display.clear()
    bench.display.clear()
    assert bench.shown() is None


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
    assert bench.shown() == ("A-017", "1")


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
    assert bench.shown() == ("A-018", "1")


def test_fake_remembers_all_calls() -> None:
    display = FakeCallDisplay()
    display.open()
    display.show("A-017", "1")
    display.show("B-002", "2")
    display.clear()
    assert list(display.calls) == [("A-017", "1"), ("B-002", "2")]
