"""Every step of a ticket: where it is allowed, and what it leaves alone."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.domain import ticket as steps
from kiosk.domain.errors import WrongState
from kiosk.domain.events import RecordAmended, TicketFinished, TicketMissed, TicketReturned
from kiosk.domain.ids import TicketId
from kiosk.domain.moment import Moment
from kiosk.domain.outcome import REFERRED, RESOLVED
from kiosk.domain.record import Record
from kiosk.domain.ticket import Ticket, TicketState, Transfer, Transition
from tests.town import FIRST_DESK, GERMAN, JOBS, RENT, SECOND_DESK, TownClock

CLOCK = TownClock()
WAITING = Ticket(
    id=TicketId(1),
    number="A-001",
    sequence=1,
    topic=JOBS,
    language=GERMAN,
    priority=False,
    place=1,
    taken=CLOCK(),
)
CALLED, _ = steps.call(WAITING, FIRST_DESK, CLOCK())
SERVING, _ = steps.start(CALLED, FIRST_DESK, CLOCK())
PARKED, _ = steps.park(SERVING, CLOCK())
MISSED, _ = steps.miss(CALLED, 1, 1)
FINISHED, _ = steps.finish(SERVING, FIRST_DESK, Record(RESOLVED), CLOCK())
WITHDRAWN, _ = steps.withdraw(WAITING, CLOCK())
TICKETS = (WAITING, CALLED, SERVING, PARKED, MISSED, FINISHED, WITHDRAWN)

S = TicketState
OPEN = {S.WAITING, S.CALLED, S.SERVING, S.PARKED, S.MISSED}
TO_RENT = Transfer(RENT, None, FIRST_DESK, place=1, sender_place=9)
AWAY = {S.PARKED, S.MISSED, S.FINISHED, S.WITHDRAWN}
STEPS: dict[str, tuple[Callable[[Ticket], Transition], set[TicketState]]] = {
    "call": (lambda t: steps.call(t, FIRST_DESK, CLOCK()), {S.WAITING}),
    "recall": (lambda t: steps.recall(t, FIRST_DESK), {S.CALLED}),
    "start": (lambda t: steps.start(t, FIRST_DESK, CLOCK()), {S.CALLED}),
    "finish": (
        lambda t: steps.finish(t, FIRST_DESK, Record(RESOLVED), CLOCK()),
        {S.CALLED, S.SERVING},
    ),
    "miss": (lambda t: steps.miss(t, 3, 2), {S.CALLED}),
    "take up": (lambda t: steps.call_again(t, FIRST_DESK, CLOCK()), AWAY),
    "put back": (lambda t: steps.put_back(t, 7), AWAY),
    "change topic": (lambda t: steps.change_topic(t, RENT), {S.WAITING}),
    "amend": (
        lambda t: steps.amend(t, FIRST_DESK, Record(REFERRED)),
        {S.WAITING, *AWAY},
    ),
    "park": (lambda t: steps.park(t, CLOCK()), {S.CALLED, S.SERVING}),
    "transfer": (lambda t: steps.transfer(t, TO_RENT, CLOCK()), {S.CALLED, S.SERVING}),
    "withdraw": (lambda t: steps.withdraw(t, CLOCK()), OPEN),
}


@pytest.mark.parametrize("ticket", TICKETS, ids=lambda t: t.state)
@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_taken_only_where_it_makes_sense(name: str, ticket: Ticket) -> None:
    step, allowed = STEPS[name]
    if ticket.state in allowed:
        changed, event = step(ticket)
        assert (changed.number, event.number) == ("A-001", "A-001")
    else:
        with pytest.raises(WrongState, match=f"A-001 is {ticket.state}"):
            step(ticket)


def test_the_waiting_time_ends_at_the_first_call() -> None:
    again, _ = steps.call_again(MISSED, SECOND_DESK, CLOCK())
    assert again.first_call == CALLED.first_call
    assert again.desk == SECOND_DESK


def test_a_missed_call_waits_again_until_the_calls_are_used_up() -> None:
    once, event = steps.miss(CALLED, 2, 7)
    assert (once.state, once.place, once.desk) == (S.WAITING, 7, None)
    assert isinstance(event, TicketReturned)
    called_again, _ = steps.call(once, FIRST_DESK, CLOCK())
    twice, event = steps.miss(called_again, 2, 7)
    assert twice.state is S.MISSED
    assert isinstance(event, TicketMissed)


def test_a_ticket_that_is_opened_again_keeps_its_record_until_there_is_another() -> None:
    again, _ = steps.call_again(FINISHED, SECOND_DESK, CLOCK())
    assert (again.record, again.ended) == (FINISHED.record, None)
    absent, _ = steps.miss(again, 1, 1)
    assert absent.outcome is RESOLVED, "they were served once"
    back, _ = steps.put_back(WITHDRAWN, 7)
    assert (back.state, back.place, back.ended) == (S.WAITING, 7, None)


def test_what_is_noted_later_is_an_end_without_a_time() -> None:
    amended, event = steps.amend(MISSED, SECOND_DESK, Record(RESOLVED))
    assert (amended.state, amended.desk, amended.ended) == (S.FINISHED, SECOND_DESK, None)
    assert isinstance(event, TicketFinished)
    corrected, event = steps.amend(FINISHED, SECOND_DESK, Record(REFERRED))
    assert (corrected.desk, corrected.ended) == (FIRST_DESK, FINISHED.ended)
    assert isinstance(event, RecordAmended)


def test_a_transfer_keeps_number_and_place() -> None:
    moved, _ = steps.transfer(CALLED, TO_RENT, CLOCK())
    assert moved == replace(
        CALLED, state=S.WAITING, desk=None, topic=RENT, sender=FIRST_DESK, sender_place=9
    )
    called, _ = steps.call(moved, SECOND_DESK, CLOCK())
    assert (called.to_desk, called.sender, called.sender_place) == (None, None, None)


def talk(ticket: Ticket, clock: TownClock, minutes: float) -> Ticket:
    """Called, and a talk begun that goes on for so long."""
    called, _ = (steps.call if ticket.state is S.WAITING else steps.call_again)(
        ticket, FIRST_DESK, clock()
    )
    serving, _ = steps.start(called, FIRST_DESK, clock())
    clock.pass_s(60 * minutes)
    return serving


@pytest.mark.parametrize(
    "pause", [steps.park, lambda t, now: steps.transfer(t, TO_RENT, now)], ids=["park", "transfer"]
)
def test_talks_are_added_without_what_was_waited_in_between(
    pause: Callable[[Ticket, Moment], Transition],
) -> None:
    clock = TownClock(tick_s=0)
    aside, _ = pause(talk(WAITING, clock, 10), clock())
    assert (aside.talk_since, aside.talked_s) == (None, 600)
    clock.pass_s(3600)
    again = talk(aside, clock, 5)
    assert again.talk_since == clock().minus(300)
    assert again.seconds_talked(clock()) == 900
    over, _ = steps.finish(again, FIRST_DESK, Record(RESOLVED), clock())
    assert (over.talked_s, over.started) == (900, clock().minus(3600 + 900))
    clock.pass_s(3600)
    third = talk(over, clock, 1)
    gone, _ = steps.withdraw(third, clock())
    assert (gone.talked_s, gone.started) == (960, over.started)


def test_a_talk_over_a_power_cut_or_never_started_has_no_length() -> None:
    clock = TownClock()
    serving = talk(WAITING, clock, 10)
    clock.cut_power()
    cut, _ = steps.park(serving, clock())
    assert (cut.talked_s, cut.started) == (None, serving.started)
    called, _ = steps.call_again(PARKED, FIRST_DESK, CLOCK())
    unsaid, _ = steps.finish(called, FIRST_DESK, Record(RESOLVED), CLOCK())
    assert unsaid.talked_s is None
    unsaid, _ = steps.finish(CALLED, FIRST_DESK, Record(RESOLVED), CLOCK())
    later = talk(unsaid, CLOCK, 1)
    assert (later.started, later.seconds_talked(CLOCK())) == (None, None)
