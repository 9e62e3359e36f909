"""Undo: the last step of a desk is taken back whole, or not at all, and stays in sight."""

from collections.abc import Callable

import pytest

from kiosk.console.pages.desk_history import WORDS
from kiosk.domain.number import parse_range
from kiosk.domain.outcome import COULD_NOT_BE_HELPED, RESOLVED
from kiosk.domain.record import Record
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.domain.undo_errors import DeskTakenSince, NothingToUndo, TooLateToUndo
from kiosk.domain.undo_kind import UndoKind
from kiosk.service import check_in, citizens, staff, ticket_import, undo_log, visits
from kiosk.service import ticket_corrections as corrections
from kiosk.service.office import Office
from kiosk.service.queue_view import latest_calls, queue_view
from tests.files.appointments.booked import expect
from tests.town import FIRST_DESK, GERMAN, JOBS, RENT, SECOND_DESK, TownClock

SETTLED = Record(RESOLVED)
CODE = "12345678"


@pytest.fixture(autouse=True)
def _open(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())


def take(office: Office, clock: TownClock, topic: str = RENT) -> Ticket:
    return citizens.take_ticket(office, citizens.TicketRequest(topic, GERMAN), clock()).ticket


def all_tickets(office: Office) -> tuple[Ticket, ...]:
    return office.read(queue_view).tickets


def all_rows(office: Office) -> tuple[object, ...]:
    """All that an action may change, as staff, display and queue see it."""
    view = office.read(queue_view)
    with office.snapshot() as snapshot:
        in_a_row = [desk.in_a_row for desk in snapshot.desk_states()]
    calls = [(call.number, call.desk) for call in office.read(latest_calls, 5)]
    return view.tickets, view.enquiries, in_a_row, calls


def ended(office: Office) -> int:
    """A person who has left."""
    return next(t.id for t in all_tickets(office) if t.state is TicketState.WITHDRAWN)


ACTIONS: dict[str, Callable[[Office, TownClock, int], object]] = {
    "next": lambda o, c, _: staff.call_next(o, FIRST_DESK, c()),
    "call": lambda o, c, waiting: staff.call(o, FIRST_DESK, waiting, c()),
    "start": lambda o, c, _: staff.start(o, FIRST_DESK, c()),
    "finish": lambda o, c, _: staff.finish(o, FIRST_DESK, SETTLED, c()),
    "miss": lambda o, c, _: staff.miss(o, FIRST_DESK, c()),
    "park": lambda o, c, _: staff.park(o, FIRST_DESK, c()),
    "transfer": lambda o, c, _: staff.transfer(o, FIRST_DESK, staff.TransferTarget(JOBS), c()),
    "withdraw": lambda o, c, waiting: staff.withdraw(o, waiting, c(), desk=FIRST_DESK),
    "priority": lambda o, c, waiting: staff.set_priority(
        o, waiting, c(), priority=True, desk=FIRST_DESK
    ),
    "put_back": lambda o, c, _: corrections.put_back(o, ended(o), c(), desk=FIRST_DESK),
    "topic": lambda o, c, waiting: corrections.change_topic(o, waiting, JOBS, c(), desk=FIRST_DESK),
    "amend": lambda o, c, _: corrections.amend(o, FIRST_DESK, ended(o), SETTLED, c()),
    "take": lambda o, c, _: citizens.take_ticket(
        o, citizens.TicketRequest(JOBS, GERMAN, desk=FIRST_DESK), c()
    ),
    "check_in": lambda o, c, _: check_in.check_in(
        o, check_in.CheckInRequest(CODE, GERMAN, desk=FIRST_DESK), c()
    ),
    "count": lambda o, c, _: staff.count(o, FIRST_DESK, staff.CountRequest(JOBS, SETTLED), c()),
    "import": lambda o, c, _: ticket_import.import_tickets(
        o,
        ticket_import.ImportRequest(
            parse_range("R-001", "R-003"), JOBS, record=SETTLED, desk=FIRST_DESK
        ),
        c(),
    ),
}


@pytest.mark.parametrize("kind", ACTIONS)
def test_every_action_can_be_undone_as_if_it_had_never_been(
    office: Office, clock: TownClock, kind: str
) -> None:
    take(office, clock)
    waiting = take(office, clock)
    staff.withdraw(office, take(office, clock).id, clock())
    expect(office, clock(), CODE, clock.wall)
    staff.call_next(office, FIRST_DESK, clock())
    before = all_rows(office)
    ACTIONS[kind](office, clock, waiting.id)
    assert all_rows(office) != before or kind == "start"
    undone = undo_log.undo(office, FIRST_DESK, clock())
    assert (undone.kind, all_rows(office)) == (kind, before)
    assert office.read(undo_log.latest_steps, FIRST_DESK, 1)[0].undone, (
        "the undo log forgets what was undone"
    )


def test_steps_are_undone_one_after_the_other_to_the_first(
    office: Office, clock: TownClock
) -> None:
    take(office, clock)
    before = all_tickets(office)
    for kind in ("next", "start", "park"):
        ACTIONS[kind](office, clock, 0)
    kinds = [undo_log.undo(office, FIRST_DESK, clock()).kind for _ in range(3)]
    assert kinds == ["park", "start", "next"]
    assert all_tickets(office) == before
    with pytest.raises(NothingToUndo, match="desk 1"):
        undo_log.undo(office, FIRST_DESK, clock())


def test_what_can_be_undone_is_found_behind_any_number_of_undone_steps(
    office: Office, clock: TownClock
) -> None:
    take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    for _ in range(4):
        staff.park(office, FIRST_DESK, clock())
        undo_log.undo(office, FIRST_DESK, clock())
    assert {action.kind for action in office.read(undo_log.latest_steps, FIRST_DESK, 4)} == {"park"}
    last = office.read(undo_log.last_step, FIRST_DESK)
    assert last is not None
    assert (last.kind, office.read(undo_log.last_step, SECOND_DESK)) == ("next", None)


def test_undone_finish_finds_the_newest_of_that_ticket_at_that_desk(
    office: Office, clock: TownClock
) -> None:
    person, other = take(office, clock), take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    staff.call_next(office, SECOND_DESK, clock())
    staff.finish(office, SECOND_DESK, Record(COULD_NOT_BE_HELPED), clock())
    undo_log.undo(office, SECOND_DESK, clock())
    assert office.read(undo_log.undone_finish, FIRST_DESK, person.number) is None
    for persons in (2, 3):
        staff.finish(office, FIRST_DESK, Record(RESOLVED, persons=persons), clock())
        undo_log.undo(office, FIRST_DESK, clock())
    undone = office.read(undo_log.undone_finish, FIRST_DESK, person.number)
    assert undone is not None
    rows = {name: row["record"] for name, row in undone.after.items() if row}
    assert rows == {str(person.id): Record(RESOLVED, persons=3).as_text()}
    assert office.read(undo_log.undone_finish, FIRST_DESK, other.number) is None


def test_next_is_undone_with_the_finish_that_it_brought(office: Office, clock: TownClock) -> None:
    first, second = take(office, clock), take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    staff.start(office, FIRST_DESK, clock())
    staff.call_next(office, FIRST_DESK, clock())
    undo_log.undo(office, FIRST_DESK, clock())
    states = {ticket.id: ticket.state for ticket in all_tickets(office)}
    assert states == {first.id: "serving", second.id: "waiting"}


def test_a_ticket_changed_at_another_desk_is_not_undone(office: Office, clock: TownClock) -> None:
    person = take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    staff.park(office, FIRST_DESK, clock())
    staff.call(office, SECOND_DESK, person.id, clock())
    before = all_tickets(office)
    with pytest.raises(TooLateToUndo, match=person.number):
        undo_log.undo(office, FIRST_DESK, clock())
    assert all_tickets(office) == before


def test_undo_returns_no_person_to_an_occupied_desk(office: Office, clock: TownClock) -> None:
    first, second = take(office, clock), take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    staff.withdraw(office, first.id, clock(), desk=SECOND_DESK)
    staff.call_next(office, FIRST_DESK, clock())
    before = all_tickets(office)
    with pytest.raises(DeskTakenSince, match=second.number):
        undo_log.undo(office, SECOND_DESK, clock())
    assert all_tickets(office) == before


def test_each_desk_undoes_only_its_own_steps(office: Office, clock: TownClock) -> None:
    take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    with pytest.raises(NothingToUndo):
        undo_log.undo(office, SECOND_DESK, clock())


def test_a_number_taken_by_mistake_is_not_given_again(office: Office, clock: TownClock) -> None:
    taken = citizens.take_ticket(
        office, citizens.TicketRequest(RENT, GERMAN, desk=FIRST_DESK), clock()
    ).ticket
    undo_log.undo(office, FIRST_DESK, clock())
    assert take(office, clock).number != taken.number


def test_an_undone_call_leaves_the_call_display(office: Office, clock: TownClock) -> None:
    take(office, clock)
    take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    staff.call_next(office, SECOND_DESK, clock())
    undo_log.undo(office, SECOND_DESK, clock())
    assert [call.number for call in office.read(latest_calls, 5)] == ["B-001"]
    staff.call_next(office, SECOND_DESK, clock())
    assert [call.number for call in office.read(latest_calls, 5)] == ["B-002", "B-001"]


def test_an_older_call_still_holds_when_many_were_mistakes(
    office: Office, clock: TownClock
) -> None:
    for _ in range(2):
        take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    for _ in range(30):
        staff.call_next(office, SECOND_DESK, clock())
        undo_log.undo(office, SECOND_DESK, clock())
    for most in (1, 2, 5):
        assert [call.number for call in office.read(latest_calls, most)] == ["B-001"]


def test_an_undone_call_that_was_recalled_leaves_the_call_display_too(
    office: Office, clock: TownClock
) -> None:
    take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    staff.recall(office, FIRST_DESK, clock())
    undo_log.undo(office, FIRST_DESK, clock())
    assert office.read(latest_calls, 5) == []


def test_an_undone_walk_in_does_not_let_more_appointments_go_ahead(
    office: Office, clock: TownClock
) -> None:
    for _ in range(2):
        take(office, clock)
    for code in range(4):
        expect(office, clock(), f"0000{code}", clock.wall, topic=RENT)
        check_in.check_in(office, check_in.CheckInRequest(f"0000{code}", GERMAN), clock())

    def call() -> bool:
        ticket = staff.call_next(office, FIRST_DESK, clock())
        return ticket is not None and ticket.appointment is not None

    assert [call() for _ in range(3)] == [True, True, False]
    undo_log.undo(office, FIRST_DESK, clock())
    assert [call() for _ in range(2)] == [False, True]


def test_every_kind_of_action_has_words_and_can_be_undone() -> None:
    assert set(ACTIONS) == set(UndoKind) == set(WORDS)


def test_the_undo_log_ends_with_the_visit(office: Office, clock: TownClock) -> None:
    take(office, clock)
    staff.call_next(office, FIRST_DESK, clock())
    visits.close_visit(office, clock(), expected=None)
    assert office.read(undo_log.latest_steps, FIRST_DESK, 10) == []
