"""To whom the voice speaks, how loud, and when it is silent."""

from dataclasses import replace

from hardware.headphones.fake import FakeHeadphones
from hardware.speech.fake import FakeSpeech
from hardware.speech.port import SpeechOutput
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import HeadphonesChanged, NumberGiven, TimedOut
from kiosk.touch.flow.state import ShownNumber
from kiosk.touch.layout.theme import Pane
from kiosk.touch.screen_reader import ScreenReader, VoiceDevices
from tests.touch.test_flow import Walk
from tests.town import GERMAN, TOWN

TEXTS = Texts.load()


class Scene:
    """A citizen before a glass with a voice."""

    def __init__(self) -> None:
        self.walk = Walk()
        self.walk.flow = replace(self.walk.flow, voices=frozenset([GERMAN]))
        self.speech = FakeSpeech()
        self.voice = ScreenReader(VoiceDevices(self.speech, FakeHeadphones(), 70), TEXTS)
        self._show()

    def __call__(self, *steps: object) -> None:
        for step in steps:
            self.walk(step)  # type: ignore[arg-type]
            self._show()

    def _show(self) -> None:
        setup = GlassSetup(TOWN, TEXTS, self.walk.flow, Pane.of(1280, 800, 0.17))
        self.voice.shown(self.walk.state, present(self.walk.state, setup), None)

    @property
    def said(self) -> list[tuple[str, SpeechOutput, int]]:
        return [(sentence.text, target, percent) for sentence, target, percent in self.speech.said]


def test_with_headphones_number_and_topic_stay_off_the_loudspeaker() -> None:
    scene = Scene()
    scene(HeadphonesChanged(plugged=True), "start.number", "topic.rent")
    scene(NumberGiven(ShownNumber("B-017", 2)))
    assert ("Ihre Nummer ist B, 17", SpeechOutput.HEADPHONES, 70) in scene.said
    assert {target for _, target, _ in scene.said} == {SpeechOutput.HEADPHONES}


def test_headphones_that_are_pulled_out_leave_silence() -> None:
    scene = Scene()
    scene(HeadphonesChanged(plugged=True), "start.number")
    before = scene.said
    scene(HeadphonesChanged(plugged=False), "topic.rent", NumberGiven(ShownNumber("B-017", 2)))
    scene.voice.repeat()
    assert scene.said == before
    assert not scene.speech.speaking


def test_the_volume_is_reset_after_each_citizen() -> None:
    scene = Scene()
    scene("listen")
    for _ in range(9):
        scene.voice.change_volume(-1)
    assert scene.said[-1][2] == 10
    scene.voice.repeat()
    scene(TimedOut(), TimedOut(), "listen")
    assert scene.said[-1][2] == 70


def test_a_call_interrupts_the_voice_on_the_loudspeaker() -> None:
    aloud, alone = Scene(), Scene()
    aloud("listen")
    alone(HeadphonesChanged(plugged=True))
    for scene in (aloud, alone):
        scene.voice.give_way()
    assert (aloud.speech.speaking, alone.speech.speaking) == (False, True)


def test_a_glass_without_a_listener_is_silent() -> None:
    scene = Scene()
    scene("start.number", "topic.rent", NumberGiven(ShownNumber("B-017", 2)))
    scene.voice.focused("number.done")
    scene.voice.change_volume(1)
    assert scene.said == []
