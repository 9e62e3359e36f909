"""Refusals of the API: problem documents of one sentence, and nothing changed."""

import pytest

from kiosk.service.queue_view import queue_view
from tests.console.box import Box
from tests.town import RENT


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("recall", {}),
        ("start", {}),
        ("miss", {}),
        ("park", {}),
        ("finish", {"outcome": "resolved"}),
        ("transfer", {"topic": RENT}),
    ],
)
def test_a_step_for_a_person_no_longer_at_the_desk_is_refused(
    box: Box, action: str, body: dict[str, str]
) -> None:
    box.open_visit()
    program = box.program()
    meant, _ = box.take(), box.take()
    for _ in range(2):
        program.post("/api/v1/desks/1/next")
    before = box.office.read(queue_view).entry

    refused = program.post(f"/api/v1/desks/1/{action}", json={**body, "ticket": meant.id})

    assert refused.status_code == 409
    assert box.problem(refused)["detail"] == "A-002 is at desk 1 by now: nothing was changed."
    assert box.office.read(queue_view).entry == before


def test_an_undo_meant_for_another_action_is_refused(box: Box) -> None:
    box.open_visit()
    program = box.program()
    box.take()
    program.post("/api/v1/desks/1/next")
    meant = program.get("/api/v1/desks/1/trail").json()[0]["id"]
    program.post("/api/v1/desks/1/park")

    refused = program.post("/api/v1/desks/1/undo", json={"action": meant})

    assert refused.status_code == 409
    kinds = [(told["kind"], told["undone"]) for told in program.get("/api/v1/desks/1/trail").json()]
    assert kinds == [("park", False), ("next", False)]


@pytest.mark.parametrize("path", ["tickets", "feedback", "visit/open", "visit/close"])
def test_without_token_or_login_nothing_is_changed(box: Box, path: str) -> None:
    refused = box.stranger().post(f"/api/v1/{path}", json={})
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    box.problem(refused)


def test_a_wrong_token_opens_nothing(box: Box) -> None:
    client = box.stranger()
    for header in ("Bearer nonsense", "Basic eDp5", "", box.secrets.api_token):
        refused = client.post("/api/v1/desks/1/next", headers={"Authorization": header})
        assert refused.status_code == 401


REFUSED = [
    ("desks/9/next", None, 404, "There is no desk '9'. Known: 1, 2."),
    ("desks/1/recall", None, 409, "Nobody has been called to desk 1."),
    ("desks/1/transfer", {"topic": "taxes"}, 422, "There is no topic 'taxes'."),
    ("desks/1/call", {"ticket": 0}, 422, "There is no ticket '0'."),
    ("desks/1/finish", {"outcome": "happy"}, 422, "There is no outcome 'happy'. Known: resolved,"),
    (
        "desks/1/finish",
        {"outcome": "referred", "referral": "mars"},
        422,
        "There is no advice offer 'mars'. Known: city, tenants.",
    ),
    ("tickets", {"topic": "jobs", "appointment": "Q7"}, 422, "No appointment has this code."),
    ("tickets", {"topic": "jobs", "language": "tlh"}, 422, "There is no language 'tlh'."),
    ("tickets", {"topic": "jobs", "colour": "red"}, 400, "unknown field `colour`"),
    ("tickets", None, 400, "A JSON body is missing."),
    ("feedback", {"score": 6}, 422, "The score must be from 1 to 5, not 6."),
    ("visit/open", {}, 409, "A visit at Markt is open: close it first"),
    ("visit/open", {"stop": "moon"}, 422, "There is no stop 'moon'."),
    ("nowhere", {}, 404, "Not Found"),
]


@pytest.mark.parametrize(("path", "body", "status", "detail"), REFUSED)
def test_a_refusal_is_a_problem_document_with_one_sentence(
    box: Box, path: str, body: object, status: int, detail: str
) -> None:
    box.open_visit()
    refused = box.program().post(f"/api/v1/{path}", json=body)
    assert refused.status_code == status
    assert detail in box.problem(refused)["detail"]


def test_a_visit_is_not_closed_over_the_heads_of_people_unless_forced(box: Box) -> None:
    box.open_visit()
    box.take()
    program = box.program()

    refused = program.post("/api/v1/visit/close")

    assert refused.status_code == 409
    assert box.problem(refused)["waiting"] == 1
    for said, status in (({"still_there": 0}, 409), ({"still_there": -1}, 400)):
        assert program.post("/api/v1/visit/close", json=said).status_code == status
    assert program.post("/api/v1/visit/close", json={"still_there": 1}).status_code == 200


@pytest.mark.parametrize("path", ["/schema/swagger", "/schema/x.json", "/nowhere"])
def test_an_address_that_is_not_there_is_reported_like_any_other_refusal(
    box: Box, path: str
) -> None:
    gone = box.stranger().get(path)
    assert (gone.status_code, box.problem(gone)["detail"]) == (404, "Not Found")
    shown = box.stranger().get(path, headers={"Accept": "text/html"})
    assert shown.status_code == 404
    assert "Das geht gerade nicht" in shown.text


def test_staff_read_a_refusal_in_german(box: Box) -> None:
    box.open_visit()
    refused = box.program().post("/api/v1/desks/1/recall", headers={"Accept-Language": "de-DE"})
    assert box.problem(refused)["detail"] == "An Platz 1 ist gerade niemand aufgerufen."
    assert refused.headers["Content-Language"] == "de"


def test_health_names_the_failing_check(new_box: Box) -> None:
    stranger = new_box.stranger()
    assert stranger.get("/api/v1/health").status_code == 200
    new_box.context.broadcast.closed = True
    ill = stranger.get("/api/v1/health")
    assert ill.status_code == 503
    assert [check["name"] for check in ill.json()["checks"] if not check["ok"]] == ["journal"]
