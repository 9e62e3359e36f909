"""Events from outside: what other doors, a scanner or a crash change under a citizen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.refusal_reason import OF_TOPIC, OF_VISIT
from kiosk.service.queue_status import UNKNOWN_STATUS
from kiosk.touch.flow import offered
from kiosk.touch.flow.state import OF_OFFERS, OVERLAYS, Screen
from kiosk.touch.flow.timeouts import HOMES

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.touch.flow.inputs import CodeScanned, VisitChanged, WishResumed
    from kiosk.touch.flow.state import State

_CHOOSING = (Screen.GROUPS, Screen.TOPICS)


def visit_changed(profile: Profile, state: State, change: VisitChanged) -> State:
    """Another visit, or another offer: the citizen goes on where possible, else gets an answer."""
    known = replace(
        state,
        visit=change.visit,
        expected=change.expected,
        next_visits=change.next_visits,
        opens_today=change.opens_today,
        queue=UNKNOWN_STATUS if _another_visit(state, change) else state.queue,
    )
    under = state.behind if state.screen in OVERLAYS else state.screen
    if state.shown:
        return _expire_number(known) if _another_visit(state, change) else known
    if under is Screen.SURVEY:
        return _end_survey(known) if _another_visit(state, change) else known
    if under in {Screen.THANKS, Screen.RETURNED} or under in OF_OFFERS:
        return known
    return _visit_open(profile, known, under) if change.visit else _close(known)


def _visit_open(profile: Profile, state: State, under: Screen) -> State:
    """The visit is open: on to what can be done in it now."""
    if under is Screen.REFUSED and _refusal_ended(state):
        return _restart(state)
    if state.topic and not state.offer:  # an address on paper can be asked for once more
        return _check_topic(profile, state, under)
    if under in _CHOOSING:
        return _continue_choice(profile, state, under)
    if under is Screen.TROUBLE:
        return _retry_screen(state)
    return replace(state, screen=Screen.START, page=0) if under in HOMES else state


def _another_visit(state: State, change: VisitChanged) -> bool:
    return change.visit is None or (state.visit is not None and change.visit.id != state.visit.id)


def _expire_number(state: State) -> State:
    """A number stays on the glass, and says that it leads nowhere any more."""
    shown = state.shown and replace(state.shown, over=True, link="")
    return replace(state, screen=Screen.NUMBER, page=0, returning=False, question=None, shown=shown)


def _end_survey(state: State) -> State:
    """The smiley's visit is closed: it is thanked for, and nothing is asked any more."""
    ended = replace(state, survey=None, page=0)
    if state.screen in OVERLAYS:
        return replace(ended, behind=Screen.THANKS, behind_page=0)
    return replace(ended, screen=Screen.THANKS)


def _refusal_ended(state: State) -> bool:
    """Whether what was refused for want of numbers would be given now."""
    if state.reason in OF_TOPIC and state.topic in state.topics:
        return state.topic in state.offered
    return state.reason in OF_VISIT and bool(state.offered)


def _restart(state: State) -> State:
    begun = replace(state, group=None, topic=None, page=0, warned=False, passing=False)
    if state.screen in OVERLAYS:
        return replace(begun, behind=Screen.START)
    return replace(begun, screen=Screen.START)


def _close(state: State) -> State:
    closed = replace(state, screen=Screen.CLOSED, page=0, warned=False, passing=False)
    return replace(closed, group=None, topic=None, typed="", score=0, feedback=None)


def _continue_choice(profile: Profile, state: State, under: Screen) -> State:
    """A citizen is choosing: there may be nothing to choose any more, or nothing in this group."""
    if not state.offered:
        reason = offered.nothing_offered(profile, state)
        return replace(state, screen=Screen.REFUSED, reason=reason, page=0)
    if under is Screen.GROUPS or offered.topics(profile, state):
        return state
    begun = replace(state, group=None)
    first = offered.first_question(profile, begun)
    if state.screen in OVERLAYS:
        return replace(begun, behind=first, behind_page=0)
    return replace(begun, screen=first, page=0)


def _check_topic(profile: Profile, state: State, under: Screen) -> State:
    if state.topic in state.offered:
        return state
    if state.asking or under is Screen.REFUSED:
        return state  # the office's own answer is on its way, or has been given
    reason = offered.refusal_reason(profile, state)
    return replace(state, screen=Screen.REFUSED, reason=reason, page=0)


def _retry_screen(state: State) -> State:
    """Where a citizen without a topic can try again what has failed."""
    if state.feedback is not None:
        unanswered = state.survey and state.survey_answer is None
        return replace(state, screen=Screen.SURVEY if unanswered else Screen.THANKS)
    if state.typed:
        return replace(state, screen=Screen.CODE)
    if state.offer:
        return replace(state, screen=Screen.OFFER)
    back = Screen.FEEDBACK if state.score else Screen.START
    return replace(state, screen=back, page=0, score=0)


def forget_in_trouble(state: State, fresh: State) -> State:
    """Trouble outlasts a citizen: who still waits is told that nothing will come of the wish."""
    trouble = replace(fresh, screen=Screen.TROUBLE)
    if not (state.topic or state.typed or state.score):
        return trouble
    return replace(keep_citizen(trouble, state), lasting=True)


def is_idle(state: State) -> bool:
    """Whether the glass is idle."""
    used = state.language_chosen or state.listening or state.asking
    return state.screen is Screen.START and not used


def keep_bus(fresh: State, state: State) -> State:
    """What belongs to the bus stays for the next citizen."""
    return replace(
        fresh,
        stick=state.stick,
        next_visits=state.next_visits,
        opens_today=state.opens_today,
        headphones=state.headphones,
        queue=state.queue,
    )


def keep_citizen(fresh: State, state: State) -> State:
    """What the same citizen has chosen to see and hear stays."""
    return replace(
        fresh,
        language=state.language,
        language_chosen=state.language_chosen,
        theme=state.theme,
        large_text=state.large_text,
        listening=state.listening,
    )


def is_passing(state: State) -> bool:
    """Whether the glass answers a scan or a smiley beside it, untouched since."""
    return state.passing and state.screen in {Screen.NUMBER, Screen.REFUSED, Screen.THANKS}


def smiley_pressed(state: State) -> State:
    """Thanks for it, but never in the middle of a citizen's session."""
    return replace(state, screen=Screen.THANKS, passing=True) if is_idle(state) else state


def scanner_read(state: State, scan: CodeScanned) -> State:
    """The answer to a scan, but never in the middle of a citizen's session."""
    if not is_idle(state):
        return state
    screen = Screen.NUMBER if scan.shown else Screen.REFUSED
    return replace(
        state,
        screen=screen,
        language=scan.language,
        shown=scan.shown,
        reason=scan.reason,
        passing=True,
    )


def wish_resumed(state: State, pending: WishResumed) -> State:
    """Go on where a crash has cut off a citizen, with the number if the office has given one."""
    known = replace(
        state,
        language=pending.language,
        language_chosen=True,
        wish=pending.wish,
        topic=pending.topic,
        shown=pending.shown,
        answers=pending.answers,
    )
    return replace(known, screen=Screen.NUMBER) if pending.shown else known
