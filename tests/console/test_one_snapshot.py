"""What a page shows is of one moment: it is read in one transaction."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from kiosk.console.events import ticket_answers
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.service import staff, undo_log
from kiosk.service.office import Office
from kiosk.store.database import Connection, Database
from tests.console.box import Box, catch_up, running_box
from tests.town import FIRST_DESK, TOWN, TownClock
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

READS: list[str] = []


class CountedDatabase(Database):
    """Notes each read transaction."""

    @contextmanager
    def read(self) -> Iterator[Connection]:
        READS.append("BEGIN")
        with super().read() as connection:
            yield connection


@pytest.fixture(scope="module")
def counted_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    """A desk where a person is called and a talk was noted and undone, and two people who wait."""
    path: Path = tmp_path_factory.mktemp("counted") / "kiosk.db"
    database, clock = CountedDatabase.create(path), TownClock()
    with running_box(Office(database, TOWN), clock) as box:
        box.open_visit()
        for _ in range(3):
            box.take()
        box.call_next()
        staff.start(box.office, FIRST_DESK, clock())
        staff.finish(box.office, FIRST_DESK, Record(RESOLVED), clock())
        undo_log.undo(box.office, FIRST_DESK, clock())
        yield box
    database.close()


@pytest.fixture(scope="module")
def clerk(counted_box: Box) -> httpx.Client:
    client = counted_box.stranger()
    counted_box.log_in(client)
    return client


def reads(client: httpx.Client, address: str) -> int:
    READS.clear()
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return len(READS)


@pytest.mark.parametrize(
    "address",
    [
        "/staff?choose=true",
        f"/staff/desks/{FIRST_DESK}",
        f"/staff/desks/{FIRST_DESK}/view",
        "/staff/timetable",
        "/api/v1/state",
        "/api/v1/queue",
        "/api/v1/metrics",
        "/api/v1/health",
    ],
)
def test_a_page_is_read_at_once(clerk: httpx.Client, address: str) -> None:
    assert reads(clerk, address) == 1


def test_a_crowd_that_asks_for_the_state_reads_nothing_until_something_is_committed(
    counted_box: Box,
) -> None:
    """Without a read in a thread there is nothing for which staff wait."""
    phones = [counted_box.stranger() for _ in range(3)]
    counted_box.take()
    catch_up(counted_box.context)
    first = phones[0].get("/api/v1/state").json()
    assert [reads(phone, "/api/v1/state") for phone in phones] == [0, 0, 0]
    counted_box.take()
    assert phones[1].get("/api/v1/state").json()["waiting"] == first["waiting"] + 1


def test_a_dialog_is_read_at_once(counted_box: Box, clerk: httpx.Client) -> None:
    dialogs = f"/staff/desks/{FIRST_DESK}/dialogs"
    names = counted_box.problem(clerk.get(f"{dialogs}/none"))["known"]
    ticket = counted_box.take().id
    counts = {name: reads(clerk, f"{dialogs}/{name}?ticket={ticket}") for name in names}
    assert set(counts.values()) == {1}


@pytest.mark.parametrize("called", [False, True])
def test_the_page_of_a_ticket_is_read_at_once(counted_box: Box, *, called: bool) -> None:
    ticket = counted_box.take()
    if called:
        staff.call(counted_box.office, "2", ticket.id, counted_box.clock())
    phone = counted_box.stranger()
    assert [reads(phone, f"/t/{ticket.code}"), reads(phone, f"/t/{ticket.code}/state")] == [1, 1]


def test_a_crowd_on_the_page_of_a_ticket_reads_nothing_until_something_is_committed(
    counted_box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket_answers, "LONGEST_S", PATIENCE_S)
    ticket = counted_box.take()
    phones = [counted_box.stranger() for _ in range(3)]
    for address in (f"/t/{ticket.code}", f"/t/{ticket.code}/state"):
        first = phones[0].get(address).text
        assert [reads(phone, address) for phone in phones] == [0, 0, 0]
        staff.set_priority(counted_box.office, ticket.id, counted_box.clock(), priority=True)
        assert phones[1].get(address).text != first, "people ahead"
        staff.set_priority(counted_box.office, ticket.id, counted_box.clock(), priority=False)


def test_the_page_of_a_ticket_grows_old_without_a_commit(
    counted_box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket_answers, "LONGEST_S", 0)
    phone, address = counted_box.stranger(), f"/t/{counted_box.take().code}"
    assert [reads(phone, address) for _ in range(2)] == [1, 1]
