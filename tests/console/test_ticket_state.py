"""What the page behind the QR code of a slip tells, and whom; for programs, without a browser."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx
import pytest

from kiosk.console.events import ticket_streams
from kiosk.console.words.tickets import ticket_status_with_words
from kiosk.domain.profile import Profile
from kiosk.domain.record import NO_RECORD
from kiosk.domain.ticket import Ticket
from kiosk.domain.waiting.pace import FEWEST_TURNS
from kiosk.service import staff, visits
from kiosk.service.office import Office
from kiosk.service.slips import SLIPS
from kiosk.service.visit_counting import count_closed
from kiosk.settings.texts import Texts
from tests.console.box import Box, running_box
from tests.town import FIRST_DESK, GERMAN, JOBS, RENT, SECOND_DESK, TOWN, TURKISH, TownClock
from tests.waiting import eventually

TEXTS = Texts.load()
ONE_AHEAD = TEXTS(TURKISH, "number.ahead", count=1)
CALLED = TEXTS(TURKISH, "page.called", desk="1")
WRONG = "AAAAAAAAAAAA"


def state_of(box: Box, ticket: Ticket) -> dict[str, object]:
    state: dict[str, object] = box.stranger().get(f"/t/{ticket.code}/state").json()
    return state


def test_the_state_reports_the_place_in_the_queue_and_nothing_about_the_person(
    box: Box, ticket: Ticket
) -> None:
    assert state_of(box, ticket) == {
        "number": ticket.number,
        "state": "waiting",
        "headline": ONE_AHEAD,
        "hint": TEXTS(TURKISH, "slip.hint"),
        "soon": TEXTS(TURKISH, "page.soon"),
        "wait": "",
        "ahead": 1,
        "estimate_minutes": None,
        "desk": None,
        "call": None,
    }


def test_the_page_says_what_to_bring_for_the_group_never_for_the_topic(
    box: Box, ticket: Ticket
) -> None:
    group = replace(TOWN.group_of(ticket.topic), bring={TURKISH: "Kimlik."})
    groups = tuple(group if each.id == group.id else each for each in TOWN.groups)
    topics = tuple(replace(each, bring={TURKISH: "Pasaport."}) for each in TOWN.topics)

    def brought(profile: Profile) -> str:
        office = Office(box.office.database, profile)
        found = ticket_status_with_words(office, TEXTS, str, ticket.code, box.clock())
        assert found
        return found[1].bring

    assert brought(replace(TOWN, groups=groups, topics=topics)) == "Kimlik."
    assert brought(replace(TOWN, groups=groups, number_shows_group=False)) == ""
    assert brought(replace(TOWN, topics=topics)) == ""


def test_the_page_can_be_read_without_a_script_and_comes_again_by_itself(
    box: Box, ticket: Ticket
) -> None:
    answer = box.stranger().get(f"/t/{ticket.code}")
    assert answer.status_code == 200
    assert '<html lang="tr" dir="ltr">' in answer.text
    assert ticket.number in answer.text
    assert ONE_AHEAD in answer.text
    assert '<noscript><meta http-equiv="refresh"' in answer.text
    assert TOWN.topic(JOBS).label[TURKISH] not in answer.text


def test_the_page_is_neither_cached_nor_indexed(box: Box, ticket: Ticket) -> None:
    headers = box.stranger().get(f"/t/{ticket.code}").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "noindex" in headers["X-Robots-Tag"]


def test_a_wrong_code_and_a_closed_visit_get_the_same_answer(box: Box, ticket: Ticket) -> None:
    client = box.stranger()
    wrong = client.get(f"/t/{WRONG}")
    box.close_visit()
    late = client.get(f"/t/{ticket.code}")
    assert (wrong.status_code, wrong.text) == (404, late.text)
    assert "Diese Seite kennt Ihre Nummer nicht mehr" in late.text
    assert "This page no longer knows your number" in late.text
    assert TEXTS(TURKISH, "page.gone") not in late.text
    theirs = client.get(f"/t/{WRONG}", headers={"Accept-Language": "tr, en"}).text
    assert '<html lang="tr"' in theirs
    found = [theirs.index(TEXTS(language, "page.gone")) for language in (TURKISH, GERMAN)]
    assert found == sorted(found)  # that of the browser first
    refused = client.get(f"/t/{ticket.code}/state")
    assert refused.status_code == 404
    box.problem(refused)


@pytest.mark.parametrize(
    "code", ["%00", "%2e%2e", "x" * 5000, "%F0%9F%9A%8C", "a/b", "'%20OR%201=1"]
)
def test_a_code_that_is_none_is_not_found(box: Box, code: str) -> None:
    assert box.stranger().get(f"/t/{code}").status_code == 404


def test_a_ticket_code_permits_no_action(box: Box, ticket: Ticket) -> None:
    for path in (f"/t/{ticket.code}", f"/t/{ticket.code}/state"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert box.stranger().request(method, path).status_code in {404, 405}


def test_a_recall_is_another_call(box: Box, ticket: Ticket) -> None:
    box.call_next()
    box.call_next()
    first = state_of(box, ticket)
    staff.recall(box.office, FIRST_DESK, box.clock())
    second = state_of(box, ticket)
    assert (first["state"], first["desk"]) == ("called", "1")
    assert first["headline"] == CALLED
    assert first["call"]
    assert second["call"]
    assert second["call"] != first["call"]


@contextmanager
def listening(client: httpx.Client, ticket: Ticket) -> Iterator[Iterator[str]]:
    """The names of the events of a ticket's stream."""
    with client.stream("GET", f"/t/{ticket.code}/events") as response:
        assert response.status_code == 200
        lines = (line for line in response.iter_lines() if line.startswith("event: "))
        yield (line.removeprefix("event: ") for line in lines)


def test_the_stream_reports_only_changes_of_this_ticket(new_box: Box) -> None:
    new_box.open_visit()
    ticket = new_box.take()
    with listening(new_box.stranger(), ticket) as events:
        assert next(events) == "state"
        new_box.take()  # behind this one
        assert next(events) == "alive"
        new_box.call_next()
        news = (event for event in events if event != "alive")  # on a busy machine more come
        assert next(news) == "state"
        new_box.close_visit()
        assert next(news) == "gone"
        assert next(news, None) is None


def close_revocably(box: Box) -> None:
    visits.close_visit(box.office, box.clock(), expected=None, revocable=True)


def observed_states(lines: Iterator[str]) -> Iterator[str]:
    """The states that a ticket's stream tells, and at last "gone"."""
    for line in lines:
        if line == "event: gone":
            yield "gone"
        elif '"state"' in line:
            yield json.loads(line.removeprefix("data: "))["state"]


def test_a_closing_shows_on_the_phone_and_reopening_resumes_it(
    new_box: Box,
) -> None:
    new_box.open_visit()
    ticket = new_box.take()
    new_box.call_next()
    with new_box.stranger().stream("GET", f"/t/{ticket.code}/events") as response:
        states = observed_states(response.iter_lines())
        assert next(states) == "called"
        close_revocably(new_box)
        assert next(states) == "closed"
        visits.reopen_visit(new_box.office, new_box.clock())
        assert next(states) == "called"
        close_revocably(new_box)
        assert next(states) == "closed"
        new_box.open_visit()  # counts the one before
        assert next(states) == "gone"
        assert next(states, None) is None


def test_a_phone_hears_at_once_that_a_closed_visit_was_counted(
    new_box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket_streams, "LOOK_AGAIN_S", 3600.0)
    new_box.open_visit()
    ticket = new_box.take()
    with new_box.stranger().stream("GET", f"/t/{ticket.code}/events") as response:
        states = observed_states(response.iter_lines())
        assert next(states) == "waiting"
        close_revocably(new_box)
        assert next(states) == "closed"
        assert count_closed(new_box.office, new_box.clock(), at_once=True)
        assert next(states) == "gone"


def test_a_closed_visit_answers_nothing_about_the_person(box: Box, ticket: Ticket) -> None:
    close_revocably(box)
    title, text = TEXTS(TURKISH, "closed.title"), TEXTS(TURKISH, "page.gone.hint")
    state = {name: value for name, value in state_of(box, ticket).items() if value}
    assert state == {"number": ticket.number, "state": "closed", "headline": title, "hint": text}
    page = box.stranger().get(f"/t/{ticket.code}")
    assert (page.status_code, title in page.text) == (200, True)
    assert TEXTS(TURKISH, "page.gone") not in page.text.partition("<div hidden>")[0]
    with box.stranger().stream("GET", f"/t/{ticket.code}/events") as response:
        assert next(observed_states(response.iter_lines())) == "closed"
    for odd in (WRONG, "%00", "%ED%A0%80"):
        assert box.stranger().get(f"/t/{odd}").status_code == 404
    visits.reopen_visit(box.office, box.clock())
    assert state_of(box, ticket)["headline"] == ONE_AHEAD


def test_a_phone_that_leaves_is_forgotten(new_box: Box) -> None:
    new_box.open_visit()
    with listening(new_box.stranger(), new_box.take()) as events:
        assert next(events) == "state"
        assert new_box.context.stream_slots["phones"] == 1
    eventually(lambda: new_box.context.stream_slots["phones"] == 0, "an end of the stream")


def test_the_slip_leads_to_the_page_by_a_name_that_the_box_believes(
    office: Office, clock: TownClock
) -> None:
    bus = Office(office.database, replace(TOWN, bus_network="http://bus.stadt.example:8080"))
    with running_box(bus, clock) as box:
        box.open_visit()
        ticket = box.take()
        job = SLIPS.begin(bus, clock())
        assert job is not None
        assert job.link == f"http://bus.stadt.example:8080/t/{ticket.code}"
        asked = box.stranger().get(f"/t/{ticket.code}", headers={"Host": "bus.stadt.example:8080"})
        assert asked.status_code == 200


def test_without_a_network_the_slip_has_no_link(box: Box, ticket: Ticket) -> None:
    jobs = [SLIPS.begin(box.office, box.clock()) for _ in range(2)]
    assert [(job.ticket.id, job.link) for job in jobs if job][1:] == [(ticket.id, None)]
    asked = box.stranger().get(f"/t/{ticket.code}", headers={"Host": "bus.stadt.example"})
    assert asked.status_code == 421


def test_the_wait_range_shows_as_soon_as_it_is_known(box: Box, ticket: Ticket) -> None:
    for _ in range(FEWEST_TURNS):
        box.take(RENT)
        box.call_next(SECOND_DESK)
        staff.start(box.office, SECOND_DESK, box.clock())
        box.clock.pass_s(300)
        staff.finish(box.office, SECOND_DESK, NO_RECORD, box.clock())
    box.call_next()
    told = state_of(box, ticket)
    assert isinstance(told["estimate_minutes"], list)
    low, high = told["estimate_minutes"]
    assert told["wait"] == TEXTS(TURKISH, "slip.wait", low=low, count=high)
