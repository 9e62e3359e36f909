"""Calls, from the desk to display and loudspeaker."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from hardware.speaker.clips import RecordedVoice
from hardware.speaker.fake import FakeSpeaker
from hardware.speaker.voice import EspeakVoice
from hardware.speaker.wav import WavSpeaker
from kiosk.devices.speaker import SpeakerWithVoice
from kiosk.domain.stick import StickState
from kiosk.service import staff, undo_log, visits, volume
from kiosk.service.sticks import report_stick
from kiosk.settings.config import Devices
from kiosk.settings.config.devices import CallDisplaySettings
from kiosk.system.paths import Paths
from kiosk.wiring.drivers import drivers
from tests.emulators.broker import Broker
from tests.panel.bus import Bus, running
from tests.town import FIRST_DESK, MARKET
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.speaker.port import Sound


def test_a_call_is_shown_and_spoken_in_german_and_english(bus: Bus) -> None:
    bus.take()
    with running(bus):
        bus.call()
        eventually(lambda: len(bus.speaker.heard) == 3)
    assert list(bus.speaker.heard) == [
        "chime",
        "de: Nummer A, 1, bitte zu Platz 1.",
        "en: Number A, 1, please go to desk 1.",
    ]
    assert bus.display.shown == ("A-001", "1")


def test_a_recall_rings_again(bus: Bus) -> None:
    bus.take()
    with running(bus):
        bus.call()
        eventually(lambda: bus.speaker.heard.count("chime") == 1)
        staff.recall(bus.office, "1", bus.now())
        eventually(lambda: bus.speaker.heard.count("chime") == 2)
        eventually(lambda: len(bus.display.calls) == 2)


def test_a_restart_repeats_no_call_but_shows_who_is_called(bus: Bus) -> None:
    bus.take()
    with running(bus):
        bus.call()
        eventually(lambda: len(bus.speaker.heard) == 3)
    bus.speaker.heard.clear()
    bus.display.shown = None
    with running(bus):
        eventually(lambda: bus.display.shown == ("A-001", "1"))
        bus.take()
        bus.call("2")  # handles B only: no call
        eventually(lambda: len(bus.slips()) == 2)
    assert list(bus.speaker.heard) == []


def test_a_call_of_a_moment_ago_is_made_up_for_and_an_old_one_is_not(bus: Bus) -> None:
    with running(bus):  # the panel has kept a place in the journal before
        bus.take()
        bus.call()
        eventually(lambda: len(bus.speaker.heard) == 3)
        staff.start(bus.office, FIRST_DESK, bus.now())
    bus.take()
    bus.call()
    bus.now.pass_s(11)
    bus.take()
    bus.call()
    with running(bus):
        eventually(lambda: len(bus.speaker.heard) == 6)
    assert "de: Nummer A, 3, bitte zu Platz 1." in bus.speaker.heard
    assert "de: Nummer A, 2, bitte zu Platz 1." not in bus.speaker.heard


def test_a_display_that_comes_back_shows_the_call_it_missed(bus: Bus) -> None:
    bus.take()
    with running(bus):
        bus.display.plug.pull()
        bus.call()
        eventually(lambda: len(bus.speaker.heard) == 3)
        bus.display.plug.put_back()
        eventually(lambda: bus.display.shown == ("A-001", "1"))


def test_the_display_is_empty_when_the_visit_is_over(bus: Bus) -> None:
    bus.take()
    with running(bus):
        bus.call()
        eventually(lambda: bus.display.shown is not None)
        visits.close_visit(bus.office, bus.now(), expected=None)
        eventually(lambda: bus.display.shown is None)


def test_the_end_of_yesterday_takes_no_call_of_today_off_the_display(bus: Bus) -> None:
    with running(bus):  # the panel has kept a place in the journal before
        bus.take()
        bus.call()
        eventually(lambda: len(bus.speaker.heard) == 3)
    visits.close_visit(bus.office, bus.now(), expected=None)
    visits.open_visit(bus.office, MARKET, None, bus.now())
    bus.take()
    bus.call()
    bus.now.pass_s(11)
    bus.display.calls.clear()
    with running(bus):
        eventually(lambda: len(bus.speaker.heard) == 0)  # the end of the visit was heard of
        eventually(lambda: bus.display.shown == ("A-001", "1"))
    assert bus.display.shown == ("A-001", "1")


def test_an_undone_call_leaves_the_display(bus: Bus) -> None:
    for _ in range(2):
        bus.take()
    with running(bus):
        bus.call()
        eventually(lambda: bus.display.shown == ("A-001", "1"))
        bus.call()
        eventually(lambda: bus.display.shown == ("A-002", "1"))
        undo_log.undo(bus.office, FIRST_DESK, bus.now())
        eventually(lambda: bus.display.shown == ("A-001", "1"))
        undo_log.undo(bus.office, FIRST_DESK, bus.now())
        eventually(lambda: bus.display.shown is None)


class SlowSpeaker(FakeSpeaker):
    """The first sound lasts until a test has done something meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.may_go_on = threading.Event()

    def play(self, sound: Sound, stopped: threading.Event | None = None) -> None:
        super().play(sound, stopped)
        self.may_go_on.wait(PATIENCE_S)


def test_who_is_not_called_any_more_is_not_spoken(bus: Bus) -> None:
    speaker = bus.speaker = SlowSpeaker()
    for _ in range(4):
        bus.take()
    with running(bus):
        bus.call()
        eventually(lambda: list(speaker.heard) == ["chime"])
        staff.start(bus.office, FIRST_DESK, bus.now())
        bus.call()
        undo_log.undo(bus.office, FIRST_DESK, bus.now())  # it was a mistake
        bus.call()
        staff.start(bus.office, FIRST_DESK, bus.now())  # A-002 has come already
        bus.call()
        eventually(lambda: bus.display.shown == ("A-003", "1"))
        speaker.may_go_on.set()
        eventually(lambda: any("A, 3" in heard for heard in speaker.heard))
    assert not any("A, 2" in heard for heard in speaker.heard)


def test_staff_hear_a_trial_at_the_volume_of_now(bus: Bus) -> None:
    with running(bus):
        volume.play_sample(bus.office, bus.now())
        eventually(lambda: len(bus.speaker.heard) == 3)
        volume.choose(bus.office, 35, bus.now())
        volume.play_sample(bus.office, bus.now())
        eventually(lambda: len(bus.speaker.heard) == 6)
    assert bus.speaker.heard[1] == "de: Dies ist eine Probe. Niemand wird aufgerufen."
    assert round(bus.speaker.peaks[0] / bus.speaker.peaks[3], 1) == 2


def test_a_demo_keeps_its_calls_until_the_visit_is_closed(bus: Bus, tmp_path: Path) -> None:
    folder = tmp_path / "sounds"
    voice = RecordedVoice(tmp_path / "clips", EspeakVoice())
    bus.take()
    with running(bus, {"speaker": SpeakerWithVoice(WavSpeaker(folder), voice)}):
        bus.call()
        eventually(lambda: len(list(folder.glob("*.wav"))) == 3)
        visits.close_visit(bus.office, bus.now(), expected=None)
        eventually(lambda: not any(folder.iterdir()))


def test_a_second_display_behind_a_broker_shows_the_same_call(bus: Bus, tmp_path: Path) -> None:
    broker = Broker()
    broker.plug_in()
    behind = CallDisplaySettings("mqtt", broker=f"127.0.0.1:{broker.port}", topic="bus/door")
    settings = Devices(call_display=CallDisplaySettings("fake"), door=behind)
    wired = {**bus.drivers(), "door": drivers(settings, Paths(tmp_path))["door"]}
    with running(bus, wired, settings):
        bus.take()
        bus.call()
        eventually(lambda: broker.shown("bus/door") == ("A-001", "1"))
        eventually(lambda: bus.display.shown == ("A-001", "1"))
        broker.pull()
        bus.take()
        bus.call()
        eventually(lambda: bus.ready("door")[-1:] == [False])
        assert bus.ready("call_display") == [True]
        broker.plug_in()
        eventually(lambda: broker.shown("bus/door") is not None)
    broker.pull()


def test_a_stick_is_heard_once_when_it_is_done(bus: Bus) -> None:
    with running(bus):
        for state in (StickState.WRITING, StickState.DONE, StickState.GONE):
            report_stick(bus.office, state, bus.now())
        eventually(lambda: bus.speaker.heard)
        report_stick(bus.office, StickState.FOREIGN, bus.now())
        eventually(lambda: len(bus.speaker.heard) == 2)
    assert list(bus.speaker.heard) == ["done", "refused"]
