"""People who come by appointment, and what staff promise: appointments and calls back."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import multiple, rule

from kiosk.domain.ids import TopicId
from kiosk.domain.local_time import BERLIN, local_date
from kiosk.domain.outcome import APPOINTMENT_MADE
from kiosk.domain.record import Record
from kiosk.domain.ticket import Ticket
from kiosk.service import call_backs, desk_appointments
from kiosk.service.check_in import CheckedIn, CheckInRequest, check_in
from kiosk.service.desk_appointments import BookingRequest, FinishRequest
from tests.files.appointments.booked import expect
from tests.service.ended_day import SELDOM, EndedDay
from tests.service.promises import promises_call_back
from tests.town import FIRST_DESK, GERMAN, MARKET, SECOND_DESK, TOWN

ALL_TOPICS = [topic.id for topic in TOWN.topics]
TOPICS = st.sampled_from(ALL_TOPICS)
DESKS = st.sampled_from([FIRST_DESK, SECOND_DESK])
CHOICES = st.integers(0, 30)
MADE = Record(APPOINTMENT_MADE)


class PromisedDay(EndedDay):
    """A day on which people are expected, and promised something."""

    taken = EndedDay.taken

    @rule(
        target=taken,
        topic=TOPICS,
        minutes=st.integers(-60, 60),
        desk=st.none() | DESKS,
        again=st.booleans(),
    )
    def come_by_appointment(
        self,
        topic: TopicId,
        minutes: int,
        desk: str | None,
        again: bool,  # noqa: FBT001 - hypothesis hands it in
    ) -> Any:  # noqa: ANN401 - for hypothesis
        self.booked += 1
        code, now = f"{self.booked:06d}", self.clock()
        when = now.wall + timedelta(minutes=minutes)
        if not self.unless_refused(lambda: expect(self.office, now, code, when, topic=topic)):
            return multiple()
        self.promises.appointments[code] = when
        ticket = self.arrive(code, desk)
        if ticket is None:
            return multiple()
        if again:
            request = CheckInRequest(code, GERMAN, desk=desk)
            twice = self.unless_refused(lambda: check_in(self.office, request, self.clock()))
            assert twice.taken.ticket.id == ticket.id, "one appointment, two numbers"
        return self.now_shown(ticket)

    def arrive(self, code: str, desk: str | None) -> Ticket | None:
        request = CheckInRequest(code, GERMAN, desk=desk)

        def enter() -> CheckedIn:
            return check_in(self.office, request, self.clock())

        come = self.acted(desk, "check_in", enter) if desk else self.unless_refused(enter)
        if come is None:
            return None
        ticket: Ticket = come.taken.ticket
        assert ticket.appointment is not None
        self.promises.used[code] = ticket.id
        return ticket

    @rule(target=taken, choice=CHOICES, desk=st.none() | DESKS)
    def come_as_promised(self, choice: int, desk: str | None) -> Any:  # noqa: ANN401 - same
        """An appointment of today checks in by its code."""
        now, visit = self.clock(), self.open_visit
        known = self.known_appointments()
        today = sorted(
            code
            for code, when in self.promises.expected(self.tickets()).items()
            if not now.trusted or when.astimezone(BERLIN).date() == local_date(now)
        )
        if not today:
            return multiple()
        code = today[choice % len(today)]
        ticket = self.arrive(code, desk)
        assert (ticket is None) == (known[code].topic not in visit.topics), f"{code} is lost"
        return self.now_shown(ticket) if ticket else multiple()

    # What staff promise

    def free_times(self, topic: str) -> list[datetime]:
        """The next ones, of today and tomorrow; none without a set clock."""
        hours = self.office.read(desk_appointments.office_hours, topic, self.clock(), 2)
        return [time for each in hours for time in each.free]

    @rule(desk=DESKS, choice=CHOICES)
    def end_talk_with_appointment(self, desk: str, choice: int) -> None:
        present = self.present_at(desk)
        free = self.free_times(present.topic) if present else []
        if not free:
            return
        when, before = free[choice % len(free)], set(self.known_appointments())
        ticket = present.id if present else None
        request = FinishRequest(MADE, BookingRequest("", when, MARKET), ticket)
        finished = self.acted(
            desk,
            "finish",
            lambda: desk_appointments.finish_with_appointment(
                self.office, desk, request, self.clock()
            ),
        )
        assert finished
        (code,) = set(self.known_appointments()) - before
        self.note_appointment(code, when)
        self.promises.made_in_step[desk, len(self.steps[desk])] = code

    @rule(topic=TOPICS, choice=CHOICES)
    def make_by_telephone(self, topic: str, choice: int) -> None:
        free = self.free_times(topic)
        if free:
            booking = BookingRequest(topic, free[choice % len(free)], MARKET)
            made = desk_appointments.make(self.office, booking, self.clock(), slip=False)
            self.note_appointment(made.code, booking.time)

    def note_appointment(self, code: str, when: datetime) -> None:
        self.promises.appointments[code] = when
        if self.open_visit.practice:
            self.promises.practised.add(code)

    @rule(choice=CHOICES, cancel=st.booleans())
    def move_or_cancel(self, choice: int, cancel: bool) -> None:  # noqa: FBT001 - same
        codes = sorted(self.promises.appointments)
        if not codes:
            return
        code = codes[choice % len(codes)]
        expected = code in self.promises.expected(self.tickets())
        may = expected and (not self.open_visit.practice or code in self.promises.practised)
        free = self.free_times(self.known_appointments()[code].topic)
        if cancel:
            assert bool(self.cancel(code)) == may
        elif free:
            booking = BookingRequest("", free[choice % len(free)], MARKET)
            moved = self.unless_refused(
                lambda: desk_appointments.move(self.office, code, booking, self.clock())
            )
            assert bool(moved) == may
            if moved:
                self.promises.appointments[code] = booking.time

    def cancel(self, code: str) -> object:
        gone = self.unless_refused(
            lambda: desk_appointments.cancel(self.office, code, self.clock())
        )
        if gone:
            self.promises.withdraw(code)
        return gone

    @rule(choice=CHOICES, done=SELDOM.map(lambda seldom: not seldom))
    def call_back(self, choice: int, done: bool) -> None:  # noqa: FBT001 - same
        tickets = list(self.tickets().values())
        listed = [t for t in tickets if promises_call_back(t)] or tickets
        if not listed:
            return
        ticket = listed[choice % len(listed)]
        noted = self.unless_refused(
            lambda: call_backs.set_called_back(self.office, ticket.id, self.clock(), done=done)
        )
        assert bool(noted) == promises_call_back(ticket)
        if noted:
            (self.promises.called_back.add if done else self.promises.called_back.discard)(
                ticket.id
            )
