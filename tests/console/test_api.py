from collections.abc import Iterator
from itertools import chain

import pytest

from kiosk.console.api import state as public_states
from kiosk.console.api.state import public_state
from kiosk.console.events.group_waits import LEAST_INTERVAL_S, REFRESH_S
from kiosk.domain.moment import Moment
from kiosk.domain.ticket import TicketState
from kiosk.service import citizens, staff
from kiosk.service.office import Snapshot
from kiosk.service.queue_view import queue_view
from kiosk.service.wait_forecast import Forecast
from tests.console.box import Box, catch_up
from tests.town import FIRST_DESK, JOBS, PASSPORT, RENT, SCHOOL, SECOND_DESK, TURKISH


def test_the_state_reports_waiting_numbers_and_calls_and_nothing_about_persons(box: Box) -> None:
    box.open_visit()
    called = box.take(RENT)
    box.take(JOBS, TURKISH)
    staff.call_next(box.office, SECOND_DESK, box.clock())

    state = box.stranger().get("/api/v1/state").json()

    assert state["open"] is True
    assert state["visit"]["name"] == "Markt"
    assert state["waiting"] == 1
    assert [topic["id"] for topic in state["offered"]] == [JOBS, SCHOOL, RENT, PASSPORT]
    assert state["called"] == state["calls"]
    assert state["called"][0].items() >= {"number": called.number, "desk": SECOND_DESK}.items()
    assert "language" not in str(state)


def test_a_visit_left_open_is_closed_to_the_public_and_shown_to_staff(box: Box) -> None:
    box.open_visit()
    waiting = box.take(JOBS)
    box.call_next()
    left = box.take(JOBS)
    catch_up(box.context)
    assert box.stranger().get("/api/v1/state").json()["open"]
    box.clock.pass_s(22 * 3600)
    state = box.stranger().get("/api/v1/state").json()
    assert (state["open"], state["visit"], state["waiting"]) == (False, None, 0)
    assert (state["called"], state["calls"]) == ([], [])
    queue = box.program().get("/api/v1/queue").json()
    assert (queue["open"], queue["left_open"]) == (False, "2026-11-22")
    for ticket in (waiting, left):
        assert box.stranger().get(f"/t/{ticket.code}/state").json()["state"] == "closed"
    press = box.program().post("/api/v1/feedback", json={"score": 5})
    assert box.problem(press)["type"].endswith("visit-left-open")


def test_only_staff_see_the_number_waiting_by_topic(box: Box) -> None:
    box.open_visit()
    box.take(JOBS)
    catch_up(box.context)
    queue = box.program().get("/api/v1/queue").json()
    assert {topic["id"]: topic["waiting"] for topic in queue["topics"]} == {
        JOBS: 1,
        SCHOOL: 0,
        RENT: 0,
        PASSPORT: 0,
    }
    assert queue.items() >= box.stranger().get("/api/v1/state").json().items()
    for address in ("/api/v1/queue", "/api/v1/metrics"):
        refused = box.stranger().get(address)
        assert refused.status_code == 401
        box.problem(refused)


def test_a_number_that_has_come_stays_among_the_latest_calls(box: Box) -> None:
    box.open_visit()
    ticket = box.take()
    staff.call_next(box.office, FIRST_DESK, box.clock())
    staff.start(box.office, FIRST_DESK, box.clock())

    state = box.stranger().get("/api/v1/state").json()

    assert state["called"] == []
    assert [call["number"] for call in state["calls"]] == [ticket.number]


def test_a_day_by_token_alone(box: Box) -> None:
    program = box.program()
    assert program.post("/api/v1/visit/open", json={"stop": "estate"}).json()["name"] == "Siedlung"
    taken = program.post("/api/v1/tickets", json={"topic": JOBS, "language": "tr"})
    assert taken.status_code == 201
    assert taken.json().items() >= {"number": "A-001", "ahead": 0, "estimate_minutes": None}.items()

    called = program.post("/api/v1/desks/1/next")
    assert called.json()["state"] == "called"
    assert called.json()["language"] == "tr"
    for step in ("recall", "start"):
        assert program.post(f"/api/v1/desks/1/{step}").status_code == 200
    ended = {"outcome": "referred", "referral": "city"}
    finished = program.post("/api/v1/desks/1/finish", json=ended)
    assert finished.json()["state"] == "finished"
    assert program.post("/api/v1/desks/1/next").status_code == 204

    assert program.post("/api/v1/feedback", json={"score": 5}).status_code == 201
    assert program.post("/api/v1/visit/close").status_code == 200
    assert program.get("/api/v1/state").json()["open"] is False


def test_parked_missed_transferred_and_withdrawn(box: Box) -> None:
    box.open_visit()
    program = box.program()
    ticket = box.take()

    def act(action: str, **body: object) -> str:
        answer = program.post(f"/api/v1/desks/1/{action}", json=body or None)
        return str(answer.json()["state"])

    act("next")
    assert act("park") == "parked"
    assert act("call", ticket=ticket.id) == "called"
    assert act("transfer", topic=RENT) == "waiting"
    for expected in ("waiting", "missed"):
        act("next")
        assert act("miss") == expected
    assert act("withdraw", ticket=ticket.id) == "withdrawn"
    assert program.get("/api/v1/tickets").json()[0]["number"] == "A-001"


def test_a_second_click_answers_like_the_first(box: Box) -> None:
    box.open_visit()
    first, _ = box.take(), box.take()
    program = box.program()

    answers = [program.post("/api/v1/desks/1/next", json={"after": None}) for _ in range(2)]

    assert [answer.json()["id"] for answer in answers] == [first.id, first.id]
    again = program.post("/api/v1/desks/1/next", json={"after": first.id})
    assert again.json()["id"] != first.id


def test_the_same_idempotency_key_gives_the_same_ticket(box: Box) -> None:
    box.open_visit()
    program = box.program()
    key = {"Idempotency-Key": "a-b-c"}

    answers = [
        program.post("/api/v1/tickets", json={"topic": JOBS}, headers=key).json() for _ in range(2)
    ]

    assert answers[0] == answers[1]
    other = program.post("/api/v1/tickets", json={"topic": RENT}, headers=key)
    assert other.status_code == 422
    assert box.problem(other)["type"] == "urn:radhaus:wish-of-another"
    assert len(program.get("/api/v1/tickets").json()) == 1


def test_a_program_answers_the_questions_of_the_profile(box: Box) -> None:
    box.open_visit()
    program = box.program()
    body = {"topic": JOBS, "answers": {"priority": "yes"}}
    assert program.post("/api/v1/tickets", json=body).status_code == 201
    assert [ticket.priority for ticket in box.office.read(queue_view).tickets] == [True]
    for answers in ({"shoe-size": "43"}, {"priority": "no"}):
        refused = program.post("/api/v1/tickets", json={"topic": JOBS, "answers": answers})
        assert refused.status_code == 422
    assert len(box.office.read(queue_view).tickets) == 1


def test_closing_answers_with_the_sum_and_can_be_reopened(box: Box) -> None:
    box.open_visit()
    ticket, program = box.take(), box.program()
    box.call_next()
    program.post(f"/api/v1/desks/{FIRST_DESK}/finish", json={"outcome": "resolved"})
    box.take()
    closed = program.post("/api/v1/visit/close", json={"force": True, "desk": FIRST_DESK}).json()
    assert closed["reopen_s"] > 290
    assert closed["sum"] == program.get("/api/v1/visit/sum").json()
    assert (closed["sum"]["tickets"], closed["sum"]["waiting"]) == (2, 1)
    assert closed["sum"]["outcomes"] == {"resolved": 1}
    assert program.get("/api/v1/state").json()["open"] is False
    assert program.get(f"/t/{ticket.code}/state").json()["state"] == "closed"
    assert program.post("/api/v1/visit/reopen").status_code == 200
    assert program.get("/api/v1/state").json()["waiting"] == 1
    assert program.get(f"/t/{ticket.code}/state").status_code == 200
    assert box.problem(program.post("/api/v1/visit/reopen"))["status"] == 409
    box.close_visit()
    assert box.problem(program.get("/api/v1/visit/sum"))["status"] == 409


def test_a_visit_is_closed_by_force(box: Box) -> None:
    box.open_visit()
    box.take()
    assert box.program().post("/api/v1/visit/close", json={"force": True}).status_code == 200


def test_metrics_count_people_by_state_in_the_format_of_prometheus(box: Box) -> None:
    box.open_visit()
    box.take()
    metrics = box.program().get("/api/v1/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'radhaus_tickets{state="waiting"} 1' in metrics.text.splitlines()
    assert JOBS not in metrics.text


def test_the_description_lists_every_action_and_loads_nothing_from_elsewhere(box: Box) -> None:
    described = box.stranger().get("/schema/openapi.json")
    paths = described.json()["paths"]
    actions = ("next", "recall", "start", "finish", "miss", "park", "transfer")
    assert {f"/api/v1/desks/{{desk}}/{action}" for action in actions} <= paths.keys()
    operations = chain.from_iterable(path.values() for path in paths.values())
    assert all(operation["description"] for operation in operations)
    assert "<script" not in box.stranger().get("/schema").text


def test_every_ticket_state_has_an_answer(box: Box) -> None:
    described = box.stranger().get("/schema/openapi.json").json()
    schemas = described["components"]["schemas"]
    assert set(schemas["TicketState"]["enum"]) == set(TicketState)
    assert set(schemas["PageState"]["enum"]) == {*TicketState, "closed"}


def test_a_number_taken_at_the_glass_shows_at_once(box: Box) -> None:
    box.open_visit()
    citizens.take_ticket(box.office, citizens.TicketRequest(JOBS, "de"), box.clock())
    assert box.stranger().get("/api/v1/state").json()["waiting"] == 1


def test_the_wait_shows_as_soon_as_it_is_known(box: Box) -> None:
    box.open_visit()
    program = box.program()
    for _ in range(5):
        box.take()
    for _ in range(4):
        program.post("/api/v1/desks/1/next")
        box.clock.pass_s(300)
        program.post("/api/v1/desks/1/finish", json={"outcome": "resolved"})
    taken = program.post("/api/v1/tickets", json={"topic": JOBS}).json()
    least, most = taken["estimate_minutes"]
    assert 0 <= least < most <= 30
    state = box.stranger().get("/api/v1/state").json()
    work, home = state["groups"]
    assert work["estimate_minutes"][1] >= most
    assert state["estimate_minutes"][1] >= home["estimate_minutes"][1]


def test_a_crowd_has_the_wait_worked_out_every_few_seconds_and_not_after_each_change(
    counting_forecasts: list[Moment], box: Box
) -> None:
    box.open_visit()
    box.clock.tick_s = 0.0
    stranger = box.stranger()
    stranger.get("/api/v1/state")
    for waiting in range(1, 4):
        box.take()
        assert stranger.get("/api/v1/state").json()["waiting"] == waiting, "the rest is of now"
    assert len(counting_forecasts) == 1
    box.clock.pass_s(LEAST_INTERVAL_S + 1)
    catch_up(box.context)
    stranger.get("/api/v1/state")
    assert len(counting_forecasts) == 2, "no more happened, but what happened was not told yet"
    box.close_visit()
    box.open_visit()
    stranger.get("/api/v1/state")
    assert len(counting_forecasts) == 3, "the wait of another visit is another one"


@pytest.fixture
def counting_forecasts(monkeypatch: pytest.MonkeyPatch, box: Box) -> Iterator[list[Moment]]:
    """When each was made."""
    made: list[Moment] = []

    class CountedForecast(Forecast):
        def __init__(self, snapshot: Snapshot, now: Moment) -> None:
            made.append(now)
            super().__init__(snapshot, now)

    tick_s = box.clock.tick_s
    monkeypatch.setattr(public_states, "Forecast", CountedForecast)
    yield made
    box.clock.tick_s = tick_s


def test_the_public_state_is_built_once_a_change(box: Box) -> None:
    box.open_visit()
    box.take()
    catch_up(box.context)
    told = public_state(box.context)
    assert public_state(box.context) is told, "nothing has changed"
    box.take()
    assert public_state(box.context).waiting == told.waiting + 1, "before its event is heard, too"
    box.clock.pass_s(REFRESH_S + 1)
    catch_up(box.context)
    later = public_state(box.context)
    assert later is not told, "a wait grows shorter by itself"
