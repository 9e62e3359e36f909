"""Appointments over HTTP: for staff, and for programs that know a code."""

from datetime import datetime, timedelta

import pytest

from kiosk.service.check_in import UNKNOWN_CODES
from tests.console.box import Box
from tests.files.appointments.booked import expect
from tests.town import ESTATE, FIRST_DESK, JOBS, SCHOOL

CODE = "47110815"


@pytest.fixture(autouse=True)
def expected_at(box: Box) -> datetime:
    """A person is expected half an hour from now."""
    box.open_visit()
    now, time = box.clock(), box.clock.wall + timedelta(minutes=30)
    expect(box.office, now, CODE, time)
    return time


def test_a_code_is_enough_for_a_number(box: Box, expected_at: datetime) -> None:
    answer = box.program().post("/api/v1/tickets", json={"appointment": CODE})
    assert answer.status_code == 201
    told = answer.json()
    assert (told["number"], told["ahead"], told["punctuality"]) == ("A-001", 0, "early")
    assert datetime.fromisoformat(told["appointment"]) == expected_at
    assert told["appointment"].endswith("+01:00")


def test_a_walk_in_has_no_appointment_in_the_answer(box: Box) -> None:
    told = box.program().post("/api/v1/tickets", json={"topic": JOBS}).json()
    assert set(told) == {"id", "number", "ahead", "estimate_minutes"}


def test_the_same_code_again_is_the_same_number(box: Box) -> None:
    program = box.program()
    answers = [
        program.post("/api/v1/tickets", json={"appointment": CODE, "topic": JOBS}).json()
        for _ in range(2)
    ]
    assert [answer["punctuality"] for answer in answers] == ["early", "again"]
    assert len({answer["id"] for answer in answers}) == 1


def test_staff_see_who_is_expected_and_check_them_in(box: Box) -> None:
    program = box.program()
    line = program.get("/api/v1/appointments").json()[0]
    assert (line["code"], line["presence"], line["number"]) == (CODE, "expected", None)
    assert set(line) == {"code", "time", "topic", "stop", "presence", "number"}
    body = {"appointment": line["code"], "topic": line["topic"], "desk": FIRST_DESK}
    program.post("/api/v1/tickets", json=body)
    line = program.get("/api/v1/appointments").json()[0]
    assert (line["presence"], line["number"]) == ("checked_in", "A-001")
    undone = program.post(f"/api/v1/desks/{FIRST_DESK}/undo").json()
    assert undone["kind"] == "check_in"
    assert program.get("/api/v1/appointments").json()[0]["presence"] == "expected"


def test_the_appointment_list_is_for_staff_alone(box: Box) -> None:
    assert box.stranger().get("/api/v1/appointments").status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "kind", "german"),
    [
        ({"appointment": "99999999"}, 422, "unknown-code", "Code ist nicht bekannt"),
        ({"appointment": "12345678"}, 422, "unknown-code", "prüfen Sie die Ziffern"),
        ({"appointment": "tomorrow 12"}, 422, "unknown-code", "Code ist nicht bekannt"),
        ({"appointment": "1111"}, 409, "appointment-on-other-day", "am 24.11.2026 um 10:00 Uhr"),
        ({"appointment": "2222"}, 409, "appointment-at-other-stop", "Standort Siedlung"),
        (
            {"appointment": CODE, "topic": SCHOOL},
            422,
            "appointment-for-other-topic",
            "anderes Anliegen",
        ),
        ({}, 400, None, ""),
    ],
)
def test_every_refusal_has_a_status_and_a_german_sentence(
    box: Box, body: dict[str, str], status: int, kind: str | None, german: str
) -> None:
    expect(box.office, box.clock(), "1111", "2026-11-24 10:00")
    expect(box.office, box.clock(), "2222", box.clock.wall, stop=ESTATE)
    answer = box.program().post("/api/v1/tickets", json=body, headers={"Accept-Language": "de-DE"})
    problem = answer.json()
    assert answer.status_code == status
    assert problem["type"] == (f"urn:radhaus:{kind}" if kind else "about:blank")
    assert german in problem["detail"]


def test_a_key_of_another_ticket_is_refused(box: Box) -> None:
    program = box.program()
    key = {"Idempotency-Key": "walk-in"}
    program.post("/api/v1/tickets", json={"topic": JOBS}, headers=key)
    answer = program.post("/api/v1/tickets", json={"appointment": CODE}, headers=key)
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:radhaus:wish-of-another")


def test_guessing_has_to_wait(box: Box) -> None:
    program = box.program()
    for _ in range(UNKNOWN_CODES.free):
        program.post("/api/v1/tickets", json={"appointment": "99999999"})
    answer = program.post("/api/v1/tickets", json={"appointment": CODE})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 30
