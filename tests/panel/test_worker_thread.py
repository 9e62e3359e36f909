"""What is done beside a device's own thread: in order, and never in the way of the end."""

import subprocess
import sys
import threading
from functools import partial

import pytest

from kiosk.panel.worker_thread import WorkerThread
from tests.waiting import PATIENCE_S

PRESSING = """
import threading
from hardware.buttons.fake import FakeButtons
from kiosk.devices.debounce import PressRule, PressTimes
from kiosk.panel.buttons import ButtonsDuty

asked = threading.Event()

def hang(ago_s):
    asked.set()
    threading.Event().wait()

buttons = FakeButtons()
rule = PressRule({"next": PressTimes()})
pressing = ButtonsDuty(buttons, rule, {"next": hang}, lambda name, duration_s: None)
pressing.open()
buttons.press("next")
while not asked.is_set():
    pressing.work()
pressing.close()
"""

SPEAKING = """
import threading
from hardware.speaker.fake import FakeSpeaker, FakeVoice
from kiosk.devices.phrases import Phrases
from kiosk.panel.speaker import SpeakerDuty
from kiosk.settings.texts import Texts

asked = threading.Event()

class HangingVoice(FakeVoice):
    def speak(self, utterance):
        asked.set()
        threading.Event().wait()

phrases = Phrases(Texts.load(), ["de"])
speaking = SpeakerDuty(FakeSpeaker(), HangingVoice(), phrases, lambda: None, lambda: 50)
speaking.open()
speaking.self_test()
threading.Thread(target=speaking.work, daemon=True).start()
asked.wait()
"""


@pytest.mark.parametrize("hanging", [PRESSING, SPEAKING], ids=["use case", "voice"])
def test_what_hangs_does_not_hold_the_end_of_the_process(hanging: str) -> None:
    subprocess.run([sys.executable, "-c", hanging], check=True, timeout=PATIENCE_S)


def test_one_after_the_other_each_with_its_answer() -> None:
    worker, done = WorkerThread("test"), list[int]()

    def do(number: int) -> int:
        done.append(number)
        return number

    answers = [worker.send(partial(do, number)) for number in range(50)]
    assert [answer.result(PATIENCE_S) for answer in answers] == done == list(range(50))


def test_an_error_is_raised_where_the_answer_is_asked_for_and_ends_nothing() -> None:
    worker = WorkerThread("test")
    wrong = worker.send(lambda: 1 // 0)
    right = worker.send(lambda: 1)
    with pytest.raises(ZeroDivisionError):
        wrong.result(PATIENCE_S)
    assert right.result(PATIENCE_S) == 1


def test_what_is_cancelled_in_time_is_left_out() -> None:
    worker, may_go_on, done = WorkerThread("test"), threading.Event(), list[str]()
    worker.send(lambda: may_go_on.wait(PATIENCE_S))
    worker.send(lambda: done.append("cancelled")).cancel()
    last = worker.send(lambda: done.append("last"))
    may_go_on.set()
    last.result(PATIENCE_S)
    assert done == ["last"]
