"""The first screen follows the queue: seldom, and never while a visitor acts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from kiosk.domain.ids import LanguageCode, VisitId
from kiosk.domain.local_time import BERLIN
from kiosk.service.queue_status import UNKNOWN_STATUS, QueueStatus
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import QueueUpdate, VisitChanged
from kiosk.touch.layout.theme import Pane
from kiosk.touch.session.queue_watch import AGAIN_AFTER_S, APART_S, QueueWatch
from tests.touch.test_flow import OPEN, Walk
from tests.town import TOWN
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from kiosk.touch.layout.view import View

ENDS = datetime(2026, 11, 22, 13, 0, tzinfo=BERLIN)
STATUS = QueueStatus(ENDS, "A-016", (10, 20))


@dataclass
class Reading:
    """A queue that is read at once, and how often it was."""

    status: QueueStatus = STATUS
    times: int = 0
    now_s: float = 100.0
    woken: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.watch = QueueWatch(self.read, self.woken.set, lambda: self.now_s)

    def read(self) -> QueueStatus:
        self.times += 1
        return self.status

    def settle(self) -> QueueUpdate | None:
        """Begin what is due, and take what comes of it."""
        self.woken.clear()
        assert self.watch.poll() is None
        assert self.woken.wait(PATIENCE_S)
        return self.watch.poll()


def test_it_is_read_after_the_queue_has_moved_but_never_often() -> None:
    reading = Reading()
    assert reading.settle() == QueueUpdate(STATUS)
    for _ in range(5):
        reading.watch.note_change()
        assert reading.watch.poll() is None
    assert reading.watch.rest_s == APART_S
    assert reading.times == 1
    reading.now_s += APART_S
    assert reading.settle() == QueueUpdate(STATUS)
    assert reading.watch.rest_s == AGAIN_AFTER_S, "at rest a minute passes"


def shown(state_of: Walk, size: tuple[int, int] = (1280, 800), language: str = "de") -> View:
    setup = GlassSetup(TOWN, Texts.load(), state_of.flow, Pane.of(*size))
    return present(replace(state_of.state, language=LanguageCode(language)), setup)


def test_the_button_tells_call_and_wait_and_the_masthead_the_end() -> None:
    walk = Walk()
    walk(QueueUpdate(STATUS))
    view = shown(walk)
    button, until = view.element("start.number"), view.element("until")
    assert button
    assert until
    assert button.note == "Jetzt A-016 \N{MIDDLE DOT} 10 bis 20 Minuten warten"
    assert button.say == "Nummer ziehen. Jetzt A-016. 10 bis 20 Minuten warten"
    assert until.text == "heute bis 13 Uhr"


def test_unknown_values_are_not_shown() -> None:
    button = shown(Walk()).element("start.number")
    assert button
    assert button.note == ""
    assert not shown(Walk()).element("until")


def test_a_small_pane_has_no_room_for_it() -> None:
    walk = Walk()
    walk(QueueUpdate(STATUS))
    for size in ((800, 480), (720, 1280), (1024, 600)):
        button = shown(walk, size).element("start.number")
        assert button
        assert button.note == ""


def test_the_next_citizen_finds_it_and_the_next_visit_does_not() -> None:
    walk = Walk()
    walk(QueueUpdate(STATUS), "start.feedback", "back")
    assert walk.state.queue == STATUS
    walk(VisitChanged(replace(OPEN, id=VisitId(2))))
    assert walk.state.queue == UNKNOWN_STATUS
