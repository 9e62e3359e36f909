"""Whatever people tap, and whatever happens meanwhile, the glass leads nowhere strange."""

from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.ids import CopyId, FeedbackId, SheetId, TicketId
from kiosk.domain.profile import Profile
from kiosk.domain.refusal_reason import Reason
from kiosk.domain.visit import Visit
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import (
    AnswersStored,
    CodeScanned,
    CopyQueued,
    CopyUpdate,
    FeedbackRemoved,
    FeedbackStored,
    GivenBack,
    Input,
    NumberGiven,
    OfficeUnavailable,
    RequestRefused,
    SheetQueued,
    SheetUpdate,
    SlipUpdate,
    Tapped,
    TimedOut,
    VisitChanged,
)
from kiosk.touch.flow.machine import Flow
from kiosk.touch.flow.requests import (
    AnswerQuestion,
    CheckIn,
    ForgetWish,
    GiveBack,
    GiveFeedback,
    OfficeRequest,
    PrintSheet,
    Reprint,
    TakeBackFeedback,
    TakeTicket,
)
from kiosk.touch.flow.state import PaperState, Screen, ShownNumber
from kiosk.touch.layout.theme import Pane
from kiosk.touch.layout.view import View
from tests.touch.test_flow import OPEN
from tests.town import ASKS_AGE, ASKS_PRIORITY, GERMAN, RENT, SLOW_ON_FOOT, TOWN

CITY = replace(TOWN, questions=(ASKS_AGE, ASKS_PRIORITY), bus_network="http://10.42.0.1:8080")
SIZES = ((1280, 800), (800, 480), (720, 1280), (480, 800))
MINE = TicketId(1)
LINKED = ShownNumber(
    "B-001", 3, estimate_min=(5, 15), link="http://10.42.0.1:8080/t/abc", ticket=MINE
)
DUE = replace(LINKED, appointment="10:30", punctuality="late")
VISITS: tuple[Visit | None, ...] = (
    OPEN,
    replace(OPEN, intake=False),
    replace(OPEN, contingents={RENT: 0}),
    replace(OPEN, topics=(RENT,)),
    None,
)
ELSEWHERE: tuple[Input, ...] = (
    TimedOut(),
    OfficeUnavailable(),
    *(VisitChanged(visit, expected) for visit in VISITS for expected in (False, True)),
    *(SlipUpdate("B-001", slip) for slip in (PaperState.PRINTED, PaperState.FAILED)),
    *(
        CopyUpdate(MINE, CopyId(1), slip)
        for slip in (PaperState.COMING, PaperState.PRINTED, PaperState.FAILED)
    ),
    *(SheetUpdate(SheetId(1), slip) for slip in (PaperState.PRINTED, PaperState.FAILED)),
    CodeScanned(GERMAN, DUE),
    CodeScanned(GERMAN, None, Reason.OTHER_DAY),
)
ANSWERS: dict[type[OfficeRequest], tuple[Input, ...]] = {
    AnswerQuestion: (
        AnswersStored((SLOW_ON_FOOT,)),
        AnswersStored((), waits=False),
        OfficeUnavailable(),
    ),
    GiveBack: (GivenBack(), GivenBack(done=False), RequestRefused(), OfficeUnavailable()),
    TakeTicket: (
        NumberGiven(LINKED),
        RequestRefused(Reason.USED_UP),
        RequestRefused(),
        OfficeUnavailable(),
    ),
    CheckIn: (NumberGiven(DUE), RequestRefused(Reason.UNKNOWN_CODE), OfficeUnavailable()),
    Reprint: (CopyQueued(CopyId(2)), CopyQueued(None, PaperState.NEVER), OfficeUnavailable()),
    PrintSheet: (SheetQueued(SheetId(1)), RequestRefused(), OfficeUnavailable()),
    GiveFeedback: (FeedbackStored(FeedbackId(1)), RequestRefused(), OfficeUnavailable()),
    TakeBackFeedback: (FeedbackRemoved(), RequestRefused(), OfficeUnavailable()),
}
ENDS = {Screen.START, Screen.CLOSED, Screen.TROUBLE}


@cache
def _texts() -> Texts:
    return Texts.load()


@dataclass
class Crowd:
    """The visitors of one glass, and the tickets that the office was asked for."""

    profile: Profile
    size: tuple[int, int]
    asked: list[OfficeRequest] = field(default_factory=list)

    def __post_init__(self) -> None:
        wishes = count(1)
        flow = Flow(self.profile, lambda: f"wish-{next(wishes)}")
        self.setup = GlassSetup(
            self.profile, _texts(), flow, Pane.of(*self.size), printer=True, phone_pages=True
        )
        self.state = flow.first(OPEN, expected=True)
        self.open: OfficeRequest | None = None

    def happens(self, received: Input) -> None:
        wish = self.state.wish
        self.state, actions = self.setup.flow.step(self.state, received)
        self.asked += actions
        for action in actions:
            if not isinstance(action, ForgetWish):
                assert self.open is None, "one thing is asked at a time"
                self.open = action
        assert self.state.wish == wish or ForgetWish() in actions
        assert self.state.asking == (self.open is not None)

    def answered(self, answer: Input) -> None:
        self.open = None
        self.happens(answer)

    def view(self) -> View:
        return present(self.state, self.setup)


def _is_sound(crowd: Crowd, view: View) -> None:
    state = crowd.state
    roles = [element.role for element in view.elements]
    assert "heading" in roles, view.screen
    assert state.asking or view.focus_order or state.screen is Screen.TROUBLE
    assert len(set(view.focus_order)) == len(view.focus_order)
    for element in view.elements:
        assert element.spoken or element.icon, (view.screen, element.id)
        assert element.spoken or not element.touchable, (view.screen, element.id)


@pytest.mark.slow
@settings(max_examples=40)
@given(data=st.data(), size=st.sampled_from(SIZES))
def test_any_taps_lead_nowhere_strange(data: st.DataObject, size: tuple[int, int]) -> None:
    crowd = Crowd(CITY, size)
    for _ in range(data.draw(st.integers(1, 25))):
        view = crowd.view()
        _is_sound(crowd, view)
        if crowd.open and data.draw(st.booleans()):
            crowd.answered(data.draw(st.sampled_from(ANSWERS[type(crowd.open)])))
        elif view.focus_order and data.draw(st.sampled_from([True, True, True, False])):
            crowd.happens(Tapped(data.draw(st.sampled_from(list(view.focus_order)))))
        elif not crowd.open or data.draw(st.booleans()):
            received: Input = data.draw(st.sampled_from(ELSEWHERE))
            if crowd.open and isinstance(received, OfficeUnavailable):
                continue  # that is an answer
            crowd.happens(received)
    _close_visit(crowd)


def _close_visit(crowd: Crowd) -> None:
    """Every session times out, and leaves nothing behind."""
    if crowd.open:
        crowd.answered(OfficeUnavailable())
    for _ in range(2):
        if crowd.state.screen not in ENDS:
            crowd.happens(TimedOut())
    assert crowd.state.screen in ENDS
    for _ in range(2):  # in trouble a wish is first said to be off
        crowd.happens(TimedOut())
    state = crowd.state
    assert (state.typed, state.topic, state.shown, state.answers) == ("", None, None, ())
    assert (state.language, state.theme) == (GERMAN, "light")
