"""What a ticket costs, in counts: statements, and objects that only the garbage collector frees."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from kiosk.service import citizens, visits
from kiosk.system.clock import now as system_now

if TYPE_CHECKING:
    from kiosk.service.office import Office
    from tests.town import TownClock

MOST_STATEMENTS = 11
"""Two transactions, the visit in each, appointments, the last numbers and theirs, two rows."""

MOMENTS = 100


def test_a_ticket_takes_few_statements(office: Office, clock: TownClock) -> None:
    visits.open_visit(office, None, None, clock())
    topic = office.profile.topics[0].id

    def take() -> None:
        citizens.take_ticket(office, citizens.TicketRequest(topic, "de"), clock())

    take()
    statements: list[str] = []
    with office.database.read() as connection:
        pass
    connection.set_trace_callback(statements.append)
    take()
    connection.set_trace_callback(None)
    assert len(statements) <= MOST_STATEMENTS, statements


def test_asking_for_the_time_leaves_nothing_to_collect() -> None:
    system_now(trust_always=False)
    gc.collect()
    gc.disable()
    try:
        for _ in range(MOMENTS):
            system_now(trust_always=False)
        assert gc.collect() < MOMENTS
    finally:
        gc.enable()
