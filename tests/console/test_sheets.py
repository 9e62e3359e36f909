"""The public directory, and its sheets for staff."""

import pytest

from hardware.trouble import Trouble
from kiosk.service import staff
from kiosk.service.sheets import SHEETS
from tests.console.box import Box
from tests.town import FIRST_DESK, JOBS, TENANTS, TURKISH


def test_the_directory_is_public(box: Box) -> None:
    (offer,) = box.stranger().get("/api/v1/directory").json()
    assert offer["id"] == TENANTS
    assert offer["name"] == "Mieterverein"
    assert offer["about"] == "Rat zur Miete"
    assert offer["phone"] == "0209 123456"
    assert box.stranger().get("/api/v1/directory?language=tr").status_code == 200
    refused = box.stranger().get("/api/v1/directory?language=xx")
    assert refused.status_code == 422
    assert box.problem(refused)["known"] == ["de", "tr"]


def test_a_sheet_is_printed_in_the_language_of_the_person_at_the_desk(box: Box) -> None:
    box.open_visit()
    box.take(JOBS, TURKISH)
    staff.call_next(box.office, FIRST_DESK, box.clock())
    wanted = box.program().post("/api/v1/sheets", json={"offer": TENANTS, "desk": FIRST_DESK})
    assert wanted.status_code == 201
    assert wanted.json()["state"] == "wanted"
    job = SHEETS.begin(box.office, box.clock())
    assert job is not None
    assert (job.id, job.sheet.language) == (wanted.json()["id"], TURKISH)


def test_staff_learn_what_became_of_a_sheet(box: Box) -> None:
    box.open_visit()
    program = box.program()
    sheet = program.post("/api/v1/sheets", json={"offer": TENANTS, "language": "de"}).json()
    SHEETS.begin(box.office, box.clock())
    SHEETS.failed(box.office, sheet["id"], Trouble.PAPER_OUT, box.clock())
    assert program.get(f"/api/v1/sheets/{sheet['id']}").json()["state"] == "failed"


@pytest.mark.parametrize("sheet", ["4711", "0", "9" * 30, "-1", "first", "1.5"])
def test_an_unknown_sheet_is_not_found(box: Box, sheet: str) -> None:
    unknown = box.program().get(f"/api/v1/sheets/{sheet}")
    assert unknown.status_code in {400, 404}
    box.problem(unknown)


def test_the_same_request_again_prints_nothing_more(box: Box) -> None:
    box.open_visit()
    program = box.program()
    program.headers["Idempotency-Key"] = "click"
    first, second = (program.post("/api/v1/sheets", json={"offer": TENANTS}) for _ in range(2))
    assert first.json() == second.json()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"offer": "moon"}, 422),
        ({"offer": TENANTS, "language": "xx"}, 422),
        ({"offer": TENANTS, "desk": "9"}, 422),
        ({"offer": TENANTS, "copies": 3}, 400),
        ({}, 400),
    ],
)
def test_a_sheet_that_there_is_not_is_refused(
    box: Box, body: dict[str, object], status: int
) -> None:
    box.open_visit()
    refused = box.program().post("/api/v1/sheets", json=body)
    assert refused.status_code == status
    box.problem(refused)


def test_a_sheet_needs_no_visit_but_a_login(box: Box) -> None:
    assert box.program().post("/api/v1/sheets", json={"offer": TENANTS}).status_code == 201
    assert box.stranger().post("/api/v1/sheets", json={"offer": TENANTS}).status_code == 401
