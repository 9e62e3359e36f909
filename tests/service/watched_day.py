"""What must stay true of a day, whatever happens: a second, simpler telling of the rules.

Nothing is mocked: those who watch look at the real file after each action.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant

from kiosk.domain.appointment import Appointment
from kiosk.domain.errors import Refused
from kiosk.domain.moment import Moment
from kiosk.domain.planned_hours import PlannedHours
from kiosk.domain.ticket import AT_DESK, OPEN, Ticket, TicketState
from kiosk.domain.visit import Visit
from kiosk.service import undo_log, visits
from kiosk.service.office import Office
from kiosk.service.queue_view import QueueView, queue_view
from kiosk.store import appointments, tickets
from kiosk.store.database import Database
from kiosk.store.visit_cache import TICKETS
from tests.prepared import new_database
from tests.service.promises import Promises, Tickets
from tests.town import FIRST_DESK, MARKET, SECOND_DESK, TOWN, TownClock

DAILY = tuple(
    PlannedHours(MARKET, "09:00", "16:00", weekday=day)
    for day in ("mo", "tu", "we", "th", "fr", "sa", "su")
)
PROFILE = replace(TOWN, timetable=DAILY, appointment_every_min=30)
"""The town with a bus at the market every day, so that appointments can be made for tomorrow."""

Step = tuple[str, Tickets, Tickets, int]
"""Its kind, the tickets before and after, and the appointments called in a row before."""

FOLDER = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - no sync is measured here


class WatchedDay(RuleBasedStateMachine):
    """An office, and beside it what those who watch it have seen."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=FOLDER))
        self.clock = TownClock()
        self.path = self.folder / "kiosk.db"
        self.office = Office(new_database(self.path), PROFILE)
        self.beside = Database.open(self.path)
        self.shown: list[str] = []
        self.taken_back: set[str] = set()
        self.enquiries = 0
        self.counted = 0
        self.actions = 0
        self.booked = 0
        self.promises = Promises()
        self.first_calls: dict[int, object] = {}
        self.in_a_row: Counter[str] = Counter()
        self.steps: dict[str, list[Step]] = {}
        self.open_again()

    def teardown(self) -> None:
        self.beside.close()
        self.office.database.close()
        shutil.rmtree(self.folder)

    def open_again(self, *, practice: bool = False) -> None:
        """Another visit; an open practice visit gives way to it."""
        before, tickets, now = self.office.read(visits.current_visit), self.tickets(), self.clock()
        if before:
            self.note_counted(before, now, tickets)
        visits.open_visit(self.office, None, None, now, practice=practice)
        self.promises.visit_opened(now)
        self.enquiries = 0
        self.steps = {FIRST_DESK: [], SECOND_DESK: []}
        for kept in (self.shown, self.taken_back, self.first_calls, self.in_a_row):
            kept.clear()

    def close(self, *, revocable: bool) -> None:
        visit, tickets, now = self.open_visit, self.tickets(), self.clock()
        visits.close_visit(self.office, now, expected=None, revocable=revocable)
        self.note_counted(visit, now, tickets)

    def note_counted(self, visit: Visit, ended: Moment, tickets: Tickets) -> None:
        """Each person of a visit counts once, none of practice."""
        if not visit.practice:
            self.counted += len(tickets) + self.enquiries
        self.promises.visit_counted(visit, ended, tickets)

    # What is done, and noted

    def tickets(self) -> dict[int, Ticket]:
        return {ticket.id: ticket for ticket in self.office.read(queue_view).tickets}

    @property
    def open_visit(self) -> Visit:
        visit = self.office.read(visits.current_visit)
        assert visit
        return visit

    def present_at(self, desk: str) -> Ticket | None:
        return self.office.read(queue_view).desk(desk).ticket

    def known_appointments(self) -> dict[str, Appointment]:
        with self.office.snapshot() as snapshot:
            return {each.code: each for each in appointments.list_all(snapshot.connection)}

    def topics_of(self, desk: str) -> set[str]:
        with self.office.snapshot() as snapshot:
            return set(snapshot.desk_state(desk).topics)

    def now_shown(self, ticket: Ticket) -> int:
        assert ticket.number not in {*self.shown, *self.taken_back}, "a number shown before"
        self.shown.append(ticket.number)
        return ticket.id

    def unless_refused(self, act: Callable[[], Any]) -> Any:  # noqa: ANN401 - what a use case says
        self.actions += 1
        before = self.office.read(queue_view)
        try:
            return act()
        except Refused:
            pass
        assert self.office.read(queue_view) == before, "a refusal changed something"
        return None

    def acted(self, desk: str, kind: str, act: Callable[[], Any], *, silent: bool = False) -> Any:  # noqa: ANN401 - same
        """An action that this desk can undo, if it changed a person; `silent` says no outcome."""
        before = self.tickets()
        result = self.unless_refused(act)
        after = self.tickets()
        became = {ticket: now for ticket, now in after.items() if before.get(ticket) != now}
        if became:
            was = {ticket: before[ticket] for ticket in became if ticket in before}
            self.steps[desk].append((kind, was, became, self.in_a_row[desk]))
            self.promises.talk_ended(kind, before, became, silent=silent)
        return result

    def undo(self, desk: str) -> None:
        before = self.tickets()
        done = self.steps[desk]
        undone = self.unless_refused(lambda: undo_log.undo(self.office, desk, self.clock()))
        if not done:
            assert undone is None, "an action was undone that was never done"
            return
        kind, was, became, in_a_row = done[-1]
        touched_since = any(before.get(ticket) != now for ticket, now in became.items())
        others_at = {t.desk for i, t in before.items() if i not in became and t.state in AT_DESK}
        taken = any(t.state in AT_DESK and t.desk in others_at for t in was.values())
        came = self.promises.has_come((desk, len(done)), before)
        assert (undone is None) == (touched_since or taken or came)
        if undone:
            done.pop()
            self.in_a_row[desk] = in_a_row
            assert undone.kind == kind
            expected = {ticket: old for ticket, old in before.items() if ticket not in became}
            assert self.tickets() == {**expected, **was}, "not as before"
            self.forget_undone(kind, {t.number for t in became.values()} if not was else set())
            made = self.promises.made_in_step.pop((desk, len(done) + 1), None)
            if made:
                self.promises.withdraw(made)

    def forget_undone(self, kind: str, gone: set[str]) -> None:
        if kind == "count":
            self.enquiries -= 1
        self.taken_back |= gone
        self.shown[:] = [number for number in self.shown if number not in gone]
        now = self.tickets()
        # A first call that was a mistake has never been.
        self.first_calls = {
            ticket: call
            for ticket, call in self.first_calls.items()
            if ticket in now and now[ticket].first_call is not None
        }

    # What is always true

    @invariant()
    def all_is_well(self) -> None:
        view = self.office.read(queue_view)
        self.no_number_twice_while_open(view)
        self.every_number_shown_is_still_known(view)
        self.one_person_at_a_desk_and_desks_only_where_they_belong(view)
        self.the_first_call_is_never_overwritten(view)
        self.assert_cache_equals_database()
        self.promises.check(self.office, self.tickets())

    def assert_cache_equals_database(self) -> None:
        for database in (self.office.database, self.beside):
            with database.read() as connection:
                stored = TICKETS.all(connection, "ORDER BY sequence")
                assert tickets.list_all(connection) == tuple(stored)

    def no_number_twice_while_open(self, view: QueueView) -> None:
        numbers = Counter(t.number for t in view.tickets if t.state in OPEN)
        assert all(count == 1 for count in numbers.values())

    def every_number_shown_is_still_known(self, view: QueueView) -> None:
        assert [t.number for t in view.tickets] == self.shown
        assert sum(view.enquiries.values()) == self.enquiries

    def one_person_at_a_desk_and_desks_only_where_they_belong(self, view: QueueView) -> None:
        present = Counter(t.desk for t in view.tickets if t.state in AT_DESK)
        assert None not in present
        assert all(count == 1 for count in present.values())

    def the_first_call_is_never_overwritten(self, view: QueueView) -> None:
        for ticket in view.tickets:
            if ticket.first_call is not None:
                first = self.first_calls.setdefault(ticket.id, ticket.first_call)
                assert first == ticket.first_call
            elif ticket.state in {TicketState.CALLED, TicketState.SERVING}:
                message = f"{ticket.number} was called without a first call"
                raise AssertionError(message)
