"""Every operation of the API, asked whatever its own description allows and more.

The description is the only source: an operation that is added is fuzzed from its first day on.
"""

import os
import re
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kiosk.service.queue_view import queue_view
from tests.console.box import Box

ENDLESS = "/api/v1/events"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("RADHAUS_EXAMPLES", "15"))
"""For each operation; `script/nightly` asks for more, a suite has minutes."""


@pytest.mark.slow
def test_no_question_breaks_the_box(box: Box) -> None:
    box.open_visit()
    described = schemathesis.openapi.from_url(f"{box.url}/schema/openapi.json")
    fuzzed = []
    # The stream of events never ends: other tests listen to it.
    for found in described.exclude(path=ENDLESS).get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        ask_anything(operation, box)
        fuzzed.append(operation.label)
    assert len(fuzzed) > 20, "the description has lost its operations"


def ask_anything(operation: APIOperation[Any, Any, Any, Any], box: Box) -> None:
    headers = {"Authorization": f"Bearer {box.secrets.api_token}"}
    line = requests.Session()  # one connection for all examples

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy())
    def ask(case: Case[Any]) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS, session=line)

    with line:
        ask()


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
