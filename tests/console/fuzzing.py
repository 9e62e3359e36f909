"""Operations of the API, asked whatever their own description allows and more.

Beside the tests: each process that collects them would load schemathesis.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case
    from schemathesis.schemas import APIOperation

    from tests.console.box import Box

ENDLESS = "/api/v1/events"
"""The stream of events never ends: other tests listen to it."""

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = int(os.environ.get("RADHAUS_EXAMPLES", "5"))
"""For each operation; `script/nightly` asks for more, a suite has minutes."""


def operations(box: Box) -> Iterator[APIOperation[Any, Any, Any, Any]]:
    """All that the description has, but the stream."""
    described = schemathesis.openapi.from_url(f"{box.url}/schema/openapi.json")
    for found in described.exclude(path=ENDLESS).get_all_operations():
        assert isinstance(found, Ok), found
        yield found.ok()


def ask_anything(operation: APIOperation[Any, Any, Any, Any], box: Box) -> None:
    """Examples of one operation; an answer that its description does not have fails."""
    headers = {"Authorization": f"Bearer {box.secrets.api_token}"}
    line = requests.Session()  # one connection for all examples

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), database=None)
    @given(case=operation.as_strategy())
    def ask(case: Case[Any]) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS, session=line)

    with line:
        ask()
