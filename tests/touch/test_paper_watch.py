"""Paper that does not come: the glass decides by itself, whatever the panel does."""

from dataclasses import dataclass

import pytest

from hardware.trouble import Trouble
from kiosk.domain.paper_events import SlipFailed, SlipPrinted
from kiosk.service.slips import SLIPS, slips_of
from kiosk.touch.flow.state import PaperState, Screen
from kiosk.touch.session.paper_watch import PATIENCE_S, PaperWatch
from kiosk.touch.session.session import GlassSession
from tests.touch.bus import TO_A_NUMBER, Bus, heard, tap
from tests.touch.test_reprint import fail_slips, view_of


@dataclass
class Printing:
    """A panel and a clock for the watch."""

    answers: bool = True
    now_s: float = 0.0

    def watch(self) -> PaperWatch:
        return PaperWatch(lambda: self.answers, lambda: self.now_s)


def look(watch: PaperWatch, glass: GlassSession) -> PaperState:
    for news in watch.check(glass.state):
        glass.handle(news)
    assert glass.state.shown
    return glass.state.shown.slip


def copies_wanted(bus: Bus, glass: GlassSession) -> int:
    assert glass.state.shown
    assert glass.state.shown.ticket
    return len(bus.office.read(slips_of, glass.state.shown.ticket).copies)


@pytest.fixture
def glass(bus: Bus) -> GlassSession:
    glass = bus.glass()
    assert tap(glass, *TO_A_NUMBER) is Screen.NUMBER
    return glass


def test_while_the_panel_is_silent_no_slip_is_promised(glass: GlassSession) -> None:
    printing = Printing()
    watch = printing.watch()
    assert look(watch, glass) is PaperState.UNKNOWN
    printing.answers = False
    assert look(watch, glass) is PaperState.FAILED


def test_a_copy_is_offered_once_the_panel_answers_again(bus: Bus, glass: GlassSession) -> None:
    printing = Printing(answers=False)
    watch = printing.watch()
    look(watch, glass)
    before = view_of(glass)
    fail_slips(bus, Trouble.OFFLINE)  # as the console does in place of the panel
    heard(bus, glass, SlipFailed)
    assert look(watch, glass) is PaperState.FAILED
    assert view_of(glass) == before, "it is said once"
    assert before.element("reprint") is None
    tap(glass, "reprint")
    assert copies_wanted(bus, glass) == 0
    printing.answers = True
    look(watch, glass)
    assert view_of(glass).element("reprint")
    tap(glass, "reprint")
    assert copies_wanted(bus, glass) == 1


def test_a_copy_is_not_offered_any_more_when_the_panel_falls_silent(
    bus: Bus, glass: GlassSession
) -> None:
    printing = Printing()
    watch = printing.watch()
    fail_slips(bus)
    heard(bus, glass, SlipFailed)
    look(watch, glass)
    assert view_of(glass).element("reprint")
    printing.answers = False
    look(watch, glass)
    assert view_of(glass).element("reprint") is None


def test_the_next_citizen_hears_of_the_silence_for_a_number_of_their_own(
    glass: GlassSession,
) -> None:
    watch = Printing(answers=False).watch()
    look(watch, glass)
    tap(glass, "number.done", *TO_A_NUMBER)
    assert look(watch, glass) is PaperState.FAILED
    assert view_of(glass).element("reprint") is None


def test_a_slip_is_given_up_after_some_seconds(glass: GlassSession) -> None:
    printing = Printing()
    watch = printing.watch()
    look(watch, glass)
    printing.now_s = PATIENCE_S
    assert look(watch, glass) is PaperState.UNKNOWN
    printing.now_s += 1
    assert look(watch, glass) is PaperState.FAILED


def test_a_late_slip_is_shown_as_printed(bus: Bus, glass: GlassSession) -> None:
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
    tap(glass, "number.done", *TO_A_NUMBER)
    look(watch, glass)
    printing.now_s += 2
    assert look(watch, glass) is PaperState.UNKNOWN
    assert bus.numbers() == ["B-001", "B-002"]
