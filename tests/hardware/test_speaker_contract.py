"""What every loudspeaker must do, whatever plays the sound."""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from hardware.errors import CannotOpen, DeviceClosed, DeviceLost
from hardware.speaker.alsa import AlsaSpeaker
from hardware.speaker.fake import FakeSpeaker
from hardware.speaker.pipewire import PipeWireSpeaker
from hardware.speaker.wav import WavSpeaker
from tests.emulators.sound import FileCard, audible, stand_in, tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hardware.speaker.port import Speaker

SOFT, LOUD = tone(440, 0.05, peak=0.25), tone(440, 0.05, peak=0.5)

PW_PLAY = """
for file; do :; done
[ -e {folder}/plugged ] && cat "$file" >{folder}/heard/$(date +%s%N).wav
"""
PW_CLI = "[ ! -e {folder}/plugged ] || echo 'node.name = \"bus\"'"


@dataclass
class Bench:
    """A loudspeaker, with the hands and ears of a person beside it."""

    speaker: Speaker
    pull: Callable[[], None]
    put_back: Callable[[], None]
    heard: Callable[[], list[float]]
    """How loud each sound was, 0 to 1."""


def fake_bench(_folder: Path, _monkeypatch: pytest.MonkeyPatch) -> Bench:
    speaker = FakeSpeaker()
    plug = speaker.plug
    return Bench(speaker, plug.pull, plug.put_back, lambda: [round(p, 2) for p in speaker.peaks])


def wav_bench(folder: Path, _monkeypatch: pytest.MonkeyPatch) -> Bench:
    sounds, away = folder / "sounds", folder / "away"

    def pull() -> None:
        if sounds.exists():
            sounds.rename(away)
        sounds.write_text("something else lies there")

    def put_back() -> None:
        sounds.unlink()
        if away.exists():
            shutil.move(away, sounds)

    return Bench(WavSpeaker(sounds), pull, put_back, lambda: _peaks(sounds))


def alsa_bench(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    card = FileCard(folder, monkeypatch)
    speaker = AlsaSpeaker("bus")
    return Bench(
        speaker, card.pull, card.plug_in, lambda: [round(one.peak, 2) for one in card.heard()]
    )


def pipewire_bench(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Our command line against stand-ins for pw-play and pw-cli."""
    plug, heard = folder / "plugged", folder / "heard"
    heard.mkdir()
    plug.touch()
    stand_in(folder, "pw-play", PW_PLAY.format(folder=folder), monkeypatch)
    stand_in(folder, "pw-cli", PW_CLI.format(folder=folder), monkeypatch)
    return Bench(PipeWireSpeaker("bus"), plug.unlink, plug.touch, lambda: _peaks(heard))


def _peaks(folder: Path) -> list[float]:
    return [round(sound.peak, 2) for sound in audible(folder)]


@pytest.fixture(params=[fake_bench, wav_bench, alsa_bench, pipewire_bench])
def bench(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    built: Bench = request.param(tmp_path, monkeypatch)
    return built


def test_sounds_are_heard_in_order_and_as_loud_as_they_are(bench: Bench) -> None:
    bench.speaker.open()
    assert bench.heard() == [], "it made a noise when it was opened"
    bench.speaker.play(SOFT)
    bench.speaker.play(LOUD)
    bench.speaker.check()
    assert bench.heard() == [0.25, 0.5]


def test_what_was_stopped_is_no_trouble_and_the_next_sound_is_heard(bench: Bench) -> None:
    stopped = threading.Event()
    stopped.set()
    bench.speaker.open()
    bench.speaker.play(LOUD, stopped)
    bench.speaker.play(SOFT, threading.Event())
    assert bench.heard()[-1] == 0.25


def test_a_closed_speaker_says_so_and_is_silent(bench: Bench) -> None:
    with pytest.raises(DeviceClosed):
        bench.speaker.play(SOFT)
    with pytest.raises(DeviceClosed):
        bench.speaker.check()
    with pytest.raises(DeviceClosed):
        bench.speaker.forget()
    assert bench.heard() == []


def test_sounds_again_when_opened_after_close(bench: Bench) -> None:
    bench.speaker.open()
    bench.speaker.close()
    bench.speaker.close()
    bench.speaker.open()
    bench.speaker.play(SOFT)
    assert bench.heard() == [0.25]


def test_is_lost_when_pulled_and_comes_back(bench: Bench) -> None:
    bench.speaker.open()
    bench.pull()
    with pytest.raises(DeviceLost):
        bench.speaker.play(SOFT)
    with pytest.raises(CannotOpen):
        bench.speaker.open()
    bench.put_back()
    bench.speaker.open()
    bench.speaker.play(SOFT)
    assert bench.heard() == [0.25]


def test_forget_leaves_nothing_of_past_sounds(bench: Bench) -> None:
    bench.speaker.open()
    bench.speaker.forget()
    bench.speaker.play(SOFT)
    assert bench.heard() == [0.25]


def test_a_demo_for_weeks_keeps_the_newest_sounds_only(tmp_path: Path) -> None:
    speaker = WavSpeaker(tmp_path, most_files=2)
    speaker.open()
    for _ in range(5):
        speaker.play(SOFT)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "sound-000004.wav",
        "sound-000005.wav",
    ]
    speaker.forget()
    assert list(tmp_path.iterdir()) == []


def test_two_speakers_in_one_folder_overwrite_nothing(tmp_path: Path) -> None:
    panel, self_test = WavSpeaker(tmp_path), WavSpeaker(tmp_path)
    panel.open()
    self_test.open()
    for speaker in (panel, self_test, self_test, panel):
        speaker.play(SOFT)
    assert len(list(tmp_path.glob("*.wav"))) == 4
