"""Paper that does not come: the glass decides by itself, whatever the panel does."""

from dataclasses import dataclass

import pytest

from kiosk.domain.paper_events import SlipPrinted
from kiosk.service.slips import SLIPS
from kiosk.touch.flow.state import PaperState, Screen
from kiosk.touch.session.paper_watch import PATIENCE_S, PaperWatch
from kiosk.touch.session.session import GlassSession
from tests.touch.bus import TO_THE_CHECK, Bus, heard, tap


@dataclass
class Printing:
    """A panel and a clock for the watch."""

    answers: bool = True
    now_s: float = 0.0

    def watch(self) -> PaperWatch:
        return PaperWatch(lambda: self.answers, lambda: self.now_s)


def look(watch: PaperWatch, glass: GlassSession) -> PaperState:
    if late := watch.look(glass.state):
        glass.handle(late)
    assert glass.state.shown
    return glass.state.shown.slip


@pytest.fixture
def glass(bus: Bus) -> GlassSession:
    glass = bus.glass()
    assert tap(glass, *TO_THE_CHECK, "check.take") is Screen.NUMBER
    return glass


def test_while_the_panel_is_silent_no_slip_is_promised(glass: GlassSession) -> None:
    printing = Printing()
    watch = printing.watch()
    assert look(watch, glass) is PaperState.UNKNOWN
    printing.answers = False
    assert look(watch, glass) is PaperState.NEVER


def test_after_some_seconds_nobody_waits_for_a_slip_any_more(glass: GlassSession) -> None:
    printing = Printing()
    watch = printing.watch()
    look(watch, glass)
    printing.now_s = PATIENCE_S
    assert look(watch, glass) is PaperState.UNKNOWN
    printing.now_s += 1
    assert look(watch, glass) is PaperState.FAILED


def test_a_slip_that_comes_after_all_is_told(bus: Bus, glass: GlassSession) -> None:
    look(Printing(answers=False).watch(), glass)
    job = SLIPS.begin(bus.office, bus.clock())
    assert job
    SLIPS.printed(bus.office, job.id, bus.clock())
    heard(bus, glass, SlipPrinted)
    assert glass.state.shown
    assert glass.state.shown.slip is PaperState.PRINTED


def test_each_piece_has_the_whole_time(bus: Bus, glass: GlassSession) -> None:
    printing = Printing()
    watch = printing.watch()
    look(watch, glass)
    printing.now_s = PATIENCE_S - 1
    tap(glass, "number.done", *TO_THE_CHECK, "check.take")
    look(watch, glass)
    printing.now_s += 2
    assert look(watch, glass) is PaperState.UNKNOWN
    assert bus.numbers() == ["B-001", "B-002"]
