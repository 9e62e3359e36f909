"""Calls as they sound: by the real espeak-ng, in every language that is shipped, and by clips."""

from __future__ import annotations

import time
from array import array
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hardware.errors import CannotSpeak
from hardware.speaker.chime import chime
from hardware.speaker.clips import RecordedVoice
from hardware.speaker.piper import PiperVoice
from hardware.speaker.port import SLOW_WORDS_PER_MIN, Sound, Utterance
from hardware.speaker.voice import EspeakVoice
from hardware.speaker.waveform import as_wav
from hardware.speech.port import clip_name
from kiosk.devices.phrases import Phrases
from kiosk.domain.ids import DeskId, LanguageCode, TicketId
from kiosk.service.queue_view import Call
from kiosk.settings.texts import Texts
from tests.emulators.sound import stand_in, strength, tone
from tests.town import TownClock
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.moment import Moment

TEXTS = Texts.load()
NOW: Callable[[], Moment] = TownClock()
HALF_A_CALL = Utterance("de", "Nummer A, 17, bitte zu Platz 3.", ("call", "a", "17", "desk", "3"))
UNSPOKEN = "qqx"
"""Reserved for private use: no version of espeak-ng has a voice for it."""
QUIET_DBFS = 0.1
"""A peak of -20 dBFS."""


def _call(number: str, desk: str, language: str) -> Utterance:
    called = Call(1, TicketId(1), number, DeskId(desk), NOW())
    return Phrases(TEXTS, [LanguageCode(language)]).call(called)[0]


@pytest.mark.parametrize("language", TEXTS.languages)
def test_a_call_is_spoken_in_every_language_that_is_shipped(language: str) -> None:
    for number in ("A-017", "E-999"):
        sound = EspeakVoice().speak(_call(number, "3", language))
        assert 0.3 < sound.duration_s < 15
        assert sound.peak > QUIET_DBFS
        loud = sum(abs(sample) > 1000 for sample in sound.samples)
        assert loud > sound.rate_hz / 10, "almost all of it is silence"


@pytest.mark.parametrize("language", ["de", "en", "tr"])
def test_letters_that_rhyme_sound_different(language: str) -> None:
    said = {
        letter: EspeakVoice().speak(_call(f"{letter}-017", "3", language)).samples.tobytes()
        for letter in "BCDE"
    }
    assert len(set(said.values())) == 4


def test_english_hears_the_letter_a_and_no_article() -> None:
    """`A 17` is read as "a seventeen"; the pause makes a letter of it, which takes longer."""
    voice = EspeakVoice()
    letter = voice.speak(Utterance("en", "A, 17")).duration_s
    assert letter > voice.speak(Utterance("en", "A 17")).duration_s + 0.1


def test_leichte_sprache_has_the_german_voice() -> None:
    plain = EspeakVoice().speak(Utterance("de-x-ls", "Nummer A, 1."))
    assert plain.samples == EspeakVoice().speak(Utterance("de", "Nummer A, 1.")).samples


def test_words_are_never_an_option_or_a_command(tmp_path: Path) -> None:
    hostile = f"-w{tmp_path}/written $(touch {tmp_path}/touched) `id`; \0 [[ <voice/> %s"
    assert EspeakVoice().speak(Utterance("de", hostile)).peak > QUIET_DBFS
    assert list(tmp_path.iterdir()) == []


def test_a_missing_voice_and_a_missing_program_say_so() -> None:
    with pytest.raises(CannotSpeak, match=f"in '{UNSPOKEN}': .*voice does not exist"):
        EspeakVoice().check(UNSPOKEN)
    with pytest.raises(CannotSpeak, match="the program no-such-voice is not installed"):
        EspeakVoice("no-such-voice").speak(HALF_A_CALL)
    EspeakVoice().check("de")


def test_a_voice_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, "espeak-ng", f"echo $$ >{tmp_path}/pid; exec sleep 600", monkeypatch)
    began_s = time.monotonic()
    with pytest.raises(CannotSpeak, match=r"has not answered for 0\.3 s"):
        EspeakVoice(longest_s=0.3).speak(HALF_A_CALL)
    assert time.monotonic() - began_s < PATIENCE_S
    assert not Path("/proc", (tmp_path / "pid").read_text().strip()).exists()


def test_a_voice_with_broken_output_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "espeak-ng", "echo no sound", monkeypatch)
    with pytest.raises(CannotSpeak, match="not a WAV file"):
        EspeakVoice().speak(HALF_A_CALL)


def test_the_chime_rings_at_880_hz_and_fades() -> None:
    sound = chime()
    assert 1 < sound.duration_s < 2
    assert sound.peak > 0.8
    first = Sound("first", sound.rate_hz, sound.samples[: round(0.4 * sound.rate_hz)])
    assert strength(first, 880) > 10 * max(strength(first, 740), strength(first, 1000))
    assert abs(sound.samples[-1]) < 50, "it ends with a click"


def _record(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_wav(tone(440, 0.2)))


def test_clips_are_played_only_when_the_whole_call_was_recorded(tmp_path: Path) -> None:
    voice = RecordedVoice(tmp_path, EspeakVoice())
    _record(tmp_path / "de", "call", "a", "17", "desk")
    assert voice.speak(HALF_A_CALL).samples == EspeakVoice().speak(HALF_A_CALL).samples
    _record(tmp_path / "de", "3")
    recorded = voice.speak(HALF_A_CALL)
    assert recorded.told == "de: call a 17 desk 3"
    assert recorded.duration_s == pytest.approx(5 * 0.28, abs=0.01)
    assert recorded.peak == pytest.approx(0.9, abs=0.01)


def test_a_faulty_clip_is_named_and_does_without(tmp_path: Path) -> None:
    voice = RecordedVoice(tmp_path, EspeakVoice())
    _record(tmp_path / "de", "call", "a", "17", "desk", "3")
    (tmp_path / "de/17.wav").write_bytes(b"RIFF, but nothing that plays")
    (tmp_path / "de/a.wav").write_bytes(as_wav(Sound("low", 4000, array("h", [9] * 9))))
    assert voice.speak(HALF_A_CALL).told.startswith("de: Nummer A, 17")
    assert voice.faults() == [
        "de/17.wav: it is not a WAV file with PCM samples",
        "de/a.wav: it has 16 bit, 4000 Hz, channels: 1; save it with 16 bit, 8000 to 48000 Hz, 1",
    ]


def test_clips_of_different_rates_do_without(tmp_path: Path) -> None:
    _record(tmp_path / "de", "call", "a", "17", "desk", "3")
    (tmp_path / "de/3.wav").write_bytes(as_wav(tone(440, 0.2, rate_hz=44100)))
    said = RecordedVoice(tmp_path, EspeakVoice()).speak(HALF_A_CALL)
    assert said.told.startswith("de: Nummer A, 17")


def test_a_desk_with_a_strange_name_opens_no_other_file(tmp_path: Path) -> None:
    _record(tmp_path / "clips/de", "call", "a", "17", "desk")
    _record(tmp_path, "secret")
    strange = Utterance("de", "Nummer", ("call", "a", "17", "desk", "../../secret"))
    assert RecordedVoice(tmp_path / "clips", EspeakVoice()).speak(strange).told == "de: Nummer"


def test_a_language_that_no_program_speaks_may_have_been_recorded(tmp_path: Path) -> None:
    voice = RecordedVoice(tmp_path, EspeakVoice())
    with pytest.raises(CannotSpeak):
        voice.check(UNSPOKEN)
    _record(tmp_path / UNSPOKEN, *HALF_A_CALL.clips)
    voice.check(UNSPOKEN)
    recorded = voice.speak(replace(HALF_A_CALL, language=UNSPOKEN))
    assert recorded.told == f"{UNSPOKEN}: call a 17 desk 3"
    with pytest.raises(CannotSpeak):
        voice.speak(Utterance(UNSPOKEN, "…", ("call", "a", "18", "desk", "3")))


def test_a_recorded_chime_replaces_ours(tmp_path: Path) -> None:
    voice = RecordedVoice(tmp_path, EspeakVoice())
    assert voice.chime() == chime()
    _record(tmp_path, "chime")
    assert voice.chime().duration_s == pytest.approx(0.2)


PIPER = """
echo "$*" >{folder}/asked
cat >{folder}/given
[ ! -e {folder}/broken ] && head -c 44100 /dev/urandom
"""


def _piper(folder: Path, monkeypatch: pytest.MonkeyPatch) -> PiperVoice:
    """With a German voice, and a stand-in for the program."""
    voices = folder / "voices"
    voices.mkdir()
    (voices / "de_DE-demo-medium.onnx").touch()
    (voices / "de_DE-demo-medium.onnx.json").write_text('{"audio": {"sample_rate": 22050}}')
    stand_in(folder, "piper", PIPER.format(folder=folder), monkeypatch)
    return PiperVoice(voices, EspeakVoice())


def test_a_voice_of_piper_speaks_its_language_and_slower_where_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = _piper(tmp_path, monkeypatch)
    sound = voice.speak(Utterance("de", "Nummer\nziehen"))
    assert (sound.rate_hz, sound.duration_s) == (22050, 1.0)
    assert (tmp_path / "given").read_text() == "Nummer ziehen"
    assert "de_DE-demo-medium.onnx --output-raw --length-scale 1.00" in _asked(tmp_path)
    voice.speak(Utterance("de-x-ls", "Nummer ziehen", words_per_min=SLOW_WORDS_PER_MIN))
    assert "--length-scale 1.32" in _asked(tmp_path)
    voice.check("de")


def _asked(folder: Path) -> str:
    return (folder / "asked").read_text()


def test_what_piper_cannot_say_is_said_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = _piper(tmp_path, monkeypatch)
    english = Utterance("en", "Take a number")
    assert voice.speak(english).samples == EspeakVoice().speak(english).samples
    (tmp_path / "broken").touch()
    german = Utterance("de", "Nummer ziehen")
    assert voice.speak(german).samples == EspeakVoice().speak(german).samples
    with pytest.raises(CannotSpeak):
        voice.check(UNSPOKEN)


def test_a_sentence_of_the_glass_has_a_clip_of_its_own(tmp_path: Path) -> None:
    sentence = "Nummer ziehen"
    _record(tmp_path / "de", clip_name(sentence))
    voice = RecordedVoice(tmp_path, EspeakVoice())
    assert voice.speak(Utterance("de", sentence, (clip_name(sentence),))).duration_s < 0.4
    assert clip_name(sentence).startswith("nummer-ziehen-")
    assert clip_name("\u0633\u062d\u0628 \u0631\u0642\u0645") != clip_name("\u0633\u062d\u0628")
