"""How a day ends, and what the world does to it: closing, taking that back, power cuts, clocks."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, rule

from kiosk.domain.closing_errors import TooLateToReopen
from kiosk.service import visits
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from kiosk.service.visit_counting import count_closed
from kiosk.store import counters
from kiosk.store.counters import VISITS
from kiosk.store.database import Database
from tests.service.watched_day import WatchedDay
from tests.town import TOWN

SELDOM = st.sampled_from([False] * 7 + [True])


class EndedDay(WatchedDay):
    """A day that ends at random, and begins again."""

    taken: Bundle[int] = Bundle("taken")

    @rule(target=taken, seldom=SELDOM, revocable=st.booleans())
    def the_visit_ends_and_another_begins(self, seldom: bool, revocable: bool) -> Any:  # noqa: ANN401, FBT001 - for hypothesis
        if not seldom:
            return multiple()
        self.counted += len(self.tickets()) + self.enquiries
        visits.close_visit(self.office, self.clock(), force=True, revocable=revocable)
        self.open_again()
        self.each_person_is_counted_once()
        return multiple()

    @rule(seldom=SELDOM, cut=st.booleans())
    def closing_is_taken_back(self, seldom: bool, cut: bool) -> None:  # noqa: FBT001 - same
        if not seldom:
            return
        before = self.office.read(queue_view)
        visits.close_visit(self.office, self.clock(), force=True, revocable=True)
        assert self.office.read(queue_view).tickets == ()
        if cut:
            self.cut_power()
        self.each_person_is_counted_once()
        try:
            visits.reopen_visit(self.office, self.clock())
        except TooLateToReopen:
            assert cut, "nothing but a power cut takes the chance so soon"
            self.counted += len(before.tickets) + self.enquiries
            assert count_closed(self.office, self.clock())
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

    def each_person_is_counted_once(self) -> None:
        with self.office.database.read() as connection:
            counts = [VISITS.of(connection, month) for month in counters.open_months(connection)]
        assert sum(sum(period.values()) for period in counts) == self.counted

    # What the world does

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes: int) -> None:
        self.clock.pass_s(minutes * 60)
        self.nothing_is_left_open()

    @rule(days=st.integers(-20_000, 20_000).filter(bool))
    def the_clock_jumps(self, days: int) -> None:
        before = self.office.read(queue_view)
        if 1971 < self.clock.wall.year + days / 365 < 2100:
            self.clock.jump(days)
        assert self.office.read(queue_view) == before
        self.nothing_is_left_open()

    @rule(trusted=st.booleans())
    def the_clock_is_lost_or_found(self, trusted: bool) -> None:  # noqa: FBT001 - same
        self.clock.trusted = trusted
        self.nothing_is_left_open()

    @rule()
    def cut_power(self) -> None:
        before = self.office.read(queue_view)
        self.office.database.close()
        self.clock.cut_power()
        self.office = Office(Database.open(self.path), TOWN)
        assert self.office.read(queue_view) == before
        self.nothing_is_left_open()
