"""What every loudspeaker must do."""

import pytest

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost
from hardware.speaker.fake import FakeSpeaker
from hardware.speaker.port import Speaker


@pytest.fixture(params=[FakeSpeaker])
def speaker(request: pytest.FixtureRequest) -> Speaker:
    built: Speaker = request.param()
    return built


def test_chimes_and_speaks(speaker: Speaker) -> None:
    speaker.open()
    speaker.chime()
    speaker.say("Nummer A 17, bitte zu Platz 1.", "de")


def test_a_closed_speaker_says_so(speaker: Speaker) -> None:
    with pytest.raises(DeviceClosed):
        speaker.chime()
    with pytest.raises(DeviceClosed):
        speaker.say("Hallo", "de")


def test_open_again_after_close(speaker: Speaker) -> None:
    speaker.open()
    speaker.close()
    speaker.close()
    speaker.open()
    speaker.chime()


def test_fake_keeps_the_order_of_sounds() -> None:
    speaker = FakeSpeaker()
    speaker.open()
    speaker.chime()
    speaker.say("Number A 17", "en")
    assert list(speaker.heard) == ["chime", "en: Number A 17"]


def test_fake_is_lost_when_pulled_and_comes_back() -> None:
    speaker = FakeSpeaker()
    speaker.open()
    speaker.plug.pull()
    with pytest.raises(DeviceLost):
        speaker.chime()
    with pytest.raises(CannotOpen):
        speaker.open()
    speaker.plug.put_back()
    speaker.open()
    speaker.chime()
    assert list(speaker.heard) == ["chime"]
