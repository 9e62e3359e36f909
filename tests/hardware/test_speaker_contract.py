"""What every loudspeaker must do."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost
from hardware.speaker.fake import FakeSpeaker
from hardware.speaker.port import Speaker


@dataclass
class Bench:
    """A loudspeaker, with the hands and ears of somebody beside it."""

    speaker: Speaker
    pull: Callable[[], None]
    put_back: Callable[[], None]
    heard: Callable[[], list[str]]


def fake_bench() -> Bench:
    speaker = FakeSpeaker()
    return Bench(speaker, speaker.plug.pull, speaker.plug.put_back, lambda: list(speaker.heard))


@pytest.fixture(params=[fake_bench])
def bench(request: pytest.FixtureRequest) -> Bench:
    built: Bench = request.param()
    return built


def test_chimes_and_speaks_in_order(bench: Bench) -> None:
    bench.speaker.open()
    bench.speaker.chime()
    bench.speaker.say("Nummer A 17, bitte zu Platz 1.", "de")
    bench.speaker.say("Number A 17, please go to desk 1.", "en")
    assert bench.heard() == [
        "chime",
        "de: Nummer A 17, bitte zu Platz 1.",
        "en: Number A 17, please go to desk 1.",
    ]


def test_a_closed_speaker_says_so_and_is_silent(bench: Bench) -> None:
    with pytest.raises(DeviceClosed):
        bench.speaker.chime()
    with pytest.raises(DeviceClosed):
        bench.speaker.say("Hallo", "de")
    assert bench.heard() == []


def test_sounds_again_when_opened_after_close(bench: Bench) -> None:
    bench.speaker.open()
    bench.speaker.close()
    bench.speaker.close()
    bench.speaker.open()
    bench.speaker.chime()
    assert bench.heard() == ["chime"]


def test_is_lost_when_pulled_and_comes_back(bench: Bench) -> None:
    bench.speaker.open()
    bench.pull()
    with pytest.raises(DeviceLost):
        bench.speaker.chime()
    with pytest.raises(CannotOpen):
        bench.speaker.open()
    bench.put_back()
    bench.speaker.open()
    bench.speaker.chime()
    assert bench.heard() == ["chime"]
