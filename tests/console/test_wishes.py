"""One `Idempotency-Key`, two requests: the second one is refused, whatever is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hardware.trouble import Trouble
from kiosk.service.slips import SLIPS
from tests.files.appointments.booked import expect
from tests.town import JOBS, RENT, TENANTS, TURKISH

if TYPE_CHECKING:
    from tests.console.box import Box

    Body = dict[str, str] | None

KEY = {"Idempotency-Key": "click", "Accept-Language": "de"}
CODES = ("1111", "2222")


@pytest.mark.parametrize(
    ("path", "body", "other_path", "other"),
    [
        ("tickets", {"topic": JOBS}, "tickets", {"topic": RENT}),
        ("tickets", {"topic": JOBS}, "tickets", {"topic": JOBS, "language": TURKISH}),
        ("tickets", {"appointment": CODES[0]}, "tickets", {"appointment": CODES[1]}),
        ("sheets", {"offer": TENANTS}, "sheets", {"offer": TENANTS, "language": TURKISH}),
        ("tickets/{0}/slip", None, "tickets/{1}/slip", None),
    ],
)
def test_a_key_belongs_to_one_request(
    box: Box, path: str, body: Body, other_path: str, other: Body
) -> None:
    box.open_visit()
    with_slips = [box.take().id for _ in range(2)]
    SLIPS.give_up(box.office, Trouble.OFFLINE, box.clock())
    for code in CODES:
        expect(box.office, box.clock(), code, box.clock.wall)
    program = box.program()
    address, other_address = (f"/api/v1/{p.format(*with_slips)}" for p in (path, other_path))
    first, again = (program.post(address, json=body, headers=KEY) for _ in range(2))
    assert (again.status_code, again.json()) == (201, first.json())
    refused = program.post(other_address, json=other, headers=KEY)
    problem = box.problem(refused)
    assert (problem["status"], problem["type"]) == (422, "urn:radhaus:wish-of-another")
    assert problem["detail"] == "Dieser Wunsch hat schon zu etwas anderem geführt."
