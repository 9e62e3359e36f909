"""What every lamp must do."""

import pytest

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost
from hardware.lamp.fake import FakeLamp
from hardware.lamp.port import Lamp


@pytest.fixture(params=[FakeLamp])
def lamp(request: pytest.FixtureRequest) -> Lamp:
    built: Lamp = request.param()
    return built


def test_flash_returns_at_once_and_needs_no_lamp_of_that_name(lamp: Lamp) -> None:
    lamp.open()
    lamp.flash("smiley.5", 0.4)
    lamp.flash("no such lamp", 0.4)


def test_a_closed_lamp_says_so(lamp: Lamp) -> None:
    with pytest.raises(DeviceClosed):
        lamp.flash("smiley.5", 0.4)


def test_fake_is_lost_when_pulled_and_comes_back() -> None:
    lamp = FakeLamp()
    lamp.open()
    lamp.plug.pull()
    with pytest.raises(DeviceLost):
        lamp.flash("smiley.5", 0.4)
    with pytest.raises(CannotOpen):
        lamp.open()
    lamp.plug.put_back()
    with pytest.raises(DeviceLost):
        lamp.flash("smiley.5", 0.4)
    lamp.open()
    lamp.flash("smiley.4", 0.4)
    assert list(lamp.flashes) == ["smiley.4"]
