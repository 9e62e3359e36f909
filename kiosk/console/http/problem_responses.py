"""Problem responses in the OpenAPI description: RFC 9457, everywhere the same."""

from http import HTTPStatus

import msgspec
from litestar.openapi import ResponseSpec

TOKEN = [{"token": list[str]()}]
"""For routers: the bearer token opens them. A staff session does too, with its CSRF header."""


class Problem(msgspec.Struct, frozen=True):
    """RFC 9457. Further members carry the facts, such as `known` or `waiting`."""

    type: str
    title: str
    status: int
    detail: str


def problems(*codes: int) -> dict[int, ResponseSpec]:
    """The refusals that a handler may answer with."""
    return {code: _spec(HTTPStatus(code).phrase) for code in codes}


def _spec(phrase: str) -> ResponseSpec:
    return ResponseSpec(
        Problem,
        description=phrase,
        media_type="application/problem+json",
        generate_examples=False,
    )
