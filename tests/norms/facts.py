"""Rows that concern no single screen: sound, wires, documentation, texts. Each gives a tally."""

from __future__ import annotations

import math
import re
import time
import tomllib
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from hardware.speaker.fake import FakeVoice
from hardware.speaker.port import Sound
from hardware.speech.port import SpeechOutput, SpokenText
from hardware.speech.synthesized import SynthesizedSpeech
from kiosk.domain.ids import LanguageCode
from kiosk.domain.keys import Key
from kiosk.domain.volume import MAX_PERCENT, MIN_PERCENT, step_volume
from kiosk.settings.texts import Texts
from kiosk.touch.flow.state import Screen
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import helps_of
from tests.hardware.test_speech_contract import SlowSpeaker
from tests.norms.row import EVERYWHERE, GLASS, Tally
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Iterable
    from threading import Event


DOCS = Path(__file__).parents[2] / "docs"
TEXTS = Texts.load()
LEAST_RANGE_DB, STEP_DB, TOLERANCE_DB = 18.0, 12.0, 1.0
SILENCE_WITHIN_S = 0.3
SENSORY: dict[str, str] = tomllib.loads(
    Path(__file__).with_name("sensory_words.toml").read_text(encoding="utf-8")
)
"""Words of place, shape and colour, in every language that the glass speaks."""

IDIOMS = ("rund um die uhr", "round the clock")
"""No shape is meant."""

_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")


def _fact(faults: Iterable[str], times: int = 1) -> Tally:
    tally = Tally()
    tally.add(EVERYWHERE, faults, times)
    return tally


def _missing_in(page: str, wanted: Iterable[str]) -> Tally:
    text = (DOCS / page).read_text(encoding="utf-8")
    words = [*wanted]
    return _fact((f"{page} lacks {word!r}" for word in words if word not in text), len(words))


def gain_range() -> Tally:
    """8.2.1: of samples as they are played; the softest volume is the reference."""
    tone = Sound("a tone", 8000, array("h", [round(20000 * math.sin(n / 3)) for n in range(800)]))
    percents = [MIN_PERCENT]
    while (louder := step_volume(percents[-1], 1)) != percents[-1]:
        percents.append(louder)
    loud = [_rms(tone.scaled(percent / 100)) for percent in percents]
    gains_db = [20 * math.log10(each / loud[0]) for each in loud]
    faults = []
    if percents[-1] != MAX_PERCENT or max(gains_db) < LEAST_RANGE_DB:
        faults.append(f"the range is {max(gains_db):.1f} dB")
    if min(abs(gain - STEP_DB) for gain in gains_db) > TOLERANCE_DB:
        faults.append(f"no step at {STEP_DB} dB")
    return _fact(faults, len(gains_db))


def _rms(sound: Sound) -> float:
    return math.sqrt(sum(sample**2 for sample in sound.samples) / len(sound.samples))


class _TimedSpeaker(SlowSpeaker):
    """Knows when its last sound ended."""

    silent_s = math.inf

    def play(self, sound: Sound, stopped: Event | None = None) -> None:
        super().play(sound, stopped)
        self.silent_s = time.monotonic()


def time_to_silence() -> Tally:
    """5.1.3.4: from the stop to the end of the sound; a busy machine makes some of them longer."""
    took_s = min(_until_silence_s() for _ in range(5))
    return _fact([f"{took_s:.2f} s"] if took_s > SILENCE_WITHIN_S else [])


def _until_silence_s() -> float:
    """As the thread that plays has it."""
    speaker = _TimedSpeaker()
    speech = SynthesizedSpeech(FakeVoice(), {SpeechOutput.HEADPHONES: speaker})
    speech.say([SpokenText("de", "Nummer ziehen")], SpeechOutput.HEADPHONES, 70)
    speaker.playing.wait(PATIENCE_S)
    stopped_s = time.monotonic()
    speech.stop()
    eventually(lambda: speaker.silent_s < math.inf, "silence")
    speech.close()
    return speaker.silent_s - stopped_s


def mounting_limits() -> Tally:
    return _missing_in("technicians.md", ("800 to 1100 mm", "1600 mm", "300 mm", "900 mm"))


def number_keys() -> Tally:
    """8.4.1: no wired key is a digit."""
    return _fact((f"{key} is a digit" for key in Key if key.isdigit()), len(Key))


def headphone_socket() -> Tally:
    return _missing_in("parts.md", ("headphone socket, 3.5 mm",))


def label_contrast() -> Tally:
    return _missing_in("hardware/buttons.md", ("0.7 (Michelson)",))


def documented_features() -> Tally:
    """12.1: what the code has, the page for testers and helpers names."""
    wanted = (*Screen, *helps_of(Pane.of(1280, 800)), *Key)
    return _missing_in("glass.md", (f"`{name}`" for name in wanted))


def sensory_words() -> Tally:
    """11.1.3.3: of all texts of a language, by words alone: a weak test, as the norm's own is."""
    tally = Tally()
    for code in TEXTS.languages:
        language = LanguageCode(code)
        words = SENSORY.get(code)
        if words is None:
            tally.add((GLASS, code), [f"no list of words for {code} in tests/norms/facts.py"])
            continue
        for key, forms in TEXTS.translations[language].forms.items():
            text = " ".join(forms).casefold()
            for idiom in IDIOMS:
                text = text.replace(idiom, "")
            found = set(words.split()) & {*_LETTERS.findall(text)}
            tally.add((GLASS, code), [f"{key}: {word}" for word in sorted(found)])
    return tally


def missing_easy_texts() -> Tally:
    """BITV 2.0, 4: Leichte Sprache has every text that German has."""
    german, easy = (TEXTS.translations[LanguageCode(code)].forms for code in ("de", "de-x-ls"))
    tally = Tally()
    tally.add((GLASS, "de-x-ls"), sorted(german.keys() - easy.keys()), len(german))
    return tally


TIMED = (time_to_silence,)
"""For `script/norms` alone: the suite times nothing."""

FACTS = (
    gain_range,
    mounting_limits,
    number_keys,
    headphone_socket,
    label_contrast,
    documented_features,
    sensory_words,
    missing_easy_texts,
)
