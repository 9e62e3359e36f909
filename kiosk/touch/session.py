"""Between flow and office: carries out what the glass asks for, and hears what others did."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from kiosk.domain.errors import Refused
from kiosk.domain.events import OfferChanged, SlipFailed, SlipPrinted, VisitClosed, VisitOpened
from kiosk.domain.ids import LanguageCode, TopicId
from kiosk.service import front_desk, service_day
from kiosk.store.errors import StoreError
from kiosk.touch.memory import Memory, Wish
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
    Slip,
    SlipKnown,
    State,
    TakeBackFeedback,
    TakeTicket,
    VisitChanged,
    WishRemembered,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.events import Event
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office
    from kiosk.touch.flow import Flow

_log = logging.getLogger(__name__)

READING_S = 10.0
"""How long trouble stays on the glass at least: a full disk fails writes, but never the reads
that find out whether it is over."""


class Session:
    """The glass's state, and the only way to change it."""

    def __init__(
        self, office: Office, now: Callable[[], Moment], flow: Flow, memory: Memory
    ) -> None:
        self.state: State = flow.first(None)
        self._office, self._now, self._flow, self._memory = office, now, flow, memory
        self._trouble_since: Moment | None = None

    def begin(self) -> None:
        """Look at what the office has, and at whom a crash has left before the glass."""
        wish = self._memory.recall(self._now())
        self.look()
        if wish and self.state.screen is not Screen.TROUBLE:
            self._remember(wish)

    def handle(self, happening: Happening) -> None:
        """Go on from here."""
        self.state, actions = self._flow.step(self.state, happening)
        for action in actions:
            answer = self._carry_out(action)
            if answer:
                self.handle(answer)

    def hear(self, event: Event) -> None:
        """Another door did something."""
        match event:
            case VisitOpened() | VisitClosed() | OfferChanged():
                self.look()
            case SlipPrinted(number=number):
                self.handle(SlipKnown(number, Slip.PRINTED))
            case SlipFailed(number=number):
                self.handle(SlipKnown(number, Slip.FAILED))

    def look(self) -> None:
        """Ask the office which visit is open, and for the number that trouble may have hidden."""
        try:
            visit = service_day.current_visit(self._office)
            taken = front_desk.ticket_for_wish(self._office, self.state.wish, self._now())
        except StoreError as error:
            self.lose(error)
            return
        if self.state.screen is Screen.TROUBLE and taken:
            self.handle(NumberGiven(taken.ticket.number, taken.ahead))
        if self._being_read():
            return
        if self.state.screen is Screen.TROUBLE or visit != self.state.visit:
            self.handle(VisitChanged(visit))

    def lose(self, error: StoreError) -> None:
        """The database fails: ask the citizen to turn to the team."""
        self.handle(self._silent(error))

    def _being_read(self) -> bool:
        if self.state.screen is not Screen.TROUBLE or self._trouble_since is None:
            return False
        shown_s = self._now().seconds_since(self._trouble_since)
        return shown_s is not None and shown_s < READING_S

    def _remember(self, wish: Wish) -> None:
        taken = front_desk.ticket_for_wish(self._office, wish.wish, self._now())
        shown = Shown(taken.ticket.number, taken.ahead) if taken else None
        if shown or wish.topic in self.state.offered:
            language, topic = LanguageCode(wish.language), TopicId(wish.topic)
            self.handle(WishRemembered(language, wish.wish, topic, shown))

    def _carry_out(self, action: Action) -> Happening | None:
        try:
            return self._ask(action)
        except Refused:
            self.look()
            return NotPossible()
        except StoreError as error:
            return self._silent(error)

    def _silent(self, error: StoreError) -> OfficeSilent:
        if self.state.screen is not Screen.TROUBLE:
            self._trouble_since = self._now()
            _log.warning("The office does not answer (%s): %s", type(error).__name__, error)
        return OfficeSilent()

    def _ask(self, action: Action) -> Happening | None:
        office, now = self._office, self._now()
        match action:
            case TakeTicket(topic=topic, language=language, wish=wish):
                self._memory.keep(Wish(wish, topic, language, now.as_text()))
                taken = front_desk.take_ticket(office, topic, language, now, wish=wish)
                return NumberGiven(taken.ticket.number, taken.ahead)
            case GiveFeedback(score=score):
                return FeedbackKept(front_desk.give_feedback(office, score, now))
            case TakeBackFeedback(id=feedback):
                front_desk.take_back_feedback(office, feedback, now)
                return FeedbackGone()
            case ForgetWish():
                self._memory.forget()
        return None
