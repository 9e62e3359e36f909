"""State machine of the glass: a state and an input give the next state and what to ask for.

Pure: no clock, no files, no Kivy. One citizen has one wish, so that a long press, a double tap or
a lagging screen cannot lead to two numbers, and after a crash the same wish leads to the same one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.domain.appointment_code import MOST_DIGITS
from kiosk.domain.directory import ALL_OFFERS
from kiosk.domain.ids import ChoiceId
from kiosk.domain.refusal_reason import Reason
from kiosk.touch.flow import addresses
from kiosk.touch.flow.accessibility import apply_control, headphones_changed
from kiosk.touch.flow.back import back
from kiosk.touch.flow.inputs import (
    CodeScanned,
    GivenBack,
    HeadphonesChanged,
    Input,
    PrinterAvailability,
    QueueUpdate,
    SmileyPressed,
    StickUpdate,
    Tapped,
    TimedOut,
    VisitChanged,
    WishResumed,
)
from kiosk.touch.flow.office_replies import apply_reply
from kiosk.touch.flow.outside_events import (
    forget_in_trouble,
    is_passing,
    keep_bus,
    keep_citizen,
    scanner_read,
    smiley_pressed,
    visit_changed,
    wish_resumed,
)
from kiosk.touch.flow.questions import answer_request, open_question
from kiosk.touch.flow.requests import (
    AnswerSurvey,
    CheckIn,
    ForgetWish,
    GiveBack,
    GiveFeedback,
    OfficeRequest,
    PrintSheet,
    Reprint,
    TakeBackFeedback,
    Transition,
)
from kiosk.touch.flow.state import PaperState, Screen, State
from kiosk.touch.flow.timeouts import HOMES
from kiosk.touch.flow.topic_choice import choose_group, choose_topic, start_choice
from kiosk.touch.flow.updating import while_updating

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.profile import Profile
    from kiosk.domain.visit import Visit

_STARTS = ("start", "refused", "closed")
"""Screens that offer something beside a number."""

MOST_RETRIES = 3
"""So often is a number asked for again by itself after trouble; then its citizen may have gone."""


@dataclass(frozen=True, slots=True)
class Flow:
    """The screens of one profile. `new_wish` gives a random name for each citizen's wish.

    `voices` are the languages in which screens can be read aloud; None where nothing ever is.
    `updating`: an update is being tried, and the glass does nothing but say so.
    """

    profile: Profile
    new_wish: Callable[[], str]
    voices: frozenset[LanguageCode] | None = None
    updating: bool = False

    def first(self, visit: Visit | None, *, expected: bool = False) -> State:
        """A fresh citizen before the glass."""
        home = Screen.START if visit else Screen.CLOSED
        screen = Screen.UPDATING if self.updating else home
        return State(screen, self.profile.languages[0], self.new_wish(), visit, expected)

    def step(self, state: State, received: Input) -> Transition:
        """The next state, and what to ask the office for."""
        if state.screen is Screen.UPDATING:
            return while_updating(self.profile, self.voices, state, received), ()
        match received:
            case Tapped(id=name):
                return self._tapped(state, name)
            case TimedOut():
                return self._timed_out(state)
            case CodeScanned():
                return self._code_scanned(state, received)
            case GivenBack(done=True):
                return self._number_returned(state)
            case _:
                return self._retry_wish(state, self._apply_event(state, received), received)

    def _apply_event(self, state: State, news: Input) -> State:
        """What other doors, a crash or the office's answer change."""
        match news:
            case VisitChanged():
                return visit_changed(self.profile, state, news)
            case SmileyPressed():
                return smiley_pressed(state)
            case StickUpdate() | PrinterAvailability() | QueueUpdate():
                return _box_changed(state, news)
            case WishResumed():
                return wish_resumed(state, news)
            case HeadphonesChanged(plugged=plugged):
                return headphones_changed(self.voices, state, plugged=plugged)
            case _:
                return apply_reply(state, news)

    def _retry_wish(self, before: State, state: State, news: Input) -> Transition:
        """A wish for a number that trouble or a crash has cut off is asked for again by itself."""
        over = isinstance(news, VisitChanged) and before.screen is Screen.TROUBLE
        cut_off = isinstance(news, WishResumed) and not state.shown
        if not (over or cut_off) or state.asking or state.offer:
            return state, ()
        if state.topic not in state.offered:
            return state, ()
        if state.retries == MOST_RETRIES:
            return replace(state, screen=Screen.REFUSED, reason=Reason.OTHER, retries=0), ()
        again = replace(state, retries=state.retries + 1)
        return choose_topic(self.profile, again, state.topic)

    def _tapped(self, state: State, name: str) -> Transition:
        head, _, rest = name.partition(".")
        if state.asking:
            return state, ()
        if state.warned:
            if rest in {"no", "done"}:
                return self._reset(state)
            state = replace(state, warned=False)
            if head in {"still_there", "number"}:
                return state, ()
        if state.returning:
            state = replace(state, returning=False)
        return (
            self._topic_choice(state, head, rest)
            or self._office_request(state, head, rest)
            or (self._navigate(state, head, rest), ())
        )

    def _topic_choice(self, state: State, head: str, rest: str) -> Transition | None:
        """A tap on the way to a number, or at its end."""
        match head, rest:
            case (("start" | "refused" | "returned"), "number") if (
                state.offered or head == "refused"
            ):
                return start_choice(self.profile, state)
            case "group", _:
                return choose_group(self.profile, state, rest)
            case "topic", _:
                return choose_topic(self.profile, state, self.profile.topic(rest).id)
            case ("close", _) | (("thanks" | "survey" | "number" | "sheet" | "returned"), "done"):
                return self._reset(state)
            case _:
                return self._reset(state) if head == "back" and state.passing else None

    def _office_request(self, state: State, head: str, rest: str) -> Transition | None:
        """A tap that ends a step: something is asked of the office, or the citizen is done."""
        language, wish = state.language, state.wish
        action: OfficeRequest
        match head, rest:
            case "code", "ok" if state.typed:
                action = CheckIn(state.typed, language, wish)
            case (("offer" | "offers"), "paper"):
                state = replace(state, offer=state.offer if head == "offer" else None)
                offer = state.offer or ALL_OFFERS
                wish = f"{wish}-{offer}-{language}-{state.sheets_failed}"
                action = PrintSheet(offer, language, wish)
            case "smiley", score:
                state = replace(state, score=int(score))
                action = GiveFeedback(state.score)
            case "thanks", "undo" if state.feedback is not None:
                action = TakeBackFeedback(state.feedback, state.survey_answer)
            case "survey", answer if state.feedback is not None and state.survey:
                action = AnswerSurvey(state.feedback, state.survey, ChoiceId(answer))
            case _:
                return self._ticket_request(state, head, rest)
        return replace(state, asking=True), (action,)

    def _ticket_request(self, state: State, head: str, rest: str) -> Transition | None:
        """A tap beside a number that asks something of the office."""
        shown = state.shown
        if shown is None or shown.ticket is None:
            return None
        action: OfficeRequest
        match head, rest:
            case "reprint", _:
                if shown.slip is not PaperState.FAILED or not state.printers_attended:
                    return state, ()  # a second tap: it is coming
                action = Reprint(shown.ticket, f"{state.wish}-copy-{shown.copy or 0}")
            case (("answer" | "skip"), _) if request := answer_request(self.profile, state, rest):
                state, action = request
            case "return", "yes":
                action = GiveBack(shown.ticket)
            case _:
                return None
        return replace(state, passing=False, asking=True), (action,)

    def _navigate(self, state: State, head: str, rest: str) -> State:
        """A tap that only leads to another screen, or to the same one in other words or colours."""
        state = replace(state, passing=False)
        match head:
            case "contrast" | "language" | "listen" | "text_size":
                moved = apply_control(self.profile, self.voices, state, head, rest)
            case "back":
                moved = back(self.profile, state)
            case "more":
                moved = replace(state, page=state.page + 1)
            case "bring" if state.topic:
                moved = replace(state, screen=Screen.BRING)
            case "number" if rest == "return":
                moved = replace(state, returning=True)
            case "question" if state.shown:
                moved = open_question(self.profile, state, rest)
            case "code":
                moved = _pad_key(state, rest)
            case _ if found := addresses.navigate(self.profile, state, head, rest):
                moved = found
            case _:
                moved = _start_menu(state, rest) if head in _STARTS else state
        return moved

    def _reset(self, state: State) -> Transition:
        """With headphones still plugged in it is the same citizen: language and voice stay."""
        fresh = self._next_citizen(state)
        if state.listening and state.headphones:
            language, chosen = state.language, state.language_chosen
            fresh = replace(fresh, listening=True, language=language, language_chosen=chosen)
        return fresh, (ForgetWish(),)

    def _next_citizen(self, state: State) -> State:
        """The next citizen; what belongs to the bus stays."""
        return keep_bus(self.first(state.visit, expected=state.expected), state)

    def _number_returned(self, state: State) -> Transition:
        """The same citizen may want another number: that is another wish."""
        fresh, actions = self._reset(state)
        number = state.shown.number if state.shown else ""
        returned = replace(fresh, screen=Screen.RETURNED, detail=number)
        return keep_citizen(returned, state), actions

    def _code_scanned(self, state: State, scan: CodeScanned) -> Transition:
        """The next scan is another citizen, who must not read the answer to the one before."""
        free, actions = self._reset(state) if is_passing(state) else (state, ())
        return scanner_read(free, scan), actions

    def _timed_out(self, state: State) -> Transition:
        if state.asking:
            return state, ()
        if state.screen is Screen.TROUBLE:
            return forget_in_trouble(state, self._next_citizen(state)), (ForgetWish(),)
        at_home = state.screen in HOMES and not state.listening
        if state.warned or state.passing or at_home:
            return self._next_citizen(state), (ForgetWish(),)
        return replace(state, warned=True), ()


def _box_changed(state: State, news: StickUpdate | PrinterAvailability | QueueUpdate) -> State:
    """What concerns no citizen yet."""
    if isinstance(news, QueueUpdate):
        return replace(state, queue=news.status)
    if isinstance(news, StickUpdate):
        return replace(state, stick=news.state)
    return replace(state, printers_attended=news.attended)


def _start_menu(state: State, what: str) -> State:
    """What can be had beside numbers and addresses."""
    screens = {"feedback": Screen.FEEDBACK, "appointment": Screen.CODE}
    wanted = screens.get(what)
    if wanted is None:
        return state
    return replace(state, screen=wanted, group=None, topic=None, typed="", page=0)


def _pad_key(state: State, what: str) -> State:
    """A key of the number pad."""
    if what == "delete":
        return replace(state, typed=state.typed[:-1])
    if what.isdecimal() and len(state.typed) < MOST_DIGITS:
        return replace(state, typed=state.typed + what)
    return state
