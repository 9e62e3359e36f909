"""How a day ends, and what the world does to it: closing, the next morning, power cuts, clocks."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, rule

from kiosk.domain.closing_errors import TooLateToReopen, VisitLeftOpen
from kiosk.domain.record import NO_RECORD
from kiosk.service import citizens, staff, visits
from kiosk.service.check_in import CheckInRequest, check_in
from kiosk.service.citizens import TicketRequest
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from kiosk.service.visit_counting import count_closed
from kiosk.store import counters
from kiosk.store.counters import VISITS
from kiosk.store.database import Database
from tests.service.watched_day import PROFILE, WatchedDay
from tests.town import FIRST_DESK, GERMAN, JOBS, SECOND_DESK

SELDOM = st.sampled_from([False] * 7 + [True])
AN_HOUR_S, A_NIGHT_S = 3600, 16 * 3600
UNSEEN_CODE = "99"


class EndedDay(WatchedDay):
    """A day that ends at random, and begins again."""

    taken: Bundle[int] = Bundle("taken")

    @rule(target=taken, seldom=SELDOM, revocable=st.booleans(), practice=st.booleans())
    def the_visit_ends_and_another_begins(
        self,
        seldom: bool,  # noqa: FBT001 - for hypothesis
        revocable: bool,  # noqa: FBT001 - same
        practice: bool,  # noqa: FBT001 - same
    ) -> Any:  # noqa: ANN401 - same
        if not seldom:
            return multiple()
        gives_way = self.open_visit.practice and not practice and revocable
        if not gives_way:
            self.close(revocable=revocable)
        self.open_again(practice=practice)
        self.each_person_is_counted_once()
        return multiple()

    @rule(target=taken, seldom=SELDOM, left_open=st.booleans(), hours=st.integers(0, 5))
    def night_passes(self, seldom: bool, left_open: bool, hours: int) -> Any:  # noqa: ANN401, FBT001 - same
        """Staff close in the evening, or forget to; the next day begins in the morning."""
        if not seldom:
            return multiple()
        if not left_open:
            self.close(revocable=False)
        self.clock.pass_s(A_NIGHT_S + hours * AN_HOUR_S)
        if left_open:
            self.close_if_left_open()
        else:
            self.open_again()
        self.each_person_is_counted_once()
        return multiple()

    @rule(seldom=SELDOM, cut=st.booleans())
    def closing_is_taken_back(self, seldom: bool, cut: bool) -> None:  # noqa: FBT001 - same
        if not seldom:
            return
        before, tickets, ended = self.office.read(queue_view), self.tickets(), self.clock()
        practice = self.open_visit.practice
        visits.close_visit(self.office, ended, expected=None, revocable=True)
        assert self.office.read(queue_view).tickets == ()
        if cut:
            self.cut_power()
        try:
            visits.reopen_visit(self.office, self.clock())
        except TooLateToReopen:
            assert cut or practice, "nothing but a power cut takes the chance so soon"
            assert before.visit
            self.note_counted(before.visit, ended, tickets)
            assert count_closed(self.office, self.clock()) != practice
            self.open_again()
        else:
            now = self.office.read(queue_view)
            assert (now.visit, now.tickets, now.desks, now.enquiries) == (
                before.visit,
                before.tickets,
                before.desks,
                before.enquiries,
            )
        self.each_person_is_counted_once()

    def close_if_left_open(self) -> None:
        """The morning after: no ticket enters the visit or is called from it, until it is closed.

        An hour ahead of that it lasts until then: no step may find it half over.
        """
        visit, soon = self.office.read(visits.current_visit), self.clock().minus(-AN_HOUR_S)
        if visit is None or not visit.left_open_since(soon):
            return
        if not visit.left_open_since(self.clock()):
            self.clock.pass_s(AN_HOUR_S)
        before, yesterday = self.office.read(queue_view), self.tickets()
        for act in self.refused_on_the_morning_after():
            with pytest.raises(VisitLeftOpen):
                act()
        assert self.office.read(queue_view) == before
        self.close(revocable=bool(len(yesterday) % 2))
        self.open_again()
        assert not self.tickets(), "yesterday's numbers in the line of today"
        self.each_person_is_counted_once()

    def refused_on_the_morning_after(self) -> list[Callable[[], object]]:
        """Every way into a line or out of it; of tickets one in each state."""
        one_of_each = {ticket.state: ticket.id for ticket in self.tickets().values()}
        codes = [*self.promises.expected(self.tickets()), UNSEEN_CODE][:1]
        request = TicketRequest(JOBS, GERMAN)
        counted = staff.CountRequest(JOBS, NO_RECORD)
        return [
            lambda: citizens.take_ticket(self.office, request, self.clock()),
            lambda: citizens.give_feedback(self.office, 5, self.clock()),
            lambda: staff.count(self.office, FIRST_DESK, counted, self.clock()),
            *(
                lambda desk=desk: staff.call_next(self.office, desk, self.clock())
                for desk in (FIRST_DESK, SECOND_DESK)
            ),
            *(
                lambda ticket=ticket: staff.call(self.office, FIRST_DESK, ticket, self.clock())
                for ticket in one_of_each.values()
            ),
            *(
                lambda code=code: check_in(self.office, CheckInRequest(code, GERMAN), self.clock())
                for code in codes
            ),
        ]

    def each_person_is_counted_once(self) -> None:
        with self.office.database.read() as connection:
            counts = [VISITS.of(connection, month) for month in counters.open_months(connection)]
        assert sum(sum(period.values()) for period in counts) == self.counted

    # What the world does

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes: int) -> None:
        self.clock.pass_s(minutes * 60)
        self.close_if_left_open()

    @rule(days=st.integers(-20_000, 20_000).filter(bool))
    def the_clock_jumps(self, days: int) -> None:
        before = self.office.read(queue_view)
        if 1971 < self.clock.wall.year + days / 365 < 2100:
            self.clock.jump(days)
        assert self.office.read(queue_view) == before
        self.close_if_left_open()

    @rule(trusted=st.booleans())
    def the_clock_is_lost_or_found(self, trusted: bool) -> None:  # noqa: FBT001 - same
        self.clock.trusted = trusted
        self.close_if_left_open()

    @rule()
    def cut_power(self) -> None:
        before = self.office.read(queue_view)
        self.office.database.close()
        self.clock.cut_power()
        self.office = Office(Database.open(self.path), PROFILE)
        assert self.office.read(queue_view) == before
        self.close_if_left_open()
