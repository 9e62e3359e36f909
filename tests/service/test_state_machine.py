"""Any order of actions, with power cuts and clock jumps between them, over the real file.

Nothing is mocked: the rules below are a second, simpler telling of what must stay true.
"""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from kiosk.domain.errors import Refused
from kiosk.domain.outcome import Outcome
from kiosk.domain.record import Record
from kiosk.domain.ticket import AT_DESK, OPEN, TicketState
from kiosk.service import back_office, front_desk, service_day
from kiosk.service.office import Office
from kiosk.service.queue_view import queue_view
from kiosk.store.database import Database
from tests.town import FIRST_DESK, GERMAN, SECOND_DESK, TOWN, TownClock

TOPICS = st.sampled_from([topic.id for topic in TOWN.topics])
DESKS = st.sampled_from([FIRST_DESK, SECOND_DESK])


class Day(RuleBasedStateMachine):
    """A visit lived at random."""

    taken: Bundle[int] = Bundle("taken")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = TownClock()
        self.path = Path(self.folder.name) / "kiosk.db"
        self.office = Office(Database.create(self.path), TOWN)
        self.shown: list[str] = []
        self.first_calls: dict[int, object] = {}
        self.open_again()

    def teardown(self) -> None:
        self.office.database.close()
        self.folder.cleanup()

    def open_again(self) -> None:
        service_day.open_visit(self.office, None, None, self.clock())
        self.shown.clear()
        self.first_calls.clear()

    @rule(target=taken, topic=TOPICS, priority=st.booleans())
    def take(self, topic: str, priority: bool) -> int:  # noqa: FBT001 - hypothesis hands it in
        ticket = front_desk.take_ticket(
            self.office, topic, GERMAN, self.clock(), priority=priority
        ).ticket
        assert ticket.number not in self.shown, "a number shown before"
        self.shown.append(ticket.number)
        return ticket.id

    @rule(desk=DESKS)
    def call_next(self, desk: str) -> None:
        before = queue_view(self.office)
        servable = [t for t in before.waiting(self.clock()) if t.topic in before.desk(desk).topics]
        called = back_office.call_next(self.office, desk, self.clock())
        assert (called is None) == (not servable), "a desk idles while somebody waits for it"
        if called:
            assert called.id == servable[0].id

    @rule(desk=DESKS, step=st.sampled_from(["recall", "start", "miss", "park"]))
    def at_desk(self, desk: str, step: str) -> None:
        self.unless_refused(getattr(back_office, step), self.office, desk, self.clock())

    @rule(desk=DESKS, outcome=st.sampled_from(Outcome))
    def finish(self, desk: str, outcome: Outcome) -> None:
        self.unless_refused(back_office.finish, self.office, desk, Record(outcome), self.clock())

    @rule(desk=DESKS, topic=TOPICS)
    def transfer(self, desk: str, topic: str) -> None:
        self.unless_refused(back_office.transfer, self.office, desk, topic, self.clock())

    @rule(ticket=taken, desk=DESKS)
    def call(self, ticket: int, desk: str) -> None:
        self.unless_refused(back_office.call, self.office, desk, ticket, self.clock())

    @rule(ticket=taken)
    def withdraw(self, ticket: int) -> None:
        self.unless_refused(back_office.withdraw, self.office, ticket, self.clock())

    @rule(score=st.integers(1, 5))
    def press_a_smiley(self, score: int) -> None:
        front_desk.give_feedback(self.office, score, self.clock())

    @rule(days=st.integers(-20_000, 20_000).filter(bool))
    def the_clock_jumps(self, days: int) -> None:
        before = queue_view(self.office)
        if 1971 < self.clock.wall.year + days / 365 < 2100:
            self.clock.jump(days)
        assert queue_view(self.office) == before

    @rule()
    def the_power_goes(self) -> None:
        before = queue_view(self.office)
        self.office.database.close()
        self.clock.cut_power()
        self.office = Office(Database.open(self.path), TOWN)
        assert queue_view(self.office) == before

    @rule(target=taken)
    def the_visit_ends_and_another_begins(self) -> Any:  # noqa: ANN401 - nothing, for hypothesis
        service_day.close_visit(self.office, self.clock(), force=True)
        self.open_again()
        return multiple()

    def unless_refused(self, action: Any, *arguments: object) -> None:  # noqa: ANN401 - a use case
        before = queue_view(self.office)
        try:
            action(*arguments)
        except Refused:
            assert queue_view(self.office) == before, "a refusal changed something"

    @invariant()
    def no_number_twice_while_open(self) -> None:
        numbers = Counter(t.number for t in queue_view(self.office).tickets if t.state in OPEN)
        assert all(count == 1 for count in numbers.values())

    @invariant()
    def every_number_shown_is_still_known(self) -> None:
        assert [t.number for t in queue_view(self.office).tickets] == self.shown

    @invariant()
    def one_person_at_a_desk_and_desks_only_where_they_belong(self) -> None:
        present = Counter(t.desk for t in queue_view(self.office).tickets if t.state in AT_DESK)
        assert None not in present
        assert all(count == 1 for count in present.values())

    @invariant()
    def the_first_call_is_never_overwritten(self) -> None:
        for ticket in queue_view(self.office).tickets:
            if ticket.first_call is not None:
                assert self.first_calls.setdefault(ticket.id, ticket.first_call) == (
                    ticket.first_call
                )
            elif ticket.state in {TicketState.CALLED, TicketState.SERVING, TicketState.FINISHED}:
                message = f"{ticket.number} was called without a first call"
                raise AssertionError(message)


Day.TestCase.settings = settings(max_examples=25, stateful_step_count=40)
TestDay = Day.TestCase
