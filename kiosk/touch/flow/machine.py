"""State machine of the glass: a state and an input give the next state and what to ask for.

Pure: no clock, no files, no Kivy. One citizen has one wish, so that a long press, a double tap or
a lagging screen cannot lead to two numbers, and after a crash the same wish leads to the same one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.domain.appointment_code import MOST_DIGITS
from kiosk.domain.directory import ALL_OFFERS
from kiosk.touch.flow import offered
from kiosk.touch.flow.back import ASKS_LANGUAGE, back
from kiosk.touch.flow.inputs import (
    CodeScanned,
    Input,
    PrinterAvailability,
    SmileyPressed,
    StickUpdate,
    Tapped,
    TimedOut,
    VisitChanged,
    WishResumed,
)
from kiosk.touch.flow.office_replies import answered
from kiosk.touch.flow.outside_events import (
    is_passing,
    scanner_read,
    smiley_pressed,
    visit_changed,
    wish_resumed,
)
from kiosk.touch.flow.questions import next_question, question_answered
from kiosk.touch.flow.requests import (
    CheckIn,
    ForgetWish,
    GiveFeedback,
    OfficeRequest,
    Reprint,
    TakeBackFeedback,
    TakeTicket,
    WantSheet,
)
from kiosk.touch.flow.state import PaperState, Screen, State
from kiosk.touch.flow.timeouts import WITHOUT_WARNING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.ids import TopicId
    from kiosk.domain.profile import Profile
    from kiosk.domain.visit import Visit

Transition = tuple[State, tuple[OfficeRequest, ...]]


@dataclass(frozen=True, slots=True)
class Flow:
    """The screens of one profile. `new_wish` gives a random name for each citizen's wish."""

    profile: Profile
    new_wish: Callable[[], str]

    def first(self, visit: Visit | None, *, expected: bool = False) -> State:
        """A fresh citizen before the glass."""
        screen = Screen.START if visit else Screen.CLOSED
        return State(screen, self.profile.languages[0], self.new_wish(), visit, expected)

    def step(self, state: State, received: Input) -> Transition:
        """The next state, and what to ask the office for."""
        match received:
            case Tapped(id=name):
                return self._tapped(state, name)
            case TimedOut():
                return self._timed_out(state)
            case CodeScanned():
                return self._scanned(state, received)
            case _:
                return self._with_news(state, received), ()

    def _with_news(self, state: State, news: Input) -> State:
        """What other doors, a crash or the office's answer change."""
        match news:
            case VisitChanged():
                return visit_changed(self.profile, state, news)
            case SmileyPressed():
                return smiley_pressed(state)
            case StickUpdate(state=stick):
                return replace(state, stick=stick)
            case PrinterAvailability(attended=attended):
                return replace(state, printers_attended=attended)
            case WishResumed():
                return wish_resumed(self.profile, state, news)
            case _:
                return answered(state, news)

    def _tapped(self, state: State, name: str) -> Transition:
        head, _, rest = name.partition(".")
        if state.asking:
            return state, ()
        if state.warned:
            return self._home(state) if rest == "no" else (replace(state, warned=False), ())
        return self._asked(state, head, rest) or (self._moved(state, head, rest), ())

    def _asked(self, state: State, head: str, rest: str) -> Transition | None:
        """A tap that ends a step: something is asked of the office, or the citizen is done."""
        language, wish = state.language, state.wish
        action: OfficeRequest
        match head, rest:
            case "check", "take" if state.topic:
                action = TakeTicket(state.topic, language, wish, state.answers)
            case "code", "ok" if state.typed:
                action = CheckIn(state.typed, language, wish)
            case (("offer" | "offers"), "paper"):
                state = replace(state, offer=state.offer if head == "offer" else None)
                offer = state.offer or ALL_OFFERS
                wish = f"{wish}-{offer}-{language}-{state.sheets_failed}"
                action = WantSheet(offer, language, wish)
            case "reprint", _ if (shown := state.shown) and shown.ticket is not None:
                if shown.slip is not PaperState.FAILED or not state.printers_attended:
                    return state, ()  # a second tap: it is coming
                state = replace(state, passing=False)
                action = Reprint(shown.ticket, f"{wish}-copy-{shown.copy or 0}")
            case "smiley", score:
                state = replace(state, score=int(score))
                action = GiveFeedback(state.score)
            case "thanks", "undo" if state.feedback is not None:
                action = TakeBackFeedback(state.feedback)
            case (("thanks" | "number" | "sheet"), "done"):
                return self._home(state)
            case "back", _ if state.passing:
                return self._home(state)
            case _:
                return None
        return replace(state, asking=True), (action,)

    def _moved(self, state: State, head: str, rest: str) -> State:
        """A tap that only leads to another screen, or to the same one in other words or colours."""
        state = replace(state, passing=False)
        match head:
            case "contrast":
                moved = replace(state, theme="contrast" if state.theme == "light" else "light")
            case "language" if not rest:
                moved = replace(state, screen=Screen.LANGUAGE, behind=state.screen, page=0)
            case "language":
                moved = self._language_chosen(state, rest)
            case "back":
                moved = back(self.profile, state)
            case "more":
                moved = replace(state, page=state.page + 1)
            case "bring" if state.topic:
                moved = replace(state, screen=Screen.BRING)
            case "start" | "refused":
                moved = self._started(state, rest)
            case _:
                moved = self._chosen(state, head, rest)
        return moved

    def _started(self, state: State, what: str) -> State:
        """The first tap of what the start screen offers; what needs words asks for the language."""
        if what == "feedback":
            return replace(state, screen=Screen.FEEDBACK)
        screens = {"number": Screen.GROUPS, "appointment": Screen.CODE, "offers": Screen.OFFERS}
        wanted = screens.get(what)
        if wanted is None or (wanted is Screen.GROUPS and not state.offered):
            return state
        begun = replace(state, page=0)
        if not state.language_chosen:
            return replace(begun, screen=Screen.LANGUAGE, behind=wanted)
        return self._led_to(begun, wanted)

    def _chosen(self, state: State, head: str, rest: str) -> State:
        """An answer to a question."""
        match head, rest:
            case "group", _:
                return self._group_chosen(state, rest)
            case "topic", _:
                return self._topic_chosen(state, self.profile.topic(rest).id)
            case "code", _:
                return _typed(state, rest)
            case (("answer" | "skip"), _):
                return question_answered(self.profile, state, rest)
            case "offer", _ if rest != "paper":
                offer = self.profile.offer(rest).id
                return replace(state, screen=Screen.OFFER, offer=offer, page=0)
            case _:
                return state

    def _home(self, state: State) -> Transition:
        return self._fresh(state), (ForgetWish(),)

    def _fresh(self, state: State) -> State:
        """The next citizen; what belongs to the bus stays."""
        fresh = self.first(state.visit, expected=state.expected)
        return replace(fresh, stick=state.stick, next_visit=state.next_visit)

    def _led_to(self, state: State, screen: Screen) -> State:
        """There; the choice of a topic group is passed over where there is only one."""
        asked = replace(state, screen=screen, group=None, topic=None, typed="", page=0)
        if screen is not Screen.GROUPS:
            return asked
        if not state.offered:
            reason = offered.nothing_offered(self.profile, asked)
            return replace(asked, screen=Screen.REFUSED, reason=reason)
        groups = offered.groups(self.profile, asked)
        return self._group_chosen(asked, groups[0]) if len(groups) == 1 else asked

    def _group_chosen(self, state: State, group: str) -> State:
        """The choice of a topic, passed over where the group has only one."""
        asked = replace(state, screen=Screen.TOPICS, group=self.profile.group(group).id, page=0)
        topics = offered.topics(self.profile, asked)
        return self._topic_chosen(asked, topics[0]) if len(topics) == 1 else asked

    def _topic_chosen(self, state: State, topic: TopicId) -> State:
        chosen = replace(state, topic=topic, question=None, answers=(), page=0)
        if topic in state.offered:
            return next_question(self.profile, chosen)
        return replace(
            chosen, screen=Screen.REFUSED, reason=offered.refusal_reason(self.profile, chosen)
        )

    def _language_chosen(self, state: State, language: str) -> State:
        code = next(code for code in self.profile.languages if code == language)
        chosen = replace(state, language=code, language_chosen=True, screen=state.behind, page=0)
        first_time = state.behind in ASKS_LANGUAGE and not state.language_chosen
        return self._led_to(chosen, state.behind) if first_time else chosen

    def _scanned(self, state: State, scan: CodeScanned) -> Transition:
        """The next scan is another citizen, who must not read the answer to the one before."""
        free, actions = self._home(state) if is_passing(state) else (state, ())
        return scanner_read(free, scan), actions

    def _timed_out(self, state: State) -> Transition:
        if state.asking:
            return state, ()
        if state.screen is Screen.TROUBLE:
            first = self._fresh(state)
            return replace(first, screen=Screen.TROUBLE), (ForgetWish(),)
        if state.warned or state.passing or state.screen in WITHOUT_WARNING:
            return self._home(state)
        return replace(state, warned=True), ()


def _typed(state: State, what: str) -> State:
    """A key of the number pad."""
    if what == "delete":
        return replace(state, typed=state.typed[:-1])
    if what.isdecimal() and len(state.typed) < MOST_DIGITS:
        return replace(state, typed=state.typed + what)
    return state
