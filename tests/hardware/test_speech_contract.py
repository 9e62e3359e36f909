"""Contract of every driver of speech."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from hardware.speaker.fake import FakeSpeaker, FakeVoice
from hardware.speech.fake import FakeSpeech
from hardware.speech.file import FileSpeech
from hardware.speech.port import SpeechOutput, SpokenText
from hardware.speech.synthesized import SynthesizedSpeech
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hardware.speaker.port import Sound
    from hardware.speech.port import Speech

ONE, TWO, THREE = (SpokenText("de", text) for text in ("Eins", "Zwei", "Drei"))


@dataclass
class Bench:
    """A voice, and the ears of both who may hear it."""

    speech: Speech
    heard: Callable[[SpeechOutput], list[str]]


def fake_bench(_folder: Path) -> Bench:
    speech = FakeSpeech()

    def heard(target: SpeechOutput) -> list[str]:
        return [f"{one.language}: {one.text}" for one, to, _ in speech.said if to is target]

    return Bench(speech, heard)


def file_bench(folder: Path) -> Bench:
    path = folder / "spoken.jsonl"

    def heard(target: SpeechOutput) -> list[str]:
        lines = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        return [f"{one['language']}: {one['text']}" for one in lines if one["target"] == target]

    return Bench(FileSpeech(path), heard)


def synthesized_bench(_folder: Path) -> Bench:
    speakers = {target: FakeSpeaker() for target in SpeechOutput}
    return Bench(SynthesizedSpeech(FakeVoice(), speakers), lambda to: list(speakers[to].heard))


@pytest.fixture(params=[fake_bench, file_bench, synthesized_bench])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Bench:
    built: Bench = request.param(tmp_path)
    return built


def test_sentences_are_heard_in_order_by_the_one_they_are_for(bench: Bench) -> None:
    bench.speech.say([ONE, TWO], SpeechOutput.HEADPHONES, 50)
    eventually(lambda: len(bench.heard(SpeechOutput.HEADPHONES)) == 2, "two sentences")
    assert bench.heard(SpeechOutput.HEADPHONES) == ["de: Eins", "de: Zwei"]
    assert bench.heard(SpeechOutput.LOUDSPEAKER) == []
    bench.speech.say([THREE], SpeechOutput.LOUDSPEAKER, 50)
    eventually(lambda: bench.heard(SpeechOutput.LOUDSPEAKER) == ["de: Drei"], "a third one aloud")
    assert bench.speech.trouble is None


def test_a_stopped_voice_is_silent_and_speaks_again(bench: Bench) -> None:
    bench.speech.stop()
    bench.speech.say([ONE], SpeechOutput.HEADPHONES, 50)
    eventually(lambda: bench.heard(SpeechOutput.HEADPHONES) == ["de: Eins"], "one sentence")
    bench.speech.stop()
    assert not bench.speech.speaking
    assert bench.speech.has_voice("de")
    bench.speech.close()


class SlowSpeaker(FakeSpeaker):
    """Each sound lasts until it is stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.playing = threading.Event()

    def play(self, sound: Sound, stopped: threading.Event | None = None) -> None:
        super().play(sound, stopped)
        self.playing.set()
        assert stopped
        assert stopped.wait(PATIENCE_S)


def test_new_speech_interrupts_the_old_without_waiting() -> None:
    speaker = SlowSpeaker()
    speech = SynthesizedSpeech(FakeVoice(), {SpeechOutput.HEADPHONES: speaker})
    speech.say([ONE, TWO], SpeechOutput.HEADPHONES, 50)
    assert speaker.playing.wait(PATIENCE_S)
    assert speech.speaking
    speech.say([THREE], SpeechOutput.HEADPHONES, 50)
    eventually(lambda: list(speaker.heard) == ["de: Eins", "de: Drei"], "the new sentence")
    speech.stop()
    assert not speech.speaking
    speech.close()


def test_a_broken_output_or_voice_is_reported_and_tried_again() -> None:
    speaker = FakeSpeaker()
    speech = SynthesizedSpeech(FakeVoice("ku"), {SpeechOutput.HEADPHONES: speaker})
    assert not speech.has_voice("ku")
    speaker.plug.pull()
    speech.say([ONE], SpeechOutput.HEADPHONES, 50)
    eventually(lambda: "speaker" in str(speech.trouble), "the trouble of the output")
    speaker.plug.put_back()
    speech.say([TWO], SpeechOutput.HEADPHONES, 50)
    eventually(lambda: list(speaker.heard) == ["de: Zwei"], "a sentence")
    eventually(lambda: speech.trouble is None, "the end of the trouble")
    speech.say([SpokenText("ku", "Yek")], SpeechOutput.HEADPHONES, 50)
    eventually(lambda: "'ku'" in str(speech.trouble), "the trouble of the voice")
    speech.close()


def test_an_unwritable_file_is_reported_as_trouble(tmp_path: Path) -> None:
    speech = FileSpeech(tmp_path / "gone" / "spoken.jsonl")
    speech.say([ONE], SpeechOutput.HEADPHONES, 50)
    assert "No such file" in str(speech.trouble)
