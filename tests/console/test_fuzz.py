"""Every operation of the API, asked whatever its own description allows and more.

The description is the only source: an operation that is added is fuzzed from its first day on.
"""

import re

import httpx
import pytest

from kiosk.service.queue_view import queue_view
from tests.console.box import Box


@pytest.mark.slow
def test_no_question_breaks_the_box(box: Box) -> None:
    from tests.console.fuzzing import ask_anything, operations  # noqa: PLC0415 - loads schemathesis

    box.open_visit()
    fuzzed = []
    for operation in operations(box):
        ask_anything(operation, box)
        fuzzed.append(operation.label)
    assert len(fuzzed) > 20, "the description has lost its operations"


def test_nothing_is_done_without_a_login(box: Box) -> None:
    box.open_visit()
    box.take()
    before = box.office.read(queue_view)
    described = box.stranger().get("/schema/openapi.json").json()
    stranger = box.stranger()
    asked = 0
    for path, operations in described["paths"].items():
        for verb, operation in operations.items():
            if "security" in operation or verb != "get":
                address = re.sub(r"{\w+}", "1", path)
                answer = stranger.request(verb, address, json={"topic": "jobs"})
                assert answer.status_code == httpx.codes.UNAUTHORIZED, f"{verb} {path}"
                asked += 1
    assert asked > 20, "the description has lost its operations"
    assert box.office.read(queue_view) == before
