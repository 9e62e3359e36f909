"""What the loudspeaker does with calls, in the thread of the test: step by step."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest

from hardware.errors import DeviceLost
from hardware.speaker.fake import FakeSpeaker, FakeVoice
from hardware.trouble import Trouble
from kiosk.devices.phrases import Phrases
from kiosk.domain.device_condition import READY, Condition
from kiosk.domain.ids import DeskId, LanguageCode, TicketId
from kiosk.panel import speaker
from kiosk.panel.speaker import SpeakerDuty
from kiosk.service.queue_view import Call
from kiosk.settings.texts import Texts
from tests.town import TownClock
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.speaker.port import Sound, Utterance

TEXTS = Texts.load()
CLOCK = TownClock()
LANGUAGES = [LanguageCode("de"), LanguageCode("en")]


def call(ticket: int, entry: int = 0) -> Call:
    number = f"B-{ticket:03}"
    return Call(entry or ticket, TicketId(ticket), number, DeskId("3"), CLOCK())


@dataclass
class Booth:
    """A speaker that is open, with its duty."""

    speaker: FakeSpeaker = field(default_factory=FakeSpeaker)
    voice: FakeVoice = field(default_factory=FakeVoice)
    percent: int = 50

    def __post_init__(self) -> None:
        phrases = Phrases(TEXTS, LANGUAGES)
        self.duty = SpeakerDuty(self.speaker, self.voice, phrases, CLOCK, lambda: self.percent)
        self.duty.open()

    def rung(self) -> list[str]:
        """The numbers that were called in German, after a step of work."""
        self.duty.work()
        german = [heard for heard in self.speaker.heard if heard.startswith("de: Nummer")]
        return [heard.removeprefix("de: Nummer ").partition(", bitte")[0] for heard in german]


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing to do it returns at once."""
    monkeypatch.setattr(speaker, "LONGEST_WORK_S", 0.0)


@pytest.fixture
def booth() -> Booth:
    return Booth()


def test_a_number_without_a_letter_is_spoken_as_a_number(booth: Booth) -> None:
    booth.duty.call(replace(call(17), number="017"))
    assert booth.rung() == ["17"]
    (said,) = Phrases(TEXTS, LANGUAGES[:1]).call(replace(call(17), number="017"))
    assert said.clips == ("call", "17", "desk", "3")


def test_calls_are_spoken_one_after_the_other_each_with_its_chime(booth: Booth) -> None:
    booth.duty.call(call(17))
    booth.duty.call(call(18))
    booth.duty.work()
    assert list(booth.speaker.heard) == [
        "chime",
        "de: Nummer B, 17, bitte zu Platz 3.",
        "en: Number B, 17, please go to desk 3.",
        "chime",
        "de: Nummer B, 18, bitte zu Platz 3.",
        "en: Number B, 18, please go to desk 3.",
    ]


def test_two_quick_recalls_both_ring_and_a_flood_drops_no_other_call(booth: Booth) -> None:
    for entry in (1, 2):
        booth.duty.call(call(1, entry))
    assert booth.rung() == ["B, 1", "B, 1"]
    booth.speaker.heard.clear()
    for entry in range(100):
        booth.duty.call(call(1, entry))
    booth.duty.call(call(2))
    assert booth.rung() == ["B, 1", "B, 1", "B, 2"]


def test_an_undone_call_is_not_spoken(booth: Booth) -> None:
    for ticket in (1, 2, 3):
        booth.duty.call(call(ticket))
    booth.duty.take_back(TicketId(2))
    assert booth.rung() == ["B, 1", "B, 3"]


class Interrupting(FakeSpeaker):
    """A person at the desk acts as soon as it rings."""

    act: Callable[[], None]

    def play(self, sound: Sound, stopped: threading.Event | None = None) -> None:
        super().play(sound, stopped)
        self.act()


def test_a_call_that_is_undone_while_the_chime_rings_stays_a_chime() -> None:
    speaker = Interrupting()
    booth = Booth(speaker)
    speaker.act = lambda: booth.duty.take_back(TicketId(1))
    booth.duty.call(call(1))
    booth.duty.work()
    assert list(speaker.heard) == ["chime"]


class PunctualVoice(FakeVoice):
    """Tells when it has made its last sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.all_made = threading.Event()

    def speak(self, utterance: Utterance) -> Sound:
        sound = super().speak(utterance)
        if utterance.language == LANGUAGES[-1]:
            self.all_made.set()
        return sound


def test_the_sentences_are_made_while_the_chime_rings() -> None:
    speaker, voice = Interrupting(), PunctualVoice()
    booth = Booth(speaker, voice)
    made_in_time: list[bool] = []
    speaker.act = lambda: made_in_time.append(voice.all_made.wait(PATIENCE_S))
    booth.duty.call(call(1))
    booth.duty.work()
    assert made_in_time == [True, True, True]


def test_a_call_that_waited_too_long_is_not_spoken(booth: Booth) -> None:
    booth.duty.call(call(1))
    CLOCK.pass_s(31)
    booth.duty.call(call(2))
    assert booth.rung() == ["B, 2"]


def test_the_volume_of_the_moment_holds_for_each_sound(booth: Booth) -> None:
    booth.duty.call(call(1))
    booth.duty.work()
    booth.percent = 100
    booth.duty.call(call(2))
    booth.duty.work()
    softer, louder = booth.speaker.peaks[0], booth.speaker.peaks[3]
    assert louder == pytest.approx(2 * softer, rel=0.01)


def test_in_a_silent_hour_nothing_is_played(booth: Booth) -> None:
    booth.percent = 0
    booth.duty.call(call(1))
    assert booth.rung() == []
    assert booth.duty.work() == READY


def test_a_missing_voice_leaves_the_chime_and_the_other_language_and_shows() -> None:
    booth = Booth(voice=FakeVoice("en"))
    assert booth.duty.work().troubles == (Trouble.FAULT,)
    booth.duty.call(call(1))
    condition = booth.duty.work()
    assert [heard.partition(":")[0] for heard in booth.speaker.heard] == ["chime", "de"]
    assert "'en'" in condition.detail
    booth.voice.mute.clear()
    booth.duty.call(call(2))
    assert booth.duty.work() == READY


def test_a_sample_rings_once_and_calls_no_ticket(booth: Booth) -> None:
    for _ in range(5):
        booth.duty.self_test()
    booth.duty.work()
    assert list(booth.speaker.heard) == [
        "chime",
        "de: Dies ist eine Probe. Niemand wird aufgerufen.",
        "en: This is a test. Nobody is being called.",
    ]


def test_the_end_of_a_visit_silences_and_forgets_its_calls(booth: Booth) -> None:
    booth.duty.call(call(1))
    booth.duty.work()
    booth.duty.call(call(2))
    booth.duty.forget()
    booth.duty.work()
    assert list(booth.speaker.heard) == []


def test_a_speaker_that_is_pulled_is_missed_without_a_call(
    booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker, "LOOK_EVERY_S", 0.0)
    assert booth.duty.work() == READY
    booth.speaker.plug.pull()
    with pytest.raises(DeviceLost):
        booth.duty.work()
    booth.duty.call(call(1))
    booth.duty.give_up(Condition((Trouble.LOST,)))
    booth.speaker.plug.put_back()
    booth.duty.open()
    assert booth.rung() == []


def test_staff_hear_without_words_how_a_stick_ended() -> None:
    booth = Booth()
    booth.duty.signal(good=True)
    booth.duty.work()
    booth.duty.signal(good=False)
    booth.duty.work()
    assert [*booth.speaker.heard] == ["done", "refused"]
