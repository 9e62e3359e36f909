"""What moves, when: the hand of a clock, while the office is awaited."""

from dataclasses import replace

from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.state import Screen
from kiosk.touch.layout.theme import Pane
from kiosk.touch.waiting_motion import WaitingMotion
from tests.touch.test_flow import Walk
from tests.town import TOWN


def test_from_a_second_of_waiting_on_it_moves_twice_a_second_and_else_never() -> None:
    walk, motion = Walk(), WaitingMotion()
    walk("start.number")
    setup = GlassSetup(TOWN, Texts.load(), walk.flow, Pane.of(1280, 800))
    choosing = present(walk.state, setup)
    waiting = present(replace(walk.state, asking=True), setup)
    assert waiting.screen is Screen.MOMENT
    assert not any(motion.moved(choosing, float(now_s)) for now_s in range(10))
    shown = [motion.moved(waiting, 10 + eighth / 8) for eighth in range(24)]
    assert shown.index(True) == 5, "with the 0.3 s before it less than a second"
    assert [shown[eighth] for eighth in (6, 10, 14, 18)] == [True, False, True, False]
    assert not motion.moved(choosing, 20.0)
    assert not motion.moved(waiting, 21.0)
