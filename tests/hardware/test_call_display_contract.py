"""What every call display must do."""

import pytest

from hardware.call_display.fake import FakeCallDisplay
from hardware.call_display.port import CallDisplay
from hardware.errors import CannotOpen, DeviceClosed, DeviceLost


@pytest.fixture(params=[FakeCallDisplay])
def display(request: pytest.FixtureRequest) -> CallDisplay:
    built: CallDisplay = request.param()
    return built


def test_shows_and_clears_as_often_as_told(display: CallDisplay) -> None:
    display.open()
    display.clear()
    display.show("A-017", "1")
    display.show("A-017", "1")
    display.clear()
    display.clear()


def test_a_closed_display_says_so(display: CallDisplay) -> None:
    with pytest.raises(DeviceClosed):
        display.show("A-017", "1")
    with pytest.raises(DeviceClosed):
        display.clear()


def test_open_again_after_close(display: CallDisplay) -> None:
    display.open()
    display.close()
    display.close()
    display.open()
    display.show("A-017", "1")


def test_fake_shows_the_last_call_only() -> None:
    display = FakeCallDisplay()
    display.open()
    display.show("A-017", "1")
    display.show("B-002", "2")
    assert display.shown == ("B-002", "2")
    assert list(display.calls) == [("A-017", "1"), ("B-002", "2")]
    display.clear()
    assert display.shown is None


def test_fake_is_lost_when_pulled_and_comes_back() -> None:
    display = FakeCallDisplay()
    display.open()
    display.plug.pull()
    with pytest.raises(DeviceLost):
        display.show("A-017", "1")
    with pytest.raises(CannotOpen):
        display.open()
    display.plug.put_back()
    display.open()
    display.show("A-018", "1")
    assert display.shown == ("A-018", "1")
