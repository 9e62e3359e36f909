"""Session: carries out requests of the state machine, and feeds it what other doors did.

The office is asked in a thread of its own: a locked database must not freeze the glass.
"""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

from kiosk.domain.device_events import StickChanged
from kiosk.domain.errors import (
    Refused,
)
from kiosk.domain.events import (
    AppointmentCheckedIn,
    AppointmentsChanged,
    CodeRefused,
    ContingentReached,
    FeedbackGiven,
    TopicsChanged,
)
from kiosk.domain.ids import ChoiceId, LanguageCode, QuestionId, TopicId
from kiosk.domain.local_time import local_date
from kiosk.domain.stick import StickState
from kiosk.domain.ticket import ENDED
from kiosk.domain.visit_events import VisitClosed, VisitOpened, VisitReopened
from kiosk.service import check_in, citizens
from kiosk.service.refused_demand import COUNTED, count_refused
from kiosk.service.timetable import next_visits
from kiosk.store.errors import LASTING, StoreError
from kiosk.touch.flow.inputs import (
    CodeScanned,
    Input,
    NumberGiven,
    OfficeUnavailable,
    SmileyPressed,
    StickUpdate,
    Tapped,
    VisitChanged,
    WishResumed,
)
from kiosk.touch.flow.outside_events import is_idle, is_passing
from kiosk.touch.flow.requests import ForgetWish, OfficeRequest
from kiosk.touch.flow.state import Screen, State
from kiosk.touch.session.office_calls import (
    ask,
    refusal_of,
    shown_at_check_in,
    shown_of,
    shown_reason,
    with_paper,
)
from kiosk.touch.session.paper_news import paper_input

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.events import (
        Event,
    )
    from kiosk.domain.ids import TicketId
    from kiosk.domain.moment import Moment
    from kiosk.service.citizens import TakenTicket
    from kiosk.service.office import Office
    from kiosk.touch.flow.machine import Flow
    from kiosk.touch.session.pending_wish import PendingWish, WishFile

_log = logging.getLogger(__name__)

TROUBLE_SHOWN_S = 10.0
"""How long trouble stays on the glass at least: a full disk fails writes, but never the reads
that find out whether it is over."""

ANNOUNCED_VISITS = 3
"""So many of the next visits are told while the bus is closed."""

AT_ONCE_S = 0.3
"""An answer within this time comes without "One moment" before it."""


def _valid(taken: TakenTicket | None) -> TakenTicket | None:
    """A number that its holder has given back, or whose talk is over, is not shown again."""
    return None if taken is None or taken.ticket.state in ENDED else taken


class GlassSession:
    """The glass's state, and the only way to change it. For one thread."""

    def __init__(
        self,
        office: Office,
        now: Callable[[], Moment],
        flow: Flow,
        wish_file: WishFile,
        at_once_s: float = AT_ONCE_S,
    ) -> None:
        self.state: State = flow.first(None)
        self._office, self._now, self._flow, self._wish_file = office, now, flow, wish_file
        self._at_once_s = at_once_s
        self._trouble_since: Moment | None = None
        self._asker = ThreadPoolExecutor(1, "ask")
        self._asked: Future[Input] | None = None
        self._postponed: list[Event] = []

    def begin(self) -> None:
        """Ask the office, and resume the wish that a crash has cut off."""
        wish = self._wish_file.load(self._now())
        self.look_up_visit()
        if wish and self.state.screen is not Screen.TROUBLE:
            self._resume(wish)

    def handle(self, received: Input) -> None:
        before = self.state
        self.state, actions = self._flow.step(before, received)
        way_back = before.screen is Screen.REFUSED or before.topic is not None
        if isinstance(received, Tapped) and not way_back:
            self._count_refused()
        for action in actions:
            self._carry_out(action)

    def _count_refused(self) -> None:
        """Count a touch on a topic of which there are no numbers left; the glass waits for none."""
        shown = self.state
        if shown.screen is Screen.REFUSED and shown.topic and shown.reason in COUNTED:
            now = self._now()
            self._asker.submit(count_refused, self._office, shown.topic, shown.reason, now)

    def collect(self, patience_s: float = 0.0) -> None:
        """Take the office's answer, if it has come."""
        asked = self._asked
        if asked is None or not wait([asked], patience_s).done:
            return
        self._asked = None
        self.handle(self._answer_of(asked))
        postponed, self._postponed = self._postponed, []
        for event in postponed:
            self.on_event(event)

    @property
    def awaits_office(self) -> bool:
        """Whether the office's answer is under way."""
        return self._asked is not None

    def on_event(self, event: Event) -> None:
        """Another door did something.

        While the office is being asked, that waits for its answer: the database is taken, and a
        slip may be printed before its number is known here.
        """
        if self._asked is not None:
            self._postponed.append(event)
            return
        match event:
            case (
                VisitOpened()
                | VisitClosed()
                | VisitReopened()
                | TopicsChanged()
                | ContingentReached()
                | AppointmentsChanged()
            ):
                self.look_up_visit()
            case AppointmentCheckedIn(ticket=ticket, punctuality=punctuality, scanned=True):
                self._show_scanned(ticket, punctuality)
            case CodeRefused(reason=reason):
                language = self._office.profile.languages[0]
                self.handle(CodeScanned(language, None, shown_reason(reason)))
            case FeedbackGiven(on_button=True, thanked=True):
                self.handle(SmileyPressed())
            case StickChanged(state=stick):
                self.handle(StickUpdate(StickState(stick)))
            case _ if news := paper_input(event):
                self.handle(news)

    def look_up_visit(self) -> None:
        """Ask the office which visit is open, and for the number that trouble may have hidden."""
        try:
            with self._office.snapshot() as snapshot:
                visit, now = snapshot.visit, self._now()
                if visit and visit.left_open_since(now):
                    visit = None  # it gives no numbers any more
                expected = bool(visit and check_in.expected_today(snapshot, now))
                coming = next_visits(snapshot, now, ANNOUNCED_VISITS)
                taken = _valid(citizens.ticket_for_wish(snapshot, self.state.wish, now))
        except StoreError as error:
            self.office_failed(error)
            return
        if self.state.screen is Screen.TROUBLE and taken:
            self.handle(NumberGiven(shown_of(taken, self._office.profile)))
        if self._trouble_is_fresh():
            return
        opens_today = bool(coming) and coming[0].day == local_date(now)
        change = VisitChanged(visit, expected, coming, opens_today)
        if self.state.screen is Screen.TROUBLE or self._differs(change):
            self.handle(change)

    def office_failed(self, error: StoreError) -> None:
        """The database fails: ask the citizen to turn to the team."""
        self.handle(self._unavailable(error))

    def _differs(self, change: VisitChanged) -> bool:
        known = self.state
        return change != VisitChanged(
            known.visit, known.expected, known.next_visits, known.opens_today
        )

    def _show_scanned(self, ticket_id: TicketId, punctuality: str) -> None:
        """Show a number given at the scanner, if the glass is idle."""
        if not is_idle(self.state) and not is_passing(self.state):
            return
        try:
            taken = self._office.read(citizens.ticket_by_id, ticket_id, self._now())
        except StoreError as error:
            self.office_failed(error)
            return
        if taken:
            shown = shown_at_check_in(self._office, taken, punctuality)
            self.handle(CodeScanned(self._language_or_first(taken.ticket.language), shown))

    def _language_or_first(self, language: str) -> LanguageCode:
        """That language, or the first one where it has left the profile meanwhile."""
        profile = self._office.profile
        return LanguageCode(language) if language in profile.languages else profile.languages[0]

    def _trouble_is_fresh(self) -> bool:
        if self.state.screen is not Screen.TROUBLE or self._trouble_since is None:
            return False
        shown_s = self._now().seconds_since(self._trouble_since)
        return shown_s is not None and shown_s < TROUBLE_SHOWN_S

    def _resume(self, wish: PendingWish) -> None:
        known = self._office.read(citizens.ticket_for_wish, wish.wish, self._now())
        taken = _valid(known)
        if known and not taken:
            self._wish_file.delete()
            return
        shown = shown_of(taken, self._office.profile) if taken else None
        if shown:
            shown = with_paper(self._office, shown)
        if shown or wish.topic in self.state.offered:
            language, topic = self._language_or_first(wish.language), TopicId(wish.topic) or None
            answers = tuple((QuestionId(each), ChoiceId(choice)) for each, choice in wish.answers)
            self.handle(WishResumed(language, wish.wish, topic, shown, answers))

    def _carry_out(self, action: OfficeRequest) -> None:
        if isinstance(action, ForgetWish):
            self._wish_file.delete()
            return
        self._asked = self._asker.submit(ask, self._office, self._wish_file, action, self._now())
        self.collect(self._at_once_s)

    def _answer_of(self, asked: Future[Input]) -> Input:
        try:
            return asked.result()
        except Refused as error:
            self.look_up_visit()
            return refusal_of(error)
        except StoreError as error:
            return self._unavailable(error)

    def _unavailable(self, error: StoreError) -> OfficeUnavailable:
        if self.state.screen is not Screen.TROUBLE:
            self._trouble_since = self._now()
            _log.warning("The office does not answer (%s): %s", type(error).__name__, error)
        return OfficeUnavailable(lasting=isinstance(error, LASTING))
