"""The way through the screens: a state and what happens lead to the next state and what to ask for.

Pure: no clock, no files, no Kivy. One citizen has one wish, so that a long press, a double tap or
a lagging screen cannot lead to two numbers, and after a crash the same wish leads to the same one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.touch.patience import HOMES, WITHOUT_WARNING
from kiosk.touch.state import (
    Action,
    FeedbackGone,
    FeedbackKept,
    ForgetWish,
    GiveFeedback,
    Happening,
    NotPossible,
    NumberGiven,
    OfficeSilent,
    Screen,
    Shown,
    SlipKnown,
    State,
    TakeBackFeedback,
    TakeTicket,
    Tapped,
    TimedOut,
    VisitChanged,
    WishRemembered,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.ids import GroupId, TopicId
    from kiosk.domain.profile import Profile
    from kiosk.domain.visit import Visit

Step = tuple[State, tuple[Action, ...]]


@dataclass(frozen=True, slots=True)
class Flow:
    """The screens of one profile. `new_wish` gives a random name for each citizen's wish."""

    profile: Profile
    new_wish: Callable[[], str]

    def first(self, visit: Visit | None) -> State:
        """A fresh citizen before the glass."""
        screen = Screen.START if visit else Screen.CLOSED
        return State(screen, self.profile.languages[0], self.new_wish(), visit)

    def step(self, state: State, happening: Happening) -> Step:
        """What comes of it."""
        match happening:
            case Tapped(id=name):
                return self._tapped(state, name)
            case TimedOut():
                return self._timed_out(state)
            case VisitChanged(visit=visit):
                return self._visit_changed(state, visit), ()
            case WishRemembered():
                return self._remembered(state, happening), ()
            case _:
                return self._answered(state, happening), ()

    def groups(self, state: State) -> tuple[GroupId, ...]:
        """The topic groups of which something is offered today."""
        offered = {self.profile.topic(topic).group for topic in state.offered}
        return tuple(group.id for group in self.profile.groups if group.id in offered)

    def topics(self, state: State) -> tuple[TopicId, ...]:
        """Today's topics of the chosen group."""
        return tuple(
            t.id for t in self.profile.topics if t.group == state.group and t.id in state.offered
        )

    def _tapped(self, state: State, name: str) -> Step:
        head, _, rest = name.partition(".")
        if state.asking:
            return state, ()
        if state.warned:
            return self._home(state) if rest == "no" else (replace(state, warned=False), ())
        return self._asked(state, head, rest) or (self._moved(state, head, rest), ())

    def _asked(self, state: State, head: str, rest: str) -> Step | None:
        """A tap that ends a step: something is asked of the office, or the citizen is done."""
        asking = replace(state, asking=True)
        match head, rest:
            case "check", "take" if state.topic:
                return asking, (TakeTicket(state.topic, state.language, state.wish),)
            case "smiley", score:
                return replace(asking, score=int(score)), (GiveFeedback(int(score)),)
            case "thanks", "undo" if state.feedback is not None:
                return asking, (TakeBackFeedback(state.feedback),)
            case (("thanks" | "number"), "done"):
                return self._home(state)
            case _:
                return None

    def _moved(self, state: State, head: str, rest: str) -> State:
        """A tap that only leads to another screen, or to the same one in other words or colours."""
        match head, rest:
            case "contrast", _:
                moved = replace(state, theme="contrast" if state.theme == "light" else "light")
            case "language", "":
                moved = replace(state, screen=Screen.LANGUAGE, behind=state.screen, page=0)
            case "language", _:
                moved = self._language_chosen(state, rest)
            case "back", _:
                moved = self._back(state)
            case "more", _:
                moved = replace(state, page=state.page + 1)
            case "start", "number":
                moved = self._wants_number(state)
            case "start", "feedback":
                moved = replace(state, screen=Screen.FEEDBACK)
            case "group", _:
                moved = self._group_chosen(state, rest)
            case "topic", _:
                topic = self.profile.topic(rest).id
                moved = replace(state, screen=Screen.CHECK, topic=topic, page=0)
            case _:
                moved = state
        return moved

    def _home(self, state: State) -> Step:
        return self.first(state.visit), (ForgetWish(),)

    def _wants_number(self, state: State) -> State:
        if not state.language_chosen:
            return replace(state, screen=Screen.LANGUAGE, behind=Screen.GROUPS, page=0)
        return self._to_groups(state)

    def _to_groups(self, state: State) -> State:
        """The choice of a topic group, passed over where there is only one."""
        groups = self.groups(state)
        asked = replace(state, screen=Screen.GROUPS, group=None, topic=None, page=0)
        return self._group_chosen(asked, groups[0]) if len(groups) == 1 else asked

    def _group_chosen(self, state: State, group: str) -> State:
        """The choice of a topic, passed over where the group has only one."""
        asked = replace(state, screen=Screen.TOPICS, group=self.profile.group(group).id, page=0)
        topics = self.topics(asked)
        if len(topics) != 1:
            return asked
        return replace(asked, screen=Screen.CHECK, topic=topics[0])

    def _language_chosen(self, state: State, language: str) -> State:
        code = next(code for code in self.profile.languages if code == language)
        told = replace(state, language=code, language_chosen=True, screen=state.behind, page=0)
        return self._to_groups(told) if state.behind is Screen.GROUPS else told

    def _back(self, state: State) -> State:
        if state.page:
            return replace(state, page=state.page - 1)
        several_groups = len(self.groups(state)) > 1
        match state.screen:
            case Screen.LANGUAGE if state.behind is not Screen.GROUPS or state.language_chosen:
                earlier = state.behind
            case Screen.CHECK if len(self.topics(state)) > 1:
                earlier = Screen.TOPICS
            case Screen.TOPICS | Screen.CHECK | Screen.REFUSED if several_groups:
                earlier = Screen.GROUPS
            case _:
                earlier = Screen.START
        topic = state.topic if earlier is Screen.CHECK else None
        return replace(state, screen=earlier, topic=topic)

    def _timed_out(self, state: State) -> Step:
        if state.screen is Screen.TROUBLE:
            return replace(self.first(state.visit), screen=Screen.TROUBLE), (ForgetWish(),)
        if state.warned or state.screen in WITHOUT_WARNING:
            return self._home(state)
        return replace(state, warned=True), ()

    def _visit_changed(self, state: State, visit: Visit | None) -> State:
        told = replace(state, visit=visit, asking=False)
        under = state.behind if state.screen is Screen.LANGUAGE else state.screen
        if state.shown or under is Screen.THANKS:
            return told
        if visit is None:
            closed = replace(told, screen=Screen.CLOSED, page=0, warned=False)
            return replace(closed, group=None, topic=None, score=0, feedback=None)
        if state.topic:
            still_offered = state.topic in told.offered
            back = Screen.CHECK if under is Screen.TROUBLE else state.screen
            return replace(told, screen=back if still_offered else Screen.REFUSED)
        if under is Screen.TROUBLE:
            return self._after_trouble(told)
        return replace(told, screen=Screen.START, page=0) if under in HOMES else told

    def _after_trouble(self, state: State) -> State:
        """Where a citizen without a wish for a number can try again what has failed."""
        if state.feedback is not None:
            return replace(state, screen=Screen.THANKS)
        back = Screen.FEEDBACK if state.score else Screen.START
        return replace(state, screen=back, page=0, score=0)

    def _remembered(self, state: State, told: WishRemembered) -> State:
        known = replace(
            state,
            language=told.language,
            language_chosen=True,
            wish=told.wish,
            topic=told.topic,
            group=self.profile.topic(told.topic).group,
            shown=told.shown,
        )
        return replace(known, screen=Screen.NUMBER if told.shown else Screen.CHECK)

    def _answered(self, state: State, answer: Happening) -> State:
        free = replace(state, asking=False)
        match answer:
            case NumberGiven(number=number, ahead=ahead):
                free = replace(free, screen=Screen.NUMBER, shown=Shown(number, ahead))
            case SlipKnown(number=number, slip=slip):
                if state.shown and state.shown.number == number:
                    return replace(state, shown=replace(state.shown, slip=slip))
                return state
            case FeedbackKept(id=feedback):
                free = replace(free, screen=Screen.THANKS, feedback=feedback)
            case FeedbackGone():
                free = replace(free, screen=Screen.FEEDBACK, feedback=None, score=0)
            case NotPossible():
                screen = Screen.REFUSED if state.visit else Screen.CLOSED
                free = replace(free, screen=screen, score=0)
            case OfficeSilent() if not state.shown:
                free = replace(free, screen=Screen.TROUBLE, warned=False)
        return free
