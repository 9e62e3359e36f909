from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import httpx
import msgspec

from kiosk.console.http.context import open_context
from kiosk.console.http.sessions import IDLE_S
from kiosk.service import citizens, desks, staff, visits
from tests.console.box import Box, catch_up, running
from tests.town import FIRST_DESK, JOBS, RENT
from tests.waiting import PATIENCE_S, eventually

Told = dict[str, Any]


@contextmanager
def listening(box: Box, client: httpx.Client, after: str | None = None) -> Iterator[Iterator[Told]]:
    """A stream that tells only what happens from now on, or after that event."""
    catch_up(box.context)
    with stream(client, after) as events:
        yield events


@contextmanager
def stream(client: httpx.Client, after: str | None = None) -> Iterator[Iterator[Told]]:
    """The events of a stream, each with its id, event and data."""
    headers = {"Last-Event-ID": after} if after else {}
    with client.stream("GET", "/api/v1/events", headers=headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = response.iter_lines()
        assert next(lines) == "retry: 1000"
        yield _events(lines)


def _events(lines: Iterator[str]) -> Iterator[Told]:
    event: Told = {}
    for line in lines:
        if line.startswith(":"):
            event["comment"] = line
        elif line:
            name, _, value = line.partition(": ")
            event[name] = value
        elif event:
            yield event
            event = {}


def _calls(events: Iterator[Told]) -> Iterator[Told]:
    """The calls among the events."""
    for event in _news(events):
        if event["event"] == "called":
            yield {**event, **msgspec.json.decode(event["data"])}


def _news(events: Iterator[Told]) -> Iterator[Told]:
    """The events without those that only say that the line stands: on a busy machine more come."""
    return (event for event in events if event["event"] != "alive")


def test_a_stream_says_at_once_that_it_stands(new_box: Box) -> None:
    with listening(new_box, new_box.stranger()) as events:
        assert next(events) == {"comment": ": keep-alive", "event": "alive", "data": "{}"}


def test_a_call_reaches_the_listener_with_number_and_desk(box: Box) -> None:
    box.open_visit()
    ticket = box.take()
    with listening(box, box.stranger()) as events:
        calls = _calls(events)
        staff.call_next(box.office, FIRST_DESK, box.clock())
        called = next(calls)
        staff.recall(box.office, FIRST_DESK, box.clock())
        again = next(calls)
    assert (called["number"], called["desk"], called["again"]) == (ticket.number, "1", False)
    assert (again["number"], again["desk"], again["again"]) == (ticket.number, "1", True)
    assert again["id"] != called["id"]


def test_nothing_in_the_stream_reveals_who_chose_what(box: Box) -> None:
    box.open_visit()
    with listening(box, box.stranger()) as events:
        citizens.take_ticket(box.office, citizens.TicketRequest(RENT, "tr"), box.clock())
        staff.call_next(box.office, FIRST_DESK, box.clock())
        taken, called = islice(_news(events), 2)
    assert taken["data"] == "{}"
    assert set(msgspec.json.decode(called["data"])) == {"number", "desk", "again"}


def test_a_cut_line_is_taken_up_where_it_broke(box: Box) -> None:
    box.open_visit()
    tickets = [box.take() for _ in range(3)]
    with listening(box, box.stranger()) as events:
        staff.call_next(box.office, FIRST_DESK, box.clock())
        last_heard = next(_calls(events))["id"]
    for _ in tickets[1:]:
        staff.start(box.office, FIRST_DESK, box.clock())
        staff.call_next(box.office, FIRST_DESK, box.clock())

    with listening(box, box.stranger(), after=last_heard) as events:
        calls = _calls(events)
        assert [next(calls)["number"] for _ in range(2)] == [t.number for t in tickets[1:]]


def test_a_new_process_knows_what_was_missed_while_none_ran(box: Box) -> None:
    box.open_visit()
    _, second = box.take(), box.take()
    with listening(box, box.stranger()) as events:
        staff.call_next(box.office, FIRST_DESK, box.clock())
        last_heard = next(_calls(events))["id"]
    staff.call_next(box.office, FIRST_DESK, box.clock())

    another = open_context(box.office, box.clock)
    with (
        running(another) as url,
        httpx.Client(base_url=url, timeout=PATIENCE_S) as client,
        stream(client, after=last_heard) as events,
    ):
        assert next(_calls(events))["number"] == second.number


def test_an_unknown_event_id_resynchronises(box: Box) -> None:
    box.open_visit()
    with listening(box, box.stranger()) as events:
        box.take()
        known = next(event["id"] for event in events if "id" in event)
    for unknown in ("999999999", "0" * 30 + "1", known[::-1], "="):
        for client in (box.stranger(), box.program()):
            with listening(box, client, after=unknown) as events:
                assert next(events)["event"] == "changed", unknown


def test_staff_get_all_events_with_journal_ids(box: Box) -> None:
    box.open_visit()
    with listening(box, box.program()) as told, listening(box, box.stranger()) as overheard:
        desks.call_help(box.office, FIRST_DESK, box.clock(), wanted=True)
        box.take()
        first, second = islice(_news(told), 2)
        assert int(second["id"]) == int(first["id"]) + 1
        box.call_next()
        heard = [event["event"] for event in islice(_news(overheard), 2)]
        assert heard == ["changed", "called"], "the call for help is not streamed"
    with listening(box, box.program(), after=first["id"]) as told:
        assert next(told) == second
    assert box.stranger().get("/api/v1/events", headers={"Authorization": "Bearer x"}).is_error


def test_a_stream_of_staff_ends_when_they_log_out(new_box: Box) -> None:
    clerk = new_box.stranger()
    new_box.log_in(clerk)
    page = clerk.get(f"/staff/desks/{FIRST_DESK}").text
    csrf = page.partition('name="csrf" content="')[2].partition('"')[0]
    with listening(new_box, clerk) as events:
        assert next(events)["event"] == "alive"
        logged_out = clerk.post("/staff/logout", headers={"X-CSRF-Token": csrf})
        assert logged_out.status_code == 204
        new_box.open_visit()
        *before, last = (event["event"] for event in events)
        assert set(before) <= {"alive"}
        assert last == "ended"


def test_a_staff_stream_ends_with_its_idle_session(new_box: Box) -> None:
    new_box.open_visit()
    clerk = new_box.stranger()
    new_box.log_in(clerk)
    page = clerk.get(f"/staff/desks/{FIRST_DESK}").text
    csrf = page.partition('name="csrf" content="')[2].partition('"')[0]
    almost_s = IDLE_S - 60
    with listening(new_box, clerk) as events:
        new_box.clock.pass_s(almost_s)
        used = clerk.post("/api/v1/feedback", json={"score": 5}, headers={"X-CSRF-Token": csrf})
        assert used.status_code == 201
        new_box.clock.pass_s(almost_s)
        desks.call_help(new_box.office, FIRST_DESK, new_box.clock(), wanted=True)
        assert next(_news(events))["event"] == "changed"
        new_box.clock.pass_s(120)
        desks.call_help(new_box.office, FIRST_DESK, new_box.clock(), wanted=False)
        assert [event["event"] for event in _news(events)] == ["ended"]


def test_the_last_number_of_a_contingent_looks_like_any_other(box: Box) -> None:
    box.open_visit()
    visits.limit_topic(box.office, RENT, 1, box.clock())
    with listening(box, box.stranger()) as events:
        for topic in (RENT, JOBS):
            box.take(topic)
        box.call_next()
        heard = [event["event"] for event in islice(_news(events), 3)]
    assert heard == ["changed", "changed", "called"]


def test_every_listener_hears_the_same_and_is_forgotten_when_it_leaves(box: Box) -> None:
    box.open_visit()
    box.take()
    slots = box.context.stream_slots
    eventually(lambda: slots["browsers"] == 0)
    with listening(box, box.stranger()) as one, listening(box, box.stranger()) as other:
        assert slots["browsers"] == 2
        staff.call_next(box.office, FIRST_DESK, box.clock())
        assert next(_calls(one)) == next(_calls(other))
    eventually(lambda: slots["browsers"] == 0)
