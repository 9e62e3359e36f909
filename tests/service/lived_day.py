"""A day lived at random over the real file: any order of actions, power cuts and clock jumps."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import multiple, rule

from kiosk.domain.moment import Moment
from kiosk.domain.number import NumberRange
from kiosk.domain.outcome import NOT_RECORDED, READY_OUTCOMES, REFERRED, RESOLVED
from kiosk.domain.queue import MOST_IN_A_ROW, queue_entry, queue_order
from kiosk.domain.record import Advice, Occasion, Record
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.service import citizens, desks, staff, ticket_corrections, ticket_import, visits
from kiosk.service.queue_view import queue_view
from tests.service.ended_day import SELDOM
from tests.service.promised_day import ALL_TOPICS, DESKS, TOPICS, PromisedDay
from tests.town import GERMAN, TENANTS

SOME_TOPICS = st.lists(TOPICS, max_size=4, unique=True) | st.just(ALL_TOPICS)
RECORDS = st.builds(
    Record,
    outcome=st.sampled_from([*(outcome.id for outcome in READY_OUTCOMES), NOT_RECORDED]),
    advice=st.none() | st.sampled_from(Advice),
    occasion=st.none() | st.sampled_from(Occasion),
    persons=st.integers(1, 5),
    interpreter=st.booleans(),
    further=st.lists(TOPICS, max_size=2, unique=True).map(tuple),
) | st.just(Record(REFERRED, TENANTS))
WORK = ("next", "next", "start", "finish", "miss", "park", "undo")


def in_line_at(desk: str, topics: set[str], waiting: list[Ticket], now: Moment) -> list[Ticket]:
    """Whom a desk may call, in the order in which it does."""
    own = [t for t in waiting if (t.to_desk == desk if t.to_desk else t.topic in topics)]
    seen = [
        replace(t, place=t.sender_place, late=t.appointment is not None)
        if t.sender == desk and t.sender_place is not None
        else t
        for t in own
    ]
    rank = queue_order(now)
    return sorted(seen, key=lambda ticket: rank(queue_entry(ticket)))


class Day(PromisedDay):
    """A visit lived at random."""

    taken = PromisedDay.taken

    # What citizens do

    @rule(target=taken, topics=st.lists(TOPICS, min_size=1, max_size=6), priority=st.booleans())
    def people_come(self, topics: list[str], priority: bool) -> Any:  # noqa: FBT001, ANN401 - for hypothesis
        taken = [self.take(topic, priority=priority) for topic in topics]
        return multiple(*(ticket for ticket in taken if ticket is not None))

    def take(self, topic: str, *, priority: bool) -> int | None:
        def draw() -> Ticket:
            return citizens.take_ticket(
                self.office,
                citizens.TicketRequest(topic, GERMAN, priority=priority),
                self.clock(),
            ).ticket

        visit = self.open_visit
        ticket = self.unless_refused(draw)
        assert (ticket is None) == (topic not in visit.open_topics)
        return self.now_shown(ticket) if ticket else None

    @rule(score=st.integers(1, 5))
    def press_a_smiley(self, score: int) -> None:
        citizens.give_feedback(self.office, score, self.clock())

    # What staff do with people

    @rule(target=taken, desk=DESKS, topic=TOPICS)
    def take_ticket_for_citizen(self, desk: str, topic: str) -> Any:  # noqa: ANN401 - for hypothesis
        def draw() -> Ticket:
            return citizens.take_ticket(
                self.office, citizens.TicketRequest(topic, GERMAN, desk=desk), self.clock()
            ).ticket

        visit = self.open_visit
        ticket = self.acted(desk, "take", draw)
        assert (ticket is None) == (topic not in visit.topics), "staff may always give a number"
        return self.now_shown(ticket) if ticket else multiple()

    @rule(desk=DESKS, steps=st.lists(st.sampled_from(WORK), min_size=1, max_size=8))
    def work(self, desk: str, steps: list[str]) -> None:
        """A while at a desk, by the keys that are pressed most."""
        for step in steps:
            match step:
                case "next":
                    self.call_next(desk)
                case "finish":
                    self.finish(desk, Record(RESOLVED))
                case "undo":
                    self.undo(desk)
                case _:
                    self.at_desk(desk, step)

    def call_next(self, desk: str) -> None:
        now, before = self.clock(), self.office.read(queue_view)
        topics = self.topics_of(desk)
        servable = in_line_at(desk, topics, before.waiting(now), now)
        walk_ins = [t for t in servable if t.appointment is None or t.late or t.misses]
        expected = walk_ins if walk_ins and self.in_a_row[desk] >= MOST_IN_A_ROW else servable
        at_desk = before.desk(desk).ticket
        leaves = "miss" if at_desk and at_desk.state is TicketState.CALLED else "finish"
        kind = "next" if servable else leaves if at_desk else ""
        called = self.acted(
            desk, kind, lambda: staff.call_next(self.office, desk, now), silent=True
        )
        assert (called is None) == (not servable), "a desk idles while a ticket waits for it"
        if called:
            assert called.id == expected[0].id
            assert called.sender is None
            assert called.state is TicketState.CALLED
            self.assert_no_default_recorded(at_desk)
            self.in_a_row[desk] = 0 if expected[0] in walk_ins else self.in_a_row[desk] + 1

    def assert_no_default_recorded(self, was: Ticket | None) -> None:
        """A ticket that was only called when Next was pressed waits again, or was missed."""
        if was and was.state is TicketState.CALLED:
            now = self.tickets()[was.id]
            assert (now.outcome, now.misses) == (was.outcome, was.misses + 1)
            assert now.state in {TicketState.WAITING, TicketState.MISSED}

    @rule(desk=DESKS)
    def recall(self, desk: str) -> None:
        self.unless_refused(lambda: staff.recall(self.office, desk, self.clock()))

    def at_desk(self, desk: str, step: str) -> None:
        act = getattr(staff, step)
        self.acted(desk, step, lambda: act(self.office, desk, self.clock()))

    @rule(desk=DESKS, record=RECORDS)
    def finish(self, desk: str, record: Record) -> None:
        self.acted(
            desk,
            "finish",
            lambda: staff.finish(self.office, desk, record, self.clock()),
            silent=record.outcome == NOT_RECORDED,
        )

    @rule(desk=DESKS, topic=st.none() | TOPICS, to_desk=st.none() | DESKS)
    def transfer(self, desk: str, topic: str | None, to_desk: str | None) -> None:
        sent = self.acted(
            desk,
            "transfer",
            lambda: staff.transfer(
                self.office, desk, staff.TransferTarget(topic, to_desk), self.clock()
            ),
        )
        assert sent is None or (topic or to_desk)
        assert sent is None or to_desk != desk
        if sent:
            others = [t for t in self.tickets().values() if t.state is TicketState.WAITING]
            line = in_line_at(desk, self.topics_of(desk), others, self.clock())
            ids = [ticket.id for ticket in line]
            early = [t for t in line if t.id != sent.id and t.appointment and not t.late]
            behind = ids[ids.index(sent.id) + 1 :] if sent.id in ids else []
            assert set(behind) <= {ticket.id for ticket in early}, "straight back to the sender"

    @rule(ticket=taken, desk=DESKS, park=st.booleans())
    def call(self, ticket: int, desk: str, park: bool) -> None:  # noqa: FBT001 - same
        there = self.office.read(queue_view).desk(desk).ticket
        called = self.acted(
            desk,
            "call",
            lambda: staff.call(self.office, desk, ticket, self.clock(), staff.Present(park=park)),
        )
        served = there and there.id != ticket and there.state is TicketState.SERVING
        assert not (called and served and not park), "a talk ended without a word"

    @rule(ticket=taken, desk=DESKS)
    def withdraw(self, ticket: int, desk: str) -> None:
        self.acted(
            desk,
            "withdraw",
            lambda: staff.withdraw(self.office, ticket, self.clock(), desk=desk),
        )

    @rule(ticket=taken, desk=DESKS)
    def put_back(self, ticket: int, desk: str) -> None:
        back = self.acted(
            desk,
            "put_back",
            lambda: ticket_corrections.put_back(self.office, ticket, self.clock(), desk=desk),
        )
        assert back is None or back.state is TicketState.WAITING

    @rule(ticket=taken, desk=DESKS, topic=TOPICS)
    def change_topic(self, ticket: int, desk: str, topic: str) -> None:
        self.acted(
            desk,
            "topic",
            lambda: ticket_corrections.change_topic(
                self.office, ticket, topic, self.clock(), desk=desk
            ),
        )

    @rule(ticket=taken, desk=DESKS, record=RECORDS)
    def amend(self, ticket: int, desk: str, record: Record) -> None:
        amended = self.acted(
            desk,
            "amend",
            lambda: ticket_corrections.amend(self.office, desk, ticket, record, self.clock()),
        )
        assert amended is None or (amended.state, amended.record) == (TicketState.FINISHED, record)

    @rule(ticket=taken, desk=DESKS, priority=st.booleans())
    def prioritise(self, ticket: int, desk: str, priority: bool) -> None:  # noqa: FBT001 - same
        self.acted(
            desk,
            "priority",
            lambda: staff.set_priority(
                self.office, ticket, self.clock(), priority=priority, desk=desk
            ),
        )

    @rule(desk=DESKS, topic=TOPICS, record=RECORDS)
    def count(self, desk: str, topic: str, record: Record) -> None:
        staff.count(self.office, desk, staff.CountRequest(topic, record), self.clock())
        self.enquiries += 1
        self.steps[desk].append(("count", {}, {}, self.in_a_row[desk]))

    @rule(target=taken, desk=DESKS, topic=TOPICS, many=st.integers(1, 4), served=st.booleans())
    def take_in_roll(self, desk: str, topic: str, many: int, served: bool) -> Any:  # noqa: ANN401, FBT001 - same
        first = len(self.shown) + len(self.taken_back) + 1
        torn = NumberRange("R", first, first + many - 1)
        record = Record(RESOLVED) if served else None
        rolled = self.acted(
            desk,
            "import",
            lambda: ticket_import.import_tickets(
                self.office,
                ticket_import.ImportRequest(torn, topic, record=record, desk=desk),
                self.clock(),
            ),
        )
        return multiple(*map(self.now_shown, rolled or ()))

    # What staff do with the day

    @rule(desk=DESKS, topics=SOME_TOPICS)
    def handle(self, desk: str, topics: list[str]) -> None:
        if self.unless_refused(lambda: desks.handle(self.office, desk, topics, self.clock())):
            assert self.topics_of(desk) == set(topics)

    @rule(desk=DESKS, on=st.booleans())
    def work_or_pause(self, desk: str, on: bool) -> None:  # noqa: FBT001 - hypothesis hands it in
        desks.set_at_work(self.office, desk, self.clock(), at_work=on)
        desks.call_help(self.office, desk, self.clock(), wanted=not on)

    @rule(intake=SELDOM.map(lambda seldom: not seldom))
    def close_or_open_the_intake(self, intake: bool) -> None:  # noqa: FBT001 - same
        assert visits.set_intake(self.office, self.clock(), intake=intake).intake == intake

    @rule(topic=TOPICS, contingent=st.none() | st.integers(0, 30))
    def limit(self, topic: str, contingent: int | None) -> None:
        visits.limit_topic(self.office, topic, contingent, self.clock())

    @rule(topics=SOME_TOPICS)
    def offer(self, topics: list[str]) -> None:
        self.unless_refused(lambda: visits.offer_topics(self.office, topics, self.clock()))
