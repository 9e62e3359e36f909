"""Discrete-event simulation of one visit: citizens arrive, desks call, people come or do not."""

from __future__ import annotations

from collections import deque
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING, Protocol

from kiosk.domain.errors import ContingentUsedUp
from kiosk.domain.feedback import glass_surface
from kiosk.domain.outcome import NOT_RECORDED
from kiosk.domain.record import Record
from kiosk.domain.survey import survey_question
from kiosk.domain.ticket import TicketState
from kiosk.service import citizens, staff, survey
from kiosk.service.check_in import CheckInRequest, check_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from random import Random

    from kiosk.domain.ids import DeskId, TicketId
    from kiosk.domain.moment import Moment
    from kiosk.domain.ticket import Ticket
    from kiosk.operate.simulation.citizens import Citizen
    from kiosk.operate.simulation.clock import VirtualClock
    from kiosk.service.citizens import TakenTicket
    from kiosk.service.office import Office

_RECALL_AFTER_S, _MISS_AFTER_S = 40, 80
_GLASS = glass_surface("touch")


class DayObserver(Protocol):
    """Observer of a simulated day."""

    def taken(self, ticket: Ticket, now: Moment) -> None:
        """A citizen has a number."""

    def over(self) -> None:
        """All citizens have left; the visit is still open."""


class SimulatedDay:
    """A visit being played. The office is a real one, only the time is not.

    `hurry` below 1 shortens ways and pauses, so that a crowd fits into a day.
    """

    def __init__(
        self,
        office: Office,
        clock: VirtualClock,
        random: Random,
        hurry: float,
        observer: DayObserver | None = None,
    ) -> None:
        self._office, self._clock, self._random, self._hurry = office, clock, random, hurry
        self._observer = observer
        self._elapsed_s = 0.0
        self._order = count()
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._people: dict[TicketId, Citizen] = {}
        self._waiting: set[TicketId] = set()
        self._back: deque[Ticket] = deque()
        self._idle: list[DeskId] = [desk.id for desk in office.profile.desks]

    @property
    def now(self) -> Moment:
        return self._clock.at(self._elapsed_s)

    def play(self, citizens: Iterable[Citizen]) -> None:
        """Let all citizens come and be served; the visit is open, and stays so."""
        for citizen in citizens:
            self._later(citizen.arrives_s, partial(self._arrive, citizen))
        while self._events:
            self._elapsed_s, _, happen = heappop(self._events)
            happen()
        if self._observer:
            self._observer.over()

    def _later(self, delay_s: float, happen: Callable[[], None]) -> None:
        heappush(self._events, (self._elapsed_s + delay_s, next(self._order), happen))

    def _soon(self, shortest_s: float, longest_s: float, happen: Callable[[], None]) -> None:
        self._later(self._random.uniform(shortest_s, longest_s) * self._hurry, happen)

    def _arrive(self, citizen: Citizen) -> None:
        try:
            taken = self._take(citizen, f"{self.now.boot}-{next(self._order)}")
        except ContingentUsedUp:
            return  # and home again: the glass says so
        self._people[taken.ticket.id] = citizen
        if self._observer:
            self._observer.taken(taken.ticket, self.now)
        self._wait(taken.ticket)
        if citizen.patience_s is not None:
            self._later(citizen.patience_s, partial(self._leave, taken.ticket))

    def _take(self, citizen: Citizen, wish: str) -> TakenTicket:
        office, now, language = self._office, self.now, citizen.language
        if citizen.code:
            coming = CheckInRequest(citizen.code, language, wish, priority=citizen.priority)
            return check_in(office, coming, now).taken
        request = citizens.TicketRequest(citizen.topic, language, wish, citizen.priority)
        return citizens.take_ticket(office, request, now)

    def _wait(self, ticket: Ticket) -> None:
        self._waiting.add(ticket.id)
        self._wake()

    def _leave(self, ticket: Ticket) -> None:
        if ticket.id in self._waiting:
            self._waiting.remove(ticket.id)
            staff.withdraw(self._office, ticket.id, self.now)

    def _wake(self) -> None:
        for desk in self._idle:
            self._soon(2, 10, partial(self._call, desk))
        self._idle.clear()

    def _free(self, desk: DeskId) -> None:
        self._soon(5, 40, partial(self._call, desk))

    def _call(self, desk: DeskId, present: TicketId | None = None) -> None:
        back = self._call_again(desk) if present is None else None
        ticket = back or staff.call_next(self._office, desk, self.now, after=present)
        if ticket is None and present and self._back:  # Next asks the queue alone
            self._free(desk)
            return
        if ticket is None:
            self._idle.append(desk)
            return
        self._waiting.discard(ticket.id)
        citizen = self._people[ticket.id]
        if citizen.calls_ignored:
            citizen.calls_ignored -= 1
            self._later(_RECALL_AFTER_S * self._hurry, partial(self._recall, desk))
            self._later(_MISS_AFTER_S * self._hurry, partial(self._miss, desk, citizen))
        else:
            self._soon(15, 60, partial(self._start, desk, citizen))

    def _call_again(self, desk: DeskId) -> Ticket | None:
        """Call a missed or parked citizen who has come back."""
        topics = self._office.profile.topics_of_desk(desk)
        for ticket in self._back:
            if ticket.topic in topics:
                self._back.remove(ticket)
                return staff.call(self._office, desk, ticket.id, self.now)
        return None

    def _recall(self, desk: DeskId) -> None:
        staff.recall(self._office, desk, self.now)

    def _miss(self, desk: DeskId, citizen: Citizen) -> None:
        ticket = staff.miss(self._office, desk, self.now)
        if ticket.state is TicketState.WAITING:
            self._wait(ticket)
        elif citizen.comes_back:
            citizen.calls_ignored = 0
            self._soon(300, 1200, partial(self._come_back, ticket))
        self._free(desk)

    def _come_back(self, ticket: Ticket) -> None:
        self._back.append(ticket)
        self._wake()

    def _start(self, desk: DeskId, citizen: Citizen) -> None:
        ticket = staff.start(self._office, desk, self.now)
        if citizen.fetches_papers:
            citizen.fetches_papers = False
            self._later(citizen.talk_s / 2, partial(self._park, desk))
        else:
            self._later(citizen.talk_s, partial(self._end, desk, citizen, ticket))

    def _park(self, desk: DeskId) -> None:
        ticket = staff.park(self._office, desk, self.now)
        self._soon(300, 900, partial(self._come_back, ticket))
        self._free(desk)

    def _end(self, desk: DeskId, citizen: Citizen, ticket: Ticket) -> None:
        if citizen.redirected_to:
            self._redirect(desk, citizen.redirected_to)
            citizen.redirected_to = None
            return
        if citizen.outcome == NOT_RECORDED:  # staff just press Next
            self._soon(5, 40, partial(self._call, desk, ticket.id))
        else:
            further = tuple(topic for topic in citizen.further if topic != ticket.topic)
            record = Record(citizen.outcome, further=further)
            staff.finish(self._office, desk, record, self.now)
            self._free(desk)
        if citizen.score:
            self._soon(10, 60, partial(self._press_smiley, citizen))

    def _redirect(self, desk: DeskId, topic: str) -> None:
        ticket = staff.transfer(self._office, desk, staff.TransferTarget(topic), self.now)
        self._wait(ticket)
        self._free(desk)

    def _press_smiley(self, citizen: Citizen) -> None:
        if citizen.wrong_score:
            mistake = citizens.give_feedback(self._office, citizen.wrong_score, self.now, _GLASS)
            citizens.take_back_feedback(self._office, mistake.id, self.now)
        given = citizens.give_feedback(
            self._office, citizen.score or 1, self.now, _GLASS, with_survey=True
        )
        if given.question and citizen.survey_place is not None:
            asked = survey_question(self._office.profile.survey_questions, given.question)
            chosen = asked.answers[int(citizen.survey_place * len(asked.answers))]
            survey.answer_survey(self._office, given.id, asked.id, chosen.id, self.now)
